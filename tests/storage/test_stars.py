"""The listener's own stars."""

from __future__ import annotations

import pytest

from player.domain import Condition, Field, Op, TrackOrder, TrackQuery, UsageError
from player.storage import Database
from tests.storage.songs import song, store, titles


@pytest.fixture
def rated(database: Database) -> tuple[Database, tuple[int, ...]]:
    """One track rated here, one in its file, one in both, one in neither."""
    ids = store(
        database,
        song("/m/here.flac"),
        song("/m/tagged.flac", rating=0.8),
        song("/m/both.flac", rating=0.2),
        song("/m/none.flac"),
    )
    database.stars.give({ids[0]: 4.5, ids[2]: 3.0})
    return database, ids


def found(database: Database, *conditions: Condition) -> set[str]:
    return {title for rule in conditions for title in titles(database, database.tracks.find(TrackQuery(where=rule)))}


def test_own_stars_come_before_those_in_the_file(rated: tuple[Database, tuple[int, ...]]) -> None:
    database, ids = rated
    tracks = database.tracks.get(ids)
    assert [track.stars for track in tracks] == [4.5, None, 3.0, None]
    assert [track.rating for track in tracks] == [pytest.approx(0.9), 0.8, pytest.approx(0.6), None]


def test_stars_and_ratings_are_found(rated: tuple[Database, tuple[int, ...]]) -> None:
    database, _ = rated
    assert found(database, Condition(Field.RATING, Op.GE, 3)) == {"here", "tagged", "both"}
    assert found(database, Condition(Field.STARS, Op.GE, 3)) == {"here", "both"}
    assert found(database, Condition(Field.STARS, Op.EMPTY)) == {"tagged", "none"}
    by_rating = database.tracks.find(TrackQuery(order=TrackOrder.RATING, descending=True))
    assert titles(database, by_rating) == ["here", "tagged", "both", "none"]


def test_what_giving_returns_undoes_it(rated: tuple[Database, tuple[int, ...]]) -> None:
    database, ids = rated
    before = database.stars.give({ids[0]: None, ids[1]: 0.5, ids[2]: 5})
    assert database.stars.all() == {ids[1]: 0.5, ids[2]: 5.0}
    database.stars.give(before)
    assert database.stars.all() == {ids[0]: 4.5, ids[2]: 3.0}


@pytest.mark.parametrize("stars", [-0.5, 5.5, 4.2])
def test_what_are_no_stars_is_refused(rated: tuple[Database, tuple[int, ...]], stars: float) -> None:
    database, ids = rated
    with pytest.raises(UsageError, match="from 0 to 5 stars, in halves"):
        database.stars.give({ids[3]: 1.0, ids[0]: stars})
    assert database.stars.all() == {ids[0]: 4.5, ids[2]: 3.0}


def test_stars_stay_when_the_file_is_tagged_anew_and_go_when_all_is_forgotten(
    rated: tuple[Database, tuple[int, ...]],
) -> None:
    database, ids = rated
    store(database, song("/m/here.flac", title="New name", mtime_ns=2))
    assert database.tracks.get(ids[:1])[0].stars == 4.5
    database.forget_listening()
    assert database.stars.all() == {}
