"""Fine-tuning: from the base weights towards one listener, as far as that listener's own past says it pays.

How fast, how long and how far to move are chosen by blocked cross-validation in time: train on the beginning of
the history, judge on the stretch that follows, three times (Bergmeir & Benítez 2012). Not at all is a choice, too.
Moving only part of the way is interpolation between base and tuned weights (Wortsman et al. 2022).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from recommender._api import FloatArray, LongArray
from recommender.models import Samples
from recommender.training._batches import batches
from recommender.training._measure import Meter
from recommender.training._progress import Progress
from recommender.training._step import Trainer

RATES = (1e-3, 3e-3, 3e-4)
"""Learning rates in the order they are tried."""
EPOCHS = 4
DISTANCES = (0.5, 1.0)
FOLDS = 3
BATCH = 128
CV_BUDGET = 0.6
"""Part of the budget after which no further learning rate is tried."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How to fine-tune.

    Attributes:
        learning_rate: Peak of the schedule.
        epochs: Passes over the samples; 0: stay at the base.
        distance: Part of the way from base to tuned weights that is gone.
    """

    learning_rate: float
    epochs: int
    distance: float


STAY = Choice(0.0, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Tuned:
    """What came of it.

    Attributes:
        theta: float32[P].
        choice: How.
        curve: Mean loss on the held-out stretches for every choice tried, best first; plain JSON values.
    """

    theta: FloatArray
    choice: Choice
    curve: tuple[dict[str, float], ...]


class Tuner:
    """Fine-tunes one base on one listener's samples.

    Args:
        trainer: Runs the training graph.
        meter: Runs the measuring graph.
        base: float32[P].
        samples: Standardised.
        progress: Budget and the request to stop.
        seed: Of the order of the samples.
    """

    def __init__(
        self, trainer: Trainer, meter: Meter, base: FloatArray, samples: Samples, progress: Progress, seed: int = 0
    ) -> None:
        self._trainer = trainer
        self._meter = meter
        self._base = base
        self._samples = samples
        self._progress = progress
        self._seed = seed

    def tune(self, chosen: LongArray) -> Tuned:
        """Choose by cross-validation within the chosen samples, then fit on all of them.

        Raises:
            TrainingInterrupted: Somebody asked to stop.
        """
        losses = self._validate(chosen)
        ranked = sorted(losses, key=lambda choice: (losses[choice], choice.epochs))
        best = ranked[0]
        curve = tuple({**asdict(choice), "loss": round(losses[choice], 5)} for choice in ranked)
        self._progress.say("fit", **asdict(best))
        theta = self._base
        for epoch, fitted in enumerate(self.epochs(chosen, best.learning_rate), 1) if best.epochs else ():
            if epoch == best.epochs:
                theta = moved(self._base, fitted, best.distance)
                break
        return Tuned(theta, best, curve)

    def epochs(self, chosen: LongArray, learning_rate: float) -> Iterator[FloatArray]:
        """Train from the base; the parameters after each of `EPOCHS` passes."""
        random = np.random.default_rng(self._seed)
        self._trainer.restart(self._base)
        steps, per_epoch = 0, max(1, math.ceil(len(chosen) / BATCH))
        for _ in range(EPOCHS):
            for batch in batches(self._samples, chosen, BATCH, random):
                self._progress.step()
                self._trainer.step(batch, schedule(steps / (EPOCHS * per_epoch)) * learning_rate)
                steps += 1
            yield self._trainer.theta

    def _validate(self, chosen: LongArray) -> dict[Choice, float]:
        """Mean loss over the folds of every choice tried to the end."""
        folds = time_folds(chosen, self._samples.at)
        stay = np.mean([self._loss(self._base, later) for _, later in folds]) if folds else 0.0
        losses = {STAY: float(stay)}
        for rate in RATES if folds else ():
            if self._progress.over(CV_BUDGET) and len(losses) > 1:
                break
            found: dict[Choice, list[float]] = {}
            for number, (earlier, later) in enumerate(folds):
                self._progress.say("validate", learning_rate=rate, fold=number + 1, folds=len(folds))
                for epoch, theta in enumerate(self.epochs(earlier, rate), 1):
                    for distance in DISTANCES:
                        choice = Choice(rate, epoch, distance)
                        loss = self._loss(moved(self._base, theta, distance), later)
                        found.setdefault(choice, []).append(loss)
            losses |= {choice: float(np.mean(each)) for choice, each in found.items()}
        return losses

    def _loss(self, theta: FloatArray, chosen: LongArray) -> float:
        self._progress.check()
        losses = self._meter.measure(theta, self._samples, chosen).losses
        return float(losses.mean()) if len(losses) else 0.0


def moved(base: FloatArray, tuned: FloatArray, distance: float) -> FloatArray:
    """Part of the way from base to tuned weights."""
    return np.asarray(base + np.float32(distance) * (tuned - base), np.float32)


def schedule(part: float) -> float:
    """Factor on the learning rate after this part of all steps: a short rise, then half a cosine down to a tenth."""
    if part < 0.1:
        return 0.1 + 0.9 * part / 0.1
    return 0.1 + 0.45 * (1 + math.cos(math.pi * min(1.0, (part - 0.1) / 0.9)))


def time_folds(chosen: LongArray, at: LongArray) -> list[tuple[LongArray, LongArray]]:
    """Beginnings of the history and the stretch after each; empty with fewer than 50 samples."""
    if len(chosen) < 50:
        return []
    ordered = chosen[np.argsort(at[chosen], kind="stable")]
    cuts = [len(ordered) * (FOLDS - 1 + number) // (2 * FOLDS - 1) for number in range(FOLDS + 1)]
    return [(ordered[:begin], ordered[begin:end]) for begin, end in itertools.pairwise(cuts)]
