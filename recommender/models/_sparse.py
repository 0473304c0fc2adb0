"""A score of few items out of many: dense to look up, sparse to fill and clear."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, IntArray

_FEW = 200
"""Fewer items than one in so many are sorted sooner than a mark for each item of the library is looked at."""


def distinct(parts: Sequence[IntArray], size: int) -> IntArray:
    """Items out of 0 to `size` - 1 that are in any of the parts, each once, ascending; int32.

    By a mark on each where they are many: several times faster than `numpy.unique`.
    """
    if sum(map(len, parts)) < size // _FEW:
        return np.unique(np.concatenate(parts)).astype(np.int32) if parts else np.zeros(0, np.int32)
    marked = np.zeros(size, np.bool_)
    for part in parts:
        marked[part] = True
    return np.flatnonzero(marked).astype(np.int32)


def grouped(items: IntArray, weights: npt.NDArray[np.floating]) -> tuple[IntArray, FloatArray]:
    """The distinct items, ascending, and the sum of each one's weights, float32."""
    found, inverse = np.unique(items, return_inverse=True)
    return found.astype(np.int32), np.bincount(inverse, weights=weights, minlength=len(found)).astype(np.float32)


class SparseScores:
    """Non-negative scores, zero for all but the items touched.

    Attributes:
        values: float32[N].
        total: Sum of all that was added.
    """

    def __init__(self, size: int) -> None:
        self.values: FloatArray = np.zeros(size, np.float32)
        self.total = 0.0
        self._touched: list[IntArray] = []
        self._each: IntArray | None = None

    def clear(self) -> None:
        """Back to zero everywhere."""
        for items in self._touched:
            self.values[items] = 0.0
        self._touched.clear()
        self._each = None
        self.total = 0.0

    def add(self, items: IntArray, weights: npt.NDArray[np.floating]) -> None:
        """Add weights; an item may occur more than once."""
        if len(items):
            np.add.at(self.values, items, weights.astype(np.float32))
            self._touched.append(items)
            self._each = None
            self.total += float(weights.sum())

    def raise_to(self, items: IntArray, weights: npt.NDArray[np.floating]) -> None:
        """Raise the score of each item to its largest weight here; `total` is not kept."""
        if len(items):
            np.maximum.at(self.values, items, weights.astype(np.float32))
            self._touched.append(items)
            self._each = None

    def touched(self) -> IntArray:
        """Items that are not zero, each once, ascending. Not to be changed: it is kept until something is added."""
        if self._each is None:
            self._each = distinct(self._touched, len(self.values))
            self._each = self._each[self.values[self._each] != 0]
        return self._each

    def log_share(self, items: IntArray, floor: float) -> FloatArray:
        """log(part of the total + floor) of some items."""
        share = self.values[items] / np.float32(self.total + 1e-12)
        return np.asarray(np.log(share + np.float32(floor)), np.float32)

    def peak(self) -> float:
        """The best score; 0 when nothing is touched."""
        return max((float(self.values[items].max()) for items in self._touched), default=0.0)

    def rank_into(self, ranks: SparseScores, count: int) -> None:
        """Set 1 / rank of the best `count` items, ties by lower item."""
        best = self.top(count)
        ranks.raise_to(best, 1.0 / np.arange(1, len(best) + 1))

    def top(self, count: int) -> IntArray:
        """The best items, best first; fewer if fewer are touched."""
        items = self.touched()
        order = np.argsort(-self.values[items], kind="stable")
        return items[order[:count]]
