"""The navigation: places and playlists; only icons where room is scarce."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from player.ui.commands import ENTER, KEYBOARD_FOCUS, LEFT_TO_WINDOW
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.cards import Index
from player.ui.models.nav import NavModel, Place
from player.ui.paint import Canvas
from player.ui.widgets.buttons.basics import mirrored

ICON_PX = 20


class NavDelegate(QStyledItemDelegate):
    """Paints a line of the navigation."""

    def __init__(self, view: NavList, look: Look) -> None:
        super().__init__(view)
        self._view = view
        self._look = look

    @guarded(lambda: QSize(100, 38))
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings have room above."""
        heading = not self._view.items.item(index.row()).icon
        if heading and self._view.folded:
            return QSize(40, 18)
        return QSize(100, max(self._look.px(38), 38) + (4 if heading else 0))

    @guarded(none)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        item = self._view.items.item(index.row())
        canvas = Canvas(painter, self._look, rect, mirrored=mirrored(self._view))
        body = QRectF(rect.x() + 10, rect.y() + 1, rect.width() - 20, rect.height() - 2)
        if not item.icon:
            if self._view.folded:
                painter.fillRect(
                    QRectF(body.x() + 8, body.center().y(), body.width() - 16, 1), self._look.theme.colour("line")
                )
            else:
                box = (body.x() + 10, body.y() + 12, body.width() - 18, body.height() - 12)
                canvas.text("small_bold", "text3", box, item.text)
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or index.row() == self._view.drop_row:
            canvas.box("selection", body, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            canvas.box(self._look.theme.colour("text", 0.05), body, 8)
        if index.row() == self._view.focused_row:
            canvas.ring(body.adjusted(1, 1, -1, -1), 7)
        px = self._look.px(ICON_PX)
        x = body.x() + ((body.width() - px) / 2 if self._view.folded else 10)
        top = body.y() + (body.height() - px) / 2
        canvas.icon(item.icon, "accent" if chosen else "text2", x, top, px, "fill" if chosen else "regular")
        if not self._view.folded:
            font, colour = ("row_title", "text") if chosen else ("medium", "text2")
            left = body.x() + px + 20
            canvas.text(font, colour, (left, body.y(), body.right() - left - 8, body.height()), item.text)

    @guarded(none)
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """The field for a new name covers the words."""
        rect: QRect = option.rect
        x = 38 if not mirrored(self._view) else 12
        editor.setGeometry(rect.adjusted(x, 2, x - 50, -2))

    @guarded(QLineEdit)
    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QLineEdit:
        """The field for a new name."""
        editor = QLineEdit(parent)
        editor.setObjectName("rename")
        editor.setFont(self._look.font("medium"))
        editor.setAccessibleName(self.tr("Name of the playlist"))
        return editor


class NavList(QListView):
    """The lines of the navigation.

    Signals:
        chosen(int): The user went to a row.
        menu_wanted(int, QPoint): The context menu of a row, at a global position.
        dropped(Place, QMimeData): Something was dropped on a line that takes it.

    Args:
        look: How to draw.
        mime: What may be dropped on editable lines.
        follows_arrows: Whether arrows go to the next place at once; else Enter does.
        parent: Qt parent.
    """

    chosen = Signal(int)
    menu_wanted = Signal(int, QPoint)
    dropped = Signal(object, object)

    def __init__(self, look: Look, mime: str, parent: QWidget | None = None, *, follows_arrows: bool = True) -> None:
        super().__init__(parent)
        self._follows_arrows = follows_arrows
        self._look = look
        self._mime = mime
        self._keyboard = False
        self.folded = False
        self.drop_row = -1
        self.items = NavModel(self)
        self.setModel(self.items)
        self.setItemDelegate(NavDelegate(self, look))
        self.setObjectName("nav")
        self.setAccessibleName(self.tr("Navigation"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAcceptDrops(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.restyled.connect(self.relayout)
        look.changed.connect(self.viewport().update)

    @property
    def focused_row(self) -> int:
        """The row with the keyboard's focus, -1 without."""
        return self.currentIndex().row() if self.hasFocus() and self._keyboard else -1

    def set_folded(self, folded: bool) -> None:
        """Show only icons, or words too."""
        if folded != self.folded:
            self.folded = folded
            self.relayout()

    def relayout(self) -> None:
        """Sizes may have changed."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def show_place(self, place: Place) -> None:
        """Mark the line that leads to a place; none where no line does."""
        row = self.items.row_of(place)
        if row < 0:
            self.clearSelection()
        else:
            self.setCurrentIndex(self.items.index(row))

    @guarded(none)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus is shown when it came by key."""
        self._keyboard = event.reason() in KEYBOARD_FOCUS
        super().focusInEvent(event)
        if not self._follows_arrows and not self.currentIndex().isValid() and self.items.rowCount():
            self.setCurrentIndex(self.items.index(0))
        self.viewport().update()

    @guarded(none)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Only the left button marks a line: the menu of another one is no way there."""
        if event.button() is Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    @guarded(none)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click goes there."""
        self._keyboard = False
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton and self.items.item(index.row()).icon:
            self.chosen.emit(index.row())

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows go there; keys of the window are left to it."""
        self._keyboard = True
        before = self.currentIndex().row()
        if event.key() in ENTER and before >= 0:
            self.chosen.emit(before)
        elif event.key() in LEFT_TO_WINDOW or event.key() == Qt.Key.Key_Delete:
            event.ignore()
        else:
            super().keyPressEvent(event)
            row = self.currentIndex().row()
            if self._follows_arrows and row != before and row >= 0 and self.items.item(row).place is not None:
                self.chosen.emit(row)
        self.viewport().update()

    @guarded(none)
    def keyboardSearch(self, _text: str) -> None:
        """Letters are keys of the window."""

    @guarded(none)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a line."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            centre = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_wanted.emit(index.row(), centre if by_key else event.globalPos())

    # Dropping tracks on playlists.

    def _drop_target(self, point: QPoint) -> int:
        index = self.indexAt(point)
        return index.row() if index.isValid() and self.items.item(index.row()).editable else -1

    def _mark_drop(self, row: int) -> None:
        if row != self.drop_row:
            self.drop_row = row
            self.viewport().update()

    @guarded(none)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take tracks."""
        event.setAccepted(event.mimeData().hasFormat(self._mime))

    @guarded(none)
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which line would take them."""
        row = self._drop_target(event.position().toPoint())
        self._mark_drop(row)
        event.setAccepted(row >= 0)

    @guarded(none)
    def dragLeaveEvent(self, event: object) -> None:
        """The drag has gone elsewhere."""
        self._mark_drop(-1)

    @guarded(none)
    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the tracks to the line."""
        row = self._drop_target(event.position().toPoint())
        self._mark_drop(-1)
        if row >= 0:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(self.items.item(row).place, event.mimeData())
