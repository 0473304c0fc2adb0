"""The sleep timer: the music fades and pauses after a while."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from player.playback._controller import Controller

FADE_MS = 8_000
STEP_MS = 200


class SleepTimer(QObject):
    """Pauses the controller after a set time; the last seconds fade out, and the volume is put back then.

    To stop at the end of the track instead, use `PlayQueue.set_modes(stop_after_current=True)`.

    Signals:
        changed(int): Milliseconds left after `start`, 0 after `cancel` and at the end.

    Args:
        controller: What to pause.
        fade_ms: Length of the fade; a shorter timer fades over its whole length.
        parent: Qt parent.
    """

    changed = Signal(int)

    def __init__(self, controller: Controller, *, fade_ms: int = FADE_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._fade_ms = fade_ms
        self._volume: float | None = None
        self._until = QTimer(self)
        self._until.setSingleShot(True)
        self._until.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may be off by 5 %: minutes
        self._until.timeout.connect(self._begin_fade)
        self._step = QTimer(self)
        self._step.setInterval(STEP_MS)
        self._step.timeout.connect(self._fade)
        self._steps_left = 0

    @property
    def remaining_ms(self) -> int:
        """Time left; 0 when it does not run."""
        if self._until.isActive():
            return self._until.remainingTime() + self._fade_ms
        return self._steps_left * STEP_MS

    def start(self, milliseconds: int) -> None:
        """Pause after this time; replaces a running timer."""
        self.cancel()
        self._until.start(max(0, milliseconds - self._fade_ms))
        self.changed.emit(milliseconds)

    def cancel(self) -> None:
        """Go on playing; a volume that was fading is put back."""
        running = self.remaining_ms > 0
        self._until.stop()
        self._end_fade()
        if running:
            self.changed.emit(0)

    def _begin_fade(self) -> None:
        self._volume = self._controller.volume
        self._steps_left = max(1, self._fade_ms // STEP_MS)
        self._step.start()

    def _fade(self) -> None:
        self._steps_left -= 1
        if self._steps_left > 0 and self._volume is not None:
            left = self._steps_left * STEP_MS / self._fade_ms
            self._controller.set_volume(min(self._volume * left, self._controller.volume))
            return
        self._controller.pause()
        self._end_fade()
        self.changed.emit(0)

    def _end_fade(self) -> None:
        self._step.stop()
        self._steps_left = 0
        if self._volume is not None:
            self._controller.set_volume(self._volume)
            self._volume = None
