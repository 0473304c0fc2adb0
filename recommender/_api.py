"""The recommender's contract: what goes in, what comes out. Ids and numbers only.

Items are dense indices 0..N-1 into the snapshot's items; `Snapshot.item_ids` maps them to the
caller's ids. Times are UTC milliseconds, lengths are milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]

SESSION_GAP_MS = 30 * 60_000
"""Time without a play after which a new listening session begins."""


class EventKind(IntEnum):
    """What happened to an item."""

    PLAYED = 0
    """Listened to: 30 s and more, or all of a shorter track."""
    SKIPPED = 1
    """Ended by the listener within 30 s."""
    THUMB_UP = 2
    THUMB_DOWN = 3
    THUMB_CLEARED = 4
    DISMISSED = 5
    """Taken out of the suggestions by the listener: "not now"."""
    UNKNOWN = 6
    """Ended by neither (stop, quit, error): context, no evidence."""
    WANTED = 7
    """Put into the queue, or forward in it, by the listener."""


class PlaySource(IntEnum):
    """Who chose the play."""

    UNKNOWN = 0
    PICKED = 1
    ALBUM = 2
    PLAYLIST = 3
    SUGGESTED = 4
    IMPORTED = 5


@dataclass(frozen=True, slots=True)
class Event:
    """One thing the listener did.

    Attributes:
        item: Dense index.
        kind: What was done.
        at: When it began, UTC ms.
        listened_ms: Sound heard, for plays and skips.
        source: Who chose it.
        utc_offset_min: Minutes local time was ahead of UTC.
    """

    item: int
    kind: EventKind
    at: int
    listened_ms: int = 0
    source: PlaySource = PlaySource.UNKNOWN
    utc_offset_min: int = 0


class ReasonKind(StrEnum):
    """Why an item was chosen; the words are the caller's."""

    FOLLOWS = "follows"
    SIMILAR = "similar"
    LIKED = "liked"
    KIN = "kin"
    """It goes with something that has a thumb up."""
    ARTIST = "artist"
    ALBUM = "album"
    SESSION = "session"
    LONG_AGO = "long_ago"
    RECENT = "recent"
    TIME_OF_DAY = "time_of_day"
    ADDED = "added"
    """It has just come into the library."""
    NEW = "new"
    EXPLORE = "explore"
    VARIETY = "variety"
    SOUND = "sound"
    """How it sounds, in words."""
    GENRE = "genre"
    OPENER = "opener"
    """The first track of its album."""
    COLLECTION = "collection"
    """The library holds many tracks of its artist."""
    DECADE = "decade"
    """When it came out."""
    SOURCE = "source"
    """The album it is from."""
    LENGTH = "length"
    """It is short or long."""


def day_part(hour: int) -> int:
    """The part of the day of an hour: 0 morning from five, 1 afternoon from eleven, 2 evening from five, 3 night."""
    return 0 if 5 <= hour < 11 else 1 if 11 <= hour < 17 else 2 if 17 <= hour < 22 else 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One contribution to a suggestion.

    Attributes:
        kind: What kind of evidence.
        share: Its part of the positive contributions, 0 to 1.
        other: Another item it refers to (what it follows, sounds like, was played around); None without.
        count: A number worth saying (plays, times followed, plays in this part of the day, tracks of the genre or
            artist in the library); None without.
        days: Days since the last play, for LONG_AGO and RECENT; None without.
        hour: The listener's hour of the day, 0 to 23, for TIME_OF_DAY; None without.
        tags: Words of the content model ("piano", "mellow"), for SIMILAR, NEW and SOUND.
    """

    kind: ReasonKind
    share: float
    other: int | None = None
    count: int | None = None
    days: float | None = None
    hour: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One item suggested.

    Attributes:
        item: Dense index.
        score: Higher is better; comparable within one answer only.
        reasons: Why, strongest first; never empty.
    """

    item: int
    score: float
    reasons: tuple[Reason, ...]


@runtime_checkable
class Model(Protocol):
    """A signal or a whole recommender that learns event by event and scores every item.

    `observe` is called with every event in time order; `scores` must use nothing that was not
    observed, and must not change what later calls return.
    """

    name: str

    def observe(self, event: Event) -> None:
        """Learn from one event."""

    def scores(self, now: int) -> FloatArray:
        """Score of every item as the next to play at `now` (UTC ms), float32[N]; higher is better."""
