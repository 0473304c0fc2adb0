"""Wheel steps that glide instead of jumping."""

from __future__ import annotations

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QEvent, QObject, QPropertyAnimation, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from player.ui.guard import guarded
from player.ui.look import Look

STEP_PX = 96


class SmoothWheel(QObject):
    """Glides a scroll area's vertical bar for a wheel with notches; touchpads already send pixels.

    Args:
        area: What scrolls; also the Qt parent.
        look: Says whether things may move.
    """

    def __init__(self, area: QAbstractScrollArea, look: Look) -> None:
        super().__init__(area)
        self._look = look
        self._bar = area.verticalScrollBar()
        self._glide = QPropertyAnimation(self._bar, b"value", self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._bar.sliderPressed.connect(self._glide.stop)
        area.viewport().installEventFilter(self)

    @guarded(bool)
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take wheel events with notches."""
        if not isinstance(event, QWheelEvent):
            return False
        if event.pixelDelta().y() or event.modifiers() != Qt.KeyboardModifier.NoModifier or not event.angleDelta().y():
            return False
        duration = self._look.motion_ms(180)
        if not duration or self._bar.maximum() == self._bar.minimum():
            return False
        running = self._glide.state() is QAbstractAnimation.State.Running
        start = self._glide.endValue() if running else self._bar.value()
        end = int(start - event.angleDelta().y() / 120 * STEP_PX)
        self._glide.stop()
        self._glide.setDuration(duration)
        self._glide.setStartValue(self._bar.value())
        self._glide.setEndValue(max(self._bar.minimum(), min(self._bar.maximum(), end)))
        self._glide.start()
        return True


class KeptScroll(QObject):
    """Brings an area back to where it was, as soon as what it shows is long enough; the user's own scrolling ends that.

    Args:
        area: What scrolls; also the Qt parent.
        value: Where it was; anything but a positive number does nothing.
    """

    def __init__(self, area: QAbstractScrollArea, value: object) -> None:
        super().__init__(area)
        self._bar = area.verticalScrollBar()
        self._value = value if isinstance(value, int) else 0
        area.viewport().installEventFilter(self)
        self._bar.sliderPressed.connect(self._end)
        self._bar.rangeChanged.connect(self._try)
        self._try()

    def _try(self) -> None:
        if self._value > 0 and self._bar.maximum() > 0:
            self._bar.setValue(self._value)
        if self._bar.maximum() >= self._value:
            self._end()

    def _end(self) -> None:
        self._value = 0
        self.deleteLater()

    @guarded(bool)
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A wheel or a key of the user's."""
        if event.type() in (QEvent.Type.Wheel, QEvent.Type.KeyPress):
            self._end()
        return False
