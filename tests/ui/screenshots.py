"""Pictures of every screen, to be looked at: `python -m tests.ui.screenshots OUT [--profile DIR] [--many]`.

Without a profile it makes the demo's music and history first (a minute or two). The window is the real one on the real
parts, with the silent engine; nothing of the profile is changed but its play log. `--many` adds 100,000 tracks.
Run it under Xvfb or with QT_QPA_PLATFORM=offscreen where there is no screen.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from player.app import App
from player.audio import SilentEngine
from player.domain import AlbumQuery, SmartRules, StartReason, TrackId, TrackQuery
from player.paths import Profile
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.start import make_application, make_look, set_language
from player.ui.widgets.overlays.notices import Notice
from tests.benchmarks.library_rows import fill

SETTLE_MS = 900
SCALE = "QT_SCALE_FACTOR"
LIST_PAGES = (PageKind.HOME, PageKind.ALBUMS, PageKind.TRACKS, PageKind.ARTISTS, PageKind.LIKED, PageKind.GENRES)
OTHER_PAGES = (PageKind.HISTORY, PageKind.INSIGHTS, PageKind.SETTINGS, PageKind.DATA)


@dataclass(frozen=True)
class Look:
    """How a set of pictures is taken.

    Attributes:
        name: Begins the pictures' names.
        theme: "dark" or "light".
        size: Of the window.
        language: Of the window.
        scale: Of all text.
        mirrored: Whether the layout runs from right to left.
        dpr: Device pixels per px, for HiDPI and fractional scaling; it needs a process of its own.
    """

    name: str
    theme: str = "dark"
    size: tuple[int, int] = (1440, 900)
    language: str = "en"
    scale: float = 1.0
    mirrored: bool = False
    dpr: float = 1.0


LOOKS = (
    Look("dark"),
    Look("light", theme="light"),
    Look("small", size=(900, 600)),
    Look("narrow", size=(420, 760), theme="light"),
    Look("narrowest", size=(320, 568)),
    Look("wide", size=(4_000, 1_200), theme="light"),
    Look("hidpi", size=(1200, 750), dpr=2.0),
    Look("fractional", size=(1200, 750), dpr=1.5, theme="light"),
    Look("chinese", language="zh_CN"),
    Look("large-text", scale=2.0),
    Look("right-to-left", mirrored=True),
)


def wait(milliseconds: int) -> None:
    """Let the program run; QTest.qWait would keep Python's other threads from running."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Camera:
    """Takes pictures of a window."""

    def __init__(self, window: MainWindow, out: Path, look: Look) -> None:
        self.window = window
        self._out = out
        self._look = look

    def shoot(self, name: str, settle_ms: int = SETTLE_MS) -> None:
        """Wait until all is there, and take a picture."""
        wait(settle_ms)
        path = self._out / f"{self._look.name}-{name}.png"
        self.window.grab().save(str(path))
        print(path, flush=True)

    def page(self, place: Place, name: str) -> None:
        """A picture of a page."""
        self.window.go(place)
        self.shoot(name)


@contextmanager
def opened(profile: Profile, look: Look) -> Iterator[tuple[App, MainWindow]]:
    """The player and its window on a profile."""
    application = make_application([])
    app = App(profile, audio=SilentEngine(), background=False)
    app.settings.change(theme=look.theme, text_scale=look.scale, language=look.language, reduced_motion=True)
    set_language(application, look.language)
    if look.mirrored:
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window = MainWindow(app, make_look(application, app.settings.value, profile.cache))
    window.resize(*look.size)
    window.show()
    try:
        yield app, window
    finally:
        window.close()
        window.dispose()
        app.close()
        application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def take(profile: Profile, out: Path, look: Look) -> None:
    """All pictures in one look."""
    with opened(profile, look) as (app, window):
        camera = Camera(window, out, look)
        app.start()
        albums = app.db.tracks.albums(AlbumQuery())
        window.context.tracks.play_query(TrackQuery(album_id=albums[0].id), StartReason.ALBUM)
        wait(3_000)
        app.controller.seek(40_000)
        for kind in (*LIST_PAGES, *OTHER_PAGES):
            camera.page(Place(kind), kind.value)
        camera.page(Place(PageKind.ALBUM, int(albums[1].id)), "album")
        camera.page(Place(PageKind.ARTIST, int(app.db.tracks.artists()[0].id)), "artist")
        window.go(Place(PageKind.ALBUMS))
        window.header.search.setText("ma")
        camera.shoot("search")
        take_layers(app, window, camera)


