"""The window with a large library: `python -m tests.benchmarks.window_bench [--tracks N] [--json]`.

Figures are milliseconds of the GUI thread's own processor time (what a frame costs whatever else the machine does),
but for those called "wall". A frame is a step of the scroll bar with all the painting it causes.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication  # noqa: TID251 - measures widgets

from player.app import App
from player.audio import SilentEngine
from player.domain import SortKey, TrackOrder
from player.paths import Profile
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.start import make_application, make_look, set_language
from tests.benchmarks.library_rows import fill

Figures = dict[str, float]
FRAMES = 150
SEARCHES = ("r", "ri", "riv", "s", "st", "stai")
START = """
import time; began = time.perf_counter(); used = time.process_time()
import gc; gc.disable()  # as the program does
import sys
from pathlib import Path
from player.app import App
from player.audio import SilentEngine
from player.paths import Profile
from player.ui.start import make_application, make_look
from player.ui.window_host import WindowHost
application = make_application([])
app = App(Profile.at(Path(sys.argv[1])), audio=SilentEngine(), background=False)
host = WindowHost(application, app, make_look(application, app.settings.value, app.profile.cache))
host.show()
application.processEvents()
print(time.perf_counter() - began, time.process_time() - used, flush=True)
host.close(); host.dispose(); app.close()
"""


def wait(milliseconds: int) -> None:
    """Let the program run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(reached: Callable[[], bool]) -> float:
    """Let the program run until something is so; how long that took, wall ms."""
    began = time.perf_counter()
    while not reached():
        wait(1)
    QApplication.processEvents()
    return (time.perf_counter() - began) * 1000


def gui_ms(run: Callable[[], object]) -> float:
    """The GUI thread's processor time for something and the painting it causes, ms."""
    began = time.thread_time()
    run()
    QApplication.processEvents()
    return (time.thread_time() - began) * 1000


def frames(area: QAbstractScrollArea, step_px: int) -> tuple[float, float]:
    """Median and 95th percentile of a frame while scrolling by steps of `step_px`."""
    bar = area.verticalScrollBar()
    costs = []
    for _ in range(FRAMES):
        costs.append(gui_ms(lambda: bar.setValue(bar.value() + step_px)))
        wait(8)
    return statistics.median(costs), statistics.quantiles(costs, n=20)[-1]


def measure_lists(window: MainWindow) -> Figures:
    """Opening, scrolling and sorting the long lists."""
    found: Figures = {}
    found["open tracks"] = gui_ms(lambda: window.go(Place(PageKind.TRACKS)))
    page = window.router.page
    found["open tracks, wall"] = wait_until(lambda: len(page.list.ids) > 0)
    wait(1_500)
    table = page.list.table
    found["scroll tracks, median"], found["scroll tracks, p95"] = frames(table, 96)
    found["fly through tracks, median"], found["fly through tracks, p95"] = frames(table, 2_500)
    found["sort tracks"] = gui_ms(lambda: page.list.sort([SortKey(TrackOrder.TITLE, True)]))
    wait(1_000)
    window.go(Place(PageKind.ALBUMS))
    grid = window.router.page.grid
    found["open albums, wall"] = wait_until(lambda: grid.cards.rowCount() > 0)
    wait(1_500)
    found["scroll albums, median"], found["scroll albums, p95"] = frames(grid, 96)
    return found


def measure_search(window: MainWindow) -> Figures:
    """From a key to the painted answer."""
    found: Figures = {}
    for text in SEARCHES:
        window.go(Place(PageKind.SEARCH, text))
        page = window.router.page
        answers: list[int] = []
        link = page.list.loaded.connect(answers.append)
        found[f"search “{text}”, wall"] = wait_until(lambda got=answers: bool(got))
        page.list.loaded.disconnect(link)
        wait(300)
    found["search, key"] = gui_ms(lambda: window.go(Place(PageKind.SEARCH, "mo")))
    return found


def megabytes() -> float:
    """Resident memory of this process."""
    return float(psutil.Process().memory_info().rss) / 2**20


def measure(folder: Path) -> Figures:
    """All figures."""
    command = [sys.executable, "-c", START, str(folder)]
    # A warm start finds its bytecode; whoever keeps Python from writing it would measure the compiler.
    warm = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    warm["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    runs = [
        subprocess.run(command, check=True, capture_output=True, text=True, env=warm).stdout.split() for _ in range(4)
    ]
    found: Figures = {
        "start to first paint, wall": min(float(wall) for wall, _ in runs) * 1000,
        "start to first paint, processor": min(float(used) for _, used in runs) * 1000,
    }
    application = make_application([])
    app = App(Profile.at(folder), audio=SilentEngine(), background=False)
    set_language(application, "en")
    look = make_look(application, app.settings.value, app.profile.cache)
    window = MainWindow(app, look)
    window.resize(1440, 900)
    window.show()
    wait(2_000)
    found["memory of the open window, MB"] = megabytes()
    found |= measure_lists(window)
    found |= measure_search(window)
    found["change of accent"] = gui_ms(lambda: look.theme.set_pixels(((200, 30, 30),) * 24))
    found["change of theme"] = gui_ms(lambda: look.theme.choose("light"))
    found["memory after all that, MB"] = megabytes()
    window.close()
    window.dispose()
    app.close()
    return found


def main() -> int:
    """Make the library, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--profile", type=Path, help="use this profile instead of a made-up library")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.profile or Path(name)
        if not options.profile:
            fill(Profile.at(folder).database, options.tracks)
        found = measure(folder)
    if options.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for what, value in found.items():
            print(f"{what:36} {value:8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
