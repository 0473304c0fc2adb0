"""The table of tracks: headings that sort, rows that play, drag, and say what is liked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from player.domain import SortKey, TrackId, TrackOrder
from player.ui import words
from player.ui.commands import Command
from player.ui.covers import CoverArt, Covers
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.sorting import next_keys
from player.ui.models.tracks import COLUMNS, INDEX_OF, Fetch, TrackModel
from player.ui.views.tracks.row_hands import RowHands
from player.ui.views.tracks.table_columns import add_columns, add_orders, fitted
from player.ui.views.tracks.track_rows import RowPainter
from player.ui.widgets.layout.scrolling import SmoothWheel

ROW_PX = 44
DEFAULT_COLUMNS = ("no", "title", "artist", "album", "year", "plays", "time")


class TrackTable(RowHands, QTableView):
    """Tracks in rows.

    Signals:
        command(Command, list[int]): What the user wants done with rows of the model.
        menu_wanted(list[int], QPoint): The context menu for rows, at a global position.
        sort_wanted(tuple[SortKey, ...]): A heading was clicked, with Shift as a further key.

    Args:
        look: How to draw.
        covers: Where covers come from.
        fetch: Gets tracks by their ids.
        name: Accessible name.
        columns: Names of the columns shown.
        with_covers: Whether titles have covers beside them.
        parent: Qt parent.
    """

    command = Signal(object, list)
    menu_wanted = Signal(list, QPoint)
    sort_wanted = Signal(object)

    def __init__(
        self,
        look: Look,
        covers: Covers,
        fetch: Fetch,
        name: str,
        *,
        columns: Sequence[str] = DEFAULT_COLUMNS,
        with_covers: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._wanted = tuple(columns)
        self._idle: frozenset[str] = frozenset()
        self.artist_below = False
        self.with_covers = with_covers
        self.hovered = -1
        self.tracks = TrackModel(fetch, self)
        self.setModel(self.tracks)
        self._painter = RowPainter(self, look, covers)
        self.setAccessibleName(name)
        self._set_up_rows()
        self._set_up_headings()
        SmoothWheel(self, look)
        covers.ready.connect(self._cover_arrived)
        look.restyled.connect(self._relayout)
        look.changed.connect(self.viewport().update)
        self._relayout()

    def _set_up_rows(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # The viewport is painted wholly here: it may be blitted when it scrolls.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.entered.connect(lambda index: self._hover(index.row()))

    def _set_up_headings(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        header.sectionClicked.connect(self._heading_clicked)

    # What is shown.

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the user wants; some may be hidden for lack of room."""
        return self._wanted

    def set_columns(self, columns: Sequence[str]) -> None:
        """Show these columns."""
        known = tuple(name for name in columns if name in INDEX_OF)
        self._wanted = known or DEFAULT_COLUMNS
        self._fit_columns()

    def set_idle(self, columns: Collection[str]) -> None:
        """Leave these columns out: every row would say the same in them."""
        if self._idle != frozenset(columns):
            self._idle = frozenset(columns)
            self._fit_columns()

    def set_sorted_by(self, keys: Sequence[SortKey]) -> None:
        """Mark the headings that the rows are sorted by."""
        self.tracks.set_sorted_by(keys)

    def set_playing(self, track_id: TrackId | None) -> None:
        """Mark the row that plays."""
        if track_id != self.tracks.playing:
            self.tracks.playing = track_id
            self.viewport().update()

    def select_row(self, row: int) -> None:
        """Make a row current and bring it into view."""
        if 0 <= row < self.tracks.rowCount():
            index = self.tracks.index(row, INDEX_OF["title"])
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def take_first(self) -> None:
        """Make the first row current, and choose it."""
        self.select_row(0)

    def title_of(self, row: int) -> str:
        """The title of a row's track."""
        track = self.tracks.track(row)
        return track.title if track is not None else ""

    def choose_rows(self, rows: Sequence[int]) -> None:
        """Select rows, the first of them current, without moving the view."""
        chosen, title = QItemSelection(), INDEX_OF["title"]
        for row in rows:
            index = self.tracks.index(row, title)
            chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        if rows:
            self.selectionModel().setCurrentIndex(self.tracks.index(rows[0], title), flags.NoUpdate)
        self.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def shown_rows(self) -> range:
        """The rows that are at least partly visible."""
        count = self.tracks.rowCount()
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, count if last < 0 else last + 1)

    # Layout.

    def _relayout(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(ROW_PX, self.look.px(ROW_PX * 0.86)))
        self.horizontalHeader().setFont(self.look.font("small_bold"))
        self.horizontalHeader().setFixedHeight(self.look.px(34))
        self._fit_columns()
        self.viewport().update()

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width anew."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        fit = fitted(self.viewport().width(), set(self._wanted) - self._idle, self.look.px)
        self.artist_below = fit.artist_below
        for index in range(len(COLUMNS)):
            self.setColumnHidden(index, index not in fit.widths)
            if index in fit.widths:
                self.setColumnWidth(index, fit.widths[index])

    def _choose_columns(self, at: QPoint) -> None:
        menu = QMenu(self)
        self.add_column_choice(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def add_column_choice(self, menu: QMenu) -> None:
        """Add the columns that can be shown and hidden to a menu."""
        add_columns(menu, set(self._wanted) - self._idle, self._toggle_column)

    def add_sort_choice(self, menu: QMenu) -> None:
        """Add what the rows can be sorted by to a menu."""
        add_orders(menu, self.tracks.sorted_by, partial(self._sort, further=False), further=False)
        then = menu.addMenu(self.tr("Then by"))
        add_orders(then, self.tracks.sorted_by, partial(self._sort, further=True), further=True)

    def _toggle_column(self, name: str, on: bool) -> None:
        self._idle -= {name}
        names = set(self._wanted) | {name} if on else set(self._wanted) - {name}
        self.set_columns([column.name for column in COLUMNS if column.name in names])

    def _heading_clicked(self, section: int) -> None:
        order = COLUMNS[section].order
        if order is not None:
            shift = Qt.KeyboardModifier.ShiftModifier
            self._sort(order, further=bool(QGuiApplication.keyboardModifiers() & shift))

    def _sort(self, order: TrackOrder, *, further: bool) -> None:
        self.sort_wanted.emit(next_keys(self.tracks.sorted_by, order, further=further))

    # Painting, and no more than needed.

    @guarded(none)
    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows within the event's rectangle, each as a whole: far cheaper than cell by cell."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.look.theme.colour("base"))
        first, last = self.rowAt(max(0, event.rect().top())), self.rowAt(event.rect().bottom())
        if first >= 0:
            cells = [
                (COLUMNS[i], self.columnViewportPosition(i), self.columnWidth(i))
                for i in range(len(COLUMNS))
                if not self.isColumnHidden(i)
            ]
            for row in range(first, (last if last >= 0 else self.tracks.rowCount() - 1) + 1):
                self._painter.paint(painter, row, self.row_rect(row), cells)
        painter.end()

    def row_rect(self, row: int) -> QRect:
        """Where a row is in the viewport."""
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def _hover(self, row: int) -> None:
        before, self.hovered = self.hovered, row
        for changed in {before, row} - {-1}:
            self.viewport().update(self.row_rect(changed))

    def _cover_arrived(self, art: CoverArt) -> None:
        if not self.with_covers or not self.isVisible():
            return
        for row in self.shown_rows():
            track = self.tracks.track(row)
            if track is not None and words.cover_of(track) == art:
                self.viewport().update(self.row_rect(row))

    # Mouse and keys.

    @guarded(none)
    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._hover(-1)
        super().leaveEvent(event)

    @guarded(none)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the triangle plays; elsewhere it selects."""
        self.by_key = False
        index = self.indexAt(event.position().toPoint())
        on_triangle = index.isValid() and COLUMNS[index.column()].name == "no"
        if on_triangle and event.button() is Qt.MouseButton.LeftButton and not event.modifiers():
            self.select_row(index.row())
            self.command.emit(Command.PLAY, [index.row()])
        else:
            super().mousePressEvent(event)

    @guarded(none)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click plays."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.command.emit(Command.PLAY, [index.row()])

    @guarded(none)
    def keyboardSearch(self, _text: str) -> None:
        """Letters do not search here: it would read every row; the search field does it better."""

    @guarded(QModelIndex)
    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Arrows left and right have no cells to go to; Home and End mean the list."""
        move = QAbstractItemView.CursorAction
        row = {move.MoveHome: 0, move.MoveEnd: self.tracks.rowCount() - 1}.get(action)
        if row is not None:
            return self.tracks.index(row, INDEX_OF["title"])
        if action in (move.MoveLeft, move.MoveRight):
            return QModelIndex(self.currentIndex())
        return super().moveCursor(action, modifiers)
