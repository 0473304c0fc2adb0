"""Samples of every library, kept as half precision: a few hundred thousand tables of candidates must fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender._api import EventKind, FloatArray, LongArray
from recommender.basetrain._libraries import Library
from recommender.models import Signals, collect

FIRST_PLAYS = 60
"""Plays at the beginning of a history that are all sampled: the cold start is learned, too."""

HalfArray = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Raw samples of one library.

    Attributes:
        person: Whose.
        events: float32[P, E].
        at: int64[S], ascending: row of the last event before each sample.
        candidates: float16[S, K, F].
        log_weight: float16[S, K].
        outcomes: float16[P, F], features of what came at each event; empty where they are not wanted.
        skipped: bool[P].
    """

    person: str
    events: FloatArray
    at: LongArray
    candidates: HalfArray
    log_weight: HalfArray
    outcomes: HalfArray
    skipped: npt.NDArray[np.bool_]


def gather(library: Library, plays: int, seed: int, most: int | None = None) -> Gathered:
    """Replay one library and sample some of its plays, the first ones always.

    Args:
        library: Whose events, over which items.
        plays: Samples, at most (beyond the first plays).
        seed: Of the draws.
        most: Replay so many events only. Outcomes are kept without this bound.
    """
    events = library.events[:most]
    skipped = np.array([event.kind == EventKind.SKIPPED for event in events])
    played = np.flatnonzero(~skipped)[1:]
    random = np.random.default_rng(seed)
    chosen = frozenset(
        np.concatenate([played[:FIRST_PLAYS], random.choice(played, min(plays, len(played)), replace=False)]).tolist()
    )
    samples = collect(Signals(library.catalogue), events, chosen.__contains__, seed=seed, outcomes=most is None)
    return Gathered(
        library.person,
        samples.events,
        samples.at,
        samples.candidates.astype(np.float16),
        samples.log_weight.astype(np.float16),
        samples.outcomes.astype(np.float16),
        skipped,
    )
