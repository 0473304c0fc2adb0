"""Rubbish goes on the GUI thread, between events."""

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from player.workers import Collector


class Knot:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.me = self


def test_rubbish_of_any_thread_goes_on_the_gui_thread(qtbot: QtBot) -> None:
    collector = Collector()
    went: list[str] = []

    def make() -> None:
        knot = Knot()
        weakref.finalize(knot, lambda: went.append(threading.current_thread().name))
        del knot
        for _ in range(gc.get_threshold()[0] + 100):
            Knot()

    worker = threading.Thread(target=make, name="worker")
    worker.start()
    worker.join()
    assert went == []
    qtbot.waitUntil(lambda: bool(went), timeout=5_000)
    assert went == [threading.current_thread().name]
    collector.close()
