"""Files read in child processes. One that crashes or hangs a child costs that file, not the scan."""

from __future__ import annotations

import json
import logging
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from player.domain import KnownError, ScannedTrack
from player.tags import from_plain
from player.workers import ChildProcess, child_command

logger = logging.getLogger(__name__)

BATCH = 24
WATCHDOG_S = 60.0
"""A file that takes longer to read is given up, with its child."""

_SLICE_S = 0.25
_MAX_BATCH_CHARS = 8_000
"""Even with every character escaped, a batch fits into a pipe: writing it never waits for a reader that hangs."""

_CRASHED = "Reading it crashed the reader; the file is damaged in an unusual way."
_HUNG = "Reading it took too long."


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be read.

    Attributes:
        path: The file.
        why: Why, in words.
        lasting: Whether it will fail again as long as it does not change.
    """

    path: str
    why: str
    lasting: bool = True


Answer: TypeAlias = ScannedTrack | Failed


@dataclass(frozen=True, slots=True)
class Ask:
    """A file to read: its path, and the music folder it was found in."""

    path: str
    root: str


class Readers:
    """Child processes that read files, each driven by one thread.

    Args:
        processes: How many.
        command: The command of a reader; `player.tags` by default.
        watchdog_s: Seconds that one file may take.
    """

    def __init__(self, processes: int, *, command: list[str] | None = None, watchdog_s: float = WATCHDOG_S) -> None:
        self._processes = processes
        self._command = command or child_command("player.tags")
        self._watchdog_s = watchdog_s
        self._asks: queue.SimpleQueue[list[Ask] | None] = queue.SimpleQueue()
        self._answers: queue.Queue[list[Answer] | Exception] = queue.Queue(4 * processes)
        self._stop = threading.Event()

    def read(self, asks: Iterable[Ask], cancelled: Callable[[], bool] = lambda: False) -> Iterator[list[Answer]]:
        """Answers to `asks` in groups, in no particular order; ends early once `cancelled`.

        Raises:
            KnownError: readers cannot be started.
        """
        batches = _batches(asks)
        threads = [
            threading.Thread(target=self._drive, name=f"tags {at}", daemon=True) for at in range(self._processes)
        ]
        for thread in threads:
            thread.start()
        try:
            yield from self._exchange(batches, cancelled)
        finally:
            self._stop.set()
            for _ in threads:
                self._asks.put(None)
            while any(thread.is_alive() for thread in threads):
                self._take_leftovers()
            for thread in threads:
                thread.join()

    def _exchange(self, batches: Iterator[list[Ask]], cancelled: Callable[[], bool]) -> Iterator[list[Answer]]:
        """Keep two batches waiting for each reader."""
        waiting, exhausted = 0, False
        while not cancelled():
            while not exhausted and waiting < 2 * self._processes:
                batch = next(batches, None)
                exhausted = batch is None
                if batch is not None:
                    self._asks.put(batch)
                    waiting += 1
            if waiting == 0:
                return
            try:
                answers = self._answers.get(timeout=0.2)
            except queue.Empty:
                continue
            if isinstance(answers, Exception):
                raise KnownError(f"Files cannot be read: no child process can be started ({answers}).") from answers
            waiting -= 1
            yield answers

    def _take_leftovers(self) -> None:
        try:
            self._answers.get(timeout=0.05)
        except queue.Empty:
            return

    def _drive(self) -> None:
        """The thread of one reader: batches in, answers out, a new child for one that died."""
        child: ChildProcess | None = None
        try:
            while (batch := self._asks.get()) is not None and not self._stop.is_set():
                answers: list[Answer] = []
                suspect: Ask | None = None
                together = len(batch) > 1
                while len(answers) < len(batch) and not self._stop.is_set():
                    child = child or ChildProcess(self._command, name="tags")
                    answers += self._ask_together(child, batch) if together else self._ask(child, batch[len(answers) :])
                    if len(answers) == len(batch) and child.returncode is None:
                        break
                    child.close()
                    child = None
                    if together:  # one of them did that: one by one it shows which
                        together = False
                    elif len(answers) < len(batch) and not self._stop.is_set():
                        at = batch[len(answers)]
                        if at is suspect:  # the second time: not an accident of the reader, but the file
                            answers.append(self._lost(at, _CRASHED))
                        suspect = at
                self._answers.put(answers)
        except OSError as error:
            self._answers.put(error)
        except Exception as error:  # the border of the thread: handed on to the scan
            logger.exception("a reader cannot go on")
            self._answers.put(error)
        finally:
            if child is not None:
                child.end_input()
                child.close()

    def _ask_together(self, child: ChildProcess, batch: list[Ask]) -> list[Answer]:
        """Answers for all of `batch`; none where the child died, hung, or does not know lists."""
        try:
            child.send(json.dumps([{"path": ask.path, "root": ask.root} for ask in batch]))
            line = self._receive(child)
        except (BrokenPipeError, ConnectionError):
            return []
        except TimeoutError:
            child.kill()
            return []
        answers = [_answer(plain) for plain in json.loads(line)] if line is not None else []
        return answers if len(answers) == len(batch) else []

    def _ask(self, child: ChildProcess, batch: list[Ask]) -> list[Answer]:
        """Answers for the beginning of `batch`: all, or those before the file at which the child died, or hung."""
        answers: list[Answer] = []
        try:
            child.send("\n".join(json.dumps({"path": ask.path, "root": ask.root}) for ask in batch))
            while len(answers) < len(batch):
                line = self._receive(child)
                if line is None:
                    raise BrokenPipeError
                answers.append(_answer(json.loads(line)))
        except (BrokenPipeError, ConnectionError):
            logger.info("a reader died at %s", batch[len(answers)].path)
        except TimeoutError:
            child.kill()
            if not self._stop.is_set():
                answers.append(self._lost(batch[len(answers)], _HUNG))
        return answers

    def _receive(self, child: ChildProcess) -> str | None:
        """One line; the watchdog counts waiting, not the clock, so that a suspended computer gives up no file."""
        for _ in range(max(1, round(self._watchdog_s / _SLICE_S))):
            try:
                return child.receive(_SLICE_S)
            except TimeoutError:
                if self._stop.is_set():
                    break
        raise TimeoutError

    def _lost(self, ask: Ask, why: str) -> Failed:
        logger.info("%s: %s", ask.path, why)
        return Failed(ask.path, why)


def _answer(plain: dict[str, Any]) -> Answer:
    if "track" in plain:
        return from_plain(plain["track"])
    return Failed(plain["path"], plain["why"], lasting=not plain.get("passing", False))


def _batches(asks: Iterable[Ask]) -> Iterator[list[Ask]]:
    batch: list[Ask] = []
    chars = 0
    for ask in asks:
        size = len(ask.path) + len(ask.root)
        if batch and (len(batch) == BATCH or chars + size > _MAX_BATCH_CHARS):
            yield batch
            batch, chars = [], 0
        batch.append(ask)
        chars += size
    if batch:
        yield batch
