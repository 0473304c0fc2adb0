"""What a screen reader is told on every page and in everything that lies over them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QAbstractSlider, QCheckBox, QScrollArea, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import SilentEngine
from player.domain import SmartRules, ThumbGiven, TrackId, UtcMs
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from tests.ui.hands import press, suggestions

NOTHING = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window}
LISTS = {QAccessible.Role.List, QAccessible.Role.Table, QAccessible.Role.Tree}
ROWS_HEARD = 12


@pytest.fixture
def lived_in(window: MainWindow, app: App, engine: SilentEngine, library: list[TrackId], qtbot: QtBot) -> MainWindow:
    """A window in which something plays, something is queued and suggested, liked, kept in playlists."""
    app.db.thumbs.give(ThumbGiven(library[1], 1, UtcMs(5)))
    app.queue.play_now(library[:2])
    engine.advance(3_000)
    app.queue.refill(suggestions(*library[5:8]))
    playlists = window.context.playlists
    with qtbot.waitSignal(playlists.created):
        playlists.create("Evening", library[:3])
    with qtbot.waitSignal(playlists.changed):
        playlists.create("Often", rules=SmartRules("plays:>2"))
    return window


def focusable(window: QWidget) -> Iterator[tuple[QWidget, QAccessibleInterface]]:
    """What the keyboard reaches, and what is heard of it."""
    for widget in window.findChildren(QWidget):
        scrolls = isinstance(widget, QScrollArea | QScrollBar)  # read as what is inside
        reached = widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if reached and not scrolls and widget.focusProxy() is None:
            yield widget, QAccessible.queryAccessibleInterface(widget)


def complaints(window: MainWindow) -> list[str]:
    """What a listener would miss."""
    found = []
    for widget, heard in focusable(window):
        what = f"{type(widget).__name__} {heard.text(QAccessible.Text.Name)!r}"
        if not heard.text(QAccessible.Text.Name).strip():
            found.append(f"{what} has no name")
        if heard.role() in NOTHING:
            found.append(f"{what} is nothing")
        if isinstance(widget, QAbstractSlider) and heard.valueInterface() is None:
            found.append(f"{what} has no value")
        if isinstance(widget, QCheckBox) and not heard.state().checkable:
            found.append(f"{what} cannot be checked")
        if isinstance(widget, QAbstractItemView):
            found += list(of_list(what, widget, heard))
    return found


def of_list(what: str, view: QAbstractItemView, heard: QAccessibleInterface) -> Iterator[str]:
    """What is missed in a list: its role, and what its rows are."""
    if heard.role() not in LISTS:
        yield f"{what} is no list"
    for row in range(min(ROWS_HEARD, view.model().rowCount())):
        told = view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        if not told and not view.model().index(row, 0).data():
            yield f"{what}: row {row} is silent"


def test_every_page_is_heard(lived_in: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> None:
    track = app.library.tracks([library[0]])[0]
    assert track.album_id is not None
    of = {
        PageKind.ALBUM: int(track.album_id),
        PageKind.ARTIST: int(track.artist_ids[0]),
        PageKind.PLAYLIST: int(lived_in.context.playlists.all[0].id),
        PageKind.SEARCH: "ada",
        PageKind.GENRE: "Rock",
    }
    for kind in PageKind:
        lived_in.go(Place(kind, of.get(kind)))
        with qtbot.waitCallback() as answered:  # everything asked for by now is answered
            app.storage_lane.submit(lambda: None, done=answered)
        assert complaints(lived_in) == [], kind


def test_what_lies_over_the_pages_is_heard(
    lived_in: MainWindow, app: App, library: list[TrackId], qtbot: QtBot
) -> None:
    context = lived_in.context
    for opened in (
        lived_in.palette_sheet.open_sheet,
        lived_in.show_shortcuts,
        lambda: context.tracks.edit_wanted.emit(app.library.tracks(library[:2])),
        lambda: context.tracks.smart_wanted.emit(None, "artist:ada"),
        lambda: lived_in.up_next.explain(1),
        lived_in.toggle_full,
    ):
        opened()
        assert complaints(lived_in) == []
        press(qtbot, Qt.Key.Key_Escape)
