"""The first form: what the library holds, what the listener does, what was learned.

Revision: 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEARCH = (
    "CREATE VIRTUAL TABLE track_search USING fts5(title, artists, album, album_artists, genres, composers, "
    "tokenize = \"unicode61 remove_diacritics 2\", prefix = '1 2 3')"
)


def upgrade() -> None:
    """Make all tables."""
    _albums()
    _artists()
    _content()
    _genres()
    _loudness()
    _models()
    _playlists()
    _queues()
    _revisions()
    _roots()
    _settings()
    _album_artists()
    _tracks()
    _dismissals()
    _playlist_entries()
    _plays()
    _priors()
    _queue_entries()
    _thumbs()
    _track_artists()
    _track_details()
    _track_genres()
    _track_stats()
    op.execute(SEARCH)


def _albums() -> None:
    op.create_table(
        "albums",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ident", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("artist_key", sa.Text(), nullable=False),
        sa.Column("mbid", sa.Text(), nullable=True),
        sa.Column("compilation", sa.Boolean(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("track_count", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("cover_key", sa.Text(), nullable=True),
        sa.Column("added_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_albums")),
        sa.UniqueConstraint("ident", name=op.f("uq_albums_ident")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("albums", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_albums_artist_key_year_title_key"), ["artist_key", "year", "title_key"], unique=False
        )


def _artists() -> None:
    op.create_table(
        "artists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("ident", sa.Text(), nullable=False),
        sa.Column("mbid", sa.Text(), nullable=True),
        sa.Column("track_count", sa.Integer(), nullable=False),
        sa.Column("album_count", sa.Integer(), nullable=False),
        sa.Column("cover_key", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_artists")),
        sa.UniqueConstraint("mbid", name=op.f("uq_artists_mbid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("artists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_artists_ident"), ["ident"], unique=False)
        batch_op.create_index(batch_op.f("ix_artists_name_key"), ["name_key"], unique=False)


def _content() -> None:
    op.create_table(
        "content",
        sa.Column("audio_key", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("tempo", sa.Double(), nullable=True),
        sa.Column("musical_key", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("audio_key", name=op.f("pk_content")),
    )


def _genres() -> None:
    op.create_table(
        "genres",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ident", sa.Text(), nullable=False),
        sa.Column("track_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_genres")),
        sa.UniqueConstraint("ident", name=op.f("uq_genres_ident")),
        sqlite_autoincrement=True,
    )


def _loudness() -> None:
    op.create_table(
        "loudness",
        sa.Column("audio_key", sa.Text(), nullable=False),
        sa.Column("lufs", sa.Double(), nullable=True),
        sa.Column("range_lu", sa.Double(), nullable=True),
        sa.Column("peak", sa.Double(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("audio_key", name=op.f("pk_loudness")),
    )


def _models() -> None:
    op.create_table(
        "models",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("trained_at", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("promoted", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_models")),
    )
    with op.batch_alter_table("models", schema=None) as batch_op:
        batch_op.create_index("uq_models_active", ["active"], unique=True, sqlite_where=sa.text("active"))


def _playlists() -> None:
    op.create_table(
        "playlists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=True),
        sa.Column("rules_order", sa.Text(), nullable=True),
        sa.Column("rules_descending", sa.Boolean(), nullable=False),
        sa.Column("rules_limit", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlists")),
        sqlite_autoincrement=True,
    )


def _queues() -> None:
    op.create_table(
        "queues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("past", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.Integer(), nullable=False),
        sa.Column("position_ms", sa.Integer(), nullable=False),
        sa.Column(
            "repeat", sa.Enum("off", "one", "all", name="repeatmode", native_enum=False, length=24), nullable=False
        ),
        sa.Column("shuffle", sa.Boolean(), nullable=False),
        sa.Column("stop_after_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queues")),
        sqlite_autoincrement=True,
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_revisions")),
    )


def _roots() -> None:
    op.create_table(
        "roots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roots")),
        sa.UniqueConstraint("path", name=op.f("uq_roots_path")),
    )


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )


def _album_artists() -> None:
    op.create_table(
        "album_artists",
        sa.Column("album_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("fk_album_artists_album_id_albums"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["artist_id"], ["artists.id"], name=op.f("fk_album_artists_artist_id_artists")),
        sa.PrimaryKeyConstraint("album_id", "position", name=op.f("pk_album_artists")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("album_artists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_album_artists_artist_id"), ["artist_id"], unique=False)


def _tracks() -> None:
    op.create_table(
        "tracks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("superseded", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("present", "missing", "removed", name="trackstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("missing_since", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mtime_ns", sa.Integer(), nullable=False),
        sa.Column("audio_key", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("artist_key", sa.Text(), nullable=False),
        sa.Column("album_id", sa.Integer(), nullable=True),
        sa.Column("disc_no", sa.Integer(), nullable=True),
        sa.Column("track_no", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("track_gain_db", sa.Double(), nullable=True),
        sa.Column("track_peak", sa.Double(), nullable=True),
        sa.Column("album_gain_db", sa.Double(), nullable=True),
        sa.Column("album_peak", sa.Double(), nullable=True),
        sa.Column("bpm", sa.Double(), nullable=True),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("cover_key", sa.Text(), nullable=True),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("playable", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.Integer(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 0 AND 1", name=op.f("ck_tracks_rating")),
        sa.CheckConstraint("start_ms >= 0 AND duration_ms >= 0", name=op.f("ck_tracks_times")),
        sa.ForeignKeyConstraint(["album_id"], ["albums.id"], name=op.f("fk_tracks_album_id_albums")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracks")),
        sa.UniqueConstraint("path", "start_ms", "superseded", name=op.f("uq_tracks_path_start_ms_superseded")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("tracks", schema=None) as batch_op:
        batch_op.create_index("ix_tracks_absent", ["state"], unique=False, sqlite_where=sa.text("state <> 'present'"))
        batch_op.create_index(batch_op.f("ix_tracks_added_at"), ["added_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_tracks_album_id_disc_no_track_no_title_key"),
            ["album_id", "disc_no", "track_no", "title_key"],
            unique=False,
        )
        batch_op.create_index(
            "ix_tracks_audio_key", ["audio_key"], unique=False, sqlite_where=sa.text("audio_key IS NOT NULL")
        )
        batch_op.create_index(
            "ix_tracks_cover_key", ["cover_key"], unique=False, sqlite_where=sa.text("cover_key IS NOT NULL")
        )
        batch_op.create_index(batch_op.f("ix_tracks_title_key"), ["title_key"], unique=False)


def _dismissals() -> None:
    op.create_table(
        "dismissals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_dismissals_track_id_tracks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissals")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("dismissals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dismissals_track_id"), ["track_id"], unique=False)


def _playlist_entries() -> None:
    op.create_table(
        "playlist_entries",
        sa.Column("playlist_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["playlist_id"],
            ["playlists.id"],
            name=op.f("fk_playlist_entries_playlist_id_playlists"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_playlist_entries_track_id_tracks")),
        sa.PrimaryKeyConstraint("playlist_id", "position", name=op.f("pk_playlist_entries")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("playlist_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_playlist_entries_track_id"), ["track_id"], unique=False)


def _plays() -> None:
    op.create_table(
        "plays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("utc_offset_min", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.Integer(), nullable=True),
        sa.Column("listened_ms", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column(
            "start_reason",
            sa.Enum(
                "picked",
                "album",
                "playlist",
                "queued",
                "up_next",
                "previous",
                "repeat",
                "restored",
                "remote",
                "imported",
                name="startreason",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "end_reason",
            sa.Enum(
                "finished",
                "skipped",
                "replaced",
                "previous",
                "stopped",
                "quit",
                "error",
                "crashed",
                name="endreason",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("queue_position", sa.Integer(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint("listened_ms >= 0", name=op.f("ck_plays_listened")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_plays_track_id_tracks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plays")),
        sa.UniqueConstraint("source", "track_id", "started_at", name=op.f("uq_plays_source_track_id_started_at")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("plays", schema=None) as batch_op:
        batch_op.create_index("ix_plays_open", ["id"], unique=False, sqlite_where=sa.text("end_reason IS NULL"))
        batch_op.create_index(batch_op.f("ix_plays_started_at"), ["started_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_plays_track_id_started_at"), ["track_id", "started_at"], unique=False)


def _priors() -> None:
    op.create_table(
        "priors",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("play_count", sa.Integer(), nullable=False),
        sa.Column("skip_count", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("last_played_at", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_priors_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "source", name=op.f("pk_priors")),
        sqlite_with_rowid=False,
    )


def _queue_entries() -> None:
    op.create_table(
        "queue_entries",
        sa.Column("queue_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Enum("user", "suggested", name="origin", native_enum=False, length=24), nullable=False),
        sa.Column(
            "start_reason",
            sa.Enum(
                "picked",
                "album",
                "playlist",
                "queued",
                "up_next",
                "previous",
                "repeat",
                "restored",
                "remote",
                "imported",
                name="startreason",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name=op.f("fk_queue_entries_queue_id_queues"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_queue_entries_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("queue_id", "position", name=op.f("pk_queue_entries")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("queue_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_queue_entries_track_id"), ["track_id"], unique=False)


def _thumbs() -> None:
    op.create_table(
        "thumbs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("while_playing", sa.Integer(), nullable=True),
        sa.CheckConstraint("value IN (-1, 0, 1)", name=op.f("ck_thumbs_value")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_thumbs_track_id_tracks")),
        sa.ForeignKeyConstraint(["while_playing"], ["tracks.id"], name=op.f("fk_thumbs_while_playing_tracks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thumbs")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("thumbs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thumbs_track_id_at"), ["track_id", "at"], unique=False)


def _track_artists() -> None:
    op.create_table(
        "track_artists",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("artist", "composer", "conductor", "remixer", name="role", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["artist_id"], ["artists.id"], name=op.f("fk_track_artists_artist_id_artists")),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_track_artists_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "role", "position", name=op.f("pk_track_artists")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("track_artists", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_track_artists_artist_id_role_track_id"), ["artist_id", "role", "track_id"], unique=False
        )


def _track_details() -> None:
    op.create_table(
        "track_details",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("scanned_at", sa.Integer(), nullable=False),
        sa.Column("title_sort", sa.Text(), nullable=False),
        sa.Column("album_sort", sa.Text(), nullable=False),
        sa.Column("artist_sorts", sa.Text(), nullable=False),
        sa.Column("album_artist_sorts", sa.Text(), nullable=False),
        sa.Column("disc_total", sa.Integer(), nullable=True),
        sa.Column("disc_title", sa.Text(), nullable=False),
        sa.Column("track_total", sa.Integer(), nullable=True),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("original_date", sa.Text(), nullable=False),
        sa.Column("compilation", sa.Boolean(), nullable=False),
        sa.Column("moods", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("isrc", sa.Text(), nullable=False),
        sa.Column("mb_recording_id", sa.Text(), nullable=False),
        sa.Column("mb_track_id", sa.Text(), nullable=False),
        sa.Column("mb_album_id", sa.Text(), nullable=False),
        sa.Column("mb_release_group_id", sa.Text(), nullable=False),
        sa.Column("mb_artist_ids", sa.Text(), nullable=False),
        sa.Column("mb_album_artist_ids", sa.Text(), nullable=False),
        sa.Column("initial_key", sa.Text(), nullable=False),
        sa.Column("lyrics", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("tagged_play_count", sa.Integer(), nullable=True),
        sa.Column("cover_path", sa.Text(), nullable=False),
        sa.Column("lossless", sa.Boolean(), nullable=False),
        sa.Column("bitrate", sa.Integer(), nullable=True),
        sa.Column("sample_rate", sa.Integer(), nullable=True),
        sa.Column("channels", sa.Integer(), nullable=True),
        sa.Column("bits_per_sample", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_track_details_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_track_details")),
    )
    with op.batch_alter_table("track_details", schema=None) as batch_op:
        batch_op.create_index(
            "ix_track_details_mb_recording_id",
            ["mb_recording_id"],
            unique=False,
            sqlite_where=sa.text("mb_recording_id <> ''"),
        )


def _track_genres() -> None:
    op.create_table(
        "track_genres",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("genre_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["genre_id"], ["genres.id"], name=op.f("fk_track_genres_genre_id_genres")),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_track_genres_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "position", name=op.f("pk_track_genres")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("track_genres", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_track_genres_genre_id_track_id"), ["genre_id", "track_id"], unique=False)


def _track_stats() -> None:
    op.create_table(
        "track_stats",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("play_count", sa.Integer(), nullable=False),
        sa.Column("skip_count", sa.Integer(), nullable=False),
        sa.Column("last_played_at", sa.Integer(), nullable=True),
        sa.Column("thumb", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_track_stats_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_track_stats")),
    )
    with op.batch_alter_table("track_stats", schema=None) as batch_op:
        batch_op.create_index("ix_track_stats_thumb", ["thumb"], unique=False, sqlite_where=sa.text("thumb <> 0"))
