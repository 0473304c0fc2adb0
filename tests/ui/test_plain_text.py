"""Tags are plain text everywhere: no title becomes HTML, shows a picture, or marks a menu's keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, Qt, QUrl
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import SilentEngine
from player.domain import SmartRules, ThumbGiven, TrackId, UtcMs
from player.storage import Database
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.plain import menu_text, outside_text, tip
from tests.ui import conftest
from tests.ui.hands import press, suggestions

EVIL = '<img src="file:///etc/x.png"><b>Rock & Roll</b>\u202e'
READ = 40
"""Rows of a list that are looked at."""


class Document(QTextDocument):
    """Rich text as Qt reads it; notes what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.setHtml(text)
        self.setTextWidth(400)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Override QTextDocument.loadResource."""
        self.loaded.append(str(name))
        return None


def rich(text: object) -> bool:
    """Whether Qt would show a text otherwise than as it stands."""
    if not isinstance(text, str) or not GuiQt.mightBeRichText(text):
        return False
    document = Document(text)
    return bool(document.loaded) or ("img" in text and "<img" not in document.toPlainText())


@pytest.fixture
def library(database: Database, sounds: list[Path]) -> list[TrackId]:
    """Songs whose every tag is hostile."""
    database.files.add_root(str(sounds[0].parent), UtcMs(1))
    found = []
    for number, path in enumerate(sounds):
        name = f"{EVIL} {number}"
        tags = {"title": name, "artists": (name,), "album": name, "album_artists": (name,), "genres": (name,)}
        found.append(
            replace(conftest.scanned(path, number), **tags, label=EVIL, comment=EVIL, lyrics=EVIL, date="1999")
        )
    return list(database.files.write_scan(found, UtcMs(1)).added)


@pytest.fixture
def lived_in(window: MainWindow, app: App, engine: SilentEngine, library: list[TrackId], qtbot: QtBot) -> MainWindow:
    """A window in which something plays, is queued, liked, and kept in playlists."""
    app.db.thumbs.give(ThumbGiven(library[1], 1, UtcMs(5)))
    app.queue.play_now(library[:2])
    engine.advance(3_000)
    app.queue.refill(suggestions(*library[5:8]))
    playlists = window.context.playlists
    with qtbot.waitSignal(playlists.created):
        playlists.create(EVIL, library[:3])
    with qtbot.waitSignal(playlists.changed):
        playlists.create(f"{EVIL} smart", rules=SmartRules("plays:>2"))
    return window


def cells(model: QAbstractItemModel) -> Iterator[QModelIndex]:
    for row in range(min(READ, model.rowCount())):
        for column in range(model.columnCount() if isinstance(model, QAbstractTableModel) else 1):
            yield model.index(row, column)


def faults(root: QWidget) -> list[str]:
    """Every text of the widgets below `root` that Qt would take for more than text."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        name = type(widget).__name__
        if rich(widget.toolTip()):
            found.append(f"tip of {name}: {widget.toolTip()}")
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText and rich(widget.text()):
            found.append(f"{name}: {widget.text()}")
        if isinstance(widget, QAbstractButton) and "Rock & " in widget.text():
            found.append(f"keys of {name}: {widget.text()}")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += [
                f"tip in {name}: {index.data(Qt.ItemDataRole.ToolTipRole)}"
                for index in cells(widget.model())
                if rich(index.data(Qt.ItemDataRole.ToolTipRole))
            ]
    for action in root.findChildren(QAction):
        if rich(action.toolTip()) or "Rock & " in action.text():
            found.append(f"action: {action.text()}")
    return found


def texts(root: QWidget) -> str:
    """What is shown of the rows of lists."""
    views = [view for view in root.findChildren(QAbstractItemView) if view.model() is not None]
    return "\n".join(str(index.data()) for view in views for index in cells(view.model()))


def test_no_page_takes_a_tag_for_more_than_text(
    lived_in: MainWindow, app: App, library: list[TrackId], qtbot: QtBot
) -> None:
    track = app.library.tracks([library[0]])[0]
    assert track.album_id is not None
    of = {
        PageKind.ALBUM: int(track.album_id),
        PageKind.ARTIST: int(track.artist_ids[0]),
        PageKind.GENRE: f"{EVIL} 0",
        PageKind.PLAYLIST: int(lived_in.context.playlists.all[0].id),
        PageKind.SEARCH: "Rock",
    }
    seen = ""
    for kind in PageKind:
        lived_in.go(Place(kind, of.get(kind)))
        with qtbot.waitCallback() as answered:  # everything asked for by now is answered
            app.storage_lane.submit(lambda: None, done=answered)
        assert faults(lived_in) == [], kind
        seen += texts(lived_in)
    assert "<img" in seen
    for opened in (
        lived_in.palette_sheet.open_sheet,
        lambda: lived_in.context.tracks.edit_wanted.emit(app.library.tracks(library[:2])),
        lambda: lived_in.up_next.explain(1),
        lived_in.toggle_full,
    ):
        opened()
        assert faults(lived_in) == []
        press(qtbot, Qt.Key.Key_Escape)


def test_no_menu_takes_a_tag_for_more_than_text(lived_in: MainWindow, app: App, library: list[TrackId]) -> None:
    tracks = app.library.tracks(library[:1])
    menu = lived_in.context.tracks.menu(tracks, lived_in, play=lambda: None)
    lines = [action.text() for part in (menu, *menu.findChildren(QMenu)) for action in part.actions()]
    assert any("Rock && Roll" in line for line in lines)
    assert not any("Rock & " in line for line in lines)
    menu.deleteLater()


@pytest.mark.parametrize("text", [EVIL, "a < b & c", "AC/DC", "<3", "Me\nYou", "<p>x", "夜に聴く", "&amp;"])
def test_tips_show_what_stands_there(text: str) -> None:
    shown = Document(tip(text)).toPlainText() if GuiQt.mightBeRichText(tip(text)) else tip(text)
    assert shown == text.replace("\u202e", "\\u202e")
    assert not rich(tip(text))


def test_menus_and_other_programs() -> None:
    assert menu_text("Rock & Roll\tCtrl+Q") == "Rock && Roll\\tCtrl+Q"
    assert not GuiQt.mightBeRichText(outside_text(EVIL))
