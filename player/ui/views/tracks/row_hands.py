"""What hands do in every list of tracks: keys, the focus they show, the context menu, dragging rows out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QDrag, QFocusEvent, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView

from player.ui import words
from player.ui.commands import KEYBOARD_FOCUS, LEFT_TO_WINDOW, command_of
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Canvas

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    View = QAbstractItemView
else:
    View = object  # Beside a Qt base class, shiboken allows no second one.

MODIFIER_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
MOST_LABEL_PX = 260


def drag_label(look: Look, text: str, dpr: float) -> QPixmap:
    """What hangs at the mouse while tracks are dragged: their title or number on a small plate."""
    wanted = look.metrics("second_medium").horizontalAdvance(text) + 2
    width, height = min(look.px(MOST_LABEL_PX), wanted) + 28, look.metrics("second_medium").height() + 14
    pixmap = QPixmap(round(width * dpr), round(height * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    canvas = Canvas(painter, look, QRect(0, 0, width, height))
    canvas.box("accent", QRectF(0, 0, width, height), 8)
    canvas.text("second_medium", "on_accent", (14, 0, width - 28, height), text)
    painter.end()
    return pixmap


class RowHands(View):
    """Stands before the Qt class among the bases of a view of tracks.

    The view has the signals `command(Command, list[int])` and `menu_wanted(list[int], QPoint)`, and `look`.
    """

    if TYPE_CHECKING:
        command: SignalInstance
        menu_wanted: SignalInstance
        look: Look

    by_key = False
    """Whether the hand is at the keyboard: only then is the focus shown."""

    @property
    def focused_row(self) -> int:
        """The row with the keyboard's focus, -1 without."""
        return self.currentIndex().row() if self.hasFocus() and self.by_key else -1

    def chosen_rows(self) -> list[int]:
        """The selected rows, else the current one; in order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        current = self.currentIndex().row()
        return rows or ([current] if current >= 0 else [])

    def row_rect(self, row: int) -> QRect:
        """Where a row is in the viewport."""
        return self.visualRect(self.model().index(row, 0))

    def take_first(self) -> None:
        """Make the first row current."""
        if self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def show_focus(self) -> None:
        """Show where the focus is: the hand is at the keyboard."""
        self.by_key = True
        if not self.currentIndex().isValid():
            self.take_first()
        self.viewport().update()

    @guarded(none)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus is shown when it came by key; a list without a current row gets its first."""
        self.by_key = event.reason() in KEYBOARD_FOCUS
        super().focusInEvent(event)
        if self.by_key and not self.currentIndex().isValid():
            self.take_first()
        self.viewport().update()

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commands for the chosen rows; what belongs to the window is left to it."""
        if event.key() not in MODIFIER_KEYS:  # alone, they belong to the mouse
            self.by_key = True
        command = command_of(event)
        if command is not None and self.chosen_rows():
            self.command.emit(command, self.chosen_rows())
        elif event.key() in LEFT_TO_WINDOW:
            event.ignore()
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    @guarded(none)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the chosen rows."""
        rows = self.chosen_rows()
        if rows:
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            at = self.viewport().mapToGlobal(self._menu_point(rows)) if by_key else event.globalPos()
            self.menu_wanted.emit(rows, at)

    def _menu_point(self, rows: list[int]) -> QPoint:
        """By key, the menu opens at the current row where that is chosen."""
        current = self.currentIndex().row()
        return self.row_rect(current if current in rows else rows[0]).center()

    @guarded(none)
    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry the chosen rows, under a label that says what they are."""
        indexes = self.selectionModel().selectedRows()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self.model().mimeData(indexes))
        text = str(self.title_of(indexes[0].row())) if len(indexes) == 1 else words.tracks(len(indexes))
        drag.setPixmap(drag_label(self.look, text, self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(-12, -8))
        # The view removes nothing itself, whatever the target says: queue and playlists move their own rows.
        drag.exec(actions, Qt.DropAction.CopyAction)

    def title_of(self, row: int) -> str:
        """The title of a row's track."""
        raise NotImplementedError
