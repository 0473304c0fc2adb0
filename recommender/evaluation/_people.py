"""One person of a log as a library and events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from recommender._api import Event, EventKind, IntArray
from recommender._columns import Plays
from recommender._snapshot import Snapshot
from recommender.evaluation._log import Identity, Row

TRAIN_PART = 0.8
"""Part of the plays that comes before the test."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person's library and events, split in time.

    Attributes:
        name: As the log calls them.
        snapshot: The library and the events before the test.
        later: The events of the test, in time order.
        known: For each of `later`, whether the log says how it ended.
        tested: For each of `later`, whether it is ranked before it is revealed.
        played_before: bool-like IntArray[N], plays of each item before the test.
    """

    name: str
    snapshot: Snapshot
    later: Sequence[Event]
    known: Sequence[bool]
    tested: Sequence[bool]
    played_before: IntArray

    @property
    def tests(self) -> int:
        """Events that are ranked."""
        return sum(self.tested)


def person(
    name: str, rows: Sequence[Row], library: Mapping[Identity, str] | None = None, max_test: int | None = None
) -> Person:
    """Build one person.

    Args:
        name: As the log calls them.
        rows: Their plays and skips in time order.
        library: Further tracks that they own, with albums.
        max_test: Test at most so many plays, evenly spread.
    """
    albums: dict[Identity, str] = dict(library or {})
    for row in rows:
        albums[row.track] = albums.get(row.track) or row.album
    # Sorted, so that the order of the library says nothing about the order of listening.
    tracks = sorted(albums)
    index = {track: number for number, track in enumerate(tracks)}
    events = [Event(index[row.track], row.kind, row.at, row.listened_ms) for row in rows]
    plays = [number for number, row in enumerate(rows) if row.kind == EventKind.PLAYED]
    first = int(TRAIN_PART * len(plays))
    cut = plays[first] if first < len(plays) else len(rows)
    chosen = set(_evenly(plays[first:], max_test))
    snapshot = _snapshot(tracks, albums, events[:cut])
    counts = np.zeros(len(tracks), np.int32)
    np.add.at(counts, snapshot.plays.item[snapshot.plays.kind == EventKind.PLAYED], 1)
    return Person(
        name,
        snapshot,
        events[cut:],
        [row.known for row in rows[cut:]],
        [number in chosen for number in range(cut, len(rows))],
        counts,
    )


def from_the_start(whole: Person, bounds: Sequence[int], each: int) -> Person:
    """The same person with nothing learned yet, tested all along: for accuracy against plays so far.

    Args:
        whole: The person.
        bounds: Numbers of plays; between two of them `each` plays are tested, evenly spread.
        each: How many.
    """
    snapshot = whole.snapshot
    events = [*snapshot.events(), *whole.later]
    plays = [number for number, event in enumerate(events) if event.kind == EventKind.PLAYED]
    tested: set[int] = set()
    for first, last in pairwise([*bounds, len(plays)]):
        tested |= set(_evenly(plays[first:last], each))
    return Person(
        whole.name,
        Snapshot.build(snapshot.item_ids, artist=snapshot.artist, album=snapshot.album),
        events,
        [True] * len(events),
        [number in tested for number in range(len(events))],
        np.zeros(len(snapshot), np.int32),
    )


def _evenly(numbers: list[int], most: int | None) -> list[int]:
    if most is None or len(numbers) <= most:
        return numbers
    return [numbers[place] for place in np.unique(np.linspace(0, len(numbers) - 1, most).astype(int)).tolist()]


def _snapshot(tracks: list[Identity], albums: Mapping[Identity, str], events: Sequence[Event]) -> Snapshot:
    artists = {artist: number for number, artist in enumerate(sorted({artist for artist, _ in tracks}))}
    names = sorted({(artist, albums[artist, track]) for artist, track in tracks if albums[artist, track]})
    numbers = {name: number for number, name in enumerate(names)}
    return Snapshot.build(
        np.arange(len(tracks)),
        artist=[artists[artist] for artist, _ in tracks],
        album=[numbers.get((artist, albums[artist, track]), -1) for artist, track in tracks],
        plays=Plays.build(
            [event.item for event in events],
            [event.at for event in events],
            listened_ms=[event.listened_ms for event in events],
            kind=[int(event.kind) for event in events],
        ),
    )
