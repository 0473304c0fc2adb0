"""Quality of the queue beyond the next track: how new, how varied, how much of the library it reaches; K = 20.

Measured at some moments of a test, each time at three settings of the control between familiar and adventurous.

- ``new``: share of tracks never played before (novelty); ``own_new`` is the listener's own share in the test
- ``artists``: different artists among the places (diversity); ``pairs``: share of pairs of tracks by different artists
- ``own_artists``: share of tracks by artists listened to before
- ``gap``: places from a track to the next one of its artist, 20 where there is none
- ``repeats``: share of tracks that were already heard in the running session; must be 0
- ``coverage``: share of the library suggested at any of the moments
- ``heard``: share of tracks that the listener, who did not see the queue, listened to within the next 40 plays
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from recommender._api import Suggestion
from recommender._recommender import SuggestRequest
from recommender.evaluation._people import Person
from recommender.ranking import SESSION_GAP_MS

K = 20
MOMENTS = 40
SOON = 40
"""Plays within which a suggestion counts as heard."""
WAYS = {"familiar": -1.0, "balanced": 0.0, "adventurous": 1.0}


class Suggester(Protocol):
    """What is judged."""

    def suggest(self, request: SuggestRequest) -> list[Suggestion]:
        """The queue that is wanted."""


class QueueQuality:
    """Collects queues of one person's test.

    Args:
        person: Who.
    """

    def __init__(self, person: Person) -> None:
        self._artist = person.snapshot.artist
        self._every = max(1, person.tests // MOMENTS)
        self._played = person.played_before > 0
        self._known_artists = set(self._artist[self._played].tolist())
        self._session: set[int] = set()
        self._ended = 0
        self._asked = 0
        self._plays: list[int] = []
        self._new_plays: list[bool] = []
        self._asked_at: list[int] = []
        self._lists: dict[str, list[npt.NDArray[np.int64]]] = {name: [] for name in WAYS}
        self._figures: dict[str, list[dict[str, float]]] = {name: [] for name in WAYS}

    def watch(self, model: Suggester, now: int) -> None:
        """Called before each tested play; asks for queues at every so many of them."""
        self._asked += 1
        if self._asked % self._every:
            return
        self._asked_at.append(len(self._plays))
        session = self._session if now - self._ended <= SESSION_GAP_MS else set()
        for name, way in WAYS.items():
            suggested = model.suggest(SuggestRequest(K, now, adventurousness=way, seed=self._asked))
            items = np.array([one.item for one in suggested], np.int64)
            self._lists[name].append(items)
            if len(items):
                self._figures[name].append(self._of_list(items, session))

    def heard(self, item: int, at: int, end: int, *, played: bool) -> None:
        """Called after each event of the test, with its time in UTC ms."""
        if at - self._ended > SESSION_GAP_MS:
            self._session.clear()
        self._session.add(item)
        self._ended = max(self._ended, end)
        if played:
            self._plays.append(item)
            self._new_plays.append(not self._played[item])
            self._played[item] = True
            self._known_artists.add(int(self._artist[item]))

    def figures(self) -> dict[str, dict[str, float]]:
        """Means for each setting of the control; empty without a queue."""
        found = {}
        for name, each in self._figures.items():
            if each:
                means = {key: float(np.mean([one[key] for one in each])) for key in each[0]}
                reached = len(np.unique(np.concatenate(self._lists[name])))
                own = float(np.mean(self._new_plays)) if self._new_plays else 0.0
                found[name] = means | {
                    "coverage": reached / len(self._played),
                    "heard": self._heard(self._lists[name]),
                    "own_new": own,
                }
        return found

    def _heard(self, lists: Sequence[npt.NDArray[np.int64]]) -> float:
        """Mean share of the tracks of each list that were played within the next plays."""
        asked = zip(lists, self._asked_at, strict=True)
        return float(np.mean([np.isin(items, self._plays[at : at + SOON]).mean() for items, at in asked if len(items)]))

    def _of_list(self, items: npt.NDArray[np.int64], session: set[int]) -> dict[str, float]:
        # Tracks without an artist are by artists of their own.
        artists = np.where(self._artist[items] >= 0, self._artist[items], -2 - items)
        _, counts = np.unique(artists, return_counts=True)
        pairs = len(items) * (len(items) - 1) / 2
        same = float((counts * (counts - 1) / 2).sum())
        return {
            "new": float(np.mean(~self._played[items])),
            "artists": float(len(counts)),
            "pairs": 1 - same / pairs if pairs else 1.0,
            "own_artists": float(np.mean([artist in self._known_artists for artist in self._artist[items].tolist()])),
            "gap": _gap(artists),
            "repeats": float(np.mean([item in session for item in items.tolist()])),
        }


def mean_quality(people: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, dict[str, float]]:
    """Means over people."""
    known = [one for one in people if one]
    return {
        name: {key: round(float(np.mean([one[name][key] for one in known])), 4) for key in known[0][name]}
        for name in (WAYS if known else ())
    }


def _gap(artists: npt.NDArray[np.int64]) -> float:
    gaps = []
    for place, artist in enumerate(artists.tolist()):
        later = np.flatnonzero(artists[place + 1 :] == artist)
        gaps.append(float(later[0] + 1) if len(later) else float(K))
    return float(np.mean(gaps))
