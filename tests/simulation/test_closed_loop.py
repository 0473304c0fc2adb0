"""The closed loop with people and kinds of taste that no constant was tuned on: fewer skips, a change is followed.

`python -m tests.simulation --held-out` shows more of them.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from recommender import Artefact, Plays, Recommender
from tests.simulation.listeners import (
    HELD_OUT,
    START,
    TUNING,
    Build,
    Keeper,
    SimulatedListener,
    change,
    library,
    live,
    rate,
    shuffled,
    suggesting,
    week,
)

BASE = Path(__file__).parents[2] / "resources/models/base"
KINDS = tuple(dict.fromkeys(kind for kind, _ in HELD_OUT))
SEED = 100


def fewer_skips(build: Build, *, thumbs: bool = False) -> dict[str, float]:
    """By how much skips are fewer than with shuffle in a week, for one person of each kind."""
    weeks = {kind.__name__: week(kind, SEED, build, thumbs=thumbs) for kind in KINDS}
    return {name: 1 - guided / chance for name, (chance, guided) in weeks.items()}


@pytest.fixture(scope="module")
def build() -> Build:
    return partial(Recommender, artefact=Artefact.load(BASE))


@pytest.fixture(scope="module")
def fewer(build: Build) -> dict[str, float]:
    return fewer_skips(build)


def test_nobody_who_judges_was_tuned_on() -> None:
    assert not set(TUNING) & set(HELD_OUT)
    assert len(set(KINDS) - {kind for kind, _ in TUNING}) == 4


def test_a_week_has_at_least_thirty_per_cent_fewer_skips_than_shuffle(fewer: dict[str, float]) -> None:
    assert np.mean(list(fewer.values())) >= 0.5
    assert all(part >= 0.3 for part in fewer.values()), fewer


def test_thumbs_leave_no_more_skips_than_without_them(build: Build, fewer: dict[str, float]) -> None:
    thumbed = fewer_skips(build, thumbs=True)
    assert all(part >= 0.3 for part in thumbed.values()), thumbed
    # One person of each kind: the mean over them moves by some hundredths from one set of people to the next.
    assert np.mean(list(thumbed.values())) >= max(0.55, np.mean(list(fewer.values())) - 0.06)


def test_a_change_of_taste_is_followed_within_two_sessions(build: Build) -> None:
    # A keeper's forty other tracks have nothing in common that could tell them.
    people = [(kind, SEED + number) for kind in KINDS if kind is not Keeper for number in (1, 2)]
    found = [change(kind, seed, build) for kind, seed in people]
    first, later, chance = np.mean([[one.first, one.later, one.chance] for one in found], axis=0)
    assert first < chance
    assert later < first - 0.05
    assert later < 0.75 * chance


def test_a_week_without_any_past_is_better_than_shuffle(build: Build) -> None:
    by_chance, guided = SimulatedListener(11), SimulatedListener(11)
    recommender = build(library(Plays.build([], [])))
    chance = rate(live(by_chance, shuffled(1), lambda event: None, 14, START))
    found = rate(live(guided, suggesting(recommender), recommender.observe, 14, START))
    assert found <= 0.85 * chance
