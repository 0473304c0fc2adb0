"""Accuracy against plays so far: how soon a model is worth having."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from recommender._api import EventKind, Model
from recommender.evaluation._metrics import Doubles, hit_rate, reciprocal_rank
from recommender.evaluation._people import Person, from_the_start
from recommender.evaluation._replay import replay
from recommender.models import RULES

BOUNDS = (10, 30, 100, 300, 1000, 3000, 10_000)
"""Numbers of plays between which accuracy is averaged; the last stretch is open."""
EACH = 60
"""Plays tested of each stretch and person."""
GROWING = frozenset({*RULES, "segue"})
"""Models that start from nothing and learn event by event."""


def learning_curve(people: Sequence[Person], build: Callable[[Person], Model]) -> list[dict[str, float]]:
    """Means over people for each stretch of plays that anybody reached.

    Returns:
        "plays_from", "hr10", "mrr20" and "people" of each stretch.
    """
    ranks: dict[int, list[Doubles]] = {bound: [] for bound in BOUNDS}
    for one in people:
        fresh = from_the_start(one, BOUNDS, EACH)
        places = _plays_before(fresh)
        found = np.asarray(replay(fresh, build).ranks)
        stretch = np.searchsorted(BOUNDS, places, side="right") - 1
        for number, bound in enumerate(BOUNDS):
            if (stretch == number).any():
                ranks[bound].append(found[stretch == number])
    return [
        {
            "plays_from": float(bound),
            "hr10": round(float(np.mean([hit_rate(part) for part in parts])), 5),
            "mrr20": round(float(np.mean([reciprocal_rank(part) for part in parts])), 5),
            "people": float(len(parts)),
        }
        for bound, parts in ranks.items()
        if parts
    ]


def _plays_before(one: Person) -> npt.NDArray[np.int64]:
    """Number of plays before each tested one."""
    played = np.array([event.kind == EventKind.PLAYED for event in one.later])
    before = np.cumsum(played) - played
    return np.asarray(before[np.asarray(one.tested)], np.int64)
