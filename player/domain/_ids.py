"""Typed identifiers and units of time.

An identifier is a row's primary key; it never says anything about order. All instants are UTC
milliseconds since 1970 (`UtcMs`), all lengths of time are milliseconds (`Ms`).
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import NewType

TrackId = NewType("TrackId", int)
AlbumId = NewType("AlbumId", int)
ArtistId = NewType("ArtistId", int)
RootId = NewType("RootId", int)
PlayId = NewType("PlayId", int)
PlaylistId = NewType("PlaylistId", int)
EntryId = NewType("EntryId", int)
"""One entry of the queue; the same track may stand in it more than once."""

Ms = NewType("Ms", int)
"""A length of time in milliseconds."""

UtcMs = NewType("UtcMs", int)
"""An instant in milliseconds since 1970-01-01T00:00:00Z."""


def now_ms() -> UtcMs:
    """The present instant from the system clock."""
    return UtcMs(time.time_ns() // 1_000_000)


def utc_offset_minutes(at: UtcMs) -> int:
    """Minutes by which local time was ahead of UTC at the instant `at`."""
    return time.localtime(at / 1000).tm_gmtoff // 60


def today() -> int:
    """The local day as a number: what changes once a day goes by it."""
    return datetime.fromtimestamp(now_ms() / 1_000).astimezone().toordinal()
