"""A window on a small real library, with the silent engine under the test's own clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import Clock, SilentEngine
from player.domain import ScannedTrack, TrackId, UtcMs
from player.paths import Profile
from player.storage import Database
from player.tags import read_track
from player.ui.look import Look, load_fonts
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.start import make_look, set_language
from player.ui.theme import Theme
from tests import audio_files

SONGS = (
    ("Blue Rooms", "Ada Bianchi", "Horizon", 2),
    ("Deep Water", "Ada Bianchi", "Horizon", 3),
    ("Amber Light", "Ada Bianchi", "Horizon", 1),
    ("夜に聴く", "椎名林檎", "無罪", 1),
    ("أنت عمري", "أم كلثوم", "", None),
    ("Circuit", "Beth Hartmann", "Signal", 1),
    ("Paper Machine", "Beth Hartmann", "Signal", 2),
    ("Quiet Shadow", "The Coastal Atlas", "Drifting", 1),
)
"""Title, artist, album, number."""
SECONDS = 24


def scanned(path: Path, number: int) -> ScannedTrack:
    """A scanned file for song `number`."""
    title, artist, album, track_no = SONGS[number]
    return replace(
        read_track(str(path)),
        title=title,
        artists=(artist,),
        album=album,
        album_artists=(artist,) if album else (),
        track_no=track_no,
    )


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Some sound for each song, made once."""
    folder = tmp_path_factory.mktemp("sounds")
    return [audio_files.make(folder / f"{number}.flac", seconds=SECONDS, seed=number) for number in range(len(SONGS))]


@pytest.fixture
def library(database: Database, profile: Profile, sounds: list[Path]) -> list[TrackId]:
    """The songs in the database of `profile`; their ids in the order of `SONGS`."""
    database.files.add_root(str(sounds[0].parent), UtcMs(1))
    found = database.files.write_scan([scanned(path, n) for n, path in enumerate(sounds)], UtcMs(1)).added
    return list(found)


@pytest.fixture
def engine(qapp: object) -> SilentEngine:
    """A sound engine that moves when the test says so."""
    return SilentEngine(Clock.MANUAL)


@pytest.fixture
def app(profile: Profile, database: Database, engine: SilentEngine) -> Iterator[App]:
    """The running player on `profile`."""
    app = App(profile, audio=engine, background=False)
    yield app
    app.close()


MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def make_window(app: App, qapp: object, qtbot: QtBot) -> Iterator[MakeWindow]:
    """Opens windows on `app`, and closes them."""
    opened: list[MainWindow] = []
    set_language(qapp, "en")
    app.settings.change(reduced_motion=True, theme="dark")
    look = make_look(qapp, app.settings.value, app.profile.cache)

    def make() -> MainWindow:
        window = MainWindow(app, look)
        opened.append(window)
        window.resize(1440, 900)
        with qtbot.waitExposed(window):
            window.show()
        return window

    yield make
    for window in opened:
        window.close()
        window.dispose()
        window.deleteLater()
    qapp.setStyleSheet("")
    look.deleteLater()


@pytest.fixture
def window(library: list[TrackId], make_window: MakeWindow) -> MainWindow:
    """A window on the songs."""
    return make_window()


@pytest.fixture
def tracks_page(window: MainWindow, qtbot: QtBot) -> QWidget:
    """The page of all tracks, with its rows there."""
    window.go(Place(PageKind.TRACKS))
    page = window.router.page
    assert page is not None
    qtbot.waitUntil(lambda: len(page.list.ids) == len(SONGS))
    return page


@pytest.fixture
def look(qapp: object) -> Iterator[Look]:
    """Dark, at 100 %, without motion."""
    look = Look(Theme("dark"), load_fonts(), reduced_motion=True)
    yield look
    look.deleteLater()
