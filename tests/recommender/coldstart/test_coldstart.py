"""A listener of whom next to nothing is known: a tour that follows every word."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from recommender import (
    Artefact,
    Event,
    EventKind,
    Marks,
    Plays,
    PlaySource,
    Ragged,
    ReasonKind,
    Recommender,
    Snapshot,
    Suggestion,
    SuggestRequest,
)
from tests.recommender.witness import PlainWitness

BASE = Path(__file__).parents[3] / "resources/models/base"
NOW = 1_760_000_000_000
ARTISTS, OF_EACH = 60, 50
SIZE = ARTISTS * OF_EACH
NAMELESS = 60
"""The last tracks have neither artist nor tags."""


@pytest.fixture(scope="module")
def base() -> Artefact:
    return Artefact.load(BASE)


def library(size: int = SIZE, *, added: int = NOW - 3_600_000, sound: bool = False) -> Snapshot:
    """Artists with albums of ten tracks, each in one of ten genres; scanned within seconds, in the order of ids."""
    rows = np.arange(size)
    bare = rows >= size - NAMELESS
    artist = rows * ARTISTS // size
    random = np.random.default_rng(3)
    style = random.normal(size=(10, 16))
    return Snapshot.build(
        rows + 1,
        artist=np.where(bare, -1, artist),
        album=np.where(bare, -1, rows // 10),
        track_no=rows % 10 + 1,
        year=np.where(bare, 0, 1960 + artist),
        duration_ms=np.full(size, 200_000),
        added_at=added + rows,
        genres=Ragged.of([[] if none else [int(one) % 10] for none, one in zip(bare, artist, strict=True)]),
        content=(style[artist % 10] + random.normal(0, 0.3, (size, 16))).astype(np.float32) if sound else None,
    )


class Hour:
    """The first hour with a new library."""

    def __init__(self, base: Artefact, snapshot: Snapshot | None = None) -> None:
        self.snapshot = snapshot or library()
        self.recommender = Recommender(self.snapshot, base)
        self.events: list[Event] = []
        self.now = NOW

    def next(self, k: int = 10, *, seed: int = 0, way: float = 0.0, playing: int | None = None) -> list[Suggestion]:
        """What comes next."""
        return self.recommender.suggest(SuggestRequest(k, self.now, seed=seed, adventurousness=way, playing=playing))

    def does(self, item: int, kind: EventKind, source: PlaySource = PlaySource.SUGGESTED) -> None:
        """One thing the listener does."""
        listened = {EventKind.PLAYED: 200_000, EventKind.SKIPPED: 8_000}.get(kind, 0)
        event = Event(item, kind, self.now, listened, source)
        self.recommender.observe(event)
        self.events.append(event)
        self.now += listened + 1

    def artists(self, chosen: list[Suggestion]) -> list[int]:
        """Artists of suggestions, in order."""
        return [int(self.snapshot.artist[one.item]) for one in chosen]

    def genres(self, chosen: list[Suggestion]) -> list[int]:
        """Their first genres."""
        return [int(self.snapshot.genres[one.item][0]) for one in chosen]


def items(chosen: list[Suggestion]) -> list[int]:
    return [one.item for one in chosen]


@pytest.mark.parametrize("size", [300, 3_000, 20_000])
@pytest.mark.parametrize("way", [-1.0, 0.0, 1.0])
def test_it_begins_with_a_tour_of_named_tracks(base: Artefact, size: int, way: float) -> None:
    hour = Hour(base, library(size))
    for seed in range(5):
        chosen = hour.next(10, seed=seed, way=way)
        assert len(set(hour.artists(chosen))) == 10
        assert -1 not in hour.artists(chosen)
    genres = hour.genres(hour.next(10))
    assert len(set(genres)) >= 6
    assert all(before != after for before, after in pairwise(genres))


def test_nameless_tracks_come_when_there_is_nothing_else(base: Artefact) -> None:
    hour = Hour(base, library(300))
    artists = hour.artists(hour.next(300))
    assert len(artists) == 300
    assert artists[240:] == [-1] * NAMELESS


def test_every_track_has_the_same_chance_whatever_its_id(base: Artefact) -> None:
    hour = Hour(base, library(3_000))
    firsts = [item for seed in range(150) for item in items(hour.next(10, seed=seed))]
    thirds = Counter(item * 3 // (3_000 - NAMELESS) for item in firsts)
    assert all(400 < thirds[third] < 600 for third in range(3))
    assert max(Counter(firsts).values()) <= 8


def test_two_people_with_the_same_music_begin_differently_and_each_the_same_again(base: Artefact) -> None:
    mine, yours = Hour(base), Hour(base, library(added=NOW - 3_599_000))
    assert items(mine.next()) == items(Hour(base).next())
    assert len(set(items(mine.next())) & set(items(yours.next()))) <= 2


def test_the_tour_goes_on_where_it_was_as_long_as_nothing_is_said(base: Artefact) -> None:
    hour = Hour(base)
    before = hour.next(12)
    hour.does(before[0].item, EventKind.UNKNOWN)
    assert items(hour.next(11)) == items(before)[1:]


def test_the_control_changes_the_first_queue(base: Artefact) -> None:
    queues = {way: set(items(Hour(base, uneven()).next(10, way=way))) for way in (-1.0, 0.0, 1.0)}
    for one, other in pairwise(queues.values()):
        assert len(one & other) <= 7
    of_artist = np.bincount(uneven().artist)
    sizes = [np.mean(of_artist[uneven().artist[list(queue)]]) for queue in queues.values()]
    assert sizes[0] > sizes[1] > sizes[2]


def uneven() -> Snapshot:
    """Some artists with many tracks, many with one."""
    artist = np.minimum(np.random.default_rng(1).zipf(1.3, 2_000), 300)
    return Snapshot.build(np.arange(2_000), artist=np.unique(artist, return_inverse=True)[1])


def test_familiar_stays_with_what_was_liked_and_adventurous_goes_away_from_it(base: Artefact) -> None:
    hour = Hour(base)
    hour.does(500, EventKind.THUMB_UP)
    genre = int(hour.snapshot.genres[500][0])
    near = [hour.genres(hour.next(10, way=way)).count(genre) for way in (-1.0, 0.0, 1.0)]
    assert near[0] >= 8
    assert near[0] > near[1] > near[2]


@pytest.mark.parametrize("sound", [False, True])
def test_three_plays_and_a_skip_are_followed(base: Artefact, sound: bool) -> None:
    hour = Hour(base, library(sound=sound))
    first = hour.next(10)
    liked, skipped = [item for item in items(first) if hour.snapshot.genres[item][0] < 5][:1], first[-1].item
    same = np.flatnonzero(hour.snapshot.artist == hour.snapshot.artist[liked[0]])
    for item in [*liked, *same[:2].tolist()]:
        hour.does(int(item), EventKind.PLAYED)
    hour.does(skipped, EventKind.SKIPPED)
    chosen = hour.next(10)
    of_genre = [one for one in chosen if hour.snapshot.genres[one.item][0] == hour.snapshot.genres[liked[0]][0]]
    assert len(of_genre) >= 3
    assert int(hour.snapshot.artist[skipped]) not in hour.artists(chosen)
    assert any(one.reasons[0].kind in (ReasonKind.ARTIST, ReasonKind.SIMILAR) for one in of_genre)


@pytest.mark.parametrize("sound", [False, True])
def test_a_thumb_up_changes_the_next_ten_and_says_so(base: Artefact, sound: bool) -> None:
    hour = Hour(base, library(sound=sound))
    before = hour.next(10)
    hour.does(before[0].item, EventKind.THUMB_UP)
    after = hour.next(10)
    assert sum(one != other for one, other in zip(items(before), items(after), strict=True)) >= 3
    because = [one for one in after if one.reasons[0].kind is ReasonKind.KIN]
    assert 1 <= len(because) <= 3
    assert {one.reasons[0].other for one in because} == {before[0].item}
    hour.does(before[0].item, EventKind.THUMB_CLEARED)
    assert items(hour.next(10)) == items(before)


def test_a_thumb_up_for_an_artist_without_fellows_is_answered_by_what_is_as_old(base: Artefact) -> None:
    snapshot = Snapshot.build(np.arange(60), artist=np.arange(60), year=1960 + np.arange(60))
    hour = Hour(base, snapshot)
    hour.does(30, EventKind.THUMB_UP)
    because = [one.item for one in hour.next(10) if one.reasons[0].kind is ReasonKind.KIN]
    assert because
    assert all(abs(item - 30) <= 5 for item in because)


def test_what_was_played_around_a_track_answers_its_thumb_up(base: Artefact) -> None:
    """A log without any tags: the same five tracks together, again and again."""
    together = [7, 60, 110, 160, 190]
    log = [item for day in range(12) for item in (*together, *range(20 + 5 * day, 25 + 5 * day))]
    at = NOW - 86_400_000 * (13 - np.arange(len(log)) // 10) + np.arange(len(log)) % 10 * 210_000
    snapshot = Snapshot.build(np.arange(200), plays=Plays.build(log, at))
    hour = Hour(base, snapshot)
    hour.does(7, EventKind.THUMB_UP)
    because = [one for one in hour.next(10) if one.reasons[0].kind is ReasonKind.KIN]
    assert because
    assert {one.item for one in because} <= set(together) - {7}
    assert {one.reasons[0].other for one in because} == {7}


def test_a_thumb_down_keeps_the_artist_away_unless_a_track_is_liked(base: Artefact) -> None:
    hour = Hour(base)
    first = hour.next(10)[0].item
    artist = int(hour.snapshot.artist[first])
    own = np.flatnonzero(hour.snapshot.artist == artist)
    hour.does(int(own[own != first][0]), EventKind.THUMB_DOWN)
    assert artist not in hour.artists(hour.next(10))
    hour.does(first, EventKind.THUMB_UP)
    assert first in items(hour.next(20))


def test_what_is_said_is_so_and_not_always_the_same(base: Artefact) -> None:
    hour = Hour(base, library(3_000, sound=True))
    for step in range(12):
        chosen = hour.next(16)
        witness = PlainWitness(hour.snapshot, hour.events)
        assert [lie for one in chosen for lie in witness.untrue(one, hour.now)] == []
        leads = [one.reasons[0].kind for one in chosen]
        for place in range(len(leads) - 7):
            assert max(Counter(leads[place : place + 8]).values()) <= 2
        hour.does(chosen[0].item, EventKind.SKIPPED if step % 4 == 3 else EventKind.PLAYED)
        if step == 5:
            hour.does(chosen[0].item, EventKind.THUMB_UP)


def test_with_more_plays_the_ranker_takes_over(base: Artefact) -> None:
    hour = Hour(base)
    for item in range(21):
        assert hour.recommender._cold.in_charge
        hour.does(item * 40, EventKind.PLAYED)
    assert not hour.recommender._cold.in_charge


def test_of_copies_the_one_that_is_described_comes(base: Artefact) -> None:
    copies = Snapshot.build(np.arange(6), artist=[-1, 0, 1, 2, 3, 4], copy_of=[0, 0, 2, 3, 4, 5])
    chosen = Hour(base, copies).next(10)
    assert sorted(items(chosen)) == [1, 2, 3, 4, 5]


def test_an_import_is_something_to_go_by(base: Artefact) -> None:
    elsewhere = Marks.build(np.zeros(40, int), NOW - np.arange(40)[::-1] * 3_600_000)
    snapshot = Snapshot.build(np.arange(10), artist=np.arange(10), elsewhere=elsewhere)
    assert not Recommender(snapshot, base)._cold.in_charge
