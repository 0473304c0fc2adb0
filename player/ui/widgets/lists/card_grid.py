"""A grid of cards with covers, whose every operation costs what is visible, not what there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from player.ui.covers import CoverArt, Covers
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.cards import CardModel, Index
from player.ui.widgets.buttons.basics import mirrored
from player.ui.widgets.layout.scrolling import SmoothWheel
from player.ui.widgets.lists.cards import CardPainter, CardState

IDEAL_WIDTH = 196
Move = QAbstractItemView.CursorAction
Hint = QAbstractItemView.ScrollHint


class CardGrid(QListView):
    """Cards in as many columns as fit.

    It is a QListView for its accessibility and selection; its geometry is arithmetic, because a QListView lays
    out every item before it paints the first.

    Signals:
        opened(int): A card's row was clicked, or Enter pressed on it.
        play_wanted(int): The play button of a row's card was clicked.
        menu_wanted(int, QPoint): The context menu of a row, at a global position.

    Args:
        look: How to draw.
        covers: Where covers come from.
        name: Accessible name.
        one_row: A shelf: one row, as many cards as fit, no scrolling.
        ideal_px: Width that cards are given about.
        parent: Qt parent.
    """

    opened = Signal(int)
    play_wanted = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(
        self,
        look: Look,
        covers: Covers,
        name: str,
        *,
        one_row: bool = False,
        ideal_px: int = IDEAL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._covers = covers
        self._one_row = one_row
        self._painter = CardPainter(self, look, covers, ideal_px)
        self._cell = QSize(ideal_px, ideal_px + 46)
        self._fitted_columns = 1
        self._hovered = -1
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(off if one_row else on)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        covers.ready.connect(self._cover_arrived)
        look.restyled.connect(self._relayout)
        look.changed.connect(self.viewport().update)
        if one_row:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        else:
            SmoothWheel(self, look)

    by_key = False
    """Whether the hand is at the keyboard."""

    # Geometry.

    @property
    def columns(self) -> int:
        """Cards in a row."""
        return max(1, self.viewport().width() // self._cell.width())

    def shown_rows(self) -> range:
        """The rows of the model that are at least partly visible."""
        first = self.verticalOffset() // self._cell.height() * self.columns
        lines = self.viewport().height() // self._cell.height() + 2
        return range(first, min(self._count(), first + (1 if self._one_row else lines) * self.columns))

    def _count(self) -> int:
        count = self.cards.rowCount()
        return min(count, self.columns) if self._one_row else count

    @guarded(none)
    def doItemsLayout(self) -> None:
        """Nothing is laid out beforehand."""
        self.updateGeometries()
        self.viewport().update()

    @guarded(none)
    def updateGeometries(self) -> None:
        """The scroll bar's range."""
        bar = self.verticalScrollBar()
        lines = -(-self._count() // self.columns)
        height = 0 if self._one_row else lines * self._cell.height() + 12
        bar.setRange(0, max(0, height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(48)

    @guarded(QRect)
    def visualRect(self, index: Index) -> QRect:
        """The rectangle of a card in the viewport."""
        if not index.isValid():
            return QRect()
        line, column = divmod(index.row(), self.columns)
        x = column * self._cell.width()
        if mirrored(self):
            x = self.viewport().width() - x - self._cell.width()
        return QRect(QPoint(x, line * self._cell.height() - self.verticalOffset()), self._cell)

    @guarded(QModelIndex)
    def indexAt(self, point: QPoint) -> QModelIndex:
        """The card at a point of the viewport."""
        x = self.viewport().width() - 1 - point.x() if mirrored(self) else point.x()
        column = x // self._cell.width()
        row = (point.y() + self.verticalOffset()) // self._cell.height() * self.columns + column
        inside = 0 <= column < self.columns and 0 <= row < self._count()
        return self.cards.index(row, 0) if inside else QModelIndex()

    @guarded(none)
    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        """Bring a card into view."""
        rect, bar, height = self.visualRect(index), self.verticalScrollBar(), self.viewport().height()
        if hint is Hint.PositionAtTop or rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() > height:
            bar.setValue(bar.value() + rect.bottom() - height)

    @guarded(none)
    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Blit what stays visible."""
        self.viewport().scroll(0, dy)

    @guarded(int)
    def verticalOffset(self) -> int:
        """How far the grid is scrolled."""
        return 0 if self._one_row else self.verticalScrollBar().value()

    @guarded(QModelIndex)
    def moveCursor(self, action: Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where an arrow or page key leads."""
        count, columns = self._count(), self.columns
        if not count:
            return QModelIndex()
        row = max(0, self.currentIndex().row())
        ahead = -1 if mirrored(self) else 1
        page = max(1, self.viewport().height() // self._cell.height()) * columns
        target = {
            Move.MoveLeft: row - ahead,
            Move.MoveRight: row + ahead,
            Move.MoveUp: row - columns if row >= columns else row,
            Move.MoveDown: row + columns if row + columns < count else row,
            Move.MoveHome: 0,
            Move.MoveEnd: count - 1,
            Move.MovePageUp: max(row % columns, row - page),
            Move.MovePageDown: min(count - 1, row + page),
            Move.MoveNext: row + 1,
            Move.MovePrevious: row - 1,
        }.get(action, row)
        return self.cards.index(max(0, min(count - 1, target)), 0)

    @guarded(none)
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the card under a press."""
        index = self.indexAt(rect.topLeft())
        if index.isValid():
            self.selectionModel().select(index, command)

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns; the first visible card stays first."""
        # The viewport is already of its new size; the cells are still those of the old one.
        first, high = self.verticalOffset() // self._cell.height() * self._fitted_columns, self._cell.height()
        self._fit()
        if self._one_row and self._cell.height() != high:
            self.updateGeometry()  # layouts keep the height that another width asked for
        super().resizeEvent(event)
        self.updateGeometries()
        if not self._one_row:
            self.verticalScrollBar().setValue(first // self.columns * self._cell.height())

    def _fit(self) -> None:
        self._cell = self._painter.cell(self.viewport().width() - 1)
        self._fitted_columns = self.columns

    def hasHeightForWidth(self) -> bool:
        """The height of a shelf follows from its width."""
        return self._one_row

    @guarded(int)
    def heightForWidth(self, width: int) -> int:
        """The height of a shelf's one row."""
        return self._painter.cell(width - 1).height()

    @guarded(lambda: QSize(280, 240))
    def sizeHint(self) -> QSize:
        """A shelf is as high as its cards."""
        return QSize(280, self.heightForWidth(max(280, self.width()))) if self._one_row else super().sizeHint()

    @guarded(lambda: QSize(120, 120))
    def minimumSizeHint(self) -> QSize:
        """May be narrow; a shelf is never cut."""
        return QSize(120, self.heightForWidth(max(120, self.width())) if self._one_row else 120)

    def _relayout(self) -> None:
        self._fit()
        self.updateGeometry()
        self.updateGeometries()
        self.viewport().update()

    # Painting.

    @guarded(none)
    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards within the event's rectangle."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.theme.colour("base"))
        focus, current, chosen = self.hasFocus(), self.currentIndex().row(), self.selectionModel()
        for row in self.shown_rows():
            index = self.cards.index(row, 0)
            cell = self.visualRect(index)
            if cell.intersects(event.rect()):
                state = CardState(row == self._hovered, focus and row == current, focus and chosen.isSelected(index))
                self._painter.paint(painter, cell, self.cards.card(row), state)
        painter.end()

    def _cover_arrived(self, art: CoverArt) -> None:
        if self.isVisible():
            for row in self.shown_rows():
                if self.cards.card(row).art == art:
                    self.viewport().update(self.visualRect(self.cards.index(row, 0)))

    # Mouse and keys.

    @guarded(bool)
    def viewportEvent(self, event: QEvent) -> bool:
        """Keep track of the card under the mouse."""
        if isinstance(event, QHoverEvent) and event.type() is not QEvent.Type.HoverLeave:
            self._hover(self.indexAt(event.position().toPoint()).row())
        elif event.type() in (QEvent.Type.HoverLeave, QEvent.Type.Leave):
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        before, self._hovered = self._hovered, row
        for changed in {before, row} - {-1}:
            self.viewport().update(self.visualRect(self.cards.index(changed, 0)))

    @guarded(none)
    def wheelEvent(self, event: QWheelEvent) -> None:
        """A shelf leaves the wheel to the page it stands on."""
        if self._one_row:
            event.ignore()
        else:
            super().wheelEvent(event)

    @guarded(none)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The hand is at the mouse."""
        self.by_key = False
        super().mousePressEvent(event)

    @guarded(none)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens or plays."""
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._painter.play_rect(self.visualRect(index)).contains(event.position()):
            self.play_wanted.emit(index.row())
        else:
            self.opened.emit(index.row())

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the arrows move."""
        self.by_key = True
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)

    @guarded(none)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a card."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            at = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
            self.menu_wanted.emit(index.row(), at)
