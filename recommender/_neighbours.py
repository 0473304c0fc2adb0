"""Tracks like others, by sound and by taste."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

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
    cosine = None if direction is None else sound.cosines(direction)
    among = np.zeros(len(sound), np.bool_)
    if cosine is not None:
        among[top(cosine, _SHORT + len(items))] = True
    if taste is not None and liking is not None:
        among[taste.items] = True
    among[items] = False
    chosen = np.flatnonzero(among).astype(np.int32)
    total, kinds = np.zeros(len(chosen), np.float32), np.zeros(len(chosen), np.float32)
    if cosine is not None:
        total += cosine[chosen]
        kinds += sound.known(chosen)
    if taste is not None and liking is not None:
        cosines, known = _taste_of(taste, liking, chosen)
        total += cosines
        kinds += known
    wanted = (cosine is not None) + (liking is not None)
    known = kinds > 0
    chosen, likeness = chosen[known], total[known] / np.sqrt(kinds[known] * np.float32(wanted))
    best = top(likeness, k)
    return chosen[best], likeness[best]


def _taste_of(taste: ItemFactors, liking: FloatArray, items: IntArray) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Cosines of the taste vectors of some items to one of length 1, and which of them have a vector."""
    found = np.zeros(len(taste), np.float32)
    found[taste.items] = taste.own_rows() @ liking
    is_own = np.zeros(len(taste), np.bool_)
    is_own[taste.items] = True
    others = items[~is_own[items]]
    found[others] = taste.rows(others) @ liking
    return found[items], ~taste.missing(items)


def _mean_direction(rows: FloatArray) -> FloatArray | None:
    """The direction of the sum of some rows, of length 1; None where it has none."""
    total = rows.sum(axis=0)
    length = float(np.linalg.norm(total))
    return np.asarray(total / np.float32(length), np.float32) if length else None
