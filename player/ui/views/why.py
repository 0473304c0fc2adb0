"""Why a track was suggested: its reasons with their shares."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from player.domain import ReasonText, Suggestion
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.queue import REASON_ICONS
from player.ui.paint import Canvas
from player.ui.widgets.basics import TextLabel, mirrored

WIDTH = 320
MOST_REASONS = 6


class Share(QWidget):
    """A bar for one contribution, with its icon."""

    def __init__(self, look: Look, reason: ReasonText) -> None:
        super().__init__()
        self._look = look
        self._reason = reason
        self.setFixedSize(QSize(84, 20))
        self.setAccessibleName(f"{round(reason.share * 100)} %")

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and bar."""
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect(), mirrored=mirrored(self))
        canvas.icon(REASON_ICONS[self._reason.kind], "accent", 0, 2, 16)
        canvas.box("hover", canvas.rect(24, 7, 60, 6), 3)
        filled: QRectF = canvas.rect(24, 7, max(4.0, 60 * min(1.0, self._reason.share)), 6)
        canvas.box("accent", filled, 3)
        painter.end()


class WhyCard(QFrame):
    """A small sheet over the window; a click elsewhere or Escape closes it.

    Args:
        look: How to draw.
        title: The track.
        suggestion: Its reasons.
        parent: Qt parent.
    """

    def __init__(self, look: Look, title: str, suggestion: Suggestion, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Why “{0}”").format(title))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(TextLabel(look, self.tr("Why “{0}”").format(title), font="row_title", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, reason in enumerate(suggestion.reasons[:MOST_REASONS]):
            grid.addWidget(Share(look, reason), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(TextLabel(look, reason.text, font="second", wrap=True), row, 1)
        column.addLayout(grid)
        about = self.tr("Chosen by model {0}, on this computer.").format(suggestion.model_version)
        column.addWidget(TextLabel(look, about, font="small", colour="text3", wrap=True))

    def show_at(self, at: QPoint) -> None:
        """Open near a global position, wholly on the screen."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(max(at.x(), screen.left()), screen.right() - self.width())
        y = min(at.y(), screen.bottom() - self.height())
        self.move(x, y)
        self.show()
