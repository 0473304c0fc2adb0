"""Choosing among all tracks, and going by years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.application import MAX_QUEUED
from player.domain import PlaylistEntry, StartReason, ThumbGiven, TrackId, TrackQuery, UtcMs
from player.ui.commands import Command
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from tests.benchmarks.library_rows import fill
from tests.storage.songs import song, store
from tests.storage.test_finding import play
from tests.ui.conftest import scanned


def shown(page: QWidget) -> list[str]:
    """The titles in a page's table."""
    return [track.title for track in page.list.tracks_of(range(len(page.list.ids)))]


def test_a_genre_and_a_year_can_be_played_and_be_what_more_is_like(
    window: MainWindow, app: App, library: list[TrackId], sounds: list[Path], qtbot: QtBot
) -> None:
    jazz = [replace(scanned(sounds[number], number), genres=("Jazz",), date="1999") for number in (5, 6)]
    app.db.files.write_scan(jazz, UtcMs(2))
    for kind, title in ((PageKind.GENRES, "Jazz"), (PageKind.YEARS, "1999")):
        window.go(Place(kind))
        grid = window.router.page.grid
        qtbot.waitUntil(lambda grid=grid: grid.cards.rowCount() > 0)
        row = next(row for row in range(grid.cards.rowCount()) if grid.cards.card(row).title == title)
        grid.menu_wanted.emit(row, QPoint(9, 9))
        menu = QApplication.activePopupWidget()
        next(action for action in menu.actions() if action.text() == "More like this").trigger()
        menu.close()
        qtbot.waitUntil(lambda: set(app.suggestions.focus) == {library[5], library[6]})
        assert f"“{title}”" in window.up_next.subtitle.text()
        window.up_next.end_focus.click()
        app.queue.clear()
        grid.play_wanted.emit(row)
        qtbot.waitUntil(lambda: [entry.track_id for entry in app.queue.entries()][:1] == [library[6]])
        app.controller.stop()


def test_what_one_likes_can_be_shuffled(window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> None:
    for track in library[:4]:
        app.db.thumbs.give(ThumbGiven(track, 1, UtcMs(1)))
    window.go(Place(PageKind.LIKED))
    page = window.router.page
    qtbot.waitUntil(lambda: len(page.list.ids) == 4)
    assert {page.play, page.shuffle} <= set(page.tools())
    page.shuffle.click()
    qtbot.waitUntil(lambda: app.queue.user_count == 3)
    assert app.queue.shuffle
    heard = {app.controller.current_track.id, *(entry.track_id for entry in app.queue.entries()[:3])}
    assert heard == set(library[:4])


def test_which_tracks(app: App, library: list[TrackId], make_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    play(app.db, library[2])
    store(app.db, song("/new/a.flac", title="Newest"))
    window = make_window()
    window.go(Place(PageKind.TRACKS))
    page = window.router.page
    qtbot.waitUntil(lambda: len(page.list.ids) == 9)
    (which,) = page.tools()
    heard = app.library.track(library[2]).title
    which.setCurrentIndex(which.findText("Most played"))
    qtbot.waitUntil(lambda: shown(page) == [heard])
    which.setCurrentIndex(which.findText("Recently added"))
    qtbot.waitUntil(lambda: shown(page)[:1] == ["Newest"])
    which.setCurrentIndex(which.findText("Never played"))
    qtbot.waitUntil(lambda: len(page.list.ids) == 8)
    assert heard not in shown(page)
    window.save_state()
    qtbot.waitUntil(lambda: app.db.settings.get("ui.window") is not None)
    again = make_window().router.page
    qtbot.waitUntil(lambda: len(again.list.ids) == 8)
    assert again.tools()[0].currentText() == "Never played"


def test_years(app: App, library: list[TrackId], window: MainWindow, qtbot: QtBot) -> None:
    store(app.db, song("/y/1", date="1974"), song("/y/2", date="1974-05-01"), song("/y/3", date="2001"), song("/y/4"))
    window.go(Place(PageKind.YEARS))
    grid = window.router.page.grid
    qtbot.waitUntil(lambda: grid.cards.rowCount() > 0)
    assert [(card.title, card.subtitle) for card in grid.cards.cards] == [("2001", "1 track"), ("1974", "2 tracks")]
    grid.opened.emit(1)
    assert window.router.place == Place(PageKind.SEARCH, "year:1974")
    page = window.router.page
    qtbot.waitUntil(lambda: sorted(shown(page)) == ["1", "2"])


def test_what_a_playlist_lacks_is_named_and_survives_changes(
    app: App, library: list[TrackId], window: MainWindow, qtbot: QtBot
) -> None:
    gone = PlaylistEntry(None, "/gone/x.mp3", "Gone {0}", "Someone"), PlaylistEntry(None, "/gone/y.mp3")
    first, second = library[:2]
    key = app.db.playlists.create("Mix")
    app.db.playlists.set_entries(key, [PlaylistEntry(first), gone[0], PlaylistEntry(second), gone[1]])
    lists = window.context.playlists
    lists.load()
    qtbot.waitUntil(lambda: [one.name for one in lists.all] == ["Mix"])
    window.go(Place(PageKind.PLAYLIST, int(key)))
    page = window.router.page
    qtbot.waitUntil(lambda: page.absent.text() == "2 entries are not in your library: Someone – Gone {0}; y.mp3")
    qtbot.waitUntil(lambda: list(page.list.ids) == [first, second])
    page.list.command_left.emit(Command.MOVE_UP, [1])
    qtbot.waitUntil(lambda: list(page.list.ids) == [second, first])
    assert app.db.playlists.entries(key) == [PlaylistEntry(second), gone[1], PlaylistEntry(first), gone[0]]
    lists.drop_absent(key)
    qtbot.waitUntil(lambda: not page.absent.isVisible())
    assert len(app.db.playlists.entries(key)) == 2
    window.context.history.undo()
    qtbot.waitUntil(page.absent.isVisible)
    assert len(app.db.playlists.entries(key)) == 4


def test_of_a_long_list_any_tracks_are_shuffled(app: App, make_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    fill(app.profile.database, MAX_QUEUED + 400, plays=0)
    window = make_window()
    window.context.tracks.play_query(TrackQuery(), StartReason.PICKED, shuffle=True)
    qtbot.waitUntil(lambda: app.queue.user_count == MAX_QUEUED - 1)
    late = set(app.db.tracks.find(TrackQuery())[MAX_QUEUED:])
    assert late & {entry.track_id for entry in app.queue.entries()}
