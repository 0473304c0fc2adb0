"""The sound engine inside this process: a QObject in front of a thread of its own."""

from __future__ import annotations

import logging
import queue
import threading
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from player.audio._events import Event
from player.audio._front import Front
from player.audio._values import Clock, Now
from player.audio.engine import Loop, Port, SilentSink

logger = logging.getLogger(__name__)

CLOSE_S = 10.0


class Engine(Front):
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
        self._events: queue.SimpleQueue[tuple[Event, object]] = queue.SimpleQueue()
        self._loop = Loop(port, self._post, threaded=threaded)
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread: threading.Thread | None = None
        if threaded:
            self._thread = threading.Thread(target=self._loop.run, name="segue-audio", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """See `AudioOutput.close`."""
        if self._closed:
            return
        self._timer.stop()
        self._loop.close()
        if self._thread is not None:
            self._thread.join(CLOSE_S)
            if self._thread.is_alive():
                logger.error("the sound engine does not come back")
        else:
            self._loop.turn()
        self._deliver()
        self._closed = True

    def turn(self) -> None:
        """Without threads: obey commands, let the engine do its work once, deliver signals."""
        if not self._closed:
            self._loop.turn()
        self._deliver()

    def _command(self, name: str, *arguments: Any) -> None:
        if not self._closed:
            self._loop.command(name, *arguments)

    @property
    def _now(self) -> Now:
        return self._loop.now

    def _post(self, event: Event, value: object) -> None:
        self._events.put((event, value))
        self._told.emit()

    def _deliver(self) -> None:
        while not self._closed:
            try:
                event, value = self._events.get_nowait()
            except queue.Empty:
                return
            self._tell(event, value)


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
