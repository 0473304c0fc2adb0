"""Picking one after the other: good, but unlike what was picked already.

Maximal marginal relevance (Carbonell & Goldstein 1998) in units of the scores (nats): a candidate loses by its likeness
to the most similar track picked, and by how soon its artist and album would come again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, IntArray
from recommender.ranking._likeness import Likeness

LIKENESS = 0.5
"""Cost of being the same as a picked track."""
ARTIST_GAP = 4
ARTIST_COST = 2.0
ALBUM_GAP = 8
ALBUM_COST = 1.5
SPREAD = 0.8
"""How much more all this costs at the adventurous end, and less at the familiar one."""
CLEARLY = 2.5
"""A difference of scores that everybody would see, in nats."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What can be picked; C rows.

    Attributes:
        items: int32[C].
        scores: float32[C], in nats.
        new: bool[C], never played.
        artist: int32[C], -1 without.
        album: int32[C], -1 without.
        recording: int32[C], the same for copies.
        likeness: Compares the C rows.
    """

    items: IntArray
    scores: FloatArray
    new: npt.NDArray[np.bool_]
    artist: IntArray
    album: IntArray
    recording: IntArray
    likeness: Likeness

    def __len__(self) -> int:
        return len(self.items)


class Picker:
    """Picks candidates one by one, remembering what was picked.

    Args:
        candidates: What can be picked.
        artists: Artists that sounded or stand in the queue before, oldest first.
        albums: Their albums.
        artist_cost: What it costs to come straight after a track of the same artist.
        way: -1 familiar to 1 adventurous.
        again: Further cost of every track of its artist that was picked.
        likeness: Cost of being the same as a picked track.
    """

    def __init__(
        self,
        candidates: Candidates,
        artists: Sequence[int],
        albums: Sequence[int],
        artist_cost: float,
        way: float = 0.0,
        again: float = 0.0,
        likeness: float = LIKENESS,
    ) -> None:
        self._candidates = candidates
        self._artists = list(artists)
        self._albums = list(albums)
        self._spread = 1 + SPREAD * way
        self._artist_cost = self._spread * artist_cost
        self._again = np.float32(again)
        self._likeness = self._spread * likeness
        self._picked: FloatArray = np.zeros(len(candidates), np.float32)
        self._free = np.ones(len(candidates), np.bool_)
        self._likest = np.zeros(len(candidates), np.float32)

    def pick(self, among: npt.NDArray[np.bool_], *, strictly: bool = True) -> tuple[int, bool] | None:
        """The best row among those of the mask that are left, and whether it owes its place to variety.

        That is said when a score at least `CLEARLY` higher was passed over. None when there is none left.

        Args:
            among: The mask.
            strictly: Else the best of all rows is taken where it is better by `CLEARLY`.
        """
        worth = self._candidates.scores - self._costs()
        if not strictly and self._free.any():
            among = among | (worth > worth[self._free & among].max(initial=-np.inf) + CLEARLY)
        left = np.flatnonzero(self._free & among)
        if not len(left):
            return None
        scores = self._candidates.scores[left]
        best = int(np.argmax(worth[left]))
        self.take(int(left[best]))
        return int(left[best]), bool(scores[best] < scores.max() - CLEARLY)

    def pick_near(self, among: npt.NDArray[np.bool_], *, within: float) -> tuple[int, bool] | None:
        """The best row of a mask, unless another one is better by more than so many nats; then None."""
        worth = self._candidates.scores - self._costs()
        left = np.flatnonzero(self._free & among)
        if not len(left) or worth[left].max() < worth[self._free].max() - within:
            return None
        return self.pick(among)

    def take(self, row: int) -> None:
        """Mark a row as picked, whatever it costs, and its copies with it."""
        self._free[self._candidates.recording == self._candidates.recording[row]] = False
        artist = int(self._candidates.artist[row])
        if self._again and artist >= 0:
            self._picked[self._candidates.artist == artist] += 1
        self._artists.append(artist)
        self._albums.append(int(self._candidates.album[row]))
        if self._candidates.likeness.kinds:
            np.maximum(self._likest, self._candidates.likeness.to_row(row), out=self._likest)

    def _costs(self) -> FloatArray:
        costs = np.float32(self._likeness) * self._likest + self._again * self._picked
        for recent, own, gap, cost in (
            (self._artists, self._candidates.artist, ARTIST_GAP, self._artist_cost),
            (self._albums, self._candidates.album, ALBUM_GAP, self._spread * ALBUM_COST),
        ):
            for distance, number in enumerate(reversed(recent[-gap:])):
                if number >= 0:
                    costs[own == number] += np.float32(cost * (1 - distance / gap))
        return costs
