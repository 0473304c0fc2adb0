"""The first minutes: the welcome page, and a few tracks to pick."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from player.app import App
from player.application import LibraryOperations
from player.audio import SilentEngine
from player.domain import ScannedTrack, TrackId, now_ms
from player.paths import Profile
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.views.home.home import HomePage


@pytest.fixture
def home(window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> HomePage:
    """The first page of a library with twelve artists of whom nothing was played."""
    tracks = [
        ScannedTrack(f"/n/{n}.flac", 1, 1, title=f"Song {n}", artists=(f"Artist {n}",), duration_ms=200_000)
        for n in range(12)
    ]
    app.db.files.write_scan(tracks, now_ms())
    window.go(Place(PageKind.HOME))
    page = window.router.page
    assert isinstance(page, HomePage)
    app.suggestions.reload()
    qtbot.waitUntil(page.pick.isVisible, timeout=30_000)
    return page


def liked(app: App) -> list[int]:
    return [track for track, value in app.db.thumbs.current().items() if value > 0]


def test_a_picked_cover_is_liked_seeds_up_next_and_can_be_taken_back(home: HomePage, app: App, qtbot: QtBot) -> None:
    assert len(home.pick._tracks) == 12
    assert len({track.artist for track in home.pick._tracks}) == 12
    picked = home.pick._tracks[3]
    with qtbot.waitSignal(app.suggestions.suggested, timeout=30_000):
        home.pick.grid.opened.emit(3)
        qtbot.waitUntil(lambda: home.pick._tracks[3].thumb == 1)
    assert liked(app) == [picked.id]
    assert home.pick.grid.cards.card(3).title.startswith("♥")
    home.pick.grid.opened.emit(3)
    qtbot.waitUntil(lambda: home.pick._tracks[3].thumb == 0)
    assert liked(app) == []


def test_it_can_be_skipped_for_good(home: HomePage) -> None:
    home.pick.skip.click()
    assert home.pick.isHidden()
    home.library_changed()
    assert home.pick.isHidden()
    assert home.state()["picked"] is True


def test_it_goes_away_after_three_plays(home: HomePage, app: App, engine: SilentEngine, qtbot: QtBot) -> None:
    playable = app.db.tracks.search("Ada") + app.db.tracks.search("Beth")
    app.queue.play_now(playable[:4])
    for _ in range(4):
        engine.advance(23_900)
    qtbot.waitUntil(home.pick.isHidden, timeout=30_000)
    assert app.suggestions.status.plays >= 3


def test_the_welcome_page_offers_a_folder_the_demo_and_a_history(
    make_window: Callable[[], MainWindow], app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Profile] = []
    monkeypatch.setattr(LibraryOperations, "try_demo", lambda _self, profile: bool(tried.append(profile)) or True)
    window = make_window()
    page = window.first_run
    assert page.isVisible()
    assert page.state._button.text() == "Add a music folder"
    page.demo.click()
    assert tried == [app.profile]
    assert not page.demo.isEnabled()
    assert "in a moment" in window._notices.notice.text
    page.bring.click()
    assert window.router.place == Place(PageKind.DATA)
