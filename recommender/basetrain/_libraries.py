"""People of the training logs, each with libraries of different sizes around what they played.

A library made of played tracks alone teaches that every track gets played: half of the training is done in
libraries with tracks of the same artists, and of others, that nobody ever plays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender._api import Event
from recommender.evaluation import Row
from recommender.models import Catalogue

PLAIN, FULL = "plain", "full"
"""Kinds of libraries: played tracks only; with tracks never played."""
_MORE_BY_ARTIST = 0.15
"""Each artist has as many more tracks as a geometric draw with this chance of stopping gives: 6 at the mean."""
_MOST_OF_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Library:
    """One person's library and what they did with it.

    Attributes:
        name: Of the person and the kind of library.
        person: The person's name.
        catalogue: The items, in random order.
        events: In time order.
        known: For each of them, whether the log says how it ended.
    """

    name: str
    person: str
    catalogue: Catalogue
    events: Sequence[Event]
    known: Sequence[bool]


def library(person: str, rows: Sequence[Row], kind: str, seed: int) -> Library:
    """A person's library of one kind."""
    random = np.random.default_rng(seed)
    tracks = sorted({row.track for row in rows})
    artists = sorted({artist for artist, _ in tracks})
    if kind == FULL:
        more = random.geometric(_MORE_BY_ARTIST, len(artists)) - 1
        tracks += [
            (artist, f"\0{n}") for artist, count in zip(artists, more.tolist(), strict=True) for n in range(count)
        ]
        others = random.integers(1, _MOST_OF_OTHERS + 1, len(artists)).tolist()
        tracks += [(f"\0{number}", f"\0{n}") for number, count in enumerate(others) for n in range(count)]
    tracks = [tracks[place] for place in random.permutation(len(tracks)).tolist()]
    item = {track: number for number, track in enumerate(tracks)}
    number_of = {artist: number for number, artist in enumerate(sorted({artist for artist, _ in tracks}))}
    nothing = np.zeros(len(tracks), np.int32)
    catalogue = Catalogue.build(
        np.array([number_of[artist] for artist, _ in tracks], np.int32), nothing - 1, nothing, nothing
    )
    events = [Event(item[row.track], row.kind, row.at, row.listened_ms) for row in rows]
    return Library(f"{person}-{kind}", person, catalogue, events, [row.known for row in rows])
