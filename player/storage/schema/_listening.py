"""Tables of what the listener does: plays, thumbs, playlists, the queue; and of what was learned: features, models."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from player.domain import EndReason, Origin, RepeatMode, StartReason
from player.storage.schema._base import Base, JsonText, PathText


class PlayRow(Base):
    """The play log, append-only. What a row says about taste is decided when reading, by `domain.outcome`."""

    __tablename__ = "plays"

    id: Mapped[int] = mapped_column(primary_key=True)
    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id"))
    started_at: Mapped[int]
    utc_offset_min: Mapped[int]
    ended_at: Mapped[int | None]
    listened_ms: Mapped[int] = mapped_column(default=0, comment="while open: the last known value")
    duration_ms: Mapped[int]
    start_reason: Mapped[StartReason]
    end_reason: Mapped[EndReason | None] = mapped_column(comment="NULL while open")
    queue_position: Mapped[int] = mapped_column(default=0)
    model_version: Mapped[str | None]
    score: Mapped[float | None]
    session: Mapped[int] = mapped_column(comment="listening session; a gap of 30 minutes begins a new one")
    message: Mapped[str] = mapped_column(default="")
    source: Mapped[str | None] = mapped_column(comment="where an imported play comes from; NULL for our own")

    __table_args__ = (
        UniqueConstraint("source", "track_id", "started_at"),
        CheckConstraint("listened_ms >= 0", name="listened"),
        Index(None, "started_at"),
        Index(None, "track_id", "started_at"),
        Index("ix_plays_open", "id", sqlite_where=text("end_reason IS NULL")),
        {"sqlite_autoincrement": True},
    )


class TrackStatRow(Base):
    """Cached counters of a track; `listening.refresh_counters` makes them from the log."""

    __tablename__ = "track_stats"

    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    play_count: Mapped[int] = mapped_column(default=0)
    skip_count: Mapped[int] = mapped_column(default=0)
    last_played_at: Mapped[int | None]
    thumb: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_track_stats_thumb", "thumb", sqlite_where=text("thumb <> 0")),)


class PriorRow(Base):
    """What another program knew about a track without times: counts and ratings."""

    __tablename__ = "priors"

    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    play_count: Mapped[int] = mapped_column(default=0)
    skip_count: Mapped[int] = mapped_column(default=0)
    rating: Mapped[float | None]
    last_played_at: Mapped[int | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class ForeignPlayRow(Base):
    """A play that another program logged of a track that the library does not hold (yet)."""

    __tablename__ = "foreign_plays"

    artist_key: Mapped[str] = mapped_column(primary_key=True)
    title_key: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    artist: Mapped[str]
    title: Mapped[str]
    album: Mapped[str] = mapped_column(default="")
    duration_ms: Mapped[int] = mapped_column(default=0)
    recording_mbid: Mapped[str] = mapped_column(default="")
    listened_ms: Mapped[int | None]
    skipped: Mapped[bool | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class ForeignCountRow(Base):
    """What another program counted and thought of a track that the library does not hold (yet)."""

    __tablename__ = "foreign_counts"

    artist_key: Mapped[str] = mapped_column(primary_key=True)
    title_key: Mapped[str] = mapped_column(primary_key=True)
    album_key: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    artist: Mapped[str]
    title: Mapped[str]
    album: Mapped[str]
    duration_ms: Mapped[int] = mapped_column(default=0)
    recording_mbid: Mapped[str] = mapped_column(default="")
    path: Mapped[str] = mapped_column(PathText, default="")
    play_count: Mapped[int] = mapped_column(default=0)
    skip_count: Mapped[int] = mapped_column(default=0)
    rating: Mapped[float | None]
    last_played_at: Mapped[int | None]
    thumb: Mapped[int] = mapped_column(default=0)
    thumb_at: Mapped[int] = mapped_column(default=0)
    added_at: Mapped[int | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class ThumbRow(Base):
    """Thumbs, append-only."""

    __tablename__ = "thumbs"

    id: Mapped[int] = mapped_column(primary_key=True)
    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id"))
    value: Mapped[int]
    at: Mapped[int]
    while_playing: Mapped[int | None] = mapped_column(ForeignKey("tracks.id"))

    __table_args__ = (
        CheckConstraint("value IN (-1, 0, 1)", name="value"),
        Index(None, "track_id", "at"),
        {"sqlite_autoincrement": True},
    )


class StarRow(Base):
    """The listener's own rating of a track, apart from what its file says."""

    __tablename__ = "stars"

    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    value: Mapped[float] = mapped_column(comment="0 to 5 in halves")
    at: Mapped[int]

    __table_args__ = (CheckConstraint("value BETWEEN 0 AND 5 AND value * 2 = round(value * 2)", name="halves"),)


