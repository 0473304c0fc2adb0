"""Replay of one person's test by one model: rank, then reveal."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from recommender._api import Event, EventKind, FloatArray, Model
from recommender.evaluation._metrics import auc, hit_rate, ndcg, rank_of, reciprocal_rank
from recommender.evaluation._people import Person
from recommender.evaluation._quality import QueueQuality, RankedQueue, suggester_of

Doubles = list[float]


@dataclass(slots=True)
class Replay:
    """What one model did for one person.

    Attributes:
        ranks: Rank of what came, for every tested play.
        repeats: Whether it had been played before.
        milliseconds: Processor time from an event to the scores of all items, for every tested play.
        skip_scores: P(skip) given to what came, plays and skips.
        skipped: Whether it was skipped.
        train_seconds: Processor time of building the model from what lies before the test.
    """

    ranks: Doubles = field(default_factory=list)
    repeats: list[bool] = field(default_factory=list)
    milliseconds: Doubles = field(default_factory=list)
    skip_scores: Doubles = field(default_factory=list)
    skipped: list[bool] = field(default_factory=list)
    train_seconds: float = 0.0

    def figures(self) -> dict[str, float]:
        """Metrics of this person; those that nothing is known of are left out."""
        ranks, repeat = np.asarray(self.ranks), np.asarray(self.repeats, np.bool_)
        values = {
            "hr10": hit_rate(ranks),
            "ndcg10": ndcg(ranks),
            "mrr20": reciprocal_rank(ranks),
            "hr10_repeat": hit_rate(ranks[repeat]),
            "hr10_new": hit_rate(ranks[~repeat]),
            "mrr20_repeat": reciprocal_rank(ranks[repeat]),
            "mrr20_new": reciprocal_rank(ranks[~repeat]),
            "skip_auc": auc(self.skip_scores, self.skipped),
            "ms_p50": float(np.percentile(self.milliseconds, 50)) if self.milliseconds else float("nan"),
            "ms_p99": float(np.percentile(self.milliseconds, 99)) if self.milliseconds else float("nan"),
            "train_s": self.train_seconds,
        }
        return {name: value for name, value in values.items() if not np.isnan(value)}


SkipProbability = Callable[[int, int], float]


def replay(person: Person, build: Callable[[Person], Model], quality: QueueQuality | None = None) -> Replay:
    """Build a model from what lies before the test and take it through the test.

    The time a model is asked for is the end of the last event revealed: nothing of the play to come is known.

    Args:
        person: Who.
        build: Makes a model that has learned `person.snapshot`.
        quality: Judges the model's queues, too.
    """
    result = Replay()
    started = time.process_time()
    model = build(person)
    result.train_seconds = time.process_time() - started
    skip_probability = _skip_probability(model)
    played = person.played_before > 0
    plays = person.snapshot.plays
    now = int(plays.started_at[-1]) + int(plays.listened_ms[-1]) if len(plays) else 0
    learning = 0.0
    suggester = suggester_of(model, person) if quality is not None else None
    for event, known, tested in zip(person.later, person.known, person.tested, strict=True):
        if tested:
            started = time.process_time()
            scores = model.scores(now)
            result.milliseconds.append(1000 * (learning + time.process_time() - started))
            result.ranks.append(rank_of(_checked(scores, len(played), model.name), event.item))
            result.repeats.append(bool(played[event.item]))
            if quality is not None and suggester is not None:
                quality.watch(suggester, now)
        if known and skip_probability is not None:
            result.skip_scores.append(skip_probability(event.item, now))
            result.skipped.append(event.kind == EventKind.SKIPPED)
        started = time.process_time()
        model.observe(event)
        learning = time.process_time() - started
        played[event.item] |= event.kind == EventKind.PLAYED
        now = max(now, _end(event))
        if isinstance(suggester, RankedQueue):
            suggester.observe(event)
        if quality is not None:
            quality.observe(event)
    return result


def _end(event: Event) -> int:
    return event.at + event.listened_ms


def _checked(scores: FloatArray, size: int, name: str) -> FloatArray:
    # A score that is not a number compares as neither better nor worse, and would rank everything first.
    if scores.shape != (size,) or not np.isfinite(scores).all():
        raise ValueError(f"{name} did not score all {size} items with numbers")
    return scores


def _skip_probability(model: Model) -> SkipProbability | None:
    probability = getattr(model, "skip_probability", None)
    if probability is None:
        return None
    return lambda item, now: float(probability(np.array([item], np.int32), now)[0])
