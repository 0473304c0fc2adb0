"""Being stopped: by SIGTERM or SIGINT, or by whoever holds the other end of standard input closing it.

Long computations ask `requested` between their steps. What does not ask in time is ended hard: nothing is lost,
because results appear only when they are complete.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading

GRACE_SECONDS = 0.7
EXIT_INTERRUPTED = 3


class Stop:
    """The request to stop, once it came.

    Args:
        stdin: File descriptor of standard input. If it is a pipe, its end means stop; a terminal or the null device
            tells nothing of a parent.
    """

    def __init__(self, stdin: int) -> None:
        self._event = threading.Event()
        self._done = threading.Event()
        if _is_pipe(stdin):
            threading.Thread(target=self._watch, args=(stdin,), name="stdin", daemon=True).start()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def requested(self) -> bool:
        """Whether to stop."""
        return self._event.is_set()

    def finished(self) -> None:
        """The results are written, or given up: the hard end is called off."""
        self._done.set()

    def request(self) -> None:
        """Ask to stop, and see to it that it happens."""
        if not self._event.is_set():
            self._event.set()
            threading.Thread(target=self._end_hard, name="stop", daemon=True).start()

    def _watch(self, stdin: int) -> None:
        # Not through sys.stdin: its lock, held by a thread, aborts the interpreter's end.
        while os.read(stdin, 1024):
            pass
        self.request()

    def _on_signal(self, _number: int, _frame: object) -> None:
        self.request()

    def _end_hard(self) -> None:
        if not self._done.wait(GRACE_SECONDS):
            sys.stderr.flush()
            os._exit(EXIT_INTERRUPTED)


def _is_pipe(descriptor: int) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    except OSError:
        # Programs without a console may have no standard input at all.
        return False
