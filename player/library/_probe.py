"""Decoding a file in a child process: what crashes or hangs there costs an answer, not the player."""

from __future__ import annotations

import base64
import json
import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from player.domain import FileError
from player.workers import ChildProcess, child_command

ANSWER_S = 300.0
"""A file that takes longer is given up."""

CRASHES = "decoding it crashes"


class Probe:
    """Asks child processes, one for each question. Its questions block; `stop` may come from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: ChildProcess | None = None
        self._stopped = False

    def peaks(self, path: str, count: int, *, start_ms: int = 0, end_ms: int | None = None) -> NDArray[np.float32]:
        """Return the highest absolute sample of each of `count` equal parts of a file, or of a part of it.

        Returns:
            float32 (count,), from 0 to 1; all 0 for a file without sound.

        Raises:
            FileError: nothing in it can be decoded.
            InterruptedError: it was stopped.
        """
        answer = self._ask({"path": path, "start_ms": start_ms, "end_ms": end_ms, "peaks": count})
        return np.frombuffer(base64.b64decode(answer["peaks"]), "<f4").astype(np.float32, copy=False)

    def try_decoding(self, path: str, *, start_ms: int = 0, end_ms: int | None = None) -> None:
        """Decode the beginning of a file, or of a part of it.

        Raises:
            FileError: nothing in it can be decoded.
            InterruptedError: it was stopped.
        """
        self._ask({"path": path, "start_ms": start_ms, "end_ms": end_ms})

    def stop(self) -> None:
        """End what is asked now, and ask nothing any more."""
        with self._lock:
            self._stopped = True
            if self._child is not None:
                self._child.kill()

    def _ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Ask a child process of its own, at low priority.

        Raises:
            FileError: the answer is a problem, or none came.
        """
        path: str = asked["path"]
        with self._lock:
            if self._stopped:
                raise InterruptedError(path)
            self._child = ChildProcess(child_command("player.audio.probe"), name="probe", low_priority=True)
        with self._child as child:
            try:
                child.send(json.dumps(asked))
                line = child.receive(ANSWER_S)
            except TimeoutError as error:
                raise FileError(path, "it takes too long to decode") from error
            except OSError:
                line = None
        with self._lock:
            self._child = None
            if self._stopped:
                raise InterruptedError(path)
        if line is None:
            raise FileError(path, CRASHES)
        answer: dict[str, Any] = json.loads(line)
        if "problem" in answer:
            raise FileError(path, answer["problem"])
        return answer
