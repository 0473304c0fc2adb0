"""Tables of what the program keeps for itself, so that it goes on where it was: none of it is the user's choice."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from player.domain import StartReason
from player.storage.schema._base import Base, PathText


class QueuePlayedRow(Base):
    """The user's entries of this round of the queue that were played already; with repeat they come again."""

    __tablename__ = "queue_played"

    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), index=True)
    start_reason: Mapped[StartReason]

    __table_args__ = ({"sqlite_with_rowid": False},)


class QueueUnshuffledRow(Base):
    """While the queue is shuffled: its entries in their natural order."""

    __tablename__ = "queue_unshuffled"

    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]

    __table_args__ = ({"sqlite_with_rowid": False},)


class PositionRow(Base):
    """Where a long track was left."""

    __tablename__ = "positions"

    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(comment="order in which tracks were left, oldest first")
    position_ms: Mapped[int]


class ScrobbleAccountRow(Base):
    """How far a scrobbling service has been told of the play log."""

    __tablename__ = "scrobble_accounts"

    service: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[int] = mapped_column(default=0, comment="id of the last play told")
    user: Mapped[str] = mapped_column(default="")
    sent: Mapped[int] = mapped_column(default=0)
    ignored: Mapped[int] = mapped_column(default=0)
    last_sent_at: Mapped[int | None]


class ScannedFileRow(Base):
    """What a scan remembers of a file besides its tracks: that it cannot be read, and its cue sheet."""

    __tablename__ = "scanned_files"

    path: Mapped[str] = mapped_column(PathText, primary_key=True)
    size: Mapped[int | None] = mapped_column(comment="bytes when it could not be read")
    mtime_ns: Mapped[int | None]
    problem: Mapped[str | None] = mapped_column(comment="why it could not be read; NULL: it could")
    cue_mtime_ns: Mapped[int] = mapped_column(default=0, comment="last change of its cue sheet, 0 without")


class ScannedFolderRow(Base):
    """What a scan remembers of a folder: the checksum of its pictures when its files were last read."""

    __tablename__ = "scanned_folders"

    path: Mapped[str] = mapped_column(PathText, primary_key=True)
    pictures: Mapped[int]


class LastTrainingRow(Base):
    """When the model was last trained, whatever came of it: at most one row."""

    __tablename__ = "last_training"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    at: Mapped[int]
    plays: Mapped[int] = mapped_column(comment="plays in the log then")

    __table_args__ = (CheckConstraint("id = 1", name="one"),)
