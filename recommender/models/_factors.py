"""Taste vectors of all items of a library: learned ones for what was played, the rest from the sound when asked for."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, IntArray
from recommender._vectors import Vectors, unit_rows
from recommender.models._bulk import DoubleArray

_SAMPLE = 20_000


class ItemFactors:
    """A vector for each of N items, without a table of N rows.

    Args:
        size: N.
        items: int32[P], which have a vector of their own, all different.
        own: float32[P, F].
        trust: float32[P], 0 to 1: the part of an item's vector that is its own; the rest is what its sound predicts.
        sound: Content vectors of the N items; None where there are none.
        known: bool[N], which items have one.
        sound_map: float32[width + 1, F], (unit content vector, 1) -> vector.
    """

    def __init__(
        self,
        size: int,
        items: IntArray,
        own: FloatArray,
        trust: FloatArray,
        sound: Vectors | None,
        known: npt.NDArray[np.bool_],
        sound_map: FloatArray,
    ) -> None:
        self._items, self._own = items, own
        self._row: IntArray = np.full(size, -1, np.int32)
        self._row[items] = np.arange(len(items), dtype=np.int32)
        self._sound = sound
        self._known = known if sound is not None else np.zeros(size, np.bool_)
        self._map = sound_map
        self._trust = np.where(self._known[items], trust, np.float32(1)).astype(np.float32)[:, None]
        self._own_rows: FloatArray | None = None

    @classmethod
    def of(cls, factors: FloatArray) -> Self:
        """All items have their own; rows of zeros are missing."""
        size, width = factors.shape
        items = np.flatnonzero(np.any(factors, axis=1)).astype(np.int32)
        unknown = np.zeros(size, np.bool_)
        return cls(
            size,
            items,
            factors[items],
            np.ones(len(items), np.float32),
            None,
            unknown,
            np.zeros((1, width), np.float32),
        )

    def __len__(self) -> int:
        return len(self._row)

    @property
    def width(self) -> int:
        """F."""
        return int(self._own.shape[1])

    @property
    def items(self) -> IntArray:
        """Those with a vector of their own."""
        return self._items

    def missing(self, items: IntArray | slice = slice(None)) -> npt.NDArray[np.bool_]:
        """Which of some items have no vector at all."""
        return np.asarray(~self._known[items] & (self._row[items] < 0))

    def vectors(self, items: npt.ArrayLike) -> FloatArray:
        """Vectors of some items, float32[len(items), F]; rows of zeros where there is none."""
        items = np.asarray(items)
        found = np.zeros((len(items), self.width), np.float32)
        heard = np.flatnonzero(self._known[items])
        if self._sound is not None and len(heard):
            found[heard] = self._sound.rows(items[heard]) @ self._map[:-1] + self._map[-1]
        row = self._row[items]
        own = np.flatnonzero(row >= 0)
        trust = self._trust[row[own]]
        found[own] = trust * self._own[row[own]] + (1 - trust) * found[own]
        return found

    def rows(self, items: npt.ArrayLike) -> FloatArray:
        """The same scaled to length 1."""
        return unit_rows(self.vectors(items))

    def own_rows(self) -> FloatArray:
        """Those of `items` scaled to length 1, float32[P, F]; worked out once."""
        if self._own_rows is None:
            self._own_rows = unit_rows(self.vectors(self._items))
        return self._own_rows

    def products(self, vector: FloatArray, items: npt.NDArray[np.integer] | None = None) -> FloatArray:
        """Product of the vectors of some items (of all, without) with one of float32[F]."""
        if items is not None:
            return self.vectors(items) @ vector
        found = np.zeros(len(self), np.float32)
        if self._sound is not None:
            found = self._sound.cosines(self._map[:-1] @ vector)
            found[self._known] += self._map[-1] @ vector
        trust = self._trust[:, 0]
        found[self._items] = trust * (self._own @ vector) + (1 - trust) * found[self._items]
        return found

    def gram(self) -> DoubleArray:
        """Sum of the outer products of all vectors, float64[F, F].

        Of what is known by its sound alone an even sample stands for all: it is twenty thousand rows for a sum over
        a million.
        """
        own = self.vectors(self._items).astype(np.float64)
        # Looking up the sound of so many is the dear part of both: whoever needs the one will need the other.
        self._own_rows = unit_rows(own)
        total = own.T @ own
        others = np.flatnonzero(self._known & (self._row < 0))
        sample = others[:: max(1, len(others) // _SAMPLE)]
        if len(sample):
            vectors = self.vectors(sample).astype(np.float64)
            total += vectors.T @ vectors * (len(others) / len(sample))
        return np.asarray(total, np.float64)
