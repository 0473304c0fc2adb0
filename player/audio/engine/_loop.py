"""The engine's thread: obeys commands, lets the core do its work, sleeps until the next turn is due."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any

from player.audio._events import Event
from player.audio._values import Now
from player.audio.engine._core import Core
from player.audio.engine._port import Port

logger = logging.getLogger(__name__)

COMMANDS = frozenset(
    {
        "play",
        "restore",
        "run_out",
        "set_next",
        "pause",
        "resume",
        "stop",
        "seek",
        "set_volume",
        "set_gain",
        "set_speed",
        "set_equaliser",
        "set_device",
    }
)
"""Methods of `Core` that may be asked for."""

STUMBLED_S = 0.1


class Loop:
    """Runs one core. `command` and `close` may be called from any thread.

    Attributes:
        obeyed: Number of commands carried out.

    Args:
        port: Where the sound goes.
        emit: Told every event, on the thread that runs.
        reported: Told after every turn what is heard, on the thread that runs, before the events of that turn.
        threaded: Whether voices decode in threads of their own; if not, `turn` does it.
    """

    def __init__(
        self,
        port: Port,
        emit: Callable[[Event, object], None],
        reported: Callable[[Now], None] = lambda now: None,
        *,
        threaded: bool = True,
    ) -> None:
        self.obeyed = 0
        self._emit = emit
        self._reported = reported
        self._commands: queue.SimpleQueue[tuple[str, tuple[Any, ...]] | None] = queue.SimpleQueue()
        self._woken = threading.Event()
        self.core = Core(port, self._tell, self._woken.set, threaded=threaded)
        self._told: Now | None = None

    @property
    def now(self) -> Now:
        """What is heard; any thread may read it."""
        return self.core.now

    def command(self, name: str, *arguments: Any) -> None:
        """Have one of `COMMANDS` carried out.

        Raises:
            ValueError: there is no such command.
        """
        if name not in COMMANDS:
            raise ValueError(f"no command of the engine: {name!r}")
        self._commands.put((name, arguments))
        self._woken.set()

    def close(self) -> None:
        """End everything, after the commands before."""
        self._commands.put(None)
        self._woken.set()

    def turn(self) -> bool:
        """Obey commands and let the core do its work once; False after `close`."""
        going_on = self._obey()
        if going_on:
            self.core.pump()
            self._report()
        return going_on

    def run(self) -> None:
        """Take turns until closed."""
        while True:
            self._woken.clear()
            try:
                if not self.turn():
                    return
                nap = self.core.nap()
            except Exception:  # the border of the engine's thread: one fault must not silence the player for good
                logger.exception("the sound engine stumbled")
                nap = STUMBLED_S
            self._woken.wait(nap)

    def _obey(self) -> bool:
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return True
            if command is None:
                self.core.close()
                self._report()
                return False
            name, arguments = command
            self.obeyed += 1
            getattr(self.core, name)(*arguments)

    def _tell(self, event: Event, value: object) -> None:
        self._report()
        self._emit(event, value)

    def _report(self) -> None:
        if self._told is not self.core.now:
            self._told = self.core.now
            self._reported(self._told)
