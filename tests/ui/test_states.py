"""What is found again where it was left: after a restart, on the way back, after the library has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.domain import SortKey, TrackId, TrackOrder, UtcMs
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from tests.ui.conftest import scanned

Restart = Callable[[MainWindow], MainWindow]


@pytest.fixture
def restart(make_window: Callable[[], MainWindow], app: App, qtbot: QtBot) -> Restart:
    """Closes a window and opens the next one on what it left."""

    def run(window: MainWindow) -> MainWindow:
        window.close()
        qtbot.waitUntil(lambda: app.db.settings.get("ui.window") is not None)
        again = make_window()
        again.resize(window.size())
        return again

    return run


def opened(window: MainWindow, place: Place, qtbot: QtBot) -> QWidget:
    """The page of a place with its tracks."""
    window.go(place)
    page = window.router.page
    qtbot.waitUntil(lambda: len(page.list.ids) > 0)
    return page


def chosen(page: QWidget) -> list[int]:
    return [page.list.ids[row] for row in page.list.table.chosen_rows()]


def test_rows_chosen_and_the_position_survive_a_restart(window: MainWindow, restart: Restart, qtbot: QtBot) -> None:
    window.resize(1200, 400)
    page = opened(window, Place(PageKind.TRACKS), qtbot)
    page.list.table.choose_rows([2, 5, 6])
    bar = page.list.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    before, at = chosen(page), bar.value()
    assert at > 0
    again = restart(window).router.page
    qtbot.waitUntil(lambda: chosen(again) == before)
    assert again.list.table.verticalScrollBar().value() == at


def test_an_artist_is_found_as_they_were_left(
    window: MainWindow, app: App, library: list[TrackId], restart: Restart, qtbot: QtBot
) -> None:
    ada, beth = (app.library.tracks([library[n]])[0].artist_ids[0] for n in (0, 5))
    page = opened(window, Place(PageKind.ARTIST, int(ada)), qtbot)
    with qtbot.waitSignal(page.list.loaded):
        page.list.sort([SortKey(TrackOrder.TITLE, True)])
    page.list.table.choose_rows([1])
    left = list(page.list.ids), chosen(page)
    opened(window, Place(PageKind.ARTIST, int(beth)), qtbot)
    qtbot.waitUntil(lambda: len(page.list.ids) == 2)
    assert page.list.query.order is TrackOrder.PLAYS
    window.router.back()
    qtbot.waitUntil(lambda: (list(page.list.ids), chosen(page)) == left)
    again = restart(window).router.page
    qtbot.waitUntil(lambda: (list(again.list.ids), chosen(again)) == left)
    opened(again.window(), Place(PageKind.ARTIST, int(beth)), qtbot)
    assert again.list.query.order is TrackOrder.PLAYS


def test_a_scan_keeps_what_is_chosen(
    window: MainWindow, app: App, library: list[TrackId], sounds: list[Path], qtbot: QtBot
) -> None:
    page = opened(window, Place(PageKind.TRACKS), qtbot)
    page.list.table.choose_rows([3, 4])
    before, gone = chosen(page), TrackId(page.list.ids[0])
    path = app.library.tracks([gone])[0].path
    app.db.files.remove_root(str(sounds[0].parent))
    app.db.files.write_scan([scanned(sound, n) for n, sound in enumerate(sounds) if str(sound) != path], UtcMs(2))
    app.library.refresh()
    qtbot.waitUntil(lambda: len(page.list.ids) == len(library) - 1)
    assert chosen(page) == before


def test_the_current_card_and_long_pages_survive_a_restart(window: MainWindow, restart: Restart, qtbot: QtBot) -> None:
    window.resize(900, 420)
    window.go(Place(PageKind.ALBUMS))
    grid = window.router.page.grid
    qtbot.waitUntil(lambda: grid.cards.rowCount() > 2)
    grid.setCurrentIndex(grid.cards.index(2))
    grid.verticalScrollBar().setValue(90)
    window.go(Place(PageKind.SETTINGS))
    window.router.page.area.verticalScrollBar().setValue(200)
    again = restart(window)
    qtbot.waitUntil(lambda: again.router.page.area.verticalScrollBar().value() == 200)
    again.go(Place(PageKind.ALBUMS))
    grid = again.router.page.grid
    qtbot.waitUntil(lambda: grid.currentIndex().row() == 2)
    assert grid.verticalScrollBar().value() == 90
