"""The control between familiar and adventurous changes the queue one way, all along."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender import Artefact, Recommender, SuggestRequest
from tests.simulation.listeners import ARTIST_OF, DAY, HOUR, SIZE, START, Fan, SimulatedListener, library, picked

BASE = Path(__file__).parents[2] / "resources/models/base"
WAYS = (-1.0, -0.5, 0.0, 0.5, 1.0)
MOMENTS = 8


def qualities(kind: type[SimulatedListener], seed: int) -> list[dict[str, float]]:
    """Novelty, coverage, diversity and share of known artists at each setting, over some days."""
    listener = kind(seed)
    plays = picked(listener, 40)
    recommender = Recommender(library(plays), Artefact.load(BASE))
    known = np.isin(ARTIST_OF, ARTIST_OF[plays.item])
    heard = np.isin(np.arange(SIZE), plays.item)
    found = []
    for way in WAYS:
        lists = [
            [one.item for one in recommender.suggest(SuggestRequest(20, at, adventurousness=way, seed=at))]
            for at in (START + moment * DAY // 2 + 3 * HOUR for moment in range(MOMENTS))
        ]
        found.append(
            {
                "new": float(np.mean([~heard[items] for items in lists])),
                "coverage": len(np.unique(lists)) / SIZE,
                "artists": float(np.mean([len(np.unique(ARTIST_OF[items])) for items in lists])),
                "strangers": float(np.mean([~known[items] for items in lists])),
            }
        )
    return found


@pytest.fixture(scope="module")
def people() -> list[list[dict[str, float]]]:
    """Four people of two tastes."""
    return [qualities(kind, seed) for kind in (SimulatedListener, Fan) for seed in (1, 2)]


@pytest.mark.parametrize("figure", ["new", "coverage", "artists", "strangers"])
def test_from_familiar_to_adventurous_it_rises(people: list[list[dict[str, float]]], figure: str) -> None:
    each = np.array([[at[figure] for at in person] for person in people])
    steps = np.diff(each.mean(axis=0))
    assert (steps >= -0.02 * each.mean()).all()
    assert (each[:, -1] > each[:, 0]).all()
    assert (each[:, 2] >= each[:, 0] - 0.02 * each.mean()).all()
    assert (each[:, 4] >= each[:, 2] - 0.02 * each.mean()).all()
