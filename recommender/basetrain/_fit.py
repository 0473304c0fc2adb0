"""Fits the network to many people's samples with the same training step that runs on a listener's computer."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, LongArray
from recommender.basetrain._collect import Gathered
from recommender.models import CLIP, NetworkSpec, priors
from recommender.training import StepSettings, Trainer, training_graphs

LEAST_DEVIATION = 1e-4
"""A feature that varies less is constant: it is dropped by a scale of 0, or else it wrecks people who have more."""


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How to train.

    Attributes:
        epochs: Passes over the people.
        learning_rate: Peak of the one-cycle schedule.
        length: Events of a stretch.
        stretches: Of a batch.
        most: Samples of a batch, at most.
        skip_share: Weight of the skip loss.
        averaged: Fading of the running mean of the parameters over the second half.
    """

    epochs: int = 5
    learning_rate: float = 3e-3
    length: int = 256
    stretches: int = 4
    most: int = 400
    skip_share: float = 0.3
    averaged: float = 0.995


@dataclass(frozen=True, slots=True)
class Weights:
    """A trained network.

    Attributes:
        theta: float32[P].
        constants: "event_mean", "event_scale", "feature_mean", "feature_scale".
    """

    theta: FloatArray
    constants: dict[str, FloatArray]

    def tensors(self) -> dict[str, npt.NDArray[Any]]:
        """As named arrays, for an artefact."""
        return {"theta": self.theta, **self.constants}


def fit(people: Sequence[Gathered], spec: NetworkSpec, settings: FitSettings, seed: int = 0) -> Weights:
    """Train on some people; deterministic for its seed."""
    random = np.random.default_rng(seed)
    constants = _constants(people)
    trainer = Trainer(training_graphs(spec)["train"], spec.initial(seed), StepSettings(skip_share=settings.skip_share))
    per_epoch = sum(len(one.events) // settings.length + 2 for one in people) // settings.stretches + 1
    total, step, mean = settings.epochs * per_epoch, 0, trainer.theta.astype(np.float64)
    for epoch in range(settings.epochs):
        for ranking, outcomes in _batches(people, constants, settings, random):
            rate = settings.learning_rate * one_cycle(min(step / total, 1.0))
            trainer.step(ranking, rate)
            if outcomes is not None:
                trainer.step(outcomes, rate)
            step += 1
            keep = settings.averaged if epoch >= settings.epochs / 2 else 0.0
            mean = keep * mean + (1 - keep) * trainer.theta
    return Weights(*priors(spec, mean.astype(np.float32), constants))


def one_cycle(part: float, rise: float = 0.15) -> float:
    """Factor on the learning rate: up along a cosine for `rise` of the steps, down to nearly nothing after."""
    if part < rise:
        return 0.04 + 0.96 * 0.5 * (1 - math.cos(math.pi * part / rise))
    return 0.5 * (1 + math.cos(math.pi * (part - rise) / (1 - rise))) + 1e-4


def _constants(people: Sequence[Gathered]) -> dict[str, FloatArray]:
    candidates = np.concatenate([one.candidates[::7].reshape(-1, one.candidates.shape[-1])[::3] for one in people])
    events = np.concatenate([one.events[::3] for one in people])
    constants: dict[str, FloatArray] = {}
    for name, values in (("event", events), ("feature", candidates.astype(np.float32))):
        deviation = values.std(axis=0)
        constants[f"{name}_mean"] = values.mean(axis=0).astype(np.float32)
        scale = np.where(deviation < LEAST_DEVIATION, 0, 1 / (deviation + 1e-3))
        constants[f"{name}_scale"] = scale.astype(np.float32)
    return constants


def _batches(
    people: Sequence[Gathered], constants: dict[str, FloatArray], settings: FitSettings, random: np.random.Generator
) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """One pass: stretches that begin elsewhere every time; a batch for the ranking and one for the outcomes each."""
    length = settings.length
    offsets = random.integers(0, length, len(people)).tolist()
    stretches = [
        (one, max(start, 0))
        for one, offset in zip(people, offsets, strict=True)
        for start in range(-offset, len(one.events) - 2, length)
    ]
    order = random.permutation(len(stretches)).tolist()
    for first in range(0, len(order), settings.stretches):
        group = [stretches[place] for place in order[first : first + settings.stretches]]
        events = np.zeros((len(group), length, group[0][0].events.shape[1]), np.float32)
        for row, (one, start) in zip(events, group, strict=True):
            part = one.events[start : start + length]
            row[: len(part)] = standardised(part, constants, "event")
        ranking = _ranking(group, length, constants, settings.most, random)
        if ranking is not None:
            outcomes = _outcomes(group, length, constants)
            yield {"events": events, **ranking}, outcomes and {"events": events, **outcomes}


def _ranking(
    group: Sequence[tuple[Gathered, int]],
    length: int,
    constants: dict[str, FloatArray],
    most: int,
    random: np.random.Generator,
) -> dict[str, Any] | None:
    at: list[LongArray] = []
    candidates, weights = [], []
    for number, (one, start) in enumerate(group):
        low, high = np.searchsorted(one.at, (start, start + length))
        at.append(one.at[low:high] - start + number * length)
        candidates.append(one.candidates[low:high])
        weights.append(one.log_weight[low:high])
    places = np.concatenate(at)
    if not len(places):
        return None
    kept = np.sort(random.permutation(len(places))[:most])
    size = len(kept)
    return {
        "at": places[kept],
        "candidates": standardised(np.concatenate(candidates)[kept].astype(np.float32), constants, "feature"),
        "log_weight": np.concatenate(weights)[kept].astype(np.float32),
        "rank_weight": np.ones(size, np.float32),
        "skip_target": np.zeros(size, np.float32),
        "skip_weight": np.zeros(size, np.float32),
    }


def _outcomes(
    group: Sequence[tuple[Gathered, int]], length: int, constants: dict[str, FloatArray]
) -> dict[str, Any] | None:
    """Samples of one candidate, what came: every event but the first of each stretch; None without any."""
    at, features, skipped, known = [], [], [], []
    for number, (one, start) in enumerate(group):
        end = min(start + length, len(one.outcomes))
        if end - start < 2:
            continue
        at.append(np.arange(end - start - 1, dtype=np.int64) + number * length)
        features.append(one.outcomes[start + 1 : end])
        skipped.append(one.skipped[start + 1 : end])
        known.append(one.known[start + 1 : end])
    if not at:
        return None
    size = sum(len(part) for part in at)
    return {
        "at": np.concatenate(at),
        "candidates": standardised(np.concatenate(features).astype(np.float32), constants, "feature")[:, None],
        "log_weight": np.zeros((size, 1), np.float32),
        "rank_weight": np.zeros(size, np.float32),
        "skip_target": np.concatenate(skipped).astype(np.float32),
        "skip_weight": np.concatenate(known).astype(np.float32),
    }


def standardised(raw: FloatArray, constants: dict[str, FloatArray], name: str) -> FloatArray:
    """As the graphs of an artefact do it; `name` is "event" or "feature"."""
    scaled = (raw - constants[f"{name}_mean"]) * constants[f"{name}_scale"]
    return np.asarray(np.clip(scaled, -CLIP, CLIP), np.float32)
