"""Rows of vectors compared by cosine: for neighbours by content, by taste, and for diversity."""

from __future__ import annotations

import numpy as np

from recommender._api import FloatArray, IntArray


def unit_rows(matrix: FloatArray) -> FloatArray:
    """Each row of float32[N, D] scaled to length 1; rows of zeros stay zeros."""
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: FloatArray = np.divide(matrix, length, out=np.zeros_like(matrix), where=length > 0)
    return unit


def top(scores: FloatArray, k: int) -> IntArray:
    """Indices of the k largest values, best first, ties by lower index; int32[min(k, N)]."""
    k = min(k, len(scores))
    if k <= 0:
        return np.zeros(0, np.int32)
    # Everything that ties with the k-th value takes part, so that the order never depends on partitioning.
    least = np.partition(scores, len(scores) - k)[len(scores) - k]
    chosen = np.flatnonzero(scores >= least)
    return chosen[np.argsort(-scores[chosen], kind="stable")[:k]].astype(np.int32)


def nearest(unit: FloatArray, items: IntArray, k: int) -> tuple[IntArray, FloatArray]:
    """The k rows most alike the mean direction of `items`, without those.

    Args:
        unit: float32[N, D], rows of length 1, or 0 for items without a vector.
        items: Rows to start from; those of zeros do not count.
        k: How many, at most.

    Returns:
        Rows int32[<=k] best first and their cosines float32. Empty when none of `items` has a vector.
    """
    mean = unit[items].sum(axis=0)
    length = float(np.linalg.norm(mean))
    if length == 0:
        return np.zeros(0, np.int32), np.zeros(0, np.float32)
    cosine = unit @ (mean / np.float32(length))
    candidate = np.any(unit, axis=1)
    candidate[items] = False
    cosine[~candidate] = -np.inf
    best = top(cosine, min(k, int(np.count_nonzero(candidate))))
    return best, cosine[best]
