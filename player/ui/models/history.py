"""The play log as a table, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from player.domain import LoggedPlay, Outcome, StartReason
from player.ui import words
from player.ui.guard import guarded
from player.ui.models.cards import NO_INDEX, Index

COLUMN_COUNT = 5


def outcome_text(play: LoggedPlay) -> str:
    """What became of a play, in a word."""
    if play.end_reason is None:
        return words.translate("History", "Playing")
    return {
        Outcome.PLAYED: words.translate("History", "Played"),
        Outcome.SKIPPED: words.translate("History", "Skipped"),
        Outcome.UNKNOWN: words.translate("History", "Stopped"),
    }[play.outcome]


def source_text(play: LoggedPlay) -> str:
    """Who chose a play."""
    return {
        StartReason.PICKED: words.translate("History", "Picked by you"),
        StartReason.ALBUM: words.translate("History", "Album"),
        StartReason.PLAYLIST: words.translate("History", "Playlist"),
        StartReason.QUEUED: words.translate("History", "Queued by you"),
        StartReason.UP_NEXT: words.translate("History", "Chosen for you"),
        StartReason.PREVIOUS: words.translate("History", "Played again"),
        StartReason.REPEAT: words.translate("History", "Repeat"),
        StartReason.RESTORED: words.translate("History", "Continued"),
        StartReason.REMOTE: words.translate("History", "Remote control"),
        StartReason.IMPORTED: words.translate("History", "Imported"),
    }[play.start_reason]


class HistoryModel(QAbstractTableModel):
    """Rows of the play log."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plays: Sequence[LoggedPlay] = ()
        self._cells: tuple[Callable[[LoggedPlay], str], ...] = (
            lambda play: words.moment(play.started_at),
            lambda play: play.title,
            lambda play: play.artist,
            source_text,
            lambda play: self.tr("{0}, {1}").format(outcome_text(play), words.clock(play.listened_ms)),
        )

    def set_plays(self, plays: Sequence[LoggedPlay]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._plays = plays
        self.endResetModel()

    def play(self, row: int) -> LoggedPlay:
        """The play in a row.

        Raises:
            IndexError: there is no such row.
        """
        return self._plays[row]

    @guarded(int)
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many plays."""
        return 0 if parent.isValid() else len(self._plays)

    @guarded(int)
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Time, title, artist, chosen by, outcome."""
        return 0 if parent.isValid() else COLUMN_COUNT

    @guarded(lambda: None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Cells as text."""
        if not index.isValid() or index.row() >= len(self._plays):
            return None
        play = self._plays[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells[index.column()](play)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(cell(play) for cell in self._cells)
        return None

    @guarded(lambda: None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < COLUMN_COUNT:
            return (
                self.tr("When"),
                self.tr("Title"),
                self.tr("Artist"),
                self.tr("Chosen by"),
                self.tr("What became of it"),
            )[section]
        return None
