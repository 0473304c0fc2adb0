"""Sliders: the seek bar with its waveform, and a thin one for the volume. Both obey the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider, QToolTip, QWidget

from player.ui import words
from player.ui.commands import KEYBOARD_FOCUS
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.widgets.buttons.basics import mirrored

BAR_STEP = 4
BAR_WIDTH = 2.6
MIN_BAR = 3.0
TIP_PX = 52
"""How far above the seek bar the time under the mouse is said: a tip appears somewhat below its point."""


class _Jumping(QSlider):
    """A horizontal slider that goes where it is clicked, and follows the mouse.

    Signals:
        picked(int): The user chose a value by mouse or key.
    """

    picked = Signal(int)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._inset = 0
        self._by_key = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.actionTriggered.connect(lambda _action: self.picked.emit(self.sliderPosition()))
        look.changed.connect(self.update)

    @property
    def shows_focus(self) -> bool:
        """Whether it has the keyboard's focus and the hand is there: a ring at the mouse would only be in the way."""
        return self.hasFocus() and self._by_key

    @guarded(none)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus is shown when it came by key."""
        self._by_key = event.reason() in KEYBOARD_FOCUS
        super().focusInEvent(event)

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows change the value."""
        self._by_key = True
        super().keyPressEvent(event)
        self.update()

    def value_at(self, x: float) -> int:
        """The value under a mouse at `x`."""
        width = max(1, self.width() - 2 * self._inset)
        share = min(1.0, max(0.0, (x - self._inset) / width))
        if mirrored(self):
            share = 1 - share
        return round(self.minimum() + share * (self.maximum() - self.minimum()))

    @property
    def share(self) -> float:
        """The value as a part of the range."""
        return (self.value() - self.minimum()) / max(1, self.maximum() - self.minimum())

    @guarded(none)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the mouse."""
        self._by_key = False
        if event.button() is Qt.MouseButton.LeftButton and self.isEnabled():
            self.setSliderDown(True)
            self.setValue(self.value_at(event.position().x()))

    @guarded(none)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setValue(self.value_at(event.position().x()))

    @guarded(none)
    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Stay."""
        if self.isSliderDown():
            self.setSliderDown(False)
            self.picked.emit(self.value())