def take_layers(app: App, window: MainWindow, camera: Camera) -> None:
    """What lies over the pages."""
    if not window.up_next.isVisible():
        window.toggle_up_next()
        camera.shoot("up-next")
        window.toggle_up_next()
    window.toggle_full()
    camera.shoot("now-playing")
    window.toggle_full()
    window.palette_sheet.open_sheet()
    window.palette_sheet.field.setText("so")
    camera.shoot("palette")
    window.palette_sheet.close_sheet()
    window.show_shortcuts()
    camera.shoot("shortcuts", 300)
    QTest.keyClick(window.window().focusWidget() or window, Qt.Key.Key_Escape)
    window.say(Notice("Removed from Up Next", action="Undo", act=lambda: None))
    camera.shoot("notice", 200)
    window.say(Notice("“Circuit” cannot be played: its file cannot be found", problem=True))
    camera.shoot("problem", 200)
    tracks = app.library.tracks([TrackId(i) for i in app.db.tracks.find(TrackQuery(limit=1))])
    window.context.tracks.edit_wanted.emit(tracks)
    camera.shoot("tags", 300)
    QTest.keyClick(window.window().focusWidget() or window, Qt.Key.Key_Escape)
    window.context.playlists.create("Rediscover", rules=SmartRules("plays:>2"))
    camera.shoot("navigation", 600)
    window.context.history.undo()
    wait(300)


def take_empty(out: Path, folder: Path) -> None:
    """The first page of an empty library."""
    for theme in ("dark", "light"):
        profile = Profile.at(folder / f"empty-{theme}")
        profile.make()
        look = Look(f"empty-{theme}", theme=theme)
        with opened(profile, look) as (_app, window):
            Camera(window, out, look).shoot("home")


def take_many(out: Path, folder: Path) -> None:
    """100,000 tracks."""
    profile = Profile.at(folder / "many")
    profile.make()
    fill(profile.database, 100_000)
    look = Look("many")
    with opened(profile, look) as (_app, window):
        camera = Camera(window, out, look)
        for kind in (PageKind.TRACKS, PageKind.ALBUMS, PageKind.ARTISTS, PageKind.INSIGHTS):
            camera.page(Place(kind), kind.value)


def demo_profile(folder: Path) -> Profile:
    """The demo's music and history."""
    command = [sys.executable, "-m", "player", "--profile", str(folder / "demo"), "demo", "--no-window", "--json"]
    made = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return Profile.at(Path(made["profile"]))


def main() -> int:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--profile", type=Path, help="use the music and history of this profile (a copy of it)")
    parser.add_argument("--looks", nargs="*", choices=[look.name for look in LOOKS], help="only these")
    parser.add_argument("--many", action="store_true", help="100,000 tracks, too")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.profile:
            shutil.copytree(options.profile, folder / "copy")
            profile = Profile.at(folder / "copy")
        else:
            profile = demo_profile(folder)
        wanted = [look for look in LOOKS if not options.looks or look.name in options.looks]
        for look in wanted:
            if str(look.dpr) == os.environ.get(SCALE, "1.0"):
                take(profile, options.out, look)
            else:
                again = [sys.executable, "-m", "tests.ui.screenshots", str(options.out), "--looks", look.name]
                again += ["--profile", str(profile.data)]
                subprocess.run(again, check=True, env=os.environ | {SCALE: str(look.dpr)})
        if SCALE in os.environ:
            return 0
        take_empty(options.out, folder)
        if options.many:
            take_many(options.out, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
