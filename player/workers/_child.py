"""Child processes: work that may crash, hang, or take all it gets, kept away from the player."""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import psutil

from player.workers._bound import start_bound

logger = logging.getLogger(__name__)

CHILD_FLAG = "--child"
"""How the player's command is asked to be one of its modules instead."""

MAX_MEMORY_BYTES = 600_000_000
"""Maximum of private memory of a child that reads files: more than any real file needs."""

KILL_AFTER_S = 2.0
LAST_WORDS = 20


def child_command(module: str) -> list[str]:
    """The command that runs `module` as a child, from a checkout, an installed package, or a frozen bundle."""
    return own_command(CHILD_FLAG, module)


def own_command(*words: str) -> list[str]:
    """The command that runs this program with these arguments, wherever it was installed or bundled."""
    player = [] if getattr(sys, "frozen", False) else ["-m", "player"]
    return [sys.executable, *player, *words]


def child_environment() -> dict[str, str]:
    """The environment for children: our packages found, one thread for each numeric library, UTF-8 pipes."""
    root = str(Path(__file__).resolve().parent.parent.parent)
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ORT_DISABLE_TELEMETRY": "1",
    }


class ChildProcess:
    """A running child that reads and writes lines, and ends with this process, however that ends.

    Needs no event loop. `send`, `receive` and `wait` may block: never call them on the GUI thread;
    `kill` may be called from any thread and ends a `receive` that waits. What the child writes to
    its standard error is logged, its last lines are kept for messages.

    Args:
        command: Program and arguments, e.g. from `child_command`.
        name: For logs and threads.
        low_priority: Leave processor and disk to everybody else.
        memory_bytes: Maximum of private memory, None for no limit; see `start_bound`.

    Raises:
        OSError: the program cannot be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        name: str,
        low_priority: bool = False,
        memory_bytes: int | None = MAX_MEMORY_BYTES,
    ) -> None:
        self.name = name
        self._process = start_bound(
            command,
            memory_bytes=memory_bytes,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            bufsize=1,
            env=child_environment(),
            **_apart(),
        )
        if low_priority:
            lower_priority(self._process.pid)
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._last_words: deque[str] = deque(maxlen=LAST_WORDS)
        self._threads = [
            threading.Thread(target=self._read_lines, name=f"{name} out", daemon=True),
            threading.Thread(target=self._read_errors, name=f"{name} err", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> ChildProcess:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """Exit code; negative for a signal, None while it runs."""
        return self._process.poll()

    @property
    def last_words(self) -> str:
        """The last lines of its standard error."""
        return "\n".join(self._last_words)

    def send(self, line: str) -> None:
        """Write one line to the child.

        Raises:
            BrokenPipeError: the child has gone.
        """
        _pipe(self._process.stdin).write(line + "\n")
        _pipe(self._process.stdin).flush()

    def end_input(self) -> None:
        """Tell the child that no more lines will come."""
        try:
            _pipe(self._process.stdin).close()
        except BrokenPipeError:
            logger.debug("%s had gone before its input ended", self.name)

    def receive(self, timeout_s: float | None = None) -> str | None:
        """The next line without its end; None once the child has closed its output.

        Raises:
            TimeoutError: no line within `timeout_s`.
        """
        try:
            line = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            raise TimeoutError(f"{self.name} did not answer within {timeout_s:g} s") from None
        if line is None:
            self._lines.put(None)
        return line

    def wait(self, timeout_s: float | None = None) -> int:
        """Wait for the end; tells the exit code.

        Raises:
            TimeoutError: it still runs after `timeout_s`.
        """
        try:
            return self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"{self.name} still runs after {timeout_s:g} s") from None

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def close(self) -> None:
        """End the child, kindly for two seconds, and free everything."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(KILL_AFTER_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for thread in self._threads:
            thread.join(KILL_AFTER_S)
        self.end_input()
        for pipe in (self._process.stdout, self._process.stderr):
            _pipe(pipe).close()

    def _read_lines(self) -> None:
        for line in _pipe(self._process.stdout):
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def _read_errors(self) -> None:
        for line in _pipe(self._process.stderr):
            self._last_words.append(line.rstrip("\n"))
            logger.debug("%s: %s", self.name, self._last_words[-1])


def lower_priority(pid: int | None = None, *, gently: bool = False) -> None:
    """Leave processor and disk to everybody else; the present process, or another one of ours.

    `gently` is for work that somebody waits for within seconds: it steps back, but gets its part of a busy computer.
    """
    try:
        process = psutil.Process(pid)
        if sys.platform == "win32":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if gently else psutil.IDLE_PRIORITY_CLASS)
        else:
            process.nice(5 if gently else 19)
        if sys.platform == "linux" and not gently:
            process.ionice(psutil.IOPRIO_CLASS_IDLE)
    except (psutil.Error, OSError) as error:
        logger.info("priority of process %s stays as it is: %s", pid, error)


def _apart() -> dict[str, Any]:
    """Ctrl+C in a terminal is for the player, which then ends its children in good order."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None  # all three are pipes
    return pipe
