"""Thumbs and "not now"."""

from __future__ import annotations

import pytest

from player.domain import ThumbGiven, TrackId, UtcMs
from player.storage import Database
from tests.storage.songs import DAY, NOW, song, store


@pytest.fixture
def keys(database: Database) -> tuple[TrackId, ...]:
    """Two tracks."""
    return store(database, song("/1"), song("/2"))


def test_the_last_thumb_counts(database: Database, keys: tuple[TrackId, ...]) -> None:
    for at, value in enumerate((1, -1)):
        database.thumbs.give(ThumbGiven(keys[0], value, UtcMs(NOW + at)))
    database.thumbs.give(ThumbGiven(keys[1], 1, NOW, while_playing=keys[0]))
    assert database.thumbs.current() == {keys[0]: -1, keys[1]: 1}
    assert [track.thumb for track in database.tracks.get(keys)] == [-1, 1]


def test_a_thumb_taken_back(database: Database, keys: tuple[TrackId, ...]) -> None:
    database.thumbs.give(ThumbGiven(keys[0], 1, NOW))
    database.thumbs.give(ThumbGiven(keys[0], 0, UtcMs(NOW + 1)))
    assert database.thumbs.current() == {}
    log = database.thumbs.log()
    assert (log.track_id.tolist(), log.value.tolist(), log.at.tolist()) == ([keys[0]] * 2, [1, 0], [NOW, NOW + 1])


def test_not_now_ends(database: Database, keys: tuple[TrackId, ...]) -> None:
    until = UtcMs(NOW + 3 * DAY)
    database.thumbs.dismiss(keys[0], NOW, until)
    assert database.thumbs.dismissed(NOW) == {keys[0]: until}
    assert database.thumbs.dismissed(until) == {}
    log = database.thumbs.dismissals()
    assert (log.track_id.tolist(), log.at.tolist(), log.until.tolist()) == ([keys[0]], [NOW], [until])


def test_not_now_taken_back(database: Database, keys: tuple[TrackId, ...]) -> None:
    database.thumbs.dismiss(keys[0], NOW, UtcMs(NOW + DAY))
    database.thumbs.undismiss(keys[0], UtcMs(NOW + 1))
    assert database.thumbs.dismissed(UtcMs(NOW + 1)) == {}
