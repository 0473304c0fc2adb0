"""Samples of every library, kept as half precision: a few hundred thousand tables of candidates must fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from recommender._api import Event, EventKind, FloatArray, LongArray
from recommender._columns import Plays
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
        known: bool[P], whether the log says so.
    """

    person: str
    events: FloatArray
    at: LongArray
    candidates: HalfArray
    log_weight: HalfArray
    outcomes: HalfArray
    skipped: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a history is replayed: everybody's weight is bounded by its length.

    Attributes:
        events: Length, at most.
        plays: Samples of it, at most (beyond the first plays of a history).
        late: The end of the history instead of its beginning; what lies before is known.
        outcomes: Whether every event is a sample of whether it is skipped.
    """

    events: int
    plays: int
    late: bool
    outcomes: bool


def gather(library: Library, window: Window, seed: int) -> Gathered:
    """Replay a part of one library and sample some of its plays, the first ones of a history always.

    Args:
        library: Whose events, over which items.
        window: Which part.
        seed: Of the draws.
    """
    begin = max(0, len(library.events) - window.events) if window.late else 0
    events = library.events[begin : begin + window.events]
    skipped = np.array([event.kind == EventKind.SKIPPED for event in events])
    played = np.flatnonzero(~skipped)[1:]
    random = np.random.default_rng(seed)
    first = played[: 0 if begin else FIRST_PLAYS]
    drawn = random.choice(played, min(window.plays, len(played)), replace=False)
    chosen = frozenset(np.concatenate([first, drawn]).tolist())
    signals = Signals(library.catalogue)
    signals.load(_plays(library.events[:begin]), begin)
    samples = collect(signals, events, chosen.__contains__, seed=seed, outcomes=window.outcomes)
    return Gathered(
        library.person,
        samples.events,
        samples.at,
        samples.candidates.astype(np.float16),
        samples.log_weight.astype(np.float16),
        samples.outcomes.astype(np.float16),
        skipped,
        np.array(library.known[begin : begin + window.events], np.bool_),
    )


def _plays(events: Sequence[Event]) -> Plays:
    return Plays.build(
        [event.item for event in events],
        [event.at for event in events],
        listened_ms=[event.listened_ms for event in events],
        kind=[int(event.kind) for event in events],
    )


def kept(path: Path, make: Callable[[], Gathered]) -> Gathered:
    """What lies in a folder of arrays, read as it is needed; made and written there first if there is none."""
    names = [one.name for one in fields(Gathered) if one.name != "person"]
    if not path.is_dir():
        gathered = make()
        written = path.with_name(f"{path.name}.part")
        written.mkdir(parents=True, exist_ok=True)
        for name in names:
            np.save(written / f"{name}.npy", getattr(gathered, name))
        written.rename(path)
    person = path.name.rsplit("-", 1)[0]
    return Gathered(person, **{name: np.load(path / f"{name}.npy", mmap_mode="r") for name in names})
