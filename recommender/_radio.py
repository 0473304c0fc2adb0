"""Radios: queues that are like some tracks, their seeds, whatever is played now.

Near a seed is what sounds like it, what is to the same taste, what is by the same artist, and what was played around
it. What was so in one session only may be chance: it comes in where the rest does not fill the queue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, IntArray, Reason, ReasonKind
from recommender._company import Company
from recommender._neighbours import similar
from recommender._snapshot import Snapshot
from recommender._vectors import Vectors, top
from recommender.models import ItemFactors, Signals
from recommender.ranking import Evidence, RankRequest

CANDIDATES = 400
"""Of each kind: alike by sound and taste, played around the seeds, by their artists."""
COMPANY = 2.0
"""Weight of `Company.excess`."""
OF_ARTIST = 2.5
"""What a track gains by being by the artist of a seed, in nats."""
SESSIONS = 2
"""In so many sessions a track was played around seeds if that is no chance,"""
EXCESS = 0.7
"""and by so much more than by chance, in nats: twice as much."""
_BY_ARTIST = 0.5
"""Likeness of two tracks of which nothing is known but that they are by the same artist."""


@dataclass(frozen=True, slots=True)
class Radio:
    """What a radio is chosen from.

    Attributes:
        items: The candidates, int32[C], ascending; no seed is among them.
        parts: What their nearness to the seeds adds to their scores, by kind ("session", "artist"), each float32[C],
            in nats. What sound and taste add is the business of the queue.
        company: What was played around the seeds.
    """

    items: IntArray
    parts: Mapping[str, FloatArray]
    company: Company

    @property
    def gains(self) -> FloatArray:
        """The sum of the parts, float32[C]."""
        return sum(self.parts.values(), np.zeros(len(self.items), np.float32))

    def why(self, evidence: Evidence) -> ReasonKind | None:
        """What a suggestion owes its place to: to be close to a seed, or else to have been played around one."""
        if evidence.alike is not None:
            return ReasonKind.SIMILAR
        return ReasonKind.SESSION if evidence.together else None

    def naming(self, reasons: Sequence[Reason], item: int) -> tuple[Reason, ...]:
        """The reasons of a suggestion with the seed that it was played around."""
        return tuple(
            replace(one, other=self.company.nearest(item)) if one.kind is ReasonKind.SESSION else one for one in reasons
        )


class Radios:
    """The radios of one listener and library.

    Args:
        snapshot: The library.
        signals: What was played so far; the owner keeps them up to date.
        sound: Content vectors, of width 0 where there are none.
        taste: Taste vectors; None without.
    """

    def __init__(self, snapshot: Snapshot, signals: Signals, sound: Vectors, taste: ItemFactors | None) -> None:
        self._snapshot = snapshot
        self._signals = signals
        self._sound = sound
        self._taste = taste

    def around(self, request: RankRequest, allowed: npt.NDArray[np.bool_]) -> Radio:
        """What is near `request.like`.

        Args:
            request: What is wanted.
            allowed: bool[N], what may be suggested: no seed is.
        """
        seeds = np.asarray(request.like, np.int32)
        plays = self._signals.history.plays
        company = Company.of(plays.items.values, plays.sessions.values, seeds, len(self._snapshot))
        alike, likeness = similar(self._sound, self._taste, seeds, CANDIDATES + len(seeds))
        alike = alike[(likeness > 0) & allowed[alike]][:CANDIDATES]
        firm = np.where(
            allowed & (company.sessions >= SESSIONS) & (company.excess >= EXCESS), company.excess, np.float32(0)
        )
        of_artist = self._of_artists(seeds)
        items = _union(alike, _best(firm), self._most_played(of_artist & allowed)[:CANDIDATES])
        if len(items) < request.k:
            items = _union(items, _best(np.where(allowed, company.excess, np.float32(0))))
        parts = {
            "session": np.float32(COMPANY) * company.excess[items],
            "artist": np.float32(OF_ARTIST) * of_artist[items].astype(np.float32),
        }
        return Radio(items, parts, company)

    def neighbours(self, items: IntArray, k: int) -> tuple[IntArray, FloatArray]:
        """The k items most like some by taste and sound, best first, and how much (0 to 1).

        For items without vectors those by the same artists, the most played first.
        """
        found, likeness = similar(self._sound, self._taste, items, k)
        if len(found):
            return found, likeness
        same = self._of_artists(items)
        same[items] = False
        rows = self._most_played(same)[:k]
        return rows, np.full(len(rows), _BY_ARTIST, np.float32)

    def _of_artists(self, items: IntArray) -> npt.NDArray[np.bool_]:
        """Which items are by an artist of some, bool[N]."""
        artists = np.unique(self._snapshot.artist[items])
        return np.isin(self._snapshot.artist, artists[artists >= 0])

    def _most_played(self, among: npt.NDArray[np.bool_]) -> IntArray:
        """The items of a mask, the most played first."""
        rows = np.flatnonzero(among).astype(np.int32)
        return rows[np.argsort(-self._signals.memory.counts[rows], kind="stable")]


def _best(scores: FloatArray) -> IntArray:
    """The items with the highest of the scores above 0."""
    best = top(scores, CANDIDATES)
    return best[scores[best] > 0]


def _union(*parts: IntArray) -> IntArray:
    """The items of all parts, ascending, each once."""
    return np.unique(np.concatenate(parts)).astype(np.int32)
