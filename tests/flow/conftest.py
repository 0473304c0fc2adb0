"""The whole application on a small real library, with the silent engine under a manual clock."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.app import App
from player.audio import Clock, SilentEngine
from player.domain import TrackId
from player.library import scan
from player.paths import Profile
from player.storage import Database
from player.ui.main_window import MainWindow
from player.ui.start import make_look
from tests.flow.music import RATE, make_collection


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Music that no test changes."""
    return make_collection(tmp_path_factory.mktemp("collection"))


@pytest.fixture(scope="session")
def _scanned(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile that knows the collection."""
    folder = tmp_path_factory.mktemp("scanned")
    database = Database.open(folder / "segue.db")
    database.files.add_root(str(collection))
    assert not scan(database, [str(collection)]).unreadable
    database.close()
    return folder


@pytest.fixture
def home(_scanned: Path, tmp_path: Path) -> Profile:
    """A profile of one's own that knows the collection, with an empty play log."""
    shutil.copytree(_scanned, tmp_path / "home")
    profile = Profile.at(tmp_path / "home")
    profile.make()
    return profile


class Running:
    """Segue as it runs: all its parts, its window, and a clock that the test moves.

    Attributes:
        app: The parts.
        window: The window.
        engine: The silent engine.
    """

    def __init__(self, profile: Profile, application: object, qtbot: object) -> None:
        self.engine = SilentEngine(Clock.MANUAL, rate=RATE)
        self.app = App(profile, audio=self.engine, background=False)
        self.window = MainWindow(self.app, make_look(application, self.app.settings.value, profile.cache))
        self.window.show()
        self.app.start()
        self._qtbot = qtbot
        self._open = True

    def settle(self) -> None:
        """Wait until everything that was to be written is written, and Up Next is filled."""
        for lane in (self.app.inference_lane, self.app.storage_lane):
            answered = []
            lane.submit(lambda: None, done=answered.append)
            self._qtbot.waitUntil(lambda answered=answered: bool(answered))
        self._qtbot.waitUntil(lambda: self.app.queue.suggested_count > 0)

    def hear(self, seconds: float) -> None:
        """Let music play, and what follows from it happen."""
        self.engine.advance(seconds * 1000, step_ms=50)
        self.settle()

    def find(self, title: str) -> TrackId:
        """A track by its title."""
        return next(
            track.id for track in self.app.db.tracks.get(self.app.db.tracks.search(title, 50)) if track.title == title
        )

    def close(self) -> None:
        """Quit."""
        if self._open:
            self._open = False
            self.window.close()
            self.window.dispose()
            self.window.deleteLater()
            self.app.close()


@pytest.fixture
def start(home: Profile, qapp: object, qtbot: object) -> Iterator[object]:
    """Starts Segue on `home`; whatever still runs at the end is closed."""
    runs: list[Running] = []

    def begin() -> Running:
        runs.append(Running(home, qapp, qtbot))
        runs[-1].settle()
        return runs[-1]

    yield begin
    for run in runs:
        run.close()


@pytest.fixture
def running(start: object) -> Running:
    """Segue, started."""
    return start()
