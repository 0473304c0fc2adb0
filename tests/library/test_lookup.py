"""Looking up tracks one by one."""

import pytest
from pytestqt.qtbot import QtBot

from player.domain import ScannedTrack, ThumbGiven, TrackId, now_ms
from player.library import TrackLookup
from player.storage import Database


@pytest.fixture
def questions(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Every question to a database with three tracks."""
    files = [ScannedTrack(f"/{n}.wav", 1, 1, audio_key=f"k{n}", title=f"{n}") for n in (1, 2, 3)]
    database.files.write_scan(files, now_ms())
    asked: list[list[int]] = []
    get = database.tracks.get
    monkeypatch.setattr(database.tracks, "get", lambda ids: (asked.append(list(ids)), get(ids))[1])
    return asked


def test_what_stands_ahead_is_read_in_one_go(database: Database, questions: list[list[int]], qtbot: QtBot) -> None:
    lookup = TrackLookup(database, lambda: [TrackId(2), TrackId(3)])
    titles = [track.title for track in map(lookup, map(TrackId, (1, 2, 3, 2))) if track is not None]
    assert titles == ["1", "2", "3", "2"]
    assert questions == [[1, 2, 3]]
    lookup.close()


def test_the_next_turn_sees_what_has_changed(database: Database, questions: list[list[int]], qtbot: QtBot) -> None:
    lookup = TrackLookup(database)
    assert lookup(TrackId(1)) == lookup(TrackId(1))
    database.thumbs.give(ThumbGiven(TrackId(1), 1, now_ms()))
    qtbot.waitUntil(lambda: getattr(lookup(TrackId(1)), "thumb", 0) == 1)
    lookup.close()


def test_a_lost_track_is_none(database: Database, questions: list[list[int]], qtbot: QtBot) -> None:
    lookup = TrackLookup(database)
    assert lookup(TrackId(99)) is None
    assert lookup(TrackId(99)) is None
    assert questions == [[99]]
    lookup.close()
