"""What was played around some tracks: near them, in the same listening sessions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender._api import FloatArray, IntArray

REACH = 8.0
"""Places from a track after which another of its session counts a third of its neighbour."""


@dataclass(frozen=True, slots=True)
class Company:
    """What was played around some items, the seeds.

    A seed is in no one's company, nor in its own. R plays lie in the sessions of the seeds.

    Attributes:
        weight: How much every item was played around them, float32[N], 0 for never. Each of its plays counts by its
            distance from the nearest seed.
        excess: By how much that is more than chance, in nats, float32[N], at least 0. Where most of what was ever
            played is near one of many seeds, to be near one says nothing.
        sessions: In how many sessions, int32[N].
        items: Item of each of those plays, int32[R].
        beside: The seed nearest to it, int32[R].
        nearness: How near, float32[R].
    """

    weight: FloatArray
    excess: FloatArray
    sessions: IntArray
    items: IntArray
    beside: IntArray
    nearness: FloatArray

    @classmethod
    def of(cls, items: IntArray, sessions: IntArray, seeds: IntArray, size: int) -> Company:
        """Look through all plays.

        Args:
            items: What was listened to, oldest first, int32[P].
            sessions: Number of the session of each, int32[P], ascending.
            seeds: Items, int32[S].
            size: Number of items, N.
        """
        is_seed = np.zeros(size, np.bool_)
        is_seed[seeds] = True
        seeded = is_seed[items]
        places = np.flatnonzero(seeded)
        if not len(places):
            none, nothing = np.zeros(size, np.float32), np.zeros(0, np.int32)
            return cls(none, none, np.zeros(size, np.int32), nothing, nothing, np.zeros(0, np.float32))
        with_seed = np.zeros(int(sessions[-1]) + 1, np.bool_)
        with_seed[sessions[places]] = True
        rows = np.flatnonzero(with_seed[sessions] & ~seeded)
        at = np.searchsorted(places, rows)
        before, after = places[np.maximum(at - 1, 0)], places[np.minimum(at, len(places) - 1)]
        far = [np.where(sessions[one] == sessions[rows], np.abs(rows - one), np.inf) for one in (before, after)]
        beside = items[np.where(far[0] <= far[1], before, after)]
        nearness = np.exp(-np.minimum(*far) / REACH)
        there = items[rows]
        weight = np.bincount(there, nearness, minlength=size)
        others = len(items) - len(places)
        usual = nearness.sum() / max(1, others)
        counts = np.bincount(items, minlength=size)
        excess = np.maximum(np.log1p(weight) - np.log1p(usual * counts), 0) * (weight > 0)
        once = np.unique(sessions[rows].astype(np.int64) * size + there) % size
        return cls(
            weight.astype(np.float32),
            excess.astype(np.float32),
            np.bincount(once, minlength=size).astype(np.int32),
            there,
            beside,
            nearness.astype(np.float32),
        )

    def nearest(self, item: int) -> int | None:
        """The seed that an item was played around most; None where it was played around none."""
        mine = np.flatnonzero(self.items == item)
        if not len(mine):
            return None
        seeds, place = np.unique(self.beside[mine], return_inverse=True)
        return int(seeds[np.argmax(np.bincount(place, self.nearness[mine]))])
