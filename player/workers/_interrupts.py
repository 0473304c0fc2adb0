"""Ctrl+C and friends inside an event loop."""

from __future__ import annotations

import signal
import socket
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class Interrupts(QObject):
    """Turns the operating system's signals into a Qt signal.

    Python runs its signal handlers only between two of its own instructions, and an event loop that
    waits executes none: the handler's wake-up writes to a socket that the loop watches. Make it on
    the main thread, one at a time.

    Signals:
        interrupted(): SIGINT (Ctrl+C) or SIGTERM came.
    """

    interrupted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inside, self._outside = socket.socketpair()
        for end in (self._inside, self._outside):
            end.setblocking(False)
        self._before_fd = signal.set_wakeup_fd(self._outside.fileno())
        self._before: dict[int, Any] = {}
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._note)
        self._notifier = QSocketNotifier(self._inside.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)

    def close(self) -> None:
        """Put the handlers back that were there before."""
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before_fd)
        self._inside.close()
        self._outside.close()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        """What is to be done is done in the event loop."""

    def _wake(self) -> None:
        if self._inside.recv(64):
            self.interrupted.emit()
