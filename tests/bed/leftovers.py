"""A test that leaves threads, timers or child processes behind fails."""

import os
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest

_timers: weakref.WeakSet[Any] = weakref.WeakSet()


@pytest.fixture(autouse=True, scope="session")
def _timers_are_recorded(qapp: object) -> Iterator[None]:
    """Every QTimer started by Python code is known to the bed; there is one application, made first."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - Qt must see the environment set by conftest

    start = QTimer.start

    def recorded(timer: QTimer, *args: Any) -> None:
        _timers.add(timer)
        start(timer, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QTimer, "start", recorded)
        yield


@pytest.fixture(scope="session")
def patience_s() -> float:
    """How long things that were told to end may take to do so."""
    return 3.0


@pytest.fixture(autouse=True)
def nothing_left(log_watch: object, patience_s: float) -> Iterator[None]:
    """Compares threads, timers and children before and after every test."""
    threads = set(threading.enumerate())
    timers = _running_timers()
    children = _children()
    yield
    _let_qt_delete()
    left = _wait_for_none(
        lambda: [
            *(f"thread {thread.name}" for thread in threading.enumerate() if thread not in threads),
            *(f"timer {timer} of {timer.parent()}" for timer in _running_timers() - timers),
            *(f"child process {' '.join(child.cmdline())}" for child in _children() - children),
        ],
        patience_s,
    )
    if left:
        pytest.fail("left behind: " + ", ".join(left), pytrace=False)


def _wait_for_none(find: Callable[[], list[str]], patience_s: float) -> list[str]:
    deadline = time.monotonic() + patience_s
    while (left := find()) and time.monotonic() < deadline:
        _let_qt_delete()
        time.sleep(0.01)
    return left


def _running_timers() -> set[Any]:
    running = set()
    for timer in list(_timers):
        try:
            if timer.isActive():
                running.add(timer)
        except RuntimeError:  # Qt has already deleted it
            _timers.discard(timer)
    return running


def _children() -> set[psutil.Process]:
    """Living child processes; asks the cheap question first."""
    if hasattr(os, "waitid"):
        try:
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return set()
    return {child for child in psutil.Process().children() if _is_alive(child)}


def _is_alive(child: psutil.Process) -> bool:
    try:
        return child.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _let_qt_delete() -> None:
    """Carry out what `deleteLater` asked for."""
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
