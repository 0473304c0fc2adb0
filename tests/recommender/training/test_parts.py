"""Batches, measures, schedule, folds."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.models import PAD, Samples
from recommender.training import auc
from recommender.training._batches import BLOCK, WARM_UP, Scaling, batches
from recommender.training._measure import Measured, _rank
from recommender.training._tune import moved, schedule, time_folds


def samples(events: int = 300, count: int = 40) -> Samples:
    """Sample s lies after event `at`; its first candidate feature is that number, and so is the event's."""
    at = np.sort(np.random.default_rng(0).choice(events, count, replace=False))
    numbers = np.arange(events, dtype=np.float32)
    candidates = np.zeros((count, 3, 2), np.float32)
    candidates[:, :, 0] = at[:, None]
    return Samples(
        events=np.stack([numbers, numbers * 0], axis=1),
        at=at,
        candidates=candidates,
        log_weight=np.zeros((count, 3), np.float32),
        skipped=np.arange(count) % 3 == 0,
        known=np.arange(count) % 7 != 0,
    )


@pytest.mark.parametrize("shuffled", [False, True])
def test_every_sample_is_in_one_batch_with_its_events(shuffled: bool) -> None:
    given = samples()
    seen = []
    random = np.random.default_rng(1) if shuffled else None
    for batch in batches(given, np.arange(40), 16, random):
        flat = batch["events"].reshape(-1, 2)
        assert batch["events"].shape[1] == BLOCK + WARM_UP
        assert np.array_equal(flat[batch["at"], 0], batch["candidates"][:, 0, 0])
        seen += batch["candidates"][:, 0, 0].tolist()
    assert sorted(seen) == given.at.tolist()
    assert (seen == sorted(seen)) != shuffled


def test_a_stretch_holds_the_events_before() -> None:
    (batch,) = batches(samples(), np.array([39]), 16, None)
    at = int(batch["at"][0])
    assert at >= WARM_UP
    assert np.array_equal(np.diff(batch["events"][0, : at + 1, 0]), np.ones(at))


def test_skips_are_no_targets_and_unknown_ends_say_nothing() -> None:
    given = samples()
    (batch,) = batches(given, np.arange(40), 10_000, None)
    assert np.array_equal(batch["rank_weight"] > 0, given.known & ~given.skipped)
    assert np.array_equal(batch["skip_target"] > 0, given.skipped)
    assert np.array_equal(batch["skip_weight"] > 0, given.known)


def test_nothing_chosen_is_no_batch() -> None:
    assert list(batches(samples(), np.zeros(0, np.int64), 16, None)) == []


def test_features_are_standardised_and_clipped() -> None:
    scaling = Scaling(*(np.array(values, np.float32) for values in ([1, 0], [2, 1], [0, 0], [0.1, 1])))
    given = scaling.applied(samples())
    assert given.events[:4, 0].tolist() == [-2, 0, 2, 4]
    assert given.events[-1, 0] == 5
    assert scaling.features(np.array([3], np.float32), [0]).tolist() == pytest.approx([0.3])


def test_ranks_count_what_candidates_stand_for() -> None:
    log_weight = np.log(np.array([[1, 2, 50, 4]], np.float32))
    log_weight[0, 3] = PAD
    plain = np.array([[1.0, 2.0, 0.5, 9.0]], np.float32)
    assert _rank(plain + log_weight, log_weight)[0] == pytest.approx(3)
    assert _rank(np.array([[1.0, 1.0]], np.float32), np.zeros((1, 2), np.float32))[0] == 1.5


def test_figures() -> None:
    measured = Measured(np.array([1, 3], np.float32), np.array([2, 40], np.float32), 0.75)
    assert measured.figures() == {"loss": 2.0, "hr10": 0.5, "mrr20": 0.25, "plays": 2.0, "skip_auc": 0.75}
    nothing = np.zeros(0, np.float32)
    assert Measured(nothing, nothing, None).figures() == {}


def test_auc_is_the_chance_to_be_above() -> None:
    positive = np.array([True, False, True, False])
    assert auc(np.array([4, 1, 3, 2], np.float32), positive) == 1.0
    assert auc(np.array([1, 1, 1, 1], np.float32), positive) == 0.5
    assert auc(np.array([4, 3, 1, 2], np.float32), positive) == 0.5
    assert auc(np.zeros(2, np.float32), np.array([True, True])) is None


def test_the_schedule_rises_and_falls() -> None:
    factors = [schedule(part) for part in np.linspace(0, 1, 101)]
    peak = int(np.argmax(factors))
    assert factors[peak] == pytest.approx(1.0)
    assert factors[: peak + 1] == sorted(factors[: peak + 1])
    assert factors[peak:] == sorted(factors[peak:], reverse=True)
    assert factors[-1] == pytest.approx(0.1)


def test_folds_never_look_ahead() -> None:
    at = np.random.default_rng(0).permutation(200)
    folds = time_folds(np.arange(100), at)
    assert len(folds) == 3
    for earlier, later in folds:
        assert at[earlier].max() < at[later].min()
    assert sum(len(later) for _, later in folds) == 60
    assert time_folds(np.arange(20), at) == []


def test_moving_goes_part_of_the_way() -> None:
    base, tuned = np.zeros(3, np.float32), np.full(3, 2, np.float32)
    assert moved(base, tuned, 0.5).tolist() == [1, 1, 1]
