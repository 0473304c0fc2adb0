"""Training samples out of a history: what was known before each event, and what came.

Prequential: features are read before the event is observed. Negatives are drawn in three strata (the best of
each signal, the good, the rest) with the log of how many items each stands for; drawing from the best alone
costs a quarter of the hits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from recommender._api import Event, EventKind, FloatArray, IntArray, LongArray
from recommender.models._bulk import HOUR_MS
from recommender.models._features import FEATURE_NAMES
from recommender.models._network import PAD
from recommender.models._signals import Signals
from recommender.models._sparse import distinct

_ASKED_AT_START = 0.5
_LISTENING = (EventKind.PLAYED, EventKind.SKIPPED, EventKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Draw:
    """How many negatives a sample gets.

    Attributes:
        best: Items of each signal that make the first stratum.
        good: Items of each signal, beyond the best, that make the second.
        from_best, from_good, from_rest: Drawn from each stratum.
    """

    best: int = 15
    good: int = 150
    from_best: int = 56
    from_good: int = 40
    from_rest: int = 31

    @property
    def width(self) -> int:
        """Candidates of a sample, with what came (K)."""
        return 1 + self.from_best + self.from_good + self.from_rest


@dataclass(frozen=True, slots=True)
class Samples:
    """Raw (not standardised) features; the batch of `NetworkSpec` is cut from them.

    Attributes:
        events: float32[P, E], one row for each play or skip, in order.
        at: int64[S], row of the last event seen before the sample.
        candidates: float32[S, K, F]; candidate 0 is what came.
        log_weight: float32[S, K].
        skipped: bool[S], whether what came was skipped: no sample for the ranking then.
        known: bool[S], whether its outcome is known.
        outcomes: float32[P, F], features of what came at each event, before it came; empty unless asked for.
    """

    events: FloatArray
    at: LongArray
    candidates: FloatArray
    log_weight: FloatArray
    skipped: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]
    outcomes: FloatArray = field(default_factory=lambda: np.zeros((0, len(FEATURE_NAMES)), np.float32))


def collect(
    signals: Signals,
    events: Iterable[Event],
    wanted: Callable[[int], bool],
    draw: Draw | None = None,
    seed: int = 0,
    *,
    outcomes: bool = False,
) -> Samples:
    """Replay `events` through fresh `signals` and take a sample before each listening event that is `wanted`.

    Args:
        signals: Signals that have observed nothing, or what lies before `events`; they learn the events.
        events: In time order.
        wanted: Told the number of a play or skip among the plays and skips; the first one is never sampled.
        draw: Sizes of the strata.
        seed: Of the draws.
        outcomes: Also keep the features of what came at every event.
    """
    draw = draw or Draw()
    random = np.random.default_rng(seed)
    rows: list[FloatArray] = []
    at: list[int] = []
    tables: list[FloatArray] = []
    weights: list[FloatArray] = []
    endings: list[tuple[bool, bool]] = []
    came: list[FloatArray] = []
    for event in events:
        if event.kind in _LISTENING:
            number = len(rows)
            asked = _asked(signals, event, random)
            rows.append(signals.describe(event))
            if outcomes:
                came.append(signals.features(np.array([event.item], np.int32), asked)[0])
            if number and wanted(number):
                items, weight = negatives(signals, event.item, draw, random)
                at.append(number - 1)
                tables.append(signals.features(items, asked))
                weights.append(weight)
                endings.append((event.kind == EventKind.SKIPPED, event.kind != EventKind.UNKNOWN))
        signals.observe(event)
    skipped, known = np.array(endings, np.bool_).reshape(-1, 2).T
    return Samples(
        np.array(rows, np.float32),
        np.array(at, np.int64),
        np.array(tables, np.float32),
        np.array(weights, np.float32),
        skipped,
        known,
        np.array(came, np.float32).reshape(-1, len(FEATURE_NAMES)),
    )


def _asked(signals: Signals, event: Event, random: np.random.Generator) -> float:
    """When a sample asks what comes, hours: the end of what was heard, where the event's own time tells nothing.

    Of the events that begin a session every second one is asked for when it begins, as a player does at that moment.
    """
    start = event.at / HOUR_MS
    begins = len(signals.history) and signals.history.starts_session(start)
    return start if begins and random.random() < _ASKED_AT_START else signals.history.end


def negatives(signals: Signals, came: int, draw: Draw, random: np.random.Generator) -> tuple[IntArray, FloatArray]:
    """What came and its negatives, int32[K], and their log weights, float32[K]; PAD where there were too few."""
    rankings = _rankings(signals, draw.good)
    best = distinct([ranking[: draw.best] for ranking in rankings], len(signals))
    good = np.setdiff1d(
        distinct([ranking[draw.best :] for ranking in rankings], len(signals)), best, assume_unique=True
    )
    best, good = best[best != came], good[good != came]
    rest = len(signals) - len(best) - len(good) - 1
    items = np.full(draw.width, came, np.int32)
    weight = np.full(draw.width, PAD, np.float32)
    weight[0] = 0.0
    start = 1
    for pool, size, count in (
        (best, len(best), draw.from_best),
        (good, len(good), draw.from_good),
        (_rest(signals, best, good, came, draw.from_rest, random), rest, draw.from_rest),
    ):
        drawn = random.permutation(pool)[:count]
        items[start : start + len(drawn)] = drawn
        weight[start : start + len(drawn)] = np.log(max(size, 1) / max(len(drawn), 1))
        start += count
    return items, weight


def _rankings(signals: Signals, count: int) -> list[IntArray]:
    """The best items of every signal, best first."""
    signals.refresh()
    transitions, neighbours, artists = signals.transitions, signals.neighbours, signals.artists
    now = signals.history.end
    played = signals.memory.played
    activation = signals.memory.played_activation(0.5, now)
    remembered = played[np.argsort(-activation, kind="stable")[:count]]
    recent = played[np.argsort(-signals.memory.last_played(), kind="stable")[:count]]
    rankings = [scores.top(count) for scores in (*transitions.rankings(), neighbours.near, neighbours.wide)]
    rankings += [remembered, recent]
    counts = signals.memory.counts
    for artist in artists.recent_artists()[:2]:
        members = artists.members(artist)
        rankings += [
            members[np.argsort(-counts[members], kind="stable")[:count]],
            members[counts[members] == 0][:count],
        ]
    return rankings


def _rest(
    signals: Signals, best: IntArray, good: IntArray, came: int, count: int, random: np.random.Generator
) -> IntArray:
    """Items outside the strata, drawn evenly; at most `count`."""
    outside = np.ones(len(signals), np.bool_)
    outside[best] = outside[good] = False
    outside[came] = False
    free = np.flatnonzero(outside)
    return free[random.integers(0, len(free), count)].astype(np.int32) if len(free) else free.astype(np.int32)
