"""Dropping between the rows of a list: a line shows where, the owner does what it means."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look


class DropLine(QWidget):
    """A line in the accent between two rows."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedHeight(2)
        self.hide()

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour("accent"))
        painter.end()


class RowDrops(QObject):
    """Takes drops on a list.

    Signals:
        dropped(QMimeData, int): Something was dropped before a row; the row's count means the end.

    Args:
        view: The list.
        look: How to draw.
        takes: Whether a drag may be dropped here now.
    """

    dropped = Signal(object, int)

    def __init__(self, view: QAbstractItemView, look: Look, takes: Callable[[QMimeData], bool]) -> None:
        super().__init__(view)
        self._view = view
        self._takes = takes
        self._line = DropLine(look, view.viewport())
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def row_at(self, point: QPoint) -> int:
        """Before which row a drop at a point of the viewport goes."""
        index = self._view.indexAt(point)
        if not index.isValid():
            return self._view.model().rowCount()
        return index.row() + (point.y() > self._view.visualRect(index).center().y())

    @guarded(bool)
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Drags over the viewport."""
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDragMoveEvent):
            self._over(event)
            return True
        if event.type() is QEvent.Type.DragLeave:
            self._line.hide()
            return True
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self._drop(event)
            return True
        return False

    def _over(self, event: QDragMoveEvent) -> None:
        takes = self._takes(event.mimeData())
        event.setAccepted(takes)
        self._line.setVisible(takes)
        if takes:
            row = self.row_at(event.position().toPoint())
            last = self._view.model().rowCount() - 1
            rect = self._view.visualRect(self._view.model().index(min(row, last), 1))
            y = rect.top() if row <= last else rect.bottom()
            self._line.setGeometry(0, max(0, y - 1), self._view.viewport().width(), 2)
            self._line.raise_()

    def _drop(self, event: QDropEvent) -> None:
        self._line.hide()
        if self._takes(event.mimeData()):
            # The drag's source must not remove anything itself.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(event.mimeData(), self.row_at(event.position().toPoint()))
