"""History: what was played, when, who chose it, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
)

from player.application import Changes, Kind
from player.domain import LoggedPlay, Outcome, Track
from player.ui import words
from player.ui.commands import LEFT_TO_WINDOW, Command, command_of
from player.ui.context import HasTracks
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.cards import Index
from player.ui.models.history import HistoryModel
from player.ui.models.nav import Place
from player.ui.paint import Canvas
from player.ui.services import HasLibrary, HasListening, HasLook, HasOperations
from player.ui.views.frame.page import Page
from player.ui.widgets.layout.empty import EmptyState
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.scrolling import KeptScroll, SmoothWheel

MOST_PLAYS = 5_000
ROW_PX = 38
SHARES = (
    (780, (0.18, 0.27, 0.19, 0.15, 0.21)),
    (520, (0.26, 0.29, 0.21, 0.0, 0.24)),
    (420, (0.0, 0.42, 0.28, 0.0, 0.3)),
    (0, (0.0, 0.54, 0.0, 0.0, 0.46)),
)
"""Parts of the width for each column, from so many px on (at 100 % text)."""


class PlayDelegate(QStyledItemDelegate):
    """Paints one cell of the log."""

    def __init__(self, table: HistoryTable, look: Look) -> None:
        super().__init__(table)
        self._table = table
        self._look = look

    @guarded(none)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The text; skips in red, titles strong."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        rtl = self._table.layoutDirection() is Qt.LayoutDirection.RightToLeft
        canvas = Canvas(painter, self._look, rect, mirrored=rtl)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._look.theme.colour("selection"))
        play = self._table.plays.play(index.row())
        font, colour = ("medium", "text") if index.column() == 1 else ("second", "text2")
        if index.column() in (0, 4):
            font = "digits"
        if index.column() == 4 and play.outcome is Outcome.SKIPPED and play.end_reason is not None:
            colour = "bad"
        box = (rect.x() + 8.0, float(rect.y()), rect.width() - 16.0, float(rect.height()))
        canvas.text(font, colour, box, str(index.data() or ""))


class HistoryTableNeeds(HasLibrary, HasLook, HasTracks, Protocol):
    """What `HistoryTable` asks for."""


class HistoryTable(QTableView):
    """The rows of the log; commands act on their tracks."""

    def __init__(self, context: HistoryTableNeeds, name: str) -> None:
        super().__init__()
        self._context = context
        self.plays = HistoryModel(self)
        self.setModel(self.plays)
        self.setItemDelegate(PlayDelegate(self, context.look))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.doubleClicked.connect(lambda _index: self._run(Command.PLAY))
        SmoothWheel(self, context.look)
        context.look.restyled.connect(self._relayout)
        self._relayout()

    def chosen_tracks(self) -> list[Track]:
        """The tracks of the selected rows."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        ids = dict.fromkeys(self.plays.play(row).track_id for row in rows)
        return list(self._context.library.tracks(list(ids)))

    def _relayout(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._context.look.px(ROW_PX))
        self.horizontalHeader().setFixedHeight(self._context.look.px(34))
        self._fit()

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        shares = next(shares for least, shares in SHARES if width >= self._context.look.px(least))
        for column, share in enumerate(shares):
            self.setColumnHidden(column, not share)
            self.setColumnWidth(column, int(width * share))

    def _run(self, command: Command) -> None:
        tracks = self.chosen_tracks()
        if command is Command.PLAY and tracks:
            self._context.tracks.play([track.id for track in tracks])
        else:
            self._context.tracks.run(command, tracks)

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commands for the chosen rows."""
        command = command_of(event)
        if command is not None:
            self._run(command)
        elif event.key() in LEFT_TO_WINDOW:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @guarded(none)
    def keyboardSearch(self, _text: str) -> None:
        """Letters do not search here."""

    def _show_menu(self, at: QPoint) -> None:
        tracks = self.chosen_tracks()
        if tracks:
            menu = self._context.tracks.menu(tracks, self, play=lambda: self._run(Command.PLAY))
            menu.popup(self.viewport().mapToGlobal(at))


class HistoryPageNeeds(HasLibrary, HasListening, HasLook, HasOperations, HasTracks, Protocol):
    """What `HistoryPage` asks for."""


class HistoryPage(Page):
    """The play log."""

    context: HistoryPageNeeds

    def __init__(self, context: HistoryPageNeeds) -> None:
        super().__init__(context)
        self._shown: int | None = None
        self.table = HistoryTable(context, self.tr("Plays, newest first"))
        self.empty = EmptyState(context.look, "clock-counter-clockwise")
        self.empty.show_words(self.tr("Nothing played yet"), self.tr("Every play and skip will be listed here."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        inset(column, 20, 0, 4, 0)
        column.addWidget(self._stack)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(300)
        self._pause.timeout.connect(self._load)
        context.operations.changed.connect(self._on_changes)

    def title(self) -> str:
        """The page's name."""
        return self.tr("History")

    def count(self) -> str:
        """How many plays are shown."""
        return words.plays(self._shown) if self._shown is not None else ""

    def show_place(self, place: Place) -> None:
        """Read the log."""
        self._load()

    def state(self) -> dict[str, Any]:
        """The position."""
        return {"scroll": self.table.verticalScrollBar().value()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up the position once the plays are there."""
        KeptScroll(self.table, state.get("scroll"))

    def focus_content(self) -> None:
        """The table."""
        self.table.setFocus()

    def _on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches(Kind.PLAYS):
            self._pause.start()

    def _load(self) -> None:
        self.context.listening.recent_plays(MOST_PLAYS, self._show)

    def _show(self, plays: Sequence[LoggedPlay]) -> None:
        self._shown = len(plays)
        self.table.plays.set_plays(plays)
        self._stack.setCurrentIndex(0 if plays else 1)
        self.header_changed.emit()
