"""From an event to a new queue, to a radio and to scores, at library sizes given, every track's sound known.

    python -m tests.benchmarks.recommender_bench 20000 100000

Prints milliseconds of processor time (other programs do not count) and, as a reference of the machine, those of a
float32 product of 512 x 512.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

# As in the player, where sound must not wait for a second core; set before NumPy reads it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from recommender import COMPACT_FROM, Artefact, Event, EventKind, IntArray, Plays, Recommender, Snapshot, SuggestRequest
from recommender.models import AlsFactors

BASE = Path(__file__).parents[2] / "resources/models/base"
EVENTS = 300
SONG = 180_000
SEEDS = (1, 12, 300, 2000)
"""Of radios: a track, an album, a playlist, a mood. Every other time they are the most played tracks."""
RADIOS = 100
"""Radios of each."""


def library(size: int, plays: int) -> tuple[Snapshot, list[Event]]:
    """A library with a history of favourites in sessions, and the events to come."""
    random = np.random.default_rng(0)
    item = random.permutation(size)[np.minimum(random.zipf(1.3, plays + EVENTS) - 1, size - 1)]
    pauses = random.choice([SONG, SONG + 60_000, 12 * 3_600_000], plays + EVENTS, p=[0.5, 0.45, 0.05])
    at = np.cumsum(pauses) + 1_600_000_000_000
    large = size > COMPACT_FROM
    content = (
        random.integers(-127, 128, (size, 64), np.int8) if large else random.standard_normal((size, 200), np.float32)
    )
    snapshot = Snapshot.build(
        np.arange(size),
        content=content,
        content_basis=np.eye(64, 200, dtype=np.float32) if large else None,
        artist=random.integers(0, max(size // 12, 1), size),
        album=random.integers(0, max(size // 10, 1), size),
        track_no=random.integers(1, 12, size),
        plays=Plays.build(
            item[:plays],
            at[:plays],
            listened_ms=np.full(plays, SONG - 10_000),
            kind=(random.random(plays) < 0.2).astype(np.int8),
        ),
    )
    later = zip(item[plays:].tolist(), at[plays:].tolist(), strict=True)
    return snapshot, [Event(number, EventKind.PLAYED, start, SONG - 10_000) for number, start in later]


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    started = time.process_time()
    work()
    return 1000 * (time.process_time() - started)


def measure(size: int, plays: int) -> None:
    """Print one line."""
    snapshot, events = library(size, plays)
    artefact = Artefact.load(BASE)
    held: list[Recommender] = []
    start = milliseconds(lambda: held.append(Recommender(snapshot, artefact)))
    resume = held[0].resume
    resumed = milliseconds(lambda: held.append(Recommender(snapshot, artefact, resume=resume)))
    recommender = held[1]
    scores, queues = [], []
    for event in events:
        now = event.at + event.listened_ms

        def answer(event: Event = event, now: int = now) -> None:
            recommender.observe(event)
            recommender.suggest(SuggestRequest(20, now))

        queues.append(milliseconds(answer))
        scores.append(milliseconds(lambda now=now: recommender.scores(now)))
    square = np.ones((512, 512), np.float32)
    reference = float(np.median([milliseconds(lambda: square @ square) for _ in range(20)]))
    found = ", ".join(
        f"{name} p50 {np.percentile(each, 50):.1f} p99 {np.percentile(each, 99):.1f}"
        for name, each in (("event to queue", queues), ("scores", scores))
    )
    sys.stdout.write(
        f"{size} tracks, {plays} plays: start {resumed:.0f} ms, from the log {start:.0f}, {found},"
        f" reference {reference:.2f}\n"
    )
    # Radios look at taste vectors, too, which there are after the first training on this computer.
    taught = replace(artefact, tensors={**artefact.tensors, **AlsFactors.fit(snapshot).tensors()})
    recommender = Recommender(snapshot, taught, resume=resume)
    most_played = np.argsort(-np.bincount(snapshot.plays.item, minlength=size), kind="stable")
    for seeds in SEEDS:
        radios = radio_times(recommender, most_played, seeds, events[-1].at)
        p50, p99 = np.percentile(radios, [50, 99])
        sys.stdout.write(f"    event to radio, {seeds} seeds: p50 {p50:.1f} p99 {p99:.1f}\n")


def radio_times(recommender: Recommender, most_played: IntArray, seeds: int, at: int) -> list[float]:
    """Milliseconds from an event to a radio, some events after `at` (UTC ms)."""
    random = np.random.default_rng(seeds)
    found = []
    for number in range(1, RADIOS + 1):
        like = random.choice(most_played, seeds, replace=False) if number % 2 else most_played[:seeds]
        event = Event(int(random.choice(most_played[:1000])), EventKind.PLAYED, at + number * SONG, SONG - 10_000)

        def answer(event: Event = event, like: IntArray = like) -> None:
            recommender.observe(event)
            recommender.suggest(SuggestRequest(20, event.at + event.listened_ms, like=like.tolist()))

        found.append(milliseconds(answer))
    return found


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["20000", "100000"]:
        measure(int(argument), 50_000)