class SeekBar(_Jumping):
    """Position in a track, in ms, over its waveform; a plain line until there is one.

    Only the strip between the old and the new position is painted again.
    """

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent)
        self._peaks: Sequence[float] = ()
        self._bars: list[float] = []
        self._hover_x = -1.0
        self.setMouseTracking(True)
        self.setMinimumWidth(60)
        self.setFixedHeight(48)
        self.setSingleStep(5_000)
        self.setPageStep(30_000)

    def set_peaks(self, peaks: Sequence[float]) -> None:
        """Loudness along the track, 0 to 1; empty shows a line."""
        self._peaks = peaks
        self._bars = []
        self.update()

    def show_position(self, position_ms: int, duration_ms: int) -> None:
        """Where the track is; ignored while the user drags."""
        if self.isSliderDown():
            return
        if duration_ms != self.maximum():
            self.setRange(0, max(0, duration_ms))
            self.update()
        before = self._x_of(self.value())
        self.setValue(position_ms)
        after = self._x_of(self.value())
        if abs(after - before) >= 0.5:
            left, right = sorted((before, after))
            self.update(QRect(int(left) - 6, 0, int(right - left) + 12, self.height()))

    def _x_of(self, value: int) -> float:
        share = (value - self.minimum()) / max(1, self.maximum() - self.minimum())
        return self.width() * (1 - share if mirrored(self) else share)

    def sliderChange(self, change: QSlider.SliderChange) -> None:
        """A new value repaints its strip only; `show_position` and the mouse see to it."""
        if change is not QSlider.SliderChange.SliderValueChange or self.isSliderDown() or self.hasFocus():
            super().sliderChange(change)

    def _levels(self) -> list[float]:
        count = max(8, self.width() // BAR_STEP)
        if len(self._bars) != count:
            total = len(self._peaks)
            spans = [(i * total // count, max(i * total // count + 1, (i + 1) * total // count)) for i in range(count)]
            self._bars = [max(self._peaks[a:b], default=0.0) for a, b in spans]
        return self._bars

    @guarded(none)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars or a line; played in the accent, what a click would reach in a paler one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, clip = float(self.width()), event.rect()
        played, hover = width * self.share, self._hover_x
        if mirrored(self):
            painter.translate(width, 0)
            painter.scale(-1, 1)
            clip = QRect(self.width() - clip.right() - 1, clip.y(), clip.width(), clip.height())
            hover = width - hover if hover >= 0 else -1
        painter.setPen(Qt.PenStyle.NoPen)
        if len(self._peaks) and self.isEnabled():
            self._paint_bars(painter, clip, played, hover)
        else:
            self._paint_line(painter, played, hover)
        if self.shows_focus:
            painter.setPen(QPen(self._look.theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 1, width - 2, self.height() - 2), 8, 8)
        painter.end()

    def _paint_bars(self, painter: QPainter, clip: QRect, played: float, hover: float) -> None:
        theme, height = self._look.theme, self.height()
        done, ahead, reach = theme.colour("accent"), theme.colour("text", 0.22), theme.colour("accent", 0.45)
        levels = self._levels()
        first, last = max(0, clip.left() // BAR_STEP - 1), min(len(levels), clip.right() // BAR_STEP + 2)
        for number in range(first, last):
            x = float(number * BAR_STEP)
            tall = max(MIN_BAR, levels[number] * (height - 12))
            shade: QColor = done if x + 1.5 <= played else reach if played < x <= hover else ahead
            painter.setBrush(shade)
            painter.drawRoundedRect(QRectF(x, (height - tall) / 2, BAR_WIDTH, tall), 1.3, 1.3)

    def _paint_line(self, painter: QPainter, played: float, hover: float) -> None:
        theme, width, middle = self._look.theme, float(self.width()), self.height() / 2
        painter.setBrush(theme.colour("text", 0.18))
        painter.drawRoundedRect(QRectF(0, middle - 2, width, 4), 2, 2)
        if hover > played and self.isEnabled():
            painter.setBrush(theme.colour("accent", 0.45))
            painter.drawRoundedRect(QRectF(0, middle - 2, hover, 4), 2, 2)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(0, middle - 2, played, 4), 2, 2)
        if self.isEnabled() and self.maximum() > 0:
            painter.setBrush(theme.colour("text"))
            painter.drawEllipse(QPointF(min(max(6.0, played), width - 6), middle), 6, 6)

    @guarded(none)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the time under the mouse."""
        super().mouseMoveEvent(event)
        self._hover_x = event.position().x()
        if self.isEnabled() and self.maximum():
            text = words.clock(self.value_at(self._hover_x))
            # Above the bar: below it, the screen may end.
            above = self.mapToGlobal(QPoint(0, -TIP_PX)).y()
            QToolTip.showText(QPoint(int(event.globalPosition().x()), above), text, self)
        self.update()

    @guarded(none)
    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has gone."""
        self._hover_x = -1
        super().leaveEvent(event)
        self.update()


class ThinSlider(_Jumping):
    """A thin slider with a round handle.

    Args:
        look: How to draw.
        name: Accessible name.
        parent: Qt parent.
        in_page: Whether it stands in a page that the wheel scrolls; then the wheel does not move it.
    """

    def __init__(self, look: Look, name: str, parent: QWidget | None = None, *, in_page: bool = False) -> None:
        super().__init__(look, name, parent)
        self._in_page = in_page
        self._inset = 8
        self.setFixedHeight(28)
        self.setMinimumWidth(60)

    @guarded(none)
    def wheelEvent(self, event: QWheelEvent) -> None:
        """A setting that happens to come under the mouse while the page scrolls must not change."""
        if self._in_page:
            event.ignore()
        else:
            super().wheelEvent(event)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Groove, filled part, handle, focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme, width, middle = self._look.theme, self.width(), self.height() / 2
        if mirrored(self):
            painter.translate(width, 0)
            painter.scale(-1, 1)
        x = self._inset + (width - 2 * self._inset) * self.share
        painter.setBrush(theme.colour("text", 0.18))
        painter.drawRoundedRect(QRectF(self._inset - 2, middle - 2, width - 2 * self._inset + 4, 4), 2, 2)
        painter.setBrush(theme.colour("accent") if self.shows_focus else theme.colour("text", 0.72))
        painter.drawRoundedRect(QRectF(self._inset - 2, middle - 2, x - self._inset + 2, 4), 2, 2)
        painter.setBrush(theme.colour("text"))
        painter.drawEllipse(QPointF(x, middle), 6, 6)
        if self.shows_focus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, middle), 8.5, 8.5)
        painter.end()
