"""Why a track was suggested: its reasons with their shares."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from player.domain import ReasonText, Suggestion
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.queue import REASON_ICONS
from player.ui.paint import Canvas
from player.ui.widgets.buttons.basics import Pressed, mirrored
from player.ui.widgets.layout.labels import TextLabel

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


class ReasonLine(Pressed, QAbstractButton):
    """The first reason of a suggestion with its icon, in one line; a click tells the others.

    Not there for what the listener chose.

    Args:
        look: How to draw.
        font: Name of its font.
    """

    def __init__(self, look: Look, font: str = "second") -> None:
        super().__init__()
        self._look = look
        self._font_name = font
        self._title = ""
        self._suggestion: Suggestion | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(self.tr("Why this?"))
        self.clicked.connect(self._explain)
        look.restyled.connect(self.updateGeometry)
        look.changed.connect(self.update)
        self.hide()

    @property
    def line(self) -> str:
        """The reason shown; empty for none."""
        return self._suggestion.reasons[0].text if self._suggestion is not None else ""

    def show_suggestion(self, title: str, suggestion: Suggestion | None) -> None:
        """Say why the track called `title` was suggested; None where it was not."""
        self._title = title
        self._suggestion = suggestion if suggestion is not None and suggestion.reasons else None
        self.setAccessibleName(self.line)
        self.setVisible(self._suggestion is not None)
        self.updateGeometry()
        self.update()

    @property
    def _icon_px(self) -> int:
        return self._look.px(16)

    @guarded(lambda: QSize(120, 20))
    def sizeHint(self) -> QSize:
        """Room for icon and words."""
        metrics = self._look.metrics(self._font_name)
        return QSize(metrics.horizontalAdvance(self.line) + self._icon_px + 8, metrics.height() + 4)

    @guarded(lambda: QSize(60, 20))
    def minimumSizeHint(self) -> QSize:
        """May shrink to a few letters."""
        return QSize(60, self.sizeHint().height())

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and words, underlined under the mouse or with the focus."""
        if self._suggestion is None:
            return
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect(), mirrored=mirrored(self))
        px, height = self._icon_px, self.height()
        canvas.icon(REASON_ICONS[self._suggestion.reasons[0].kind], "accent", 0, (height - px) / 2, px)
        width = canvas.text(self._font_name, "text2", (px + 6.0, 0, self.width() - px - 6.0, height), self.line)
        if self.underMouse() or self.hasFocus():
            line = canvas.rect(px + 6, height - 2, width, 1.5 if self.hasFocus() else 1)
            painter.fillRect(line, self._look.theme.colour("accent" if self.hasFocus() else "text2"))
        painter.end()

    def _explain(self) -> None:
        if self._suggestion is not None:
            card = WhyCard(self._look, self._title, self._suggestion, self)
            card.show_at(self.mapToGlobal(QPoint(0, self.height() + 4)))


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
