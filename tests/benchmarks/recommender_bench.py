"""From an event to a new queue and to scores, at library sizes given, every track's sound known.

    python -m tests.benchmarks.recommender_bench 20000 100000

Prints milliseconds of processor time (other programs do not count) and, as a reference of the machine, those of a
float32 product of 512 x 512.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from recommender import COMPACT_FROM, Artefact, Event, EventKind, Plays, Recommender, Snapshot, SuggestRequest

BASE = Path(__file__).parents[2] / "resources/models/base"
EVENTS = 300
SONG = 180_000


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


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["20000", "100000"]:
        measure(int(argument), 50_000)
