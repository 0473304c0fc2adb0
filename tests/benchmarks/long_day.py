"""A day that does not end: the window open, plays, skips, thumbs, scans and trainings by the thousand.

    python -m tests.benchmarks.long_day [--plays 10000] [--every 1000]

The silent engine's clock is moved by hand, so that a track takes as long as the computer needs for all that follows
from it: the play is logged, the recommender learns and suggests, the views show it. Every `--every` plays the library
is scanned, a training is run (the real one every fifth time), pages are opened, and a line of figures is printed:
resident memory, open files, threads, children, bytes of the database, CPU time for a thousand plays.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import psutil
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from player.app import App
from player.audio import Clock, SilentEngine
from player.domain import PlayerState
from player.library import scan
from player.paths import Profile
from player.recommending import train_now
from player.storage import Database
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.start import make_application, make_look
from tests.flow.music import RATE, make_collection

PAGES = (PageKind.HOME, PageKind.ALBUMS, PageKind.TRACKS, PageKind.HISTORY, PageKind.INSIGHTS, PageKind.SETTINGS)
TRAIN_EVERY = 5


class Day:
    """The running player and its listener."""

    def __init__(self, folder: Path) -> None:
        profile = Profile.at(folder / "profile")
        profile.make()
        self._music = make_collection(folder / "music")
        database = Database.open(profile.database)
        database.files.add_root(str(self._music))
        scan(database, [str(self._music)])
        database.close()
        self._profile = profile
        self._engine = SilentEngine(Clock.MANUAL, rate=RATE)
        application = make_application(sys.argv[:1])
        self._app = App(profile, audio=self._engine, background=False)
        self._window = MainWindow(self._app, make_look(application, self._app.settings.value, profile.cache))
        self._window.show()
        self._app.desktop.acquire()
        self._app.start()
        self._chance = random.Random(1)
        self.settle()

    def settle(self) -> None:
        """Let everything happen that is due: two turns of both lanes, and their answers."""
        for lane in (self._app.storage_lane, self._app.inference_lane, self._app.storage_lane):
            loop = QEventLoop()
            lane.submit(lambda: None, done=lambda _none, loop=loop: loop.quit())
            loop.exec()
        QCoreApplication.processEvents()

    def play(self) -> None:
        """Hear what plays to its end, or skip it; give a thumb now and then."""
        chance = self._chance.random()
        if self._app.controller.state is not PlayerState.PLAYING:  # nothing was left that may be suggested
            self._app.queue_operations.play([self._chance.choice(self._app.db.tracks.find(_everything()))])
        if chance < 0.25:
            self._engine.advance(4_000, step_ms=500)
            self._app.controller.next()
        else:
            self._engine.advance(35_000, step_ms=1_000)
        track = self._app.controller.current_track
        if track is not None and chance > 0.93:
            self._app.feedback.give_thumb([track], self._chance.choice([1, 0, 1, 0, -1]))
        self.settle()

    def look_around(self, turn: int) -> None:
        """Scan, look at every page, train."""
        loop = QEventLoop()
        self._app.library.scan_finished.connect(loop.quit)
        QTimer.singleShot(60_000, loop.quit)
        self._app.library.scan()
        loop.exec()
        for kind in PAGES:
            self._window.go(Place(kind))
            self.settle()
        if turn % TRAIN_EVERY == 0:
            train_now(self._app.db, self._profile)
            self._app.suggestions.reload()
            self.settle()

    def figures(self) -> tuple[int, int, int, int, int, int]:
        """Memory (KiB), handles, threads, children, bytes of the database, plays."""
        process = psutil.Process()
        size = sum(file.stat().st_size for file in self._profile.data.glob("segue.db*"))
        handles = process.num_fds() if hasattr(process, "num_fds") else process.num_handles()
        plays = self._app.db.plays.count()
        children = len(process.children(recursive=True))
        return process.memory_info().rss >> 10, handles, process.num_threads(), children, size, plays

    def close(self) -> None:
        """Quit."""
        self._window.close()
        self._window.dispose()
        self._app.close()


def _everything() -> object:
    from player.domain import TrackQuery  # noqa: PLC0415 - after Qt's platform is chosen

    return TrackQuery()


def main() -> int:
    """Live the day; print a line for every so many plays."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        day = Day(Path(folder))
        print("plays | memory, MiB | handles | threads | children | database, MiB | CPU s for 1,000 plays", flush=True)
        spent = time.process_time()
        for number in range(1, options.plays + 1):
            day.play()
            if number % options.every == 0:
                cpu = (time.process_time() - spent) * 1_000 / options.every
                day.look_around(number // options.every)
                memory, handles, threads, children, size, plays = day.figures()
                cells = (plays, f"{memory / 1024:.0f}", handles, threads, children, f"{size / 2**20:.2f}", f"{cpu:.1f}")
                print(*cells, sep=" | ", flush=True)
                spent = time.process_time()
        day.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
