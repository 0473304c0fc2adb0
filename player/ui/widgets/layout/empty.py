"""What stands where there is nothing to show: an icon, words, one action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.widgets.buttons.controls import ProgressLine, TextButton
from player.ui.widgets.layout.labels import TextLabel

MOST_TEXT_PX = 440


class BigIcon(QWidget):
    """An icon in a soft disc."""

    def __init__(self, look: Look, icon: str, side: int = 88) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.setFixedSize(side, side)
        look.changed.connect(self.update)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.colour("accent", 0.14))
        painter.drawEllipse(self.rect())
        px = self.width() * 5 // 11
        offset = (self.width() - px) // 2
        painter.drawPixmap(offset, offset, self._look.pixmap(self._icon, "accent", px, self.devicePixelRatioF()))
        painter.end()


class EmptyState(QWidget):
    """Words in the middle of an empty place.

    Signals:
        acted(): The button was pressed.

    Args:
        look: How to draw.
        icon: Icon above the words.
        parent: Qt parent.
    """

    acted = Signal()

    def __init__(self, look: Look, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        self._icon = BigIcon(look, icon)
        self._title = TextLabel(look, font="panel", wrap=True)
        self._words = TextLabel(look, font="body", colour="text2", wrap=True)
        self._progress = ProgressLine(look)
        self._progress.setFixedWidth(320)
        self._button = TextButton(look, "", role="main")
        self._button.clicked.connect(self.acted)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(2)
        column.addWidget(self._icon, 0, centre)
        column.addSpacing(20)
        for label, gap in ((self._title, 8), (self._words, 20)):
            label.setAlignment(centre)
            column.addWidget(label, 0, centre)
            column.addSpacing(gap)
        column.addWidget(self._progress, 0, centre)
        column.addWidget(self._button, 0, centre)
        column.addSpacing(10)
        self._choices = QHBoxLayout()
        self._choices.setSpacing(10)
        column.addLayout(self._choices)
        column.addStretch(3)
        self.set_progress(None)

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines no longer than read well: a wrapped label needs a width to know its height."""
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        width = max(60, min(self._look.px(MOST_TEXT_PX), self.width() - 48))
        for label in (self._title, self._words):
            label.setFixedSize(width, max(0, label.heightForWidth(width)))

    def show_words(self, title: str, text: str = "", action: str = "", icon: str = "") -> None:
        """Say this; without an action there is no button."""
        self._title.setText(title)
        self._words.setText(text)
        self._words.setVisible(bool(text))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        if icon:
            self._icon.set_icon(icon)
        self._fit_words()

    def add_choices(self, *buttons: QWidget) -> None:
        """Offer further choices below the button."""
        self._choices.addStretch()
        for button in buttons:
            self._choices.addWidget(button)
        self._choices.addStretch()

    def set_progress(self, share: float | None, *, busy: bool = False) -> None:
        """Show how far something has come (0 to 1), or only that it goes on; None without `busy` hides the bar."""
        self._progress.setVisible(share is not None or busy)
        self._progress.show_share(share)
