"""Tracks like others, by sound and by taste."""

from __future__ import annotations

import numpy as np

from recommender._api import FloatArray, IntArray
from recommender._vectors import Vectors, top
from recommender.models import ItemFactors

_SHORT = 4000


def similar(sound: Vectors, taste: ItemFactors | None, items: IntArray, k: int) -> tuple[IntArray, FloatArray]:
    """The k items most like the mean of some, by the mean of both cosines; best first, without those, and how much.

    Every item is compared by its sound. By taste those are compared that sound most alike, and all that have a vector
    of their own: the taste vectors of the others are a function of their sound.

    Returns:
        Items int32[<=k] and likeness float32, 0 to 1 for what is alike at all. Empty when nothing is known of `items`.
    """
    direction = _mean_direction(sound.rows(items)) if sound.width else None
    liking = _mean_direction(taste.rows(items)) if taste is not None else None
    if direction is None and liking is None:
        return np.zeros(0, np.int32), np.zeros(0, np.float32)
    near = np.zeros(0, np.int32) if direction is None else top(sound.cosines(direction), _SHORT + len(items))
    own = np.zeros(0, np.int32) if taste is None or liking is None else taste.items
    chosen = np.setdiff1d(np.union1d(near, own), items).astype(np.int32)
    total, kinds = np.zeros(len(chosen), np.float32), np.zeros(len(chosen), np.float32)
    wanted = 0
    for vectors, way in ((sound, direction), (taste, liking)):
        if vectors is not None and way is not None:
            rows = vectors.rows(chosen)
            total += rows @ way
            kinds += np.any(rows, axis=1)
            wanted += 1
    known = kinds > 0
    chosen, likeness = chosen[known], total[known] / np.sqrt(kinds[known] * np.float32(wanted))
    best = top(likeness, k)
    return chosen[best], likeness[best]


def _mean_direction(rows: FloatArray) -> FloatArray | None:
    """The direction of the sum of some rows, of length 1; None where it has none."""
    total = rows.sum(axis=0)
    length = float(np.linalg.norm(total))
    return np.asarray(total / np.float32(length), np.float32) if length else None
