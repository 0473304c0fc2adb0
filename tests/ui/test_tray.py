"""The icon in the tray: off by default, nothing where there is no tray, closing to it when that is wanted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import SilentEngine
from player.domain import PlayerState, TrackId
from player.ui.start import make_look
from player.ui.window_host import WindowHost


@pytest.fixture
def host(app: App, library: list[TrackId], qapp: QApplication, qtbot: QtBot) -> Iterator[WindowHost]:
    """The window and its tray."""
    look = make_look(qapp, app.settings.value, app.profile.cache)
    host = WindowHost(qapp, app, look)
    host.show()
    yield host
    host.dispose()
    host.window.deleteLater()
    host.deleteLater()
    qapp.setStyleSheet("")
    look.deleteLater()


@pytest.fixture
def a_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop with a tray."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)


def words(host: WindowHost) -> list[str]:
    """What the menu says."""
    assert host.tray.menu is not None
    return [action.text() for action in host.tray.menu.actions() if action.text()]


def press(host: WindowHost, word: str) -> None:
    """Choose something from the menu."""
    assert host.tray.menu is not None
    next(action for action in host.tray.menu.actions() if action.text() == word).trigger()


def test_it_is_off_and_stays_away_where_there_is_no_tray(app: App, host: WindowHost) -> None:
    assert host.tray.icon is None
    app.settings.change(tray=True, close_to_tray=True)
    assert host.tray.icon is None  # this platform has none


@pytest.mark.usefixtures("a_tray")
def test_its_menu_drives_the_player(
    app: App, host: WindowHost, engine: SilentEngine, library: list[TrackId], qtbot: QtBot
) -> None:
    app.settings.change(tray=True)
    assert host.tray.icon is not None
    assert words(host)[0] == "Nothing is playing"
    app.queue.play_now(library[:2])
    engine.advance(100)
    qtbot.waitUntil(lambda: words(host)[0] == "Blue Rooms – Ada Bianchi", timeout=20_000)
    assert host.tray.icon.toolTip() == "Segue: Blue Rooms – Ada Bianchi"
    press(host, "Pause")
    engine.advance(1_000)
    qtbot.waitUntil(lambda: app.controller.state is PlayerState.PAUSED, timeout=20_000)
    press(host, "Play")
    press(host, "Next track")
    engine.advance(100)
    qtbot.waitUntil(lambda: words(host)[0].startswith("Deep Water"), timeout=20_000)
    press(host, "Thumb up")
    qtbot.waitUntil(lambda: app.db.thumbs.current() == {library[1]: 1}, timeout=20_000)
    qtbot.waitUntil(host.window.now_bar.up.isChecked, timeout=20_000)
    host.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert not host.window.isVisible()
    host.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert host.window.isVisible()
    host.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.MiddleClick)
    engine.advance(1_000)
    qtbot.waitUntil(lambda: app.controller.state is PlayerState.PAUSED, timeout=20_000)
    host.window.hide()
    app.settings.change(tray=False)
    assert host.tray.icon is None
    assert host.window.isVisible()


@pytest.mark.usefixtures("a_tray")
def test_closed_by_its_frame_it_goes_into_the_tray_closed_by_the_player_it_ends(
    app: App, host: WindowHost, qtbot: QtBot
) -> None:
    app.settings.change(tray=True, close_to_tray=True)
    closed = QSignalSpy(host.window.closed)
    host.window.close()  # as its frame's button does
    assert not host.window.isVisible()
    host.bring_forward()
    assert host.window.isVisible()
    host.window.hide()
    press(host, "Quit")
    assert closed.count() == 1
