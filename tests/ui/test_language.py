"""Another language while the music plays; files dropped on the window."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.app import App, FaultReporter
from player.audio import SilentEngine
from player.domain import TrackId
from player.ui.models.nav import PageKind, Place
from player.ui.start import make_look, set_language
from player.ui.window_host import WindowHost
from tests.bed.logs import ExpectLog


@pytest.fixture
def host(app: App, library: list[TrackId], qapp: QApplication, qtbot: QtBot) -> Iterator[WindowHost]:
    """A window that may be made anew."""
    app.settings.change(language="en", reduced_motion=True)
    look = make_look(qapp, app.settings.value, app.profile.cache)
    host = WindowHost(qapp, app, look)
    with qtbot.waitExposed(host.window):
        host.show()
    yield host
    host.close()
    host.dispose()
    host.window.deleteLater()
    host.deleteLater()
    qapp.setStyleSheet("")
    look.deleteLater()


def titles(host: WindowHost) -> list[str]:
    """The lines of the navigation."""
    items = host.window.navigation.list.items
    return [items.item(row).text for row in range(items.rowCount())]


def change_language(app: App, host: WindowHost, qtbot: QtBot, language: str) -> None:
    """Choose a language, and wait until the window before is gone."""
    before = host.window
    with qtbot.waitSignal(before.destroyed):
        app.settings.note(language=language)


def test_the_language_changes_at_once_and_the_music_goes_on(
    app: App, host: WindowHost, engine: SilentEngine, library: list[TrackId], qtbot: QtBot
) -> None:
    app.queue.play_now(library[:3])
    engine.advance(2_000)
    host.window.go(Place(PageKind.ARTISTS))
    position = app.controller.position_ms
    change_language(app, host, qtbot, "zh_CN")
    assert "专辑" in titles(host)
    assert host.window.isVisible()
    assert host.window.router.place == Place(PageKind.ARTISTS)
    assert app.controller.current_track is not None
    assert app.controller.current_track.id == library[0]
    assert app.controller.position_ms >= position
    assert host.window.now_bar.title.line == "Blue Rooms"
    change_language(app, host, qtbot, "en")
    assert "Albums" in titles(host)


def test_what_happens_later_finds_the_new_window(
    app: App, host: WindowHost, library: list[TrackId], qtbot: QtBot
) -> None:
    """Nothing of the window before listens any more: it would speak of objects that are gone."""
    for kind in PageKind:
        if kind not in (PageKind.ALBUM, PageKind.ARTIST, PageKind.PLAYLIST, PageKind.GENRE):
            host.window.go(Place(kind, "a" if kind is PageKind.SEARCH else None))
    change_language(app, host, qtbot, "zh_CN")
    with qtbot.captureExceptions() as faults:
        app.queue.play_now(library[:4])
        app.queue.add(library[4:6])
        app.queue.remove([app.queue.entries()[0].id])
        app.settings.change(text_scale=1.5, theme="light", adventurousness=1.0)
        app.library.refresh()
        host.window.context.tracks.thumb(app.library.tracks([library[0]])[0], 1)
        app.controller.next()
        qtbot.waitUntil(lambda: host.window.up_next.rows.rowCount() == len(app.queue.entries()))
    assert not faults


def test_files_dropped_on_the_window_are_handed_on(host: WindowHost, sounds: list[Path], qtbot: QtBot) -> None:
    with qtbot.waitSignal(host.files_dropped) as dropped:
        host.window.open_paths([str(sounds[0])])
    assert dropped.args == [[str(sounds[0])]]


def test_what_was_done_before_can_be_taken_back_in_the_new_language(
    app: App, host: WindowHost, library: list[TrackId], qtbot: QtBot
) -> None:
    app.queue.play_now(library[:2])
    app.queue.add(library[4:6])
    queued = [entry.track_id for entry in app.queue.entries()][:3]
    app.queue.remove([app.queue.entries()[0].id])
    playlists = host.window.context.playlists
    with qtbot.waitSignal(playlists.created):
        playlists.create("Evening", library[:2])
    change_language(app, host, qtbot, "zh_CN")
    context = host.window.context
    assert [playlist.name for playlist in context.playlists.all] == ["Evening"]
    context.history.undo()
    qtbot.waitUntil(lambda: context.playlists.all == [])
    context.history.undo()
    assert [entry.track_id for entry in app.queue.entries()][:3] == queued
    change_language(app, host, qtbot, "en")


def test_faults_are_told_in_the_language_of_the_window(qapp: QApplication, expect_log: ExpectLog) -> None:
    expect_log("a fault of our own")
    told: list[str] = []
    faults = FaultReporter(told.append)
    set_language(qapp, "zh_CN")
    try:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("x"), None)
    finally:
        set_language(qapp, "en")
        faults.close()
    assert "Segue" in told[0]
    assert "ZeroDivisionError" in told[0]
    assert "went wrong" not in told[0]
