"""The search field: tells what was typed after a short pause, clears with Escape."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Canvas
from player.ui.widgets.buttons.basics import IconButton, mirrored

PAUSE_MS = 60
ICON_PX = 18


class SearchField(QLineEdit):
    """A field that searches as one types.

    Signals:
        searched(str): The text after a pause in typing; empty when it was cleared.
        left_downwards(): The user pressed Down or Enter to go on to the results.
        focus_changed(): The focus has come or gone.
    """

    searched = Signal(str)
    left_downwards = Signal()
    focus_changed = Signal()

    def __init__(self, look: Look, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._clear = IconButton(look, "x", self.tr("Clear"), side=28, px=14)
        self._clear.setParent(self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape does it by key
        self._clear.clicked.connect(self._emptied)
        self._clear.hide()
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
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
        start, end = self._icon_px + 8, self._clear.width()
        self.setTextMargins(*((end, 0, start, 0) if mirrored(self) else (start, 0, end, 0)))
        self._place_clear()

    @property
    def _icon_px(self) -> int:
        return max(ICON_PX, self._look.px(ICON_PX))

    def _place_clear(self) -> None:
        x = 4 if mirrored(self) else self.width() - self._clear.width() - 4
        self._clear.move(x, (self.height() - self._clear.height()) // 2)

    def _emptied(self) -> None:
        self.clear()
        self.setFocus()

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stays at the end."""
        super().resizeEvent(event)
        self._place_clear()

    @guarded(none)
    def changeEvent(self, event: QEvent) -> None:
        """The other direction has the icons at the other ends."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._redraw()

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
    def focusInEvent(self, event: QFocusEvent) -> None:
        """It may need more room now."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    @guarded(none)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It may need less room now."""
        super().focusOutEvent(event)
        self.focus_changed.emit()

    @guarded(none)
    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, its icon, and a ring with the focus."""
        super().paintEvent(event)
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect(), mirrored=mirrored(self))
        px = self._icon_px
        canvas.icon("magnifying-glass", "text3", 11, (self.height() - px) / 2, px)
        if self.hasFocus():
            canvas.ring(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8)
        painter.end()
