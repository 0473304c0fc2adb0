"""Artists that are learned anew."""

from __future__ import annotations

import pytest

from player.domain import ArtistId, Ms, StartReason, ThumbGiven, TrackId, TrackStarted, UsageError, UtcMs
from player.storage import Database
from tests.storage.songs import NOW, song, store


@pytest.fixture
def keys(database: Database) -> tuple[TrackId, ...]:
    """Two tracks by one artist, and one by another whom the first artist accompanies."""
    return store(
        database,
        song("/1", artists=("Ada",)),
        song("/2", artists=("Ada",)),
        song("/3", artists=("Bo", "Ada")),
    )


def artist_of(database: Database, key: TrackId) -> ArtistId:
    return database.tracks.get([key])[0].artist_ids[0]


def test_thumbs_on_the_artist_s_own_tracks_are_taken_back_and_given_again(
    database: Database, keys: tuple[TrackId, ...]
) -> None:
    ada = artist_of(database, keys[0])
    for at, (key, value) in enumerate(zip(keys, (1, -1, -1), strict=True)):
        database.thumbs.give(ThumbGiven(key, value, UtcMs(NOW + at)))
    before = database.thumbs.log()
    database.fresh_starts.begin(ada, UtcMs(NOW + 100))
    assert database.thumbs.current() == {keys[2]: -1}
    assert [track.thumb for track in database.tracks.get(keys)] == [0, 0, -1]
    assert database.fresh_starts.take_back(ada) == NOW + 100
    after = database.thumbs.log()
    for name in ("track_id", "value", "at"):
        assert getattr(after, name).tolist() == getattr(before, name).tolist()
    assert [track.thumb for track in database.tracks.get(keys)] == [1, -1, -1]


def test_a_thumb_given_since_stays(database: Database, keys: tuple[TrackId, ...]) -> None:
    ada = artist_of(database, keys[0])
    database.thumbs.give(ThumbGiven(keys[0], 1, NOW))
    database.fresh_starts.begin(ada, UtcMs(NOW + 100))
    database.thumbs.give(ThumbGiven(keys[0], -1, UtcMs(NOW + 200)))
    database.fresh_starts.take_back(ada)
    assert database.thumbs.current() == {keys[0]: -1}


def test_the_last_beginning_counts_and_is_taken_back_first(database: Database, keys: tuple[TrackId, ...]) -> None:
    ada, bo = artist_of(database, keys[0]), artist_of(database, keys[2])
    marks = [database.fresh_starts.mark()]
    for at in (1, 2):
        database.fresh_starts.begin(ada, UtcMs(NOW + at))
        marks.append(database.fresh_starts.mark())
    assert len(set(marks)) == 3
    assert database.fresh_starts.current() == {ada: NOW + 2}
    database.fresh_starts.take_back(ada)
    assert database.fresh_starts.current() == {ada: NOW + 1}
    database.fresh_starts.take_back(ada)
    assert database.fresh_starts.mark() == marks[0]
    assert database.fresh_starts.take_back(bo) is None


def test_nobody_cannot_be_learned_anew(database: Database) -> None:
    with pytest.raises(UsageError):
        database.fresh_starts.begin(ArtistId(77), NOW)


def test_the_artists_of_what_was_played_or_judged(database: Database, keys: tuple[TrackId, ...]) -> None:
    database.thumbs.give(ThumbGiven(keys[2], 1, NOW))
    start = TrackStarted(keys[0], NOW, Ms(1_000), StartReason.PICKED)
    database.plays.open(start)
    ada, bo = artist_of(database, keys[0]), artist_of(database, keys[2])
    tracks, artists = database.fresh_starts.artists_heard()
    assert dict(zip(tracks.tolist(), artists.tolist(), strict=True)) == {keys[0]: ada, keys[2]: bo}
    assert database.fresh_starts.names([bo, ada, ArtistId(77)]) == {ada: "Ada", bo: "Bo"}
