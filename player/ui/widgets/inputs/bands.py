"""A vertical slider in decibels, with its value above and its name below: one band of an equaliser."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Align, Canvas

TRACK_PX = 170
INSET = 10
LARGE_STEP_DB = 3
SPILL_PX = 4
"""Text is shortened only where it would be wider than the slider by this on each side."""


def decibels(value: float) -> str:
    """A gain with its sign, without the unit."""
    return f"{value:+.0f}".replace("-", "\u2212") if value else "0"


class BandSlider(QSlider):
    """A gain in whole decibels.

    Arrow keys go by 1 dB, page keys by 3, Home and End to the ends; Delete, 0 and a double click go back to 0 dB.

    Args:
        look: How to draw.
        label: What stands below it.
        name: Its accessible name.
        most_db: It goes from minus this to plus this.
    """

    def __init__(self, look: Look, label: str, name: str, most_db: int) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._look = look
        self._label = label
        self._active = True
        self.setRange(-most_db, most_db)
        self.setPageStep(LARGE_STEP_DB)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)
        look.restyled.connect(self.updateGeometry)

    def show_active(self, active: bool) -> None:
        """Whether it has an effect now; it can be moved all the same."""
        self._active = active
        self.update()

    @guarded(lambda: QSize(30, TRACK_PX))
    def sizeHint(self) -> QSize:
        """Room for the groove and two lines of text."""
        return QSize(self._look.px(52), TRACK_PX + 2 * self._line)

    @guarded(lambda: QSize(24, TRACK_PX))
    def minimumSizeHint(self) -> QSize:
        """Narrow where the window is."""
        return QSize(24, TRACK_PX + 2 * self._line)

    @property
    def _line(self) -> int:
        return self._look.metrics("small").height() + 6

    def _y_of(self, value: int) -> float:
        room = self.height() - 2 * self._line - 2 * INSET
        return self._line + INSET + room * (self.maximum() - value) / (self.maximum() - self.minimum())

    def _move_to(self, y: float) -> None:
        room = max(1, self.height() - 2 * self._line - 2 * INSET)
        share = min(1.0, max(0.0, (y - self._line - INSET) / room))
        self.setValue(round(self.maximum() - share * (self.maximum() - self.minimum())))

    @guarded(none)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the mouse."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._move_to(event.position().y())

    @guarded(none)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if self.isSliderDown():
            self._move_to(event.position().y())

    @guarded(none)
    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Stay."""
        self.setSliderDown(False)

    @guarded(none)
    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Back to 0 dB."""
        self.setValue(0)

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Back to 0 dB, or what a slider does with the key."""
        if event.key() in (Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setValue(0)
        else:
            super().keyPressEvent(event)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Value, groove, the part between 0 dB and the handle, handle, name."""
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect())
        theme, width, line = self._look.theme, float(self.width()), self._line
        centre, zero, at = width / 2, self._y_of(0), self._y_of(self.value())
        top, bottom = self._y_of(self.maximum()), self._y_of(self.minimum())
        value = "text" if self.value() else "text3"
        canvas.text("small", value, (-SPILL_PX, 0, width + 2 * SPILL_PX, line), decibels(self.value()), Align.CENTRE)
        canvas.text(
            "small", "text2", (-SPILL_PX, self.height() - line, width + 2 * SPILL_PX, line), self._label, Align.CENTRE
        )
        canvas.box(theme.colour("text", 0.18), QRectF(centre - 2, top, 4, bottom - top), 2)
        canvas.box(theme.colour("text", 0.3), QRectF(centre - 7, zero - 0.5, 14, 1))
        filled = theme.colour("accent") if self._active else theme.colour("text", 0.4)
        canvas.box(filled, QRectF(centre - 2, min(zero, at), 4, abs(at - zero)), 2)
        painter.setBrush(theme.colour("text"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(centre, at), 7, 7)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(centre, at), 10, 10)
        painter.end()
