"""A lane: one thread that does jobs in the order in which they were given.

State is never shared between lanes. A job gets frozen values and returns one; its answer comes
back on the thread that owns the `Lane` (the GUI thread) by a queued signal.
"""

from __future__ import annotations

import functools
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from types import CellType
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

logger = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    """A function to run and whom to tell."""

    run: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    future: Future[Any] | None = None


class Lane(QObject):
    """One thread, jobs in order, answers by signal.

    Signals:
        _answered(object): A closure to run on the owner's thread; private.

    Args:
        name: Name of the thread, for logs.
        parent: Qt parent.
    """

    _answered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._drops = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(
        self,
        run: Callable[[], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `run` in the lane; `done(result)` or `failed(error)` follow on the owner's thread.

        A failure that nobody listens to is logged with its traceback. After `close` jobs are dropped, and so are
        answers for a Qt object that has been deleted meanwhile.
        """
        if not self._closed:
            self._jobs.put(_Job(run, done, failed))

    def call(self, run: Callable[[], T]) -> T:
        """Run `run` in the lane and wait for its result. For worker threads; never on the GUI thread.

        Raises:
            Exception: whatever `run` raised; RuntimeError after `close`.
        """
        if self._closed:
            raise RuntimeError(f"lane {self._name} is closed")
        future: Future[T] = Future()
        self._jobs.put(_Job(run, None, None, future))
        return future.result()

    def close(self, timeout_s: float = 5.0, *, finish: bool = True) -> None:
        """End the thread. Answers not yet delivered are dropped.

        Args:
            timeout_s: How long to wait for the thread, s.
            finish: Do the jobs already given first; without, only the one at hand: of computations whose results
                nobody waits for any more.
        """
        if self._closed:
            return
        self._closed = True
        self._drops = not finish
        self._jobs.put(None)
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            logger.warning("lane %s did not finish within %.0f s", self._name, timeout_s)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not self._drops:
                self._run(job)
            elif job.future is not None:
                job.future.cancel()

    def _run(self, job: _Job) -> None:
        try:
            result = job.run()
        except Exception as error:  # noqa: BLE001 - the border of the thread: every failure is handed on
            self._report(job, error)
            return
        if job.future is not None:
            job.future.set_result(result)
        elif job.done is not None:
            done = job.done
            self._answer(lambda: done(result))

    def _report(self, job: _Job, error: Exception) -> None:
        if job.future is not None:
            job.future.set_exception(error)
        elif job.failed is not None:
            failed = job.failed
            self._answer(lambda: failed(error))
        else:
            logger.error("a job of lane %s failed", self._name, exc_info=error)

    def _answer(self, closure: Callable[[], None]) -> None:
        if not self._closed:
            self._answered.emit(closure)

    def _deliver(self, closure: Callable[[], None]) -> None:
        if not self._closed and reaches_the_living(closure):
            closure()


MAX_DEPTH = 8
"""Functions within functions that `reaches_the_living` looks into."""


def reaches_the_living(function: object, depth: int = MAX_DEPTH) -> bool:
    """Whether no Qt object that a function is bound to, or has captured, has been deleted.

    A view may be gone when the answer to its question comes: there is nobody left to show it.
    """
    if isinstance(function, QObject):
        return shiboken6.isValid(function)
    if depth == 0:
        return True
    if isinstance(function, functools.partial):
        held = [function.func, *function.args]
    else:
        cells = getattr(function, "__closure__", None) or ()
        held = [getattr(function, "__self__", None), *(cell.cell_contents for cell in cells if not _is_empty(cell))]
    return all(reaches_the_living(one, depth - 1) for one in held if callable(one) or isinstance(one, QObject))


def _is_empty(cell: CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - asking is the test
    except ValueError:
        return True
    return False
