"""The queue across restarts, in a real database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain import Ms, RepeatMode, ScannedTrack, StartReason, TrackId, TrackQuery, now_ms
from player.playback import LONG_MS, PlayQueue, QueueKeeper, remembered_positions
from player.storage import Database
from player.workers import Lane
from tests.playback.following import ids, suggestions, tracks
from tests.playback.playing import Player


@pytest.fixture
def kept(player: Player, database: Database, qtbot: QtBot) -> Iterator[tuple[QueueKeeper, Lane]]:
    """A keeper for the player's queue; the database holds tracks of the same ids."""
    files = [ScannedTrack(f"/{n}.wav", 1, 1, audio_key=f"k{n}", title=f"{n}") for n in range(1, 9)]
    database.files.write_scan(files, now_ms())
    assert sorted(database.tracks.find(TrackQuery())) == list(range(1, 9))
    lane = Lane("test storage")
    keeper = QueueKeeper(player.controller, database, lane)
    yield keeper, lane
    keeper.close()
    lane.close()


def restored(database: Database, folder: Path) -> Player:
    """The next run, with the same tracks."""
    again = Player(folder)
    again.tracks(8)
    lane = Lane("test restore")
    keeper = QueueKeeper(again.controller, database, lane)
    keeper.restore()
    keeper.close()
    lane.close()
    return again


def test_everything_comes_back(
    player: Player, kept: tuple[QueueKeeper, Lane], database: Database, tmp_path: Path
) -> None:
    keeper, lane = kept
    album = player.tracks(8, 5_000)[:4]
    player.queue.set_modes(repeat=RepeatMode.ALL, shuffle=True)
    player.play(*album, reason=StartReason.ALBUM)
    player.pass_time(2_000)
    player.queue.refill(suggestions(6, 7))
    keeper.save()
    lane.call(lambda: None)
    again = restored(database, tmp_path)
    assert again.queue.entries() == player.queue.entries()
    assert again.controller.position_ms == pytest.approx(2_000, abs=60)
    assert again.queue.saved().played == player.queue.saved().played
    again.queue.set_modes(shuffle=False)
    assert [track for track in tracks(again.queue) if track < 5] == [2, 3, 4]
    again.controller.close()


def test_changes_are_saved_by_themselves(
    player: Player, kept: tuple[QueueKeeper, Lane], database: Database, qtbot: QtBot
) -> None:
    player.queue.add(ids(3, 4))
    player.queue.add(ids(5))
    qtbot.waitUntil(lambda: database.queue.load() is not None, timeout=10_000)
    saved = database.queue.load()
    assert saved is not None
    assert [entry.track_id for entry in saved.entries] == [3, 4, 5]


def test_past_queues_are_kept(player: Player, kept: tuple[QueueKeeper, Lane], database: Database) -> None:
    player.play(*player.tracks(8)[:3], reason=StartReason.ALBUM)
    player.queue.clear()
    kept[1].call(lambda: None)
    assert [[entry.track_id for entry in past.entries] for past in database.queue.past()] == [[2, 3]]


def test_positions_in_long_tracks_are_kept(player: Player, kept: tuple[QueueKeeper, Lane], database: Database) -> None:
    long = player.track(90_000, duration_ms=LONG_MS)
    player.play(long)
    player.controller.seek(45_000)
    player.pass_time(100)
    player.controller.stop()
    player.pass_time(10)
    kept[0].save()
    kept[1].call(lambda: None)
    assert remembered_positions(database).positions[long] == pytest.approx(45_100, abs=100)


def test_nothing_saved_is_an_empty_queue(database: Database, tmp_path: Path, qtbot: QtBot) -> None:
    assert remembered_positions(database).positions == {}
    again = restored(database, tmp_path)
    assert again.queue.entries() == ()
    assert isinstance(again.queue, PlayQueue)
    assert again.controller.position_ms == Ms(0)
    assert again.queue.current is None
    again.controller.close()
    assert TrackId(1) not in remembered_positions(database).positions
