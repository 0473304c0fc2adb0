"""Small libraries and histories that a person can check by eye."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from recommender import Event, EventKind
from recommender.models import Catalogue

HOUR = 3_600_000
SONG = 180_000
MONDAY = 4 * 24 * HOUR
"""1970-01-05, a Monday, at midnight."""


def catalogue(artists: Sequence[int], albums: Sequence[int] | None = None) -> Catalogue:
    """Items with artists, and albums whose tracks are numbered as given."""
    size = len(artists)
    album = np.full(size, -1, np.int32) if albums is None else np.array(albums, np.int32)
    zeros = np.zeros(size, np.int32)
    return Catalogue.build(np.array(artists, np.int32), album, zeros, np.arange(1, size + 1, dtype=np.int32))


def session(items: Iterable[int], start: int = MONDAY, skipped: Sequence[int] = ()) -> list[Event]:
    """Tracks one after the other, three minutes each; those in `skipped` end after five seconds."""
    events, at = [], start
    for item in items:
        kind = EventKind.SKIPPED if item in skipped else EventKind.PLAYED
        length = 5_000 if item in skipped else SONG
        events.append(Event(item, kind, at, length))
        at += length
    return events


def end(events: Sequence[Event]) -> int:
    """When the last event ended, UTC ms."""
    return events[-1].at + events[-1].listened_ms


def random_events(size: int, count: int, seed: int = 0) -> list[Event]:
    """A history with skips, sessions, thumbs and repeats."""
    random = np.random.default_rng(seed)
    events, at = [], MONDAY
    for _ in range(count):
        item = int(min(random.geometric(min(4 / size, 0.5)), size) - 1)
        kind = random.choice([EventKind.PLAYED] * 6 + [EventKind.SKIPPED] * 2 + [EventKind.UNKNOWN, EventKind.THUMB_UP])
        length = SONG if kind == EventKind.PLAYED else 5_000
        events.append(Event(item, EventKind(kind), at, length))
        at += length + int(random.choice([0, 60_000, 8 * HOUR], p=[0.7, 0.2, 0.1]))
    return events


def heard(events: Iterable[Event]) -> list[Event]:
    """The plays and skips among events, however they ended."""
    return [event for event in events if event.kind in (EventKind.PLAYED, EventKind.SKIPPED, EventKind.UNKNOWN)]
