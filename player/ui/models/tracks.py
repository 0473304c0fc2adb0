"""Tracks as a table: a vector of ids and a few pages of rows, so that 100,000 tracks cost what is on the screen."""

from __future__ import annotations

import os
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, Qt

from player.domain import SortKey, Track, TrackId, TrackOrder
from player.ui import words
from player.ui.guard import guarded
from player.ui.models.cards import NO_INDEX, Index
from player.ui.models.sorting import sort_mark
from player.ui.paint import Align
from player.ui.plain import tip

PAGE = 128
PAGES_KEPT = 96
ROW_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
MIME = "application/x-segue-tracks"
ROWS_MIME = "application/x-segue-rows"
Fetch = Callable[[Sequence[TrackId]], Sequence[Track]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of track tables.

    Attributes:
        name: Its name in settings.
        width: Width in px at 100 %; 0 for those that share the rest.
        share: Part of the rest.
        order: What a click on its heading sorts by; None sorts nothing.
        align: Where its cells and heading begin.
        digits: Whether it holds figures.
        rank: The higher, the earlier it is left out where room is scarce.
        text: The cell of a track.
    """

    name: str
    width: int
    share: float
    order: TrackOrder | None
    align: Align
    digits: bool
    rank: int
    text: Callable[[Track], str]


def _when(at_ms: int | None) -> str:
    return words.day(at_ms) if at_ms else ""


def _number(value: int | None) -> str:
    return str(value) if value else ""


COLUMNS = (
    Column("no", 56, 0, None, Align.END, True, 3, lambda t: ""),
    Column("title", 0, 0.46, TrackOrder.TITLE, Align.START, False, 0, lambda t: t.title),
    Column("artist", 0, 0.27, TrackOrder.ARTIST, Align.START, False, 4, lambda t: t.artist),
    Column("album", 0, 0.27, TrackOrder.ALBUM, Align.START, False, 6, lambda t: t.album),
    Column("genre", 0, 0.18, TrackOrder.GENRE, Align.START, False, 9, lambda t: ", ".join(t.genres)),
    Column("year", 62, 0, TrackOrder.YEAR, Align.START, True, 7, lambda t: _number(t.year)),
    Column("added", 92, 0, TrackOrder.ADDED, Align.START, True, 10, lambda t: _when(t.added_at)),
    Column("last_played", 92, 0, TrackOrder.LAST_PLAYED, Align.START, True, 10, lambda t: _when(t.last_played_at)),
    Column("folder", 0, 0.34, TrackOrder.PATH, Align.START, False, 11, lambda t: os.path.dirname(t.path)),
    Column("plays", 66, 0, TrackOrder.PLAYS, Align.END, True, 8, lambda t: words.number(t.play_count)),
    Column("time", 70, 0, TrackOrder.DURATION, Align.END, True, 2, lambda t: words.clock(t.duration_ms)),
)
INDEX_OF = {column.name: index for index, column in enumerate(COLUMNS)}


def heading(name: str) -> str:
    """The heading of a column."""
    return {
        "no": "#",
        "title": words.translate("Columns", "Title"),
        "artist": words.translate("Columns", "Artist"),
        "album": words.translate("Columns", "Album"),
        "genre": words.translate("Columns", "Genre"),
        "year": words.translate("Columns", "Year"),
        "added": words.translate("Columns", "Added"),
        "last_played": words.translate("Columns", "Last played"),
        "folder": words.translate("Columns", "Folder"),
        "plays": words.translate("Columns", "Plays"),
        "time": words.translate("Columns", "Time"),
    }[name]


def describe(track: Track) -> str:
    """A track as a screen reader says it."""
    parts = [track.title, track.artist, track.album, words.clock(track.duration_ms)]
    if track.thumb:
        liked = words.translate("Columns", "liked") if track.thumb > 0 else words.translate("Columns", "disliked")
        parts.append(liked)
    parts.append(trouble(track))
    return ", ".join(part for part in parts if part)


def trouble(track: Track) -> str:
    """Why a track cannot be played; empty where it can."""
    if track.missing:
        return words.translate("Columns", "file not found")
    if track.playable:
        return ""
    return ": ".join(filter(None, (words.translate("Columns", "cannot be played"), track.problem)))


def pack_tracks(ids: Iterable[TrackId]) -> QMimeData:
    """Tracks for the clipboard or a drag."""
    data = QMimeData()
    data.setData(MIME, ",".join(str(track_id) for track_id in ids).encode("ascii"))
    return data


def unpack_tracks(data: QMimeData) -> list[TrackId]:
    """The tracks of a drag; empty where it carries something else."""
    raw = bytes(data.data(MIME).data()).decode("ascii", "replace")
    return [TrackId(int(part)) for part in raw.split(",") if part.isdigit()]


class TrackModel(QAbstractTableModel):
    """The adapter between a vector of track ids and item views.

    Args:
        fetch: Gets the tracks of a page, in the order asked for (missing ones left out).
        parent: Qt parent.
    """

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[Track | None]] = OrderedDict()
        self.playing: TrackId | None = None
        self._sorted_by: tuple[SortKey, ...] = ()
        self.album_numbers = False

    @property
    def ids(self) -> array[int]:
        """The ids of all rows, in order."""
        return self._ids

    def set_ids(self, ids: array[int]) -> None:
        """Show other tracks; the same ones only drop what is known of them."""
        if ids == self._ids:
            self.refresh()
            return
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def add_ids(self, ids: array[int]) -> None:
        """Show what is shown and more below it: position and selection stay. `ids` are all; others replace them."""
        count = len(self._ids)
        if not count or count % PAGE or ids[:count] != self._ids:
            self.set_ids(ids)
        elif len(ids) > count:
            self.beginInsertRows(QModelIndex(), count, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()

    @property
    def sorted_by(self) -> tuple[SortKey, ...]:
        """By what the rows are sorted, the first key first."""
        return self._sorted_by

    def set_sorted_by(self, keys: Sequence[SortKey]) -> None:
        """Mark the headings of the columns that the rows are sorted by."""
        self._sorted_by = tuple(keys)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def refresh(self) -> None:
        """Read the rows again when they are next shown."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))

    def track(self, row: int) -> Track | None:
        """The track in a row; None where it has gone from the library meanwhile.

        Raises:
            IndexError: there is no such row.
        """
        number, offset = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._load(number)
        return page[offset]

    def track_id(self, row: int) -> TrackId:
        """The id in a row.

        Raises:
            IndexError: there is no such row.
        """
        return TrackId(self._ids[row])

    def _load(self, number: int) -> list[Track | None]:
        ids = [TrackId(track_id) for track_id in self._ids[number * PAGE : (number + 1) * PAGE]]
        found = {track.id: track for track in self._fetch(ids)}
        page = self._pages[number] = [found.get(track_id) for track_id in ids]
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def number_text(self, row: int, track: Track) -> str:
        """What the first column shows: the number on the album, or the row's."""
        if not self.album_numbers:
            return words.number(row + 1)
        return str(track.track_no or row + 1)

    @guarded(int)
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many tracks."""
        return 0 if parent.isValid() else len(self._ids)

    @guarded(int)
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """How many columns, shown or not."""
        return 0 if parent.isValid() else len(COLUMNS)

    @guarded(lambda: None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Cells as text, for copying and screen readers; the view's delegate reads the track itself."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            track = self.track(index.row())
            if track is None:
                return ""
            column = COLUMNS[index.column()]
            return self.number_text(index.row(), track) if column.name == "no" else column.text(track)
        if role == Qt.ItemDataRole.ToolTipRole:
            track = self.track(index.row())
            return tip(trouble(track)) or None if track is not None else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            track = self.track(index.row())
            return describe(track) if track is not None else ""
        return None

    @guarded(lambda: None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS):
            if role == Qt.ItemDataRole.DisplayRole:
                return heading(COLUMNS[section].name) + sort_mark(self._sorted_by, COLUMNS[section].order)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                end = COLUMNS[section].align is Align.END
                side = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged."""
        return ROW_FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    @guarded(lambda: [MIME])
    def mimeTypes(self) -> list[str]:
        """What a drag carries."""
        return [MIME]

    @guarded(QMimeData)
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The dragged rows' tracks, and the rows for a list that may be reordered."""
        rows = sorted({index.row() for index in indexes})
        data = pack_tracks(self.track_id(row) for row in rows)
        data.setData(ROWS_MIME, f"{id(self)}:{','.join(map(str, rows))}".encode("ascii"))
        return data

    def own_rows(self, data: QMimeData) -> list[int]:
        """The rows of a drag that began in this very list; empty for any other."""
        owner, _, rows = bytes(data.data(ROWS_MIME).data()).decode("ascii", "replace").partition(":")
        return [int(row) for row in rows.split(",")] if owner == str(id(self)) and rows else []

    @guarded(lambda: Qt.DropAction.IgnoreAction)
    def supportedDragActions(self) -> Qt.DropAction:
        """Dragging copies."""
        return Qt.DropAction.CopyAction
