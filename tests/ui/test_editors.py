"""The forms: tags and smart playlists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import SilentEngine
from player.domain import SmartRules, SortKey, StartReason, Track, TrackId, TrackOrder
from player.tags import read_track
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.views.playlists.smart_editor import SmartEditor
from player.ui.views.tracks.tag_editor import TagEditor, shared_text, values_of

TRACK = Track(TrackId(1), "/m/a.flac", "Circuit", artist="Beth", genres=("Jazz", "Dub"), year=2014)


@pytest.mark.parametrize(
    ("word", "text", "values"),
    [
        ("title", "A; B", ("A; B",)),
        ("artist", "Ada; Beth ;", ("Ada", "Beth")),
        ("genre", "  ", ()),
        ("track", " 4 ", ("4",)),
    ],
)
def test_what_a_field_means(word: str, text: str, values: tuple[str, ...]) -> None:
    assert values_of(word, text) == values


def test_what_tracks_share() -> None:
    other = replace(TRACK, title="Signal")
    assert shared_text("title", [TRACK, other]) is None
    assert shared_text("genre", [TRACK, other]) == "Jazz; Dub"


def test_artists_that_tags_keep_apart_stay_apart() -> None:
    duo = replace(TRACK, artist="Robert Plant, Alison Kraus", album_artist="Robert Plant, Alison Kraus")
    names = ("Robert Plant", "Alison Kraus")
    people = {duo.id: (names, names)}
    for word in ("artist", "album_artist"):
        shown = shared_text(word, [duo], people)
        assert shown == "Robert Plant; Alison Kraus"
        assert values_of(word, shown.replace("Kraus", "Krauss")) == ("Robert Plant", "Alison Krauss")
    guests = replace(TRACK, artist="A feat. B")
    assert shared_text("artist", [guests], {guests.id: (("A", "B"), ())}) == "A feat. B"


def edit(window: MainWindow, tracks: list[Track]) -> TagEditor:
    """Open the form for tags."""
    window.context.tracks.edit_wanted.emit(tracks)
    return window._root.findChildren(TagEditor)[-1]


def test_tags_are_written_and_undone(
    window: MainWindow, app: App, library: list[TrackId], sounds: list[Path], qtbot: QtBot
) -> None:
    before = sounds[5].read_bytes()
    form = edit(window, [app.library.track(library[5])])
    form.fields["title"].setText("Circuit (Reprise)")
    form.fields["genre"].setText("Dub; Jazz")
    assert set(form.changes()) == {"title", "genre"}
    with qtbot.waitSignal(app.library.changed, timeout=15_000):
        qtbot.keyClick(form.fields["genre"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window._notices.notice is not None)
    assert read_track(str(sounds[5])).genres == ("Dub", "Jazz")
    assert app.library.track(library[5]).title == "Circuit (Reprise)"
    with qtbot.waitSignal(app.library.changed, timeout=15_000):
        window.context.history.undo()
    assert read_track(str(sounds[5])).genres == ()
    sounds[5].write_bytes(before)


def test_several_tracks_at_once(window: MainWindow, app: App, library: list[TrackId]) -> None:
    form = edit(window, app.library.tracks(library[:2] + library[5:6]))
    assert "title" not in form.fields
    assert form.fields["album"].placeholderText() == "Several values"
    assert form.changes() == {}
    form.close_sheet()


def test_a_file_that_cannot_be_written_is_said(
    window: MainWindow, app: App, library: list[TrackId], sounds: list[Path], qtbot: QtBot
) -> None:
    before = sounds[6].read_bytes()
    sounds[6].unlink()
    form = edit(window, [app.library.track(library[6])])
    form.fields["title"].setText("x")
    form._accept()
    qtbot.waitUntil(lambda: window._notices.notice is not None, timeout=15_000)
    assert window._notices.notice.problem
    sounds[6].write_bytes(before)


def smart(window: MainWindow) -> SmartEditor:
    """The form for smart playlists that is open."""
    return window._root.findChildren(SmartEditor)[-1]


def test_smart_playlists(window: MainWindow, app: App, qtbot: QtBot) -> None:
    window.context.tracks.smart_wanted.emit(None, "artist:ada")
    form = smart(window)
    qtbot.waitUntil(lambda: form._found.text() == "Finds 3 tracks now")
    form.name.setText("Ada")
    form.limit.setCurrentIndex(form.limit.findData(25))
    form._accept()
    lists = window.context.playlists
    qtbot.waitUntil(lambda: [p.name for p in lists.all] == ["Ada"])
    assert lists.all[0].rules == SmartRules("artist:ada", TrackOrder.ARTIST, False, 25)
    window.go(Place(PageKind.PLAYLIST, int(lists.all[0].id)))
    page = window.router.page
    qtbot.waitUntil(lambda: len(page.list.ids) == 3)
    window.context.tracks.smart_wanted.emit(lists.all[0], "")
    form = smart(window)
    form.rules.setText("artist:beth")
    form._accept()
    qtbot.waitUntil(lambda: len(page.list.ids) == 2)
    window.context.history.undo()
    qtbot.waitUntil(lambda: len(page.list.ids) == 3)


def test_a_smart_playlist_lives(window: MainWindow, app: App, engine: SilentEngine, qtbot: QtBot) -> None:
    rules = SmartRules("plays:0 -artist:beth", TrackOrder.TITLE, False, 3)
    lists = window.context.playlists
    lists.create("Unheard", rules=rules)
    qtbot.waitUntil(lambda: [p.name for p in lists.all] == ["Unheard"])
    window.go(Place(PageKind.PLAYLIST, int(lists.all[0].id)))
    page = window.router.page
    qtbot.waitUntil(lambda: len(page.list.ids) == 3)
    first, *rest = page.list.ids
    page.list.sort([SortKey(TrackOrder.TITLE, True)])
    qtbot.waitUntil(lambda: list(page.list.ids) == [*reversed(rest), first])  # the same three
    window.context.tracks.play([first], 0, StartReason.PLAYLIST)
    engine.advance(26_000, step_ms=200)
    qtbot.waitUntil(lambda: first not in page.list.ids)
    assert len(page.list.ids) == 3  # the next one has come up
    assert set(rest) < set(page.list.ids)


def test_nothing_is_added_to_a_smart_playlist(
    window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot
) -> None:
    lists = window.context.playlists
    lists.create("Ada", rules=SmartRules("artist:ada"))
    qtbot.waitUntil(lambda: len(lists.all) == 1)
    assert lists.manual == []
    lists.append(lists.all[0].id, library[:1])
    assert window._notices.notice is None
