"""A whole run: it learns, is compared, and is promoted only when it is better."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from recommender import Artefact, ArtefactError, Snapshot, TrainingInterrupted
from recommender.models import AlsFactors
from recommender.training import Outcome, Progress, train
from recommender.training._measure import Measured
from recommender.training._run import better, comparable

NOW = 1_800_000_000_000


@pytest.fixture(scope="module")
def outcome(history: Snapshot, base: Artefact) -> Outcome:
    return train(history, base, None, Progress(1000), now=NOW)


def test_a_listener_with_habits_is_learned(outcome: Outcome) -> None:
    report = outcome.report
    assert report["promoted"]
    assert report["after"]["loss"] < report["before"]["loss"] - 0.5
    assert report["after"]["mrr20"] > report["before"]["mrr20"]
    assert 0 <= report["after"]["skip_auc"] <= 1
    assert report["settings"]["epochs"] > 0
    assert "more probability" in report["text"]


def test_the_new_model_is_complete(outcome: Outcome, base: Artefact) -> None:
    artefact = outcome.artefact
    assert artefact is not None
    assert artefact.version == outcome.report["version"] != base.version
    assert (artefact.trained_at, artefact.events) == (NOW, outcome.report["events"])
    assert artefact.graphs == base.graphs
    assert AlsFactors.from_tensors(artefact.tensors) is not None
    assert artefact.metrics["after"] == outcome.report["after"]


def test_the_curve_holds_every_choice_best_first(outcome: Outcome) -> None:
    losses = [point["loss"] for point in outcome.report["curve"]]
    assert losses == sorted(losses)
    assert {point["epochs"] for point in outcome.report["curve"]} == {0, 1, 2, 3, 4}


def test_the_same_seed_gives_the_same_weights(outcome: Outcome, history: Snapshot, base: Artefact) -> None:
    again = train(history, base, None, Progress(1000), now=NOW)
    assert outcome.artefact is not None
    assert again.artefact is not None
    assert np.array_equal(again.artefact.tensor("theta"), outcome.artefact.tensor("theta"))
    assert again.artefact.version == outcome.artefact.version


def test_what_is_not_better_is_not_promoted(outcome: Outcome, history: Snapshot, base: Artefact) -> None:
    again = train(history, base, outcome.artefact, Progress(0), now=NOW)
    assert not again.report["promoted"]
    assert again.artefact is not None
    assert "stays" in again.report["text"]


def test_a_model_of_another_base_is_no_measure(outcome: Outcome, base: Artefact) -> None:
    own = outcome.artefact
    assert own is not None
    assert comparable(own, base)
    assert not comparable(replace(own, spec={**own.spec, "network": {}}), base)
    assert not comparable(replace(own, tensors={"theta": own.tensor("theta")}), base)
    scaled = {**own.tensors, "feature_scale": own.tensor("feature_scale") * 2}
    assert not comparable(replace(own, tensors=scaled), base)


def test_too_few_plays_promote_nothing(base: Artefact, listener: Callable[[int], Snapshot]) -> None:
    outcome = train(listener(60), base, None, Progress(1000), now=NOW)
    assert outcome.artefact is None
    assert not outcome.report["promoted"]
    assert "Too few plays" in outcome.report["text"]
    assert outcome.report["version"] == base.version


def test_few_plays_are_learned_from_with_care(base: Artefact, listener: Callable[[int], Snapshot]) -> None:
    outcome = train(listener(160), base, None, Progress(1000), now=NOW)
    assert outcome.report["settings"]["distance"] in (0.0, 0.5, 1.0)


def test_a_budget_that_is_spent_still_gives_a_model(history: Snapshot, base: Artefact) -> None:
    lines: list[dict[str, Any]] = []
    train(history, base, None, Progress(0, lines.append), now=NOW)
    assert {line["learning_rate"] for line in lines if line["stage"] == "validate"} == {1e-3}
    assert lines[-1]["stage"] == "done"


@pytest.mark.parametrize("calls", [0, 40, 490])
def test_a_request_to_stop_ends_it_anywhere(history: Snapshot, base: Artefact, calls: int) -> None:
    def countdown() -> Iterator[bool]:
        for _ in range(calls):
            yield False
        while True:
            yield True

    answers = countdown()
    with pytest.raises(TrainingInterrupted, match="stays"):
        train(history, base, None, Progress(1000, stopped=lambda: next(answers)), now=NOW)


def test_a_base_without_graphs_is_refused(history: Snapshot, base: Artefact) -> None:
    bare = Artefact("bare", base.spec, base.tensors)
    with pytest.raises(ArtefactError, match="no graph"):
        train(history, bare, None, Progress(1000), now=NOW)


def test_better_means_by_more_than_chance() -> None:
    random = np.random.default_rng(0)
    losses = random.normal(5, 1, 100).astype(np.float32)

    def measured(losses: Any, rank: float = 2) -> Measured:
        return Measured(np.asarray(losses, np.float32), np.full(len(losses), rank, np.float32), None)

    assert better(measured(losses), measured(losses - 0.2, rank=1))
    assert not better(measured(losses), measured(losses - 0.2))
    assert not better(measured(losses), measured(losses, rank=1))
    assert not better(measured(losses), measured(losses - 0.2, rank=3))
    assert not better(measured(losses), measured(losses))
    assert not better(measured(losses), measured(losses - 0.05 + random.normal(0, 1, 100), rank=1))
    assert not better(measured(losses[:1]), measured(losses[:1] - 1))
