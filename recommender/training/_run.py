"""One training run: samples out of the log, fine-tuning, ALS, and the comparison with the model in use."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from recommender._api import EventKind, LongArray
from recommender._artefact import Artefact
from recommender._snapshot import Snapshot
from recommender.models import (
    AlsFactors,
    Catalogue,
    ContentFeatures,
    FeatureSource,
    Samples,
    Signals,
    collect,
    spec_of,
)
from recommender.training._batches import Scaling
from recommender.training._measure import Measured, Meter
from recommender.training._progress import Progress
from recommender.training._step import Trainer
from recommender.training._tune import Tuned, Tuner

LEAST_PLAYS = 100
"""With fewer, nothing can be told from chance."""
FIRST = 20
"""Events that only build up the signals."""
HELD_OUT = 0.15
"""Part of the history at its end that judges."""
PROOF = 2.0
"""Standard errors by which a new model must be better. With one, in losses alone, fine-tuning gained HR@10 for one of
four people that no weights had seen, and lost more than .01 for two."""
MOST_TRAINING, MOST_HELD_OUT = 6500, 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gives.

    Attributes:
        artefact: The new model; None when there was too little to learn from.
        report: For people and for the model's history; plain JSON values with "promoted" and "text".
    """

    artefact: Artefact | None
    report: Mapping[str, Any]


def train(
    snapshot: Snapshot, base: Artefact, champion: Artefact | None, progress: Progress, *, now: int, seed: int = 0
) -> Outcome:
    """Fine-tune `base` on a listener's log and compare with the model in use.

    Args:
        snapshot: The library and the log.
        base: Where to start from; brings the graphs.
        champion: The model in use; the base by default, and when the one in use comes from another base.
        progress: Budget, lines of progress, the request to stop.
        now: UTC ms, becomes the artefact's `trained_at`.
        seed: The same seed gives the same weights.

    Raises:
        TrainingInterrupted: Somebody asked to stop.
        ArtefactError: The base is incomplete, or was made for other features.
    """
    if champion is None or not comparable(champion, base):
        champion = base
    plays = int(np.count_nonzero(snapshot.plays.kind == EventKind.PLAYED))
    if plays < LEAST_PLAYS:
        text = f"Too few plays to learn from: {plays} of at least {LEAST_PLAYS}. The model in use stays."
        return Outcome(None, _report(progress, champion.version, plays, {}, {}, promoted=False, text=text))
    spec_of(base)
    theta = np.asarray(base.tensor("theta"), np.float32)
    trainer, meter = Trainer(base.graph("train"), theta), Meter(base.graph("measure"))
    samples, training, held_out = _samples(snapshot, base, progress, seed)
    tuned = Tuner(trainer, meter, theta, samples, progress, seed).tune(training)
    progress.say("als")
    factors = AlsFactors.fit(snapshot, interrupted=progress.check)
    before = meter.measure(np.asarray(champion.tensor("theta"), np.float32), samples, held_out)
    after = meter.measure(tuned.theta, samples, held_out)
    promoted = better(before, after)
    artefact = _artefact(base, tuned, factors, before, after, now, plays)
    report = _report(
        progress,
        artefact.version,
        plays,
        before.figures(),
        after.figures(),
        promoted=promoted,
        text=_text(before, after, promoted=promoted),
        settings=asdict(tuned.choice),
        curve=list(tuned.curve),
    )
    progress.say("done", promoted=promoted)
    return Outcome(artefact, report)


def comparable(champion: Artefact, base: Artefact) -> bool:
    """Whether a model reads the same features in the same scale as the base does."""
    names = ("event_mean", "event_scale", "feature_mean", "feature_scale")
    return champion.spec == base.spec and all(
        name in champion.tensors and np.array_equal(champion.tensors[name], base.tensors[name]) for name in names
    )


def better(before: Measured, after: Measured) -> bool:
    """Whether the second is proved to predict held-out plays better.

    The log probability of what came and its reciprocal rank, up to 20, must both have risen by more than `PROOF`
    standard errors, play by play. Nothing that is in use beside the weights changes ranks: what is compared here is
    what the listener gets.
    """
    gains = (before.losses - after.losses, after.reciprocal() - before.reciprocal())
    if len(before.losses) < 2:
        return False
    return all(float(gain.mean()) > PROOF * float(gain.std(ddof=1)) / len(gain) ** 0.5 for gain in gains)


def _samples(snapshot: Snapshot, base: Artefact, progress: Progress, seed: int) -> tuple[Samples, LongArray, LongArray]:
    """Standardised samples, and the rows of those to train on and of those held out."""
    count = len(snapshot.plays)
    cut = int(count * (1 - HELD_OUT))
    random = np.random.default_rng(seed)
    early = np.arange(min(FIRST, cut // 2), cut)
    training = random.choice(early, min(MOST_TRAINING, len(early)), replace=False)
    late = np.linspace(cut, count - 1, min(MOST_HELD_OUT, count - cut)).astype(np.int64)
    wanted = frozenset(np.concatenate([training, late]).tolist())
    signals = Signals(Catalogue.of(snapshot), _extras(snapshot))
    events = progress.through("replay", snapshot.events(), count + len(snapshot.thumbs) + len(snapshot.dismissals))
    samples = collect(signals, events, wanted.__contains__, seed=seed)
    samples = Scaling.of(base).applied(samples)
    rows = np.arange(len(samples.at))
    # A sample is numbered by the event it precedes: one after the last event seen.
    return samples, rows[samples.at + 1 < cut], rows[samples.at + 1 >= cut]


def _extras(snapshot: Snapshot) -> tuple[FeatureSource, ...]:
    return (ContentFeatures(snapshot.content),) if snapshot.content.shape[1] else ()


def _artefact(
    base: Artefact, tuned: Tuned, factors: AlsFactors, before: Measured, after: Measured, now: int, plays: int
) -> Artefact:
    tensors = {**base.tensors, "theta": tuned.theta, **factors.tensors()}
    digest = hashlib.sha256(tuned.theta.tobytes() + factors.factors.tobytes() + str(now).encode()).hexdigest()
    return Artefact(
        version=f"own-{digest[:12]}",
        spec=base.spec,
        tensors=tensors,
        graphs=base.graphs,
        metrics={"base": base.version, "before": before.figures(), "after": after.figures()},
        trained_at=now,
        events=plays,
    )


def _text(before: Measured, after: Measured, *, promoted: bool) -> str:
    if not promoted:
        return "The new model is not proved to predict your last plays better; the one in use stays."
    more = math.expm1(float((before.losses - after.losses).mean()))
    return f"The new model gave what you played next {more:.1%} more probability than the old one; it is in use now."


def _report(
    progress: Progress,
    version: str,
    plays: int,
    before: Mapping[str, float],
    after: Mapping[str, float],
    *,
    promoted: bool,
    text: str,
    **more: Any,
) -> dict[str, Any]:
    return {
        "version": version,
        "events": plays,
        "seconds": round(progress.spent, 1),
        "before": dict(before),
        "after": dict(after),
        "promoted": promoted,
        "text": text,
        **more,
    }
