"""Sheets over the window: the command palette and the overlay of shortcuts. Not modal: the music and Escape go on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QWidget,
)

from player.ui.guard import guarded, none
from player.ui.look import Look


class Sheet(QWidget):
    """A dimmed layer over the window with a card in its middle; Escape or a click beside it closes it.

    Signals:
        closed(): It has gone; the focus is back where it was.

    Args:
        look: How to draw.
        parent: The window's content.
    """

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self._area = parent
        self._before: QWidget | None = None
        self.card = QFrame(self)
        self.card.setObjectName("sheet")
        parent.installEventFilter(self)
        self.hide()

    def open_sheet(self) -> None:
        """Show it over everything."""
        self._before = self.window().focusWidget()
        self.setGeometry(self._area.rect())
        self.place_card()
        self.show()
        self.raise_()

    def close_sheet(self) -> None:
        """Hide it and give the focus back."""
        if self.isVisible():
            self.hide()
            if self._before is not None:
                self._before.setFocus()
            self.closed.emit()

    def place_card(self) -> None:
        """Put the card into its place."""
        raise NotImplementedError

    @guarded(bool)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window whatever its size."""
        if watched is self._area and event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._area.rect())
            self.place_card()
        return False

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what is below."""
        painter = QPainter(self)
        shade = self.look.theme.colour("side", 0.62 if self.look.theme.dark else 0.45)
        painter.fillRect(self.rect(), shade)
        painter.end()

    @guarded(none)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card closes."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; nothing else passes through to the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        event.accept()
