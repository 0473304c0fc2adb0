"""How alike tracks are, by sound and by taste."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray
from recommender._vectors import unit_rows


class Rows(Protocol):
    """One vector for each item of a library."""

    @property
    def width(self) -> int:
        """Length of a vector; 0 where there are none."""

    def rows(self, items: npt.ArrayLike) -> FloatArray:
        """Vectors of some items scaled to length 1, float32[len(items), width]; zeros where unknown."""


class Likeness:
    """Compares C rows: 0 for two as alike as any two of them, 1 for the same; the mean over all kinds of vectors.

    Args:
        vectors: Matrices float32[C, D], one for each kind; rows have length 1, or are zeros: unknown, and like nothing.
            So do those of the others that are compared with them.

    Attributes:
        rows: C.
        kinds: How many kinds of vectors there are; without any nothing can be compared.
    """

    def __init__(self, vectors: Sequence[FloatArray]) -> None:
        self.kinds = len(vectors)
        self.rows = len(vectors[0]) if vectors else 0
        self._units = vectors
        self._usual = [_usual_cosine(units) for units in self._units]

    def to_row(self, row: int) -> FloatArray:
        """Likeness of every row to one of them, float32[C]."""
        return self._mean([units[row : row + 1] for units in self._units])

    def to_mean(self, others: Sequence[FloatArray]) -> FloatArray:
        """Likeness of every row to the mean of other vectors (one matrix for each kind), float32[C]."""
        means = [matrix.sum(axis=0, keepdims=True) for matrix in others]
        return self._mean([unit_rows(mean) for mean in means])

    def to_each(self, others: Sequence[FloatArray]) -> FloatArray:
        """Likeness of every row to every one of other vectors, float32[C, M]."""
        total = np.zeros((self.rows, len(others[0])), np.float32)
        for units, other, usual in zip(self._units, others, self._usual, strict=True):
            cosine = units @ other.T
            total += np.clip((cosine - np.float32(usual)) / np.float32(1 - usual + 1e-6), 0, 1)
        return total / np.float32(len(self._units))

    def to_nearest(self, others: Sequence[FloatArray]) -> FloatArray:
        """Likeness of every row to the most alike of other vectors, float32[C]."""
        return self._mean(others)

    def _mean(self, directions: Sequence[FloatArray]) -> FloatArray:
        total = np.zeros(self.rows, np.float32)
        for units, direction, usual in zip(self._units, directions, self._usual, strict=True):
            cosine = (units @ direction.T).max(axis=1)
            total += np.clip((cosine - np.float32(usual)) / np.float32(1 - usual + 1e-6), 0, 1)
        return total / np.float32(len(self._units))


def _usual_cosine(units: FloatArray) -> float:
    """Mean cosine of two different rows."""
    count = len(units)
    if count < 2:
        return 0.0
    total = units.sum(axis=0)
    return float(np.clip((total @ total - np.square(units).sum()) / (count * (count - 1)), 0, 0.95))