class DismissalRow(Base):
    """Not now: tracks the listener does not want suggested for a while."""

    __tablename__ = "dismissals"

    id: Mapped[int] = mapped_column(primary_key=True)
    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id"), index=True)
    at: Mapped[int]
    until: Mapped[int]

    __table_args__ = ({"sqlite_autoincrement": True},)


class FreshStartRow(Base):
    """An artist that is learned anew: what the listener did with their tracks before teaches nothing any more."""

    __tablename__ = "fresh_starts"

    id: Mapped[int] = mapped_column(primary_key=True)
    artist_id: Mapped[int] = mapped_column(ForeignKey("artists.id", ondelete="CASCADE"), index=True)
    at: Mapped[int]

    __table_args__ = ({"sqlite_autoincrement": True},)


class PlaylistRow(Base):
    """A playlist; a smart one keeps the text of its rules."""

    __tablename__ = "playlists"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    created_at: Mapped[int]
    changed_at: Mapped[int]
    rules: Mapped[str | None]
    rules_order: Mapped[str | None]
    rules_descending: Mapped[bool] = mapped_column(default=False)
    rules_limit: Mapped[int | None]
    rules_limit_ms: Mapped[int | None]
    rules_limit_bytes: Mapped[int | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class PlaylistEntryRow(Base):
    """One entry of a playlist; without a track it is unresolved: kept and shown by what is known of it."""

    __tablename__ = "playlist_entries"

    playlist_id: Mapped[int] = mapped_column(ForeignKey("playlists.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("tracks.id"), index=True)
    path: Mapped[str] = mapped_column(PathText, default="")
    title: Mapped[str] = mapped_column(default="")
    artist: Mapped[str] = mapped_column(default="")
    duration_ms: Mapped[int] = mapped_column(default=0)

    __table_args__ = ({"sqlite_with_rowid": False},)


class QueueRow(Base):
    """The queue as it was saved (`past` is false, at most one), and past queues to bring back."""

    __tablename__ = "queues"

    id: Mapped[int] = mapped_column(primary_key=True)
    past: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[int]
    position_ms: Mapped[int] = mapped_column(default=0)
    repeat: Mapped[RepeatMode]
    shuffle: Mapped[bool] = mapped_column(default=False)
    stop_after_current: Mapped[bool] = mapped_column(default=False)

    __table_args__ = ({"sqlite_autoincrement": True},)


class QueueEntryRow(Base):
    """One entry of a saved queue: `position` below 0 was played, 0 sounds, above 0 is to come."""

    __tablename__ = "queue_entries"

    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), index=True)
    origin: Mapped[Origin]
    start_reason: Mapped[StartReason]
    pinned: Mapped[bool] = mapped_column(default=False)
    suggestion: Mapped[Any | None] = mapped_column(JsonText)

    __table_args__ = ({"sqlite_with_rowid": False},)


class ContentRow(Base):
    """What the content model heard in a piece of audio."""

    __tablename__ = "content"

    audio_key: Mapped[str] = mapped_column(primary_key=True)
    extractor: Mapped[str] = mapped_column(comment="name and version of what computed it")
    vector: Mapped[bytes | None] = mapped_column(LargeBinary, comment="float32, little-endian; NULL: failed")
    tags: Mapped[Any] = mapped_column(JsonText, comment="[[word, probability], ...], strongest first")
    tempo: Mapped[float | None]
    musical_key: Mapped[str] = mapped_column(default="")
    problem: Mapped[str] = mapped_column(default="")
    made_at: Mapped[int]


class LoudnessRow(Base):
    """EBU R128 loudness of a piece of audio."""

    __tablename__ = "loudness"

    audio_key: Mapped[str] = mapped_column(primary_key=True)
    lufs: Mapped[float | None] = mapped_column(comment="integrated; NULL: silent, too short or failed")
    range_lu: Mapped[float | None]
    peak: Mapped[float | None] = mapped_column(comment="1.0 is full scale")
    problem: Mapped[str] = mapped_column(default="")
    made_at: Mapped[int]


class ModelRow(Base):
    """Versions of the model trained here."""

    __tablename__ = "models"

    version: Mapped[str] = mapped_column(primary_key=True)
    trained_at: Mapped[int]
    events: Mapped[int]
    seconds: Mapped[float]
    before: Mapped[Any] = mapped_column(JsonText)
    after: Mapped[Any] = mapped_column(JsonText)
    promoted: Mapped[bool]
    active: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("uq_models_active", "active", unique=True, sqlite_where=text("active")),)


class SettingRow(Base):
    """The user's choices, and details of the window, as JSON."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
