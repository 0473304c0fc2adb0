"""The search field: tells what was typed after a short pause, clears with Escape."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Canvas

PAUSE_MS = 60


class SearchField(QLineEdit):
    """A field that searches as one types.

    Signals:
        searched(str): The text after a pause in typing; empty when it was cleared.
        left_downwards(): The user pressed Down or Enter to go on to the results.
    """

    searched = Signal(str)
    left_downwards = Signal()

    def __init__(self, look: Look, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self._glass = self.addAction(
            look.icon("magnifying-glass", "text3", 18), QLineEdit.ActionPosition.LeadingPosition
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self._told = ""
        self.textChanged.connect(lambda _text: self._pause.start())
        look.restyled.connect(self._redraw)
        look.changed.connect(self.update)
        self._redraw()

    def show_text(self, text: str) -> None:
        """Show a text without searching for it."""
        self._told = text.strip()
        self.setText(text)
        self._pause.stop()

    def _tell(self) -> None:
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)

    def _redraw(self) -> None:
        self.setFont(self._look.font("body"))
        self._glass.setIcon(self._look.icon("magnifying-glass", "text3", 18))

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears, Down and Enter go to the results."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            self._tell()
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    @guarded(none)
    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and a ring with the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            Canvas(painter, self._look, self.rect()).ring(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8)
            painter.end()
