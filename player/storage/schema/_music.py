"""Tables of what the library holds: roots, tracks, artists, albums, genres, revisions.

Texts are Unicode as tagged. A `*_key` column is the locale-independent sort key of its text (`_text.sort_key`),
an `ident` column what makes a row the same thing (`_text.ident`). Counts on albums, artists and genres are
caches, kept by the transaction that changes their tracks.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from player.storage.schema._base import Base, JsonText, PathText, Role, TrackState


class RootRow(Base):
    """A music folder."""

    __tablename__ = "roots"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(PathText, unique=True)
    added_at: Mapped[int]


class ArtistRow(Base):
    """An artist: one for each MusicBrainz id, else for each name but for case."""

    __tablename__ = "artists"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    ident: Mapped[str] = mapped_column(index=True)
    mbid: Mapped[str | None] = mapped_column(unique=True)
    track_count: Mapped[int] = mapped_column(default=0)
    album_count: Mapped[int] = mapped_column(default=0)
    cover_key: Mapped[str | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class AlbumRow(Base):
    """An album; `library._albums` says which tracks share one."""

    __tablename__ = "albums"

    id: Mapped[int] = mapped_column(primary_key=True)
    ident: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_key: Mapped[str]
    artist: Mapped[str]
    artist_key: Mapped[str]
    mbid: Mapped[str | None]
    compilation: Mapped[bool] = mapped_column(default=False)
    year: Mapped[int | None]
    track_count: Mapped[int] = mapped_column(default=0)
    duration_ms: Mapped[int] = mapped_column(default=0)
    cover_key: Mapped[str | None]
    added_at: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        Index(None, "artist_key", "year", "title_key"),
        {"sqlite_autoincrement": True},
    )


class AlbumArtistRow(Base):
    """The artists of an album, in order."""

    __tablename__ = "album_artists"

    album_id: Mapped[int] = mapped_column(ForeignKey("albums.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    artist_id: Mapped[int] = mapped_column(ForeignKey("artists.id"), index=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class GenreRow(Base):
    """A genre: one for each name but for case."""

    __tablename__ = "genres"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    ident: Mapped[str] = mapped_column(unique=True)
    track_count: Mapped[int] = mapped_column(default=0)

    __table_args__ = ({"sqlite_autoincrement": True},)


class TrackRow(Base):
    """A track: what lists show and sort by. The rest stands in `track_details`, to keep this table dense."""

    __tablename__ = "tracks"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(PathText)
    start_ms: Mapped[int] = mapped_column(default=0)
    superseded: Mapped[int] = mapped_column(
        default=0, comment="0; its own id once another recording has taken its place under this path"
    )
    end_ms: Mapped[int | None]
    state: Mapped[TrackState] = mapped_column(default=TrackState.PRESENT)
    missing_since: Mapped[int | None]
    size: Mapped[int]
    mtime_ns: Mapped[int]
    audio_key: Mapped[str | None]
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(index=True)
    artist: Mapped[str]
    artist_key: Mapped[str]
    album_id: Mapped[int | None] = mapped_column(ForeignKey("albums.id"))
    disc_no: Mapped[int | None]
    track_no: Mapped[int | None]
    year: Mapped[int | None]
    duration_ms: Mapped[int] = mapped_column(default=0)
    track_gain_db: Mapped[float | None]
    track_peak: Mapped[float | None]
    album_gain_db: Mapped[float | None]
    album_peak: Mapped[float | None]
    bpm: Mapped[float | None]
    rating: Mapped[float | None] = mapped_column(comment="0 to 1, as tagged")
    cover_key: Mapped[str | None]
    format: Mapped[str]
    playable: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[int]

    __table_args__ = (
        UniqueConstraint("path", "start_ms", "superseded"),
        CheckConstraint("start_ms >= 0 AND duration_ms >= 0", name="times"),
        CheckConstraint("rating BETWEEN 0 AND 1", name="rating"),
        # The natural order of an album; covers `Orders`, which reads it for the whole library.
        Index(None, "album_id", "disc_no", "track_no", "title_key"),
        Index("ix_tracks_audio_key", "audio_key", sqlite_where=text("audio_key IS NOT NULL")),
        Index("ix_tracks_cover_key", "cover_key", sqlite_where=text("cover_key IS NOT NULL")),
        Index("ix_tracks_absent", "state", sqlite_where=text("state <> 'present'")),
        # Folders taken out of the library: `library._folders` counts what is left.
        Index("ix_tracks_removed", "path", "superseded", sqlite_where=text("state = 'removed'")),
        Index(None, "added_at"),
        {"sqlite_autoincrement": True},
    )


class TrackDetailRow(Base):
    """What is known about a track beyond what lists show."""

    __tablename__ = "track_details"

    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    scanned_at: Mapped[int]
    title_sort: Mapped[str]
    album_sort: Mapped[str]
    artist_sorts: Mapped[list[str]] = mapped_column(JsonText)
    album_artist_sorts: Mapped[list[str]] = mapped_column(JsonText)
    disc_total: Mapped[int | None]
    disc_title: Mapped[str]
    track_total: Mapped[int | None]
    date: Mapped[str]
    original_date: Mapped[str]
    compilation: Mapped[bool]
    moods: Mapped[list[str]] = mapped_column(JsonText)
    composer_sorts: Mapped[list[str]] = mapped_column(JsonText, server_default="[]")
    lyricists: Mapped[list[str]] = mapped_column(JsonText, server_default="[]")
    performers: Mapped[list[str]] = mapped_column(JsonText, server_default="[]")
    work: Mapped[str] = mapped_column(server_default=text("''"))
    movement: Mapped[str] = mapped_column(server_default=text("''"))
    grouping: Mapped[str] = mapped_column(server_default=text("''"))
    label: Mapped[str]
    catalog_number: Mapped[str] = mapped_column(server_default=text("''"))
    barcode: Mapped[str] = mapped_column(server_default=text("''"))
    media: Mapped[str] = mapped_column(server_default=text("''"))
    country: Mapped[str] = mapped_column(server_default=text("''"))
    isrc: Mapped[str]
    mb_recording_id: Mapped[str]
    mb_track_id: Mapped[str]
    mb_album_id: Mapped[str]
    mb_release_group_id: Mapped[str]
    mb_artist_ids: Mapped[list[str]] = mapped_column(JsonText)
    mb_album_artist_ids: Mapped[list[str]] = mapped_column(JsonText)
    initial_key: Mapped[str]
    lyrics: Mapped[str]
    comment: Mapped[str]
    tagged_play_count: Mapped[int | None]
    cover_path: Mapped[str] = mapped_column(PathText)
    lossless: Mapped[bool]
    bitrate: Mapped[int | None]
    sample_rate: Mapped[int | None]
    channels: Mapped[int | None]
    bits_per_sample: Mapped[int | None]
    problem: Mapped[str]
    album: Mapped[str] = mapped_column(server_default=text("''"), comment="as tagged, for telling albums apart")
    album_artists: Mapped[list[str]] = mapped_column(JsonText, server_default=text("'[]'"))
    album_artist: Mapped[str] = mapped_column(server_default=text("''"), comment="as shown")

    __table_args__ = (
        Index("ix_track_details_mb_recording_id", "mb_recording_id", sqlite_where=text("mb_recording_id <> ''")),
    )


class TrackArtistRow(Base):
    """Who did what on a track, in tag order."""

    __tablename__ = "track_artists"

    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    artist_id: Mapped[int] = mapped_column(ForeignKey("artists.id"))

    __table_args__ = (Index(None, "artist_id", "role", "track_id"), {"sqlite_with_rowid": False})


class TrackGenreRow(Base):
    """The genres of a track, in tag order."""

    __tablename__ = "track_genres"

    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    genre_id: Mapped[int] = mapped_column(ForeignKey("genres.id"))

    __table_args__ = (Index(None, "genre_id", "track_id"), {"sqlite_with_rowid": False})


class CopyChoiceRow(Base):
    """What the user said of two tracks: they are copies of one recording, or they are not."""

    __tablename__ = "copy_choices"

    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True, index=True)
    same: Mapped[bool]

    __table_args__ = (CheckConstraint("track_id < other_id", name="order"), {"sqlite_with_rowid": False})


class AlbumPinRow(Base):
    """Albums that the user made by merging and splitting: tracks with one pin are one album."""

    __tablename__ = "album_pins"

    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    pin: Mapped[int] = mapped_column(index=True)


class RevisionRow(Base):
    """Counters that every writing transaction advances, so that caches in memory know when they are stale."""

    __tablename__ = "revisions"

    subject: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(default=0)


SEARCH_TABLE = "track_search"
SEARCH_TERMS_TABLE = "track_search_terms"
SEARCH_COLUMNS = ("title", "artists", "album", "album_artists", "genres", "composers", "works")
"""`composers` are all who are named for a work and its performance; `works` what it is part of, and its years."""
CREATE_SEARCH = (
    f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5({', '.join(SEARCH_COLUMNS)}, "
    "tokenize = \"unicode61 remove_diacritics 2\", prefix = '1 2 3')"
)
"""Full-text index; rowid is the track's id. Its texts are spread by `_search_text.searchable`, so that each CJK
character is a token of its own and a phrase finds any run of them."""
CREATE_SEARCH_TERMS = f"CREATE VIRTUAL TABLE {SEARCH_TERMS_TABLE} USING fts5vocab({SEARCH_TABLE}, row)"
"""The words of the index, and how many tracks hold each."""
