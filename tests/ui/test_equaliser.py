"""The equaliser's page: heard at once, kept, and worked without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import EQUALISER_PRESETS
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.views.playing.equaliser import EqualiserPage
from player.ui.views.playing.playback_options import PlaybackOptions
from tests.ui.hands import CTRL, press


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> EqualiserPage:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_G, CTRL)
    assert window.router.place == Place(PageKind.EQUALISER)
    return window.router.page


@pytest.fixture
def heard(app: App, monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[float, ...], float]]:
    """What the engine was asked for, which it still does."""
    asked: list[tuple[tuple[float, ...], float]] = []
    real = app.audio.set_equaliser

    def note(gains: tuple[float, ...], preamp: float = 0.0) -> None:
        asked.append((gains, preamp))
        real(gains, preamp)

    monkeypatch.setattr(app.audio, "set_equaliser", note)
    return asked


def test_keys_move_a_band_and_the_engine_follows(page: EqualiserPage, app: App, heard: list, qtbot: QtBot) -> None:
    band = page.bands[5]
    band.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        press(qtbot, key)
    expected = (0.0,) * 5 + (5.0,) + (0.0,) * 4
    qtbot.waitUntil(lambda: app.settings.value.equaliser == expected)
    assert heard[-1] == (expected, 0.0)
    assert page.switch.isChecked()
    assert page.presets.currentIndex() == 0
    press(qtbot, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: app.settings.value.equaliser == ())


def test_off_is_bypass_and_keeps_the_bands(page: EqualiserPage, app: App, heard: list) -> None:
    page.presets.setCurrentIndex(page.presets.findData("rock"))
    page.presets.activated.emit(page.presets.currentIndex())
    rock = EQUALISER_PRESETS["rock"]
    assert heard[-1] == (rock, 0.0)
    assert [band.value() for band in page.bands] == list(rock)
    page.switch.click()
    assert heard[-1] == ((), 0.0)
    assert page.bands[0].value() == rock[0]
    page.switch.click()
    assert heard[-1] == (rock, 0.0)
    app.storage_lane.call(lambda: None)
    assert app.db.settings.load().equaliser == rock


def test_every_slider_says_what_it_is(page: EqualiserPage) -> None:
    names = [slider.accessibleName() for slider in (page.preamp, *page.bands)]
    assert len(set(names)) == 11
    assert names[6] == "1 kilohertz, in decibels"
    assert page.bands[0].minimum() == -12
    assert page.bands[0].maximum() == 12


def test_the_menu_of_playback_options_opens_by_key_and_leads_here(window: MainWindow, qtbot: QtBot) -> None:
    """Ctrl+P, up to the last entry, Enter: without a mouse."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: window.now_bar.findChild(PlaybackOptions) is not None)
    menu = window.now_bar.findChild(PlaybackOptions)
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    assert menu.activeAction().text() == "Equaliser"
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.router.place == Place(PageKind.EQUALISER))
