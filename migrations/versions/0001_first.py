"""The first form: what the library holds, what the listener does, what was learned, what the program keeps.

Revision: 0001. Profiles that were made before the first release come from unreleased revisions, also called 0001 to
0005, with fewer tables: `player.storage._upgrade` takes their mark away, and this revision makes what they lack.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEARCH = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS track_search USING fts5(title, artists, album, album_artists, genres, "
    "composers, tokenize = \"unicode61 remove_diacritics 2\", prefix = '1 2 3')"
)
UNRELEASED_STATES = (
    """INSERT INTO queue_played (queue_id, position, entry_id, track_id, start_reason)
    SELECT q.id, e.key, e.value ->> 0, e.value ->> 1, e.value ->> 2
    FROM settings s, json_each(s.value, '$.played') e, (SELECT max(id) AS id FROM queues WHERE NOT past) q
    WHERE s.key = 'queue.round' AND q.id IS NOT NULL AND e.value ->> 1 IN (SELECT id FROM tracks)""",
    """INSERT INTO queue_unshuffled (queue_id, position, entry_id)
    SELECT q.id, e.key, e.value
    FROM settings s, json_each(s.value, '$.unshuffled') e, (SELECT max(id) AS id FROM queues WHERE NOT past) q
    WHERE s.key = 'queue.round' AND q.id IS NOT NULL""",
    """INSERT INTO positions (track_id, place, position_ms)
    SELECT CAST(e.key AS INTEGER), e.id, e.value FROM settings s, json_each(s.value) e
    WHERE s.key = 'playback.positions' AND json_type(s.value) = 'object'
        AND CAST(e.key AS INTEGER) IN (SELECT id FROM tracks)""",
    """INSERT INTO scrobble_accounts (service, cursor, user, sent, ignored, last_sent_at)
    SELECT substr(key, length('scrobbling.') + 1), coalesce(value ->> 'cursor', 0), coalesce(value ->> 'user', ''),
        coalesce(value ->> 'sent', 0), coalesce(value ->> 'ignored', 0), value ->> 'last_sent_at'
    FROM settings WHERE key IN ('scrobbling.lastfm', 'scrobbling.listenbrainz')""",
    """INSERT INTO last_training (id, at, plays)
    SELECT 1, value ->> 'at', value ->> 'plays' FROM settings
    WHERE key = 'training.last' AND value ->> 'at' IS NOT NULL AND value ->> 'plays' IS NOT NULL""",
    """INSERT INTO revisions (subject, value)
    SELECT 'content', CAST(value AS INTEGER) FROM settings WHERE key = 'content.changes'""",
    "INSERT INTO revisions (subject, value) VALUES ('unarranged', 1)",  # albums are told apart in another way now
    # What scans remembered is made again by the next one.
    """DELETE FROM settings WHERE key IN ('queue.round', 'playback.positions', 'scrobbling.lastfm',
    'scrobbling.listenbrainz', 'training.last', 'content.changes', 'library.scan_memory')""",
)
"""States that unreleased revisions kept as JSON among the settings go to tables of their own."""

UNRELEASED_ALBUMS = """
UPDATE track_details SET (album, album_artist, album_artists) = (
    SELECT a.title, iif(a.named, a.artist, ''), iif(a.named, (
        SELECT json_group_array(name) FROM (
            SELECT ar.name FROM album_artists l JOIN artists ar ON ar.id = l.artist_id
            WHERE l.album_id = a.id ORDER BY l.position
        )
    ), '[]')
    FROM tracks t JOIN (SELECT *, ident LIKE 'artists%' OR ident LIKE 'mb%' AS named FROM albums) a
        ON a.id = t.album_id
    WHERE t.id = track_details.track_id
) WHERE (SELECT album_id FROM tracks WHERE id = track_id) IS NOT NULL
"""
"""What files say of their albums was not kept for each track."""


def upgrade() -> None:
    """Make all tables; what a profile of an unreleased revision holds goes over into them."""
    connection = op.get_bind()
    unreleased = sa.inspect(connection).has_table("settings")
    _albums()
    _artists()
    _content()
    _foreign_counts()
    _foreign_plays()
    _genres()
    _last_training()
    _loudness()
    _models()
    _playlists()
    _queues()
    _revisions()
    _roots()
    _scanned_files()
    _scanned_folders()
    _scrobble_accounts()
    _settings()
    _album_artists()
    _fresh_starts()
    _queue_unshuffled()
    _tracks()
    _album_pins()
    _copy_choices()
    _dismissals()
    _playlist_entries()
    _plays()
    _positions()
    _priors()
    _queue_entries()
    _queue_played()
    _thumbs()
    _track_artists()
    _track_details()
    _track_genres()
    _track_stats()
    op.execute(SEARCH)
    if unreleased:
        _take_over(connection)


def _take_over(connection: sa.Connection) -> None:
    op.add_column("track_details", sa.Column("album", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "track_details", sa.Column("album_artists", sa.Text(), server_default=sa.text("'[]'"), nullable=False)
    )
    op.add_column("track_details", sa.Column("album_artist", sa.Text(), server_default=sa.text("''"), nullable=False))
    connection.exec_driver_sql("UPDATE settings SET value = 'null' WHERE NOT json_valid(value)")
    for statement in UNRELEASED_STATES:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(UNRELEASED_ALBUMS)


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
        if_not_exists=True,
    )
    op.create_index(
        op.f("ix_albums_artist_key_year_title_key"), "albums", ["artist_key", "year", "title_key"], if_not_exists=True
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
        if_not_exists=True,
    )
    op.create_index(op.f("ix_artists_ident"), "artists", ["ident"], if_not_exists=True)
    op.create_index(op.f("ix_artists_name_key"), "artists", ["name_key"], if_not_exists=True)


def _content() -> None:
    op.create_table(
        "content",
        sa.Column("audio_key", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False, comment="name and version of what computed it"),
        sa.Column("vector", sa.LargeBinary(), nullable=True, comment="float32, little-endian; NULL: failed"),
        sa.Column("tags", sa.Text(), nullable=False, comment="[[word, probability], ...], strongest first"),
        sa.Column("tempo", sa.Double(), nullable=True),
        sa.Column("musical_key", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("audio_key", name=op.f("pk_content")),
        if_not_exists=True,
    )


def _foreign_counts() -> None:
    op.create_table(
        "foreign_counts",
        sa.Column("artist_key", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("album_key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("recording_mbid", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("play_count", sa.Integer(), nullable=False),
        sa.Column("skip_count", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("last_played_at", sa.Integer(), nullable=True),
        sa.Column("thumb", sa.Integer(), nullable=False),
        sa.Column("thumb_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("artist_key", "title_key", "album_key", "source", name=op.f("pk_foreign_counts")),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )


def _foreign_plays() -> None:
    op.create_table(
        "foreign_plays",
        sa.Column("artist_key", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("recording_mbid", sa.Text(), nullable=False),
        sa.Column("listened_ms", sa.Integer(), nullable=True),
        sa.Column("skipped", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("artist_key", "title_key", "started_at", "source", name=op.f("pk_foreign_plays")),
        sqlite_with_rowid=False,
        if_not_exists=True,
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
        if_not_exists=True,
    )


def _last_training() -> None:
    op.create_table(
        "last_training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("plays", sa.Integer(), nullable=False, comment="plays in the log then"),
        sa.CheckConstraint("id = 1", name=op.f("ck_last_training_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_training")),
        if_not_exists=True,
    )


def _loudness() -> None:
    op.create_table(
        "loudness",
        sa.Column("audio_key", sa.Text(), nullable=False),
        sa.Column("lufs", sa.Double(), nullable=True, comment="integrated; NULL: silent, too short or failed"),
        sa.Column("range_lu", sa.Double(), nullable=True),
        sa.Column("peak", sa.Double(), nullable=True, comment="1.0 is full scale"),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("audio_key", name=op.f("pk_loudness")),
        if_not_exists=True,
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
        if_not_exists=True,
    )
    op.create_index(
        "uq_models_active", "models", ["active"], unique=True, sqlite_where=sa.text("active"), if_not_exists=True
    )


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
        if_not_exists=True,
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
        if_not_exists=True,
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_revisions")),
        if_not_exists=True,
    )


def _roots() -> None:
    op.create_table(
        "roots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roots")),
        sa.UniqueConstraint("path", name=op.f("uq_roots_path")),
        if_not_exists=True,
    )


def _scanned_files() -> None:
    op.create_table(
        "scanned_files",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True, comment="bytes when it could not be read"),
        sa.Column("mtime_ns", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True, comment="why it could not be read; NULL: it could"),
        sa.Column("cue_mtime_ns", sa.Integer(), nullable=False, comment="last change of its cue sheet, 0 without"),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_scanned_files")),
        if_not_exists=True,
    )


def _scanned_folders() -> None:
    op.create_table(
        "scanned_folders",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_scanned_folders")),
        if_not_exists=True,
    )


def _scrobble_accounts() -> None:
    op.create_table(
        "scrobble_accounts",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False, comment="id of the last play told"),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("ignored", sa.Integer(), nullable=False),
        sa.Column("last_sent_at", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_scrobble_accounts")),
        if_not_exists=True,
    )


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
        if_not_exists=True,
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
        if_not_exists=True,
    )
    op.create_index(op.f("ix_album_artists_artist_id"), "album_artists", ["artist_id"], if_not_exists=True)


def _fresh_starts() -> None:
    op.create_table(
        "fresh_starts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["artists.id"], name=op.f("fk_fresh_starts_artist_id_artists"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fresh_starts")),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )
    op.create_index(op.f("ix_fresh_starts_artist_id"), "fresh_starts", ["artist_id"], if_not_exists=True)


def _queue_unshuffled() -> None:
    op.create_table(
        "queue_unshuffled",
        sa.Column("queue_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name=op.f("fk_queue_unshuffled_queue_id_queues"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("queue_id", "position", name=op.f("pk_queue_unshuffled")),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )


def _tracks() -> None:
    op.create_table(
        "tracks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column(
            "superseded",
            sa.Integer(),
            nullable=False,
            comment="0; its own id once another recording has taken its place under this path",
        ),
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
        sa.Column("rating", sa.Double(), nullable=True, comment="0 to 1, as tagged"),
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
        if_not_exists=True,
    )
    op.create_index(
        "ix_tracks_absent", "tracks", ["state"], sqlite_where=sa.text("state <> 'present'"), if_not_exists=True
    )
    op.create_index(op.f("ix_tracks_added_at"), "tracks", ["added_at"], if_not_exists=True)
    op.create_index(
        op.f("ix_tracks_album_id_disc_no_track_no_title_key"),
        "tracks",
        ["album_id", "disc_no", "track_no", "title_key"],
        if_not_exists=True,
    )
    op.create_index(
        "ix_tracks_audio_key",
        "tracks",
        ["audio_key"],
        sqlite_where=sa.text("audio_key IS NOT NULL"),
        if_not_exists=True,
    )
    op.create_index(
        "ix_tracks_cover_key",
        "tracks",
        ["cover_key"],
        sqlite_where=sa.text("cover_key IS NOT NULL"),
        if_not_exists=True,
    )
    op.create_index(
        "ix_tracks_removed",
        "tracks",
        ["path", "superseded"],
        sqlite_where=sa.text("state = 'removed'"),
        if_not_exists=True,
    )
    op.create_index(op.f("ix_tracks_title_key"), "tracks", ["title_key"], if_not_exists=True)


def _album_pins() -> None:
    op.create_table(
        "album_pins",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("pin", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_album_pins_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_album_pins")),
        if_not_exists=True,
    )
    op.create_index(op.f("ix_album_pins_pin"), "album_pins", ["pin"], if_not_exists=True)


def _copy_choices() -> None:
    op.create_table(
        "copy_choices",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.CheckConstraint("track_id < other_id", name=op.f("ck_copy_choices_order")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["tracks.id"], name=op.f("fk_copy_choices_other_id_tracks"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_copy_choices_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "other_id", name=op.f("pk_copy_choices")),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index(op.f("ix_copy_choices_other_id"), "copy_choices", ["other_id"], if_not_exists=True)


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
        if_not_exists=True,
    )
    op.create_index(op.f("ix_dismissals_track_id"), "dismissals", ["track_id"], if_not_exists=True)


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
        if_not_exists=True,
    )
    op.create_index(op.f("ix_playlist_entries_track_id"), "playlist_entries", ["track_id"], if_not_exists=True)


def _plays() -> None:
    op.create_table(
        "plays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("utc_offset_min", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.Integer(), nullable=True),
        sa.Column("listened_ms", sa.Integer(), nullable=False, comment="while open: the last known value"),
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
            comment="NULL while open",
        ),
        sa.Column("queue_position", sa.Integer(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column(
            "session", sa.Integer(), nullable=False, comment="listening session; a gap of 30 minutes begins a new one"
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True, comment="where an imported play comes from; NULL for our own"),
        sa.CheckConstraint("listened_ms >= 0", name=op.f("ck_plays_listened")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_plays_track_id_tracks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plays")),
        sa.UniqueConstraint("source", "track_id", "started_at", name=op.f("uq_plays_source_track_id_started_at")),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )
    op.create_index("ix_plays_open", "plays", ["id"], sqlite_where=sa.text("end_reason IS NULL"), if_not_exists=True)
    op.create_index(op.f("ix_plays_started_at"), "plays", ["started_at"], if_not_exists=True)
    op.create_index(op.f("ix_plays_track_id_started_at"), "plays", ["track_id", "started_at"], if_not_exists=True)


def _positions() -> None:
    op.create_table(
        "positions",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="order in which tracks were left, oldest first"),
        sa.Column("position_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_positions_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_positions")),
        if_not_exists=True,
    )


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
        if_not_exists=True,
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
        if_not_exists=True,
    )
    op.create_index(op.f("ix_queue_entries_track_id"), "queue_entries", ["track_id"], if_not_exists=True)


def _queue_played() -> None:
    op.create_table(
        "queue_played",
        sa.Column("queue_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name=op.f("fk_queue_played_queue_id_queues"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_queue_played_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("queue_id", "position", name=op.f("pk_queue_played")),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index(op.f("ix_queue_played_track_id"), "queue_played", ["track_id"], if_not_exists=True)


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
        if_not_exists=True,
    )
    op.create_index(op.f("ix_thumbs_track_id_at"), "thumbs", ["track_id", "at"], if_not_exists=True)


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
        if_not_exists=True,
    )
    op.create_index(
        op.f("ix_track_artists_artist_id_role_track_id"),
        "track_artists",
        ["artist_id", "role", "track_id"],
        if_not_exists=True,
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
        sa.Column(
            "album",
            sa.Text(),
            server_default=sa.text("''"),
            nullable=False,
            comment="as tagged, for telling albums apart",
        ),
        sa.Column("album_artists", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("album_artist", sa.Text(), server_default=sa.text("''"), nullable=False, comment="as shown"),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_track_details_track_id_tracks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_track_details")),
        if_not_exists=True,
    )
    op.create_index(
        "ix_track_details_mb_recording_id",
        "track_details",
        ["mb_recording_id"],
        sqlite_where=sa.text("mb_recording_id <> ''"),
        if_not_exists=True,
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
        if_not_exists=True,
    )
    op.create_index(
        op.f("ix_track_genres_genre_id_track_id"), "track_genres", ["genre_id", "track_id"], if_not_exists=True
    )


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
        if_not_exists=True,
    )
    op.create_index(
        "ix_track_stats_thumb", "track_stats", ["thumb"], sqlite_where=sa.text("thumb <> 0"), if_not_exists=True
    )
