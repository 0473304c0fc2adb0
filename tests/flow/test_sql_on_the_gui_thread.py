"""The GUI thread asks the database for pages of rows by their ids, and for nothing that grows with the library."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.engine import Engine

from player.domain import TrackId
from player.ui.models.nav import PageKind, Place
from tests.flow.conftest import Running

BY_KEY = re.compile(r"WHERE[^;]*\b(id|track_id|album_id|artist_id|key|playlist_id)\b\s*(=|IN)|LIMIT", re.IGNORECASE)


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What the GUI thread asked while the test ran that could grow with the library."""
    offences: list[str] = []
    gui = threading.get_ident()

    def look(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if threading.get_ident() != gui or not statement.lstrip().upper().startswith(("SELECT", "WITH")):
            return
        if not BY_KEY.search(statement):
            offences.append(statement)

    event.listen(Engine, "before_cursor_execute", look)
    yield offences
    event.remove(Engine, "before_cursor_execute", look)


def test_counting_the_library_would_be_seen(running: Running, asked: list[str]) -> None:
    running.app.db.tracks.count()
    assert asked


def test_every_page_reads_rows_by_their_keys_only(running: Running, asked: list[str], qtbot: QtBot) -> None:
    window = running.window
    track = running.find("Ash 1.1")
    album = running.app.library.tracks([track])[0].album_id
    artist = running.app.library.tracks([track])[0].artist_ids[0]
    asked.clear()
    of = {PageKind.ALBUM: int(album or 0), PageKind.ARTIST: int(artist), PageKind.SEARCH: "ash"}
    for kind in PageKind:
        window.go(Place(kind, of.get(kind)))
        running.settle()
        qtbot.wait(1)
    assert asked == []


def test_playing_queueing_and_a_thumb_read_rows_by_their_keys_only(running: Running, asked: list[str]) -> None:
    tracks = [TrackId(track) for track in running.app.db.tracks.search("Ash", 5)]
    asked.clear()
    running.app.queue_operations.play(tracks)
    running.hear(1)
    running.window.now_bar.give_thumb(1)
    running.app.queue_operations.add(tracks)
    running.app.history.undo()
    running.settle()
    assert asked == []
