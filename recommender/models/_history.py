"""What was listened to, in order: two chains of events, everything heard and the plays alone.

Times inside the models are hours since 1970 (float64); sessions end with half an hour of silence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender._api import Event, EventKind, IntArray
from recommender.models._bulk import HOUR_MS, SESSION_GAP_HOURS, Bulk, DoubleArray, places_by

_FIRST_CAPACITY = 1024


class Column:
    """A numpy column that grows by appending."""

    def __init__(self, dtype: type[Any]) -> None:
        self._values: npt.NDArray[Any] = np.zeros(_FIRST_CAPACITY, dtype)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def append(self, value: float) -> None:
        """Add one value at the end."""
        if self._length == len(self._values):
            self._values = np.concatenate([self._values, np.zeros_like(self._values)])
        self._values[self._length] = value
        self._length += 1

    def load(self, values: npt.NDArray[Any]) -> None:
        """Hold these values instead."""
        room = max(_FIRST_CAPACITY, 2 * len(values))
        self._values = np.zeros(room, self._values.dtype)
        self._values[: len(values)] = values
        self._length = len(values)

    def pop(self) -> None:
        """Take the last value back."""
        self._length -= 1

    @property
    def values(self) -> npt.NDArray[Any]:
        """The values so far: a view, valid until the next append."""
        return self._values[: self._length]


class Chain:
    """Events in order, findable by item.

    Attributes:
        items: Item of each event.
        ends: When it ended, hours.
        sessions: Number of its listening session, from 0.
        positions: Item -> positions of its events, oldest first.
    """

    def __init__(self) -> None:
        self.items = Column(np.int32)
        self.ends = Column(np.float64)
        self.sessions = Column(np.int32)
        self.positions: dict[int, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self.items)

    def append(self, item: int, end: float, session: int) -> None:
        """Add one event."""
        self.positions[item].append(len(self.items))
        self.items.append(item)
        self.ends.append(end)
        self.sessions.append(session)

    def load(self, items: IntArray, ends: DoubleArray, sessions: IntArray) -> None:
        """Hold these events instead."""
        self.items.load(items)
        self.ends.load(ends)
        self.sessions.load(sessions)
        self.positions = places_by(items)

    def pop(self) -> None:
        """Take the last event back."""
        self.positions[int(self.items.values[-1])].pop()
        for column in (self.items, self.ends, self.sessions):
            column.pop()

    def occurrences(self, item: int, limit: int, before: int) -> IntArray:
        """Positions below `before` where `item` was heard, latest first, at most `limit`."""
        places = self.positions.get(item)
        if not places:
            return np.zeros(0, np.int32)
        end = bisect_left(places, before)
        return np.array(places[max(end - limit, 0) : end][::-1], np.int32)


class History:
    """Both chains and where they meet.

    Attributes:
        heard: Everything: plays, skips, what ended otherwise.
        plays: Plays only.
        next_play: For each position of `heard`, the position in `heard` of the first play after it; -1 if none yet.
        skipped: For each position of `heard`, whether it was a skip.
        session: Number of the current session; -1 before the first event.
        position: Events heard in the current session.
    """

    def __init__(self) -> None:
        self.heard = Chain()
        self.plays = Chain()
        self.next_play = Column(np.int32)
        self.skipped = Column(np.bool_)
        self.session = -1
        self.position = 0
        self._last_play = 0

    def __len__(self) -> int:
        return len(self.heard)

    @property
    def end(self) -> float:
        """When the last event ended, hours; 0 before the first."""
        return float(self.heard.ends.values[-1]) if len(self.heard) else 0.0

    @property
    def last_item(self) -> int:
        """Item of the last event; -1 before the first."""
        return int(self.heard.items.values[-1]) if len(self.heard) else -1

    def append(self, event: Event) -> None:
        """Add a play, a skip or what ended otherwise."""
        start = event.at / HOUR_MS
        if self.starts_session(start):
            self.session += 1
            self.position = 0
        self.position += 1
        # Logs of several devices overlap: an end never lies before the one in front of it.
        end = max(start + event.listened_ms / HOUR_MS, self.end)
        position = len(self.heard)
        self.heard.append(event.item, end, self.session)
        self.next_play.append(-1)
        self.skipped.append(event.kind == EventKind.SKIPPED)
        if event.kind == EventKind.PLAYED:
            self.plays.append(event.item, end, self.session)
            self.next_play.values[self._last_play : position] = position
            self._last_play = position

    def load(self, bulk: Bulk) -> None:
        """Hold these events instead."""
        if not len(bulk):
            return
        played = np.flatnonzero(bulk.played).astype(np.int32)
        self.heard.load(bulk.items, bulk.ends, bulk.sessions)
        self.plays.load(bulk.items[played], bulk.ends[played], bulk.sessions[played])
        self.skipped.load(bulk.skipped)
        following = np.searchsorted(played, np.arange(len(bulk)), side="right")
        self.next_play.load(np.append(played, np.int32(-1))[following])
        self.session, self.position = int(bulk.sessions[-1]), bulk.position
        self._last_play = int(played[-1]) if len(played) else 0

    @contextmanager
    def supposing(self, event: Event) -> Iterator[None]:
        """As if `event` had been heard, while the context lasts."""
        kept = self.session, self.position, self._last_play
        self.append(event)
        try:
            yield
        finally:
            self.session, self.position, self._last_play = kept
            position = len(self.heard) - 1
            for column in (self.next_play, self.skipped):
                column.pop()
            self.heard.pop()
            if event.kind == EventKind.PLAYED:
                self.plays.pop()
                self.next_play.values[self._last_play : position] = -1

    def starts_session(self, start: float) -> bool:
        """Whether an event at `start` (hours) opens a new session."""
        return not len(self.heard) or start - self.end > SESSION_GAP_HOURS
