"""The sound engine as the player sees it: a QObject in front of a thread of its own."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from player.audio._api import AudioOutput, Device, PlayerState, Source
from player.audio._core import Core
from player.audio._events import Event
from player.audio._ledger import to_ms
from player.audio._port import SILENCE, Port
from player.audio._silent import Clock, SilentSink
from player.domain import Ms

logger = logging.getLogger(__name__)

POSITION_EVERY_MS = 200
MAX_EXTRAPOLATION_S = 0.5
"""The engine looks at the output at least that often while playing."""

DEFAULT_DEVICE = Device("", "System default")
NO_DEVICE = Device(SILENCE, "No sound")


class Engine(AudioOutput):
    """Plays through the outputs of a port.

    A thread of its own runs the core. Commands go to it through a queue; its events come back through another
    one and are delivered on this object's thread.

    Signals:
        _told(): There are events to deliver; private.

    Args:
        port: Where the sound goes.
        threaded: False for a port with a manual clock: then nothing moves but by `turn`.
        parent: Qt parent.
    """

    _told = Signal()

    def __init__(self, port: Port, *, threaded: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._events: queue.SimpleQueue[tuple[Event, object]] = queue.SimpleQueue()
        self._woken = threading.Event()
        self._core = Core(port, self._post, self._woken.set, threaded=threaded)
        self._state = PlayerState.STOPPED
        self._devices: list[Device] = []
        self._device = ""
        self._closed = False
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POSITION_EVERY_MS)
        self._timer.timeout.connect(self._tell_position)
        if threaded:
            self._thread = threading.Thread(target=self._run, name="segue-audio", daemon=True)
            self._thread.start()

    # -- commands

    def play(self, source: Source, token: int, *, at_ms: int = 0, paused: bool = False) -> None:
        """See `AudioOutput.play`."""
        self._command(lambda: self._core.play(source, token, at_ms, paused))

    def set_next(self, source: Source | None, token: int = 0, *, crossfade_ms: int = 0) -> None:
        """See `AudioOutput.set_next`."""
        self._command(lambda: self._core.set_next(source, token, crossfade_ms))

    def pause(self) -> None:
        """See `AudioOutput.pause`."""
        self._command(self._core.pause)

    def resume(self) -> None:
        """See `AudioOutput.resume`."""
        self._command(self._core.resume)

    def stop(self) -> None:
        """See `AudioOutput.stop`."""
        self._command(self._core.stop)

    def seek(self, position_ms: int) -> None:
        """See `AudioOutput.seek`."""
        self._command(lambda: self._core.seek(position_ms))

    def set_volume(self, volume: float, *, muted: bool = False) -> None:
        """See `AudioOutput.set_volume`."""
        self._command(lambda: self._core.set_volume(volume, muted))

    def set_gain(self, token: int, gain_db: float, *, over_ms: int) -> None:
        """See `AudioOutput.set_gain`."""
        self._command(lambda: self._core.set_gain(token, gain_db, over_ms))

    def set_speed(self, speed: float) -> None:
        """See `AudioOutput.set_speed`."""
        self._command(lambda: self._core.set_speed(speed))

    def set_equaliser(self, gains_db: tuple[float, ...], preamp_db: float = 0.0) -> None:
        """See `AudioOutput.set_equaliser`."""
        self._command(lambda: self._core.set_equaliser(gains_db, preamp_db))

    def set_device(self, name: str) -> None:
        """See `AudioOutput.set_device`."""
        self._device = name
        self._command(lambda: self._core.set_device(name))

    # -- what is known

    def devices(self) -> list[Device]:
        """See `AudioOutput.devices`."""
        none = [NO_DEVICE] if self._device == SILENCE or not self._devices else []
        return [DEFAULT_DEVICE, *self._devices, *none]

    @property
    def state(self) -> PlayerState:
        """See `AudioOutput.state`."""
        return self._state

    @property
    def position_ms(self) -> Ms:
        """See `AudioOutput.position_ms`."""
        now = self._core.now
        passed = min(time.monotonic() - now.at, MAX_EXTRAPOLATION_S) * now.speed
        position = now.position_s + passed
        if now.play is not None and now.play.duration_s is not None:
            position = min(position, now.play.duration_s)
        return to_ms(position)

    @property
    def listened_ms(self) -> Ms:
        """See `AudioOutput.listened_ms`."""
        return to_ms(self._core.now.heard_s)

    @property
    def duration_ms(self) -> Ms:
        """See `AudioOutput.duration_ms`."""
        play = self._core.now.play
        return to_ms(play.duration_s or 0.0) if play else Ms(0)

    @property
    def silent(self) -> bool:
        """See `AudioOutput.silent`."""
        return self._core.now.silent

    def close(self) -> None:
        """See `AudioOutput.close`."""
        if self._closed:
            return
        self._timer.stop()
        self._commands.put(self._core.close)
        self._commands.put(None)
        self._woken.set()
        if self._thread is not None:
            self._thread.join(10.0)
            if self._thread.is_alive():
                logger.error("the sound engine does not come back")
        else:
            self._obey()
        self._deliver()
        self._closed = True

    def turn(self) -> None:
        """Without threads: obey commands, let the engine do its work once, deliver signals."""
        if self._obey():
            self._core.pump()
        self._deliver()

    # -- the engine's thread

    def _command(self, command: Callable[[], None]) -> None:
        if not self._closed:
            self._commands.put(command)
            self._woken.set()

    def _obey(self) -> bool:
        """Do what was commanded; False after the last command."""
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return True
            if command is None:
                return False
            command()

    def _run(self) -> None:
        while True:
            self._woken.clear()
            try:
                if not self._obey():
                    return
                self._core.pump()
                nap = self._core.nap()
            except Exception:  # the border of the engine's thread: one fault must not silence the player for good
                logger.exception("the sound engine stumbled")
                nap = 0.1
            self._woken.wait(nap)

    def _post(self, event: Event, value: object) -> None:
        self._events.put((event, value))
        self._told.emit()

    # -- the owner's thread

    def _deliver(self) -> None:
        while not self._closed:
            try:
                event, value = self._events.get_nowait()
            except queue.Empty:
                return
            self._tell(event, value)

    def _tell(self, event: Event, value: Any) -> None:
        match event:
            case Event.STARTED:
                self.started.emit(value)
            case Event.ENDED:
                self.ended.emit(value)
            case Event.NEXT_WANTED:
                self.next_wanted.emit(value)
            case Event.MOVED:
                self._tell_position()
            case Event.DEVICE_FAILED:
                self.device_failed.emit(value)
            case Event.DEVICES:
                self._devices = value
                self.devices_changed.emit()
            case Event.STATE:
                self._change_state(value)

    def _change_state(self, state: PlayerState) -> None:
        self._state = state
        if state is PlayerState.PLAYING and not self._closed:
            self._timer.start()
        else:
            self._timer.stop()
        self.state_changed.emit(state)

    def _tell_position(self) -> None:
        self.position_changed.emit(self.position_ms, self.duration_ms)


class SilentEngine(Engine):
    """The same engine without sound: real decoding, mixing and accounting.

    With `Clock.MANUAL` it has no threads, and nothing moves but by `advance`.

    Args:
        clock: What moves it.
        rate: Sample rate in Hz.
        record: Keep the sound for `recording`.
        parent: Qt parent.
    """

    def __init__(
        self, clock: Clock = Clock.REAL, *, rate: int = 44_100, record: bool = False, parent: QObject | None = None
    ) -> None:
        self.sink = SilentSink(clock, rate=rate, record=record)
        super().__init__(Port([self.sink]), threaded=clock is not Clock.MANUAL, parent=parent)

    def advance(self, milliseconds: float, *, step_ms: float = 10.0) -> None:
        """Manual clock: let that much time pass; signals are delivered before this returns."""
        left = round(milliseconds / 1000 * self.sink.rate)
        self.turn()
        while left > 0:
            frames = min(left, max(1, round(step_ms / 1000 * self.sink.rate)))
            self.sink.consume(frames)
            self.turn()
            left -= frames
