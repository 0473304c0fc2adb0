"""Progress, the step, and the choice of hyperparameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recommender import Artefact, TrainingInterrupted
from recommender.models import NetworkSpec, Samples, spec_of
from recommender.training._measure import Meter
from recommender.training._progress import Progress
from recommender.training._step import StepSettings, Trainer
from recommender.training._tune import STAY, Tuner


@pytest.fixture(scope="module")
def spec(base: Artefact) -> NetworkSpec:
    return spec_of(base)


def samples(spec: NetworkSpec, count: int = 120, *, learnable: bool = True) -> Samples:
    """What comes next is the candidate with the largest first feature, or anything."""
    random = np.random.default_rng(3)
    candidates = random.normal(size=(count, 12, spec.features)).astype(np.float32)
    if learnable:
        candidates[:, 0, 0] = candidates[:, :, 0].max(axis=1) + 0.5
    return Samples(
        events=random.normal(size=(count + 1, spec.events)).astype(np.float32),
        at=np.arange(count),
        candidates=candidates,
        log_weight=np.zeros((count, 12), np.float32),
        skipped=np.zeros(count, np.bool_),
        known=np.ones(count, np.bool_),
    )


def tuner(base: Artefact, given: Samples, progress: Progress | None = None) -> Tuner:
    theta = base.tensor("theta")
    trainer = Trainer(base.graph("train"), theta)
    return Tuner(trainer, Meter(base.graph("measure")), theta, given, progress or Progress(1000))


def test_progress_tells_stage_and_seconds() -> None:
    lines: list[dict[str, Any]] = []
    time = iter([0.0, 2.0])
    progress = Progress(10, lines.append, clock=lambda: next(time))
    progress.say("fit", epochs=2)
    assert lines == [{"stage": "fit", "seconds": 2.0, "epochs": 2}]


def test_the_budget_is_counted_in_steps_and_not_by_the_clock() -> None:
    hours = iter(range(0, 1_000_000, 3600))
    progress = Progress(10, clock=lambda: next(hours))
    assert not progress.over(0.0)
    for _ in range(7):
        progress.step()
    assert progress.over(0.6)
    assert not progress.over()
    with pytest.raises(TrainingInterrupted):
        Progress(10, stopped=lambda: True).step()


def test_a_small_budget_tries_fewer_learning_rates(base: Artefact, spec: NetworkSpec) -> None:
    given = samples(spec)
    rates = [
        {point["learning_rate"] for point in tuner(base, given, Progress(steps)).tune(np.arange(120)).curve}
        for steps in (1, 1000)
    ]
    assert rates[0] < rates[1]


def test_progress_hands_values_on_and_stops() -> None:
    lines: list[dict[str, Any]] = []
    progress = Progress(10, lines.append)
    assert list(progress.through("replay", range(5), 5, every=2)) == [0, 1, 2, 3, 4]
    assert [line["done"] for line in lines] == [0, 2, 4]
    with pytest.raises(TrainingInterrupted):
        list(Progress(10, stopped=lambda: True).through("replay", range(5), 5))


def test_steps_lower_the_loss_and_restart_begins_anew(base: Artefact, spec: NetworkSpec) -> None:
    given = samples(spec)
    fine = tuner(base, given)
    first, *_, last = list(fine.epochs(np.arange(120), 3e-3))
    assert not np.array_equal(first, last)
    again = next(fine.epochs(np.arange(120), 3e-3))
    assert np.array_equal(again, first)
    meter = Meter(base.graph("measure"))
    before, after = (meter.measure(t, given, np.arange(120)).losses.mean() for t in (base.tensor("theta"), last))
    assert after < before


def test_a_pull_keeps_near_the_start(base: Artefact, spec: NetworkSpec) -> None:
    given, theta = samples(spec), base.tensor("theta")
    moved = []
    for pull in (0.0, 250.0):
        trainer = Trainer(base.graph("train"), theta, StepSettings(pull=pull))
        fine = Tuner(trainer, Meter(base.graph("measure")), theta, given, Progress(1000))
        *_, last = fine.epochs(np.arange(120), 3e-3)
        moved.append(float(np.linalg.norm(last - theta)))
    assert moved[1] < 0.7 * moved[0]


def test_what_can_be_learned_is_learned(base: Artefact, spec: NetworkSpec) -> None:
    tuned = tuner(base, samples(spec)).tune(np.arange(120))
    assert tuned.choice.epochs > 0
    assert not np.array_equal(tuned.theta, base.tensor("theta"))
    assert tuned.curve[0]["loss"] < next(point["loss"] for point in tuned.curve if point["epochs"] == 0)


def test_with_too_few_samples_the_base_stays(base: Artefact, spec: NetworkSpec) -> None:
    tuned = tuner(base, samples(spec)).tune(np.arange(30))
    assert tuned.choice == STAY
    assert np.array_equal(tuned.theta, base.tensor("theta"))


def test_tuning_can_be_stopped(base: Artefact, spec: NetworkSpec) -> None:
    with pytest.raises(TrainingInterrupted):
        tuner(base, samples(spec), Progress(10, stopped=lambda: True)).tune(np.arange(120))
