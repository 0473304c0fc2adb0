"""A change made anywhere is taken back anywhere: window, tray, command line and session bus share one history."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import Clock, SilentEngine
from player.domain import TrackId
from player.paths import Profile
from player.ui.start import make_look
from player.ui.window_host import WindowHost
from tests.desktop.bus import session_bus
from tests.flow.music import RATE

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs Debian's dbus")
ROOT = Path(__file__).parents[2]
MPRIS = ["--dest=org.mpris.MediaPlayer2.segue", "/org/mpris/MediaPlayer2"]


class Surfaces:
    """A running player and every way to tell it something."""

    def __init__(self, app: App, host: WindowHost, qtbot: QtBot) -> None:
        self.app = app
        self.host = host
        self._qtbot = qtbot

    def thumb(self) -> TrackId:
        """The track that plays."""
        assert self.app.controller.playing is not None
        return self.app.controller.playing.track_id

    def run(self, *command: str, code: int = 0) -> str:
        """Run another program while this one lives on; it ends with this exit code."""
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
        self._qtbot.waitUntil(lambda: child.poll() is not None, timeout=60_000)
        said = child.communicate()[0]
        assert child.returncode == code, said
        return said

    def command_line(self, word: str, code: int = 0) -> str:
        """`segue WORD`."""
        return self.run(sys.executable, "-m", "player", "--profile", str(self.app.profile.data), word, code=code)

    def bus(self, method: str) -> None:
        """A call on the session bus."""
        self.run("dbus-send", "--session", "--print-reply", *MPRIS, f"org.segue.Feedback.{method}")

    def tray(self, word: str) -> None:
        """A line of the tray's menu."""
        assert self.host.tray.menu is not None
        next(action for action in self.host.tray.menu.actions() if action.text() == word).trigger()

    def window(self, word: str) -> None:
        """A key of the window."""
        self.host.window.actions_of_window.run(word)

    def wait_for(self, thumbs: dict[TrackId, int]) -> None:
        """Wait until these thumbs are written and the window shows them."""

        def there() -> bool:
            bar = self.host.window.now_bar
            return self.app.db.thumbs.current() == thumbs and bar.up.isChecked() == bool(thumbs)

        self._qtbot.waitUntil(there, timeout=30_000)


@pytest.fixture
def surfaces(
    home: Profile, qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Surfaces]:
    """Segue with a window, a tray, a remote control and a bus; something plays."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        engine = SilentEngine(Clock.MANUAL, rate=RATE)
        app = App(home, audio=engine, background=False)
        look = make_look(qapp, app.settings.value, home.cache)
        host = WindowHost(qapp, app, look)
        app.settings.change(tray=True)
        host.show()
        assert app.desktop.acquire()
        surfaces = Surfaces(app, host, qtbot)
        names = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]
        qtbot.waitUntil(
            lambda: MPRIS[0].split("=")[1] in surfaces.run(*names, "org.freedesktop.DBus.ListNames"), timeout=30_000
        )
        app.queue_operations.play([app.db.tracks.get(app.db.tracks.search("Ash", 1))[0].id])
        engine.advance(100, step_ms=50)
        yield surfaces
        host.close()
        host.dispose()
        host.window.deleteLater()
        host.deleteLater()
        app.close()
        qapp.setStyleSheet("")
        look.deleteLater()


THUMBS: dict[str, Callable[[Surfaces], object]] = {
    "window": lambda surfaces: surfaces.window("thumb_up"),
    "tray": lambda surfaces: surfaces.tray("Thumb up"),
    "command line": lambda surfaces: surfaces.command_line("thumb-up"),
    "session bus": lambda surfaces: surfaces.bus("ThumbUp"),
}
UNDOS: dict[str, tuple[Callable[[Surfaces], object], Callable[[Surfaces], object]]] = {
    "window": (lambda surfaces: surfaces.window("undo"), lambda surfaces: surfaces.window("redo")),
    "command line": (lambda surfaces: surfaces.command_line("undo"), lambda surfaces: surfaces.command_line("redo")),
    "session bus": (lambda surfaces: surfaces.bus("Undo"), lambda surfaces: surfaces.bus("Redo")),
}


def test_a_thumb_from_anywhere_is_taken_back_and_given_again_anywhere(surfaces: Surfaces) -> None:
    track = surfaces.thumb()
    for thumb, undo in product(THUMBS, UNDOS):
        THUMBS[thumb](surfaces)
        surfaces.wait_for({track: 1})
        take_back, give_again = UNDOS[undo]
        take_back(surfaces)
        surfaces.wait_for({})
        give_again(surfaces)
        surfaces.wait_for({track: 1})
        take_back(surfaces)
        surfaces.wait_for({})
    assert surfaces.app.history.undo_text.startswith("Play")


def test_the_command_line_says_what_it_took_back(surfaces: Surfaces) -> None:
    surfaces.window("thumb_up")
    assert surfaces.command_line("undo").startswith("undone: thumb up for “Ash")
    assert surfaces.command_line("redo").startswith("done again: thumb up for “Ash")
    surfaces.app.history.clear()
    assert "There is nothing to undo" in surfaces.command_line("undo", code=3)
