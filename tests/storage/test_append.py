"""Whole plays added at once are logged as one by one."""

from __future__ import annotations

from dataclasses import replace

from player.domain import EndReason, Ms, PlayFinished, StartReason, TrackStarted, UtcMs
from player.storage import Database
from tests.storage.songs import NOW, song, store


def test_appended_plays_are_as_if_opened_and_closed(database: Database) -> None:
    one, other = store(database, song("/1"), song("/2"))
    hour = 3_600_000
    ends = (
        (one, NOW, EndReason.FINISHED),
        (other, NOW + 200_001, EndReason.SKIPPED),
        (one, NOW + hour, EndReason.QUIT),
    )
    plays = [
        PlayFinished(
            TrackStarted(track, UtcMs(at), Ms(200_000), StartReason.UP_NEXT, queue_position=place, score=0.5),
            UtcMs(at + 10_000),
            Ms(10_000),
            reason,
        )
        for place, (track, at, reason) in enumerate(ends)
    ]
    for play in plays:
        database.plays.close(database.plays.open(play.start), play)
    expected = database.plays.recent(9)
    counters = database.tracks.get([one, other])
    database.forget_listening()

    database.plays.append(plays)
    appended = database.plays.recent(9)
    assert [replace(play, id=expected[0].id) for play in appended] == [
        replace(play, id=expected[0].id) for play in expected
    ]
    assert [play.session for play in appended] == [2, 1, 1]
    assert database.tracks.get([one, other]) == counters


def test_nothing_appended_changes_nothing(database: Database) -> None:
    database.plays.append([])
    assert database.plays.count() == 0
