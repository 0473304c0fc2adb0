"""Up Next as a list model: the play queue's own steps, mapped one to one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt

from player.domain import EntryId, Origin, QueueEntry, ReasonKind, Track, TrackId
from player.playback import PlayQueue
from player.ui import words
from player.ui.guard import guarded
from player.ui.models.cards import NO_INDEX, Index
from player.ui.models.tracks import MIME, Fetch, pack_tracks

NEARBY = 32
FEW = 3
"""With fewer entries before it, a refill is no change that is to be pointed out."""
ENTRIES_MIME = "application/x-segue-entries"
FILES_MIME = "text/uri-list"
REASON_ICONS = {
    ReasonKind.FOLLOWS: "arrows-left-right",
    ReasonKind.SIMILAR: "waveform",
    ReasonKind.LIKED: "heart",
    ReasonKind.KIN: "heart",
    ReasonKind.ARTIST: "user-sound",
    ReasonKind.ALBUM: "vinyl-record",
    ReasonKind.SESSION: "headphones",
    ReasonKind.LONG_AGO: "clock-counter-clockwise",
    ReasonKind.RECENT: "fire-simple",
    ReasonKind.TIME_OF_DAY: "moon",
    ReasonKind.ADDED: "folder-plus",
    ReasonKind.NEW: "sparkle",
    ReasonKind.EXPLORE: "compass",
    ReasonKind.VARIETY: "shuffle",
    ReasonKind.SOUND: "waveform",
    ReasonKind.GENRE: "tag",
    ReasonKind.OPENER: "vinyl-record",
    ReasonKind.COLLECTION: "user-sound",
    ReasonKind.DECADE: "disc",
    ReasonKind.SOURCE: "vinyl-record",
    ReasonKind.LENGTH: "clock",
}

LITTLE_SAID = (ReasonKind.NEW, ReasonKind.EXPLORE, ReasonKind.VARIETY, ReasonKind.SESSION)
"""Reasons that many rows may share, in a library not yet heard nearly all: what the track is from goes with them."""


class QueueRow(NamedTuple):
    """One row of Up Next.

    Attributes:
        entry: The queue's entry.
        track: Its track; None where it has gone from the library.
        section: Heading above the row; empty inside a section.
        icon: Icon of the reason.
        reason: Why it is here, in one line.
    """

    entry: QueueEntry
    track: Track | None
    section: str
    icon: str
    reason: str


class QueueModel(QAbstractListModel):
    """The adapter between the play queue and item views.

    Args:
        queue: The owner of the order.
        fetch: Gets tracks by their ids.
        parent: Qt parent.
    """

    def __init__(self, queue: PlayQueue, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._fetch = fetch
        self._entries: tuple[QueueEntry, ...] = queue.entries()
        self._users = queue.user_count
        self._tracks: dict[TrackId, Track] = {}
        self._fresh: set[EntryId] = set()
        # The queue outlives its views: methods are disconnected with their object, lambdas would not be.
        queue.inserting.connect(self._inserting)
        queue.inserted.connect(self._inserted)
        queue.removing.connect(self._removing)
        queue.removed.connect(self._removed)
        queue.moving.connect(self._moving)
        queue.moved.connect(self._moved)
        queue.updated.connect(self._updated)

    @property
    def entries(self) -> tuple[QueueEntry, ...]:
        """The entries shown."""
        return self._entries

    def row(self, number: int) -> QueueRow:
        """A row with all that is shown of it.

        Raises:
            IndexError: there is no such row.
        """
        entry = self._entries[number]
        track = self._track(number)
        if entry.suggestion is not None and entry.suggestion.reasons:
            first = entry.suggestion.reasons[0]
            reason = first.text
            if first.kind in LITTLE_SAID and track is not None and (about := words.about(track)):
                reason = f"{reason} · {about}"
            return QueueRow(entry, track, self._section(number), REASON_ICONS[first.kind], reason)
        album = track.album if track is not None else ""
        return QueueRow(entry, track, self._section(number), "vinyl-record", album or self.tr("Queued by you"))

    def is_fresh(self, number: int) -> bool:
        """Whether a suggestion came by a change that nobody has seen yet."""
        return self._entries[number].id in self._fresh

    def seen(self, entry_ids: Collection[EntryId]) -> None:
        """These suggestions were seen: they are marked no longer."""
        if self._fresh & set(entry_ids):
            self._fresh -= set(entry_ids)
            self.dataChanged.emit(self.index(0), self.index(max(0, len(self._entries) - 1)))

    def entry_ids(self, rows: Sequence[int]) -> list[EntryId]:
        """The entries in rows."""
        return [self._entries[row].id for row in rows if 0 <= row < len(self._entries)]

    def refresh(self) -> None:
        """Read the tracks again: thumbs or tags have changed."""
        self._tracks.clear()
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def describe(self, number: int) -> str:
        """A row as a screen reader says it.

        Raises:
            IndexError: there is no such row.
        """
        row = self.row(number)
        if row.track is None:
            return self.tr("A track that is no longer in the library")
        parts = [row.section, row.track.title, row.track.artist, words.clock(row.track.duration_ms), row.reason]
        if row.track.thumb:
            parts.append(self.tr("liked") if row.track.thumb > 0 else self.tr("disliked"))
        if row.entry.pinned:
            parts.append(self.tr("kept"))
        return ". ".join(part for part in parts if part)

    def begins_section(self, number: int) -> bool:
        """Whether a heading stands above a row: only when there is something of the user's."""
        return self._users > 0 and number in (0, self._users)

    def _section(self, number: int) -> str:
        if not self.begins_section(number):
            return ""
        return self.tr("Queued by you") if number == 0 else self.tr("Chosen for you")

    def _track(self, number: int) -> Track | None:
        track_id = self._entries[number].track_id
        if track_id not in self._tracks:
            # A few rows around the one wanted: a long queue must not be read as a whole.
            near = self._entries[max(0, number - NEARBY // 2) : number + NEARBY]
            lacking = {entry.track_id for entry in near} - set(self._tracks)
            self._tracks |= {track.id: track for track in self._fetch(sorted(lacking))}
        return self._tracks.get(track_id)

    def _inserting(self, first: int, last: int) -> None:
        self.beginInsertRows(QModelIndex(), first, last)

    def _inserted(self) -> None:
        self._finish(self.endInsertRows)

    def _removing(self, first: int, last: int) -> None:
        self.beginRemoveRows(QModelIndex(), first, last)

    def _removed(self) -> None:
        self._finish(self.endRemoveRows)

    def _moving(self, first: int, last: int, before: int) -> None:
        self.beginMoveRows(QModelIndex(), first, last, QModelIndex(), before)

    def _moved(self) -> None:
        self._finish(self.endMoveRows)

    def _finish(self, end: Any) -> None:
        self._take()
        end()

    def _take(self) -> None:
        before, self._entries = self._entries, self._queue.entries()
        ids = {entry.id for entry in self._entries if entry.origin is Origin.SUGGESTED}
        # The first fill is new as a whole: nothing in it is to be told apart.
        came = ids - {entry.id for entry in before} if len(before) >= FEW else set()
        self._fresh = (self._fresh & ids) | came
        # The user's stand first: not each has to be looked at after every step of a change.
        self._users = bisect_left(self._entries, True, key=lambda entry: entry.origin is not Origin.USER)

    def _updated(self, first: int, last: int) -> None:
        # A suggestion may have become the user's where it stands.
        self._take()
        self.dataChanged.emit(self.index(first), self.index(last))

    @guarded(int)
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many entries."""
        return 0 if parent.isValid() else len(self._entries)

    @guarded(lambda: None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title; accessible text and description. A tip would only lie over what it repeats."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            track = self._track(index.row())
            return track.title if track is not None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.describe(index.row())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.row(index.row()).reason
        return None

    @guarded(lambda: Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged; drops fall between rows."""
        flags = super().flags(index)
        return flags | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    @guarded(lambda: [MIME])
    def mimeTypes(self) -> list[str]:
        """What can be dropped here."""
        return [ENTRIES_MIME, MIME, FILES_MIME]

    @guarded(QMimeData)
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The dragged entries, and their tracks for other places."""
        rows = sorted(index.row() for index in indexes)
        data = pack_tracks(self._entries[row].track_id for row in rows)
        data.setData(ENTRIES_MIME, ",".join(str(entry) for entry in self.entry_ids(rows)).encode("ascii"))
        return data

    @guarded(lambda: Qt.DropAction.IgnoreAction)
    def supportedDropActions(self) -> Qt.DropAction:
        """Entries move, tracks are copied."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction


def unpack_entries(data: QMimeData) -> list[EntryId]:
    """The entries of a drag; empty where it carries something else."""
    raw = bytes(data.data(ENTRIES_MIME).data()).decode("ascii", "replace")
    return [EntryId(int(part)) for part in raw.split(",") if part.isdigit()]
