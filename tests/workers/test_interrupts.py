"""Ctrl+C inside an event loop."""

import os
import signal
import sys

import pytest
from pytestqt.qtbot import QtBot

from player.workers import Interrupts


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself these signals there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_wake_the_loop_and_handlers_come_back(qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    interrupts = Interrupts()
    with qtbot.waitSignal(interrupts.interrupted, timeout=10_000):
        os.kill(os.getpid(), number)
    interrupts.close()
    assert signal.getsignal(number) is before
