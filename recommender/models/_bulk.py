"""A whole log at once: the columns that loading a history needs, worked out in numpy.

Signals learn one event at a time; tens of thousands of past events would take seconds that way. Each signal
has a `load` that leaves it as if it had observed the events one by one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from recommender._api import SESSION_GAP_MS, EventKind, IntArray
from recommender._columns import Plays

HOUR_MS = 3_600_000
SESSION_GAP_HOURS = SESSION_GAP_MS / HOUR_MS

DoubleArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bulk:
    """Past plays and skips, in time order; P rows.

    Attributes:
        items: int32[P].
        ends: float64[P], hours, never falling.
        sessions: int32[P], from 0.
        position: Events in the last session.
        played: bool[P].
        skipped: bool[P].
        offsets: float64[P], minutes local time was ahead of UTC.
    """

    items: IntArray
    ends: DoubleArray
    sessions: IntArray
    position: int
    played: BoolArray
    skipped: BoolArray
    offsets: DoubleArray

    @classmethod
    def of(cls, plays: Plays, count: int) -> Self:
        """The first `count` rows of a log."""
        starts = plays.started_at[:count] / HOUR_MS
        ends = np.maximum.accumulate(starts + plays.listened_ms[:count] / HOUR_MS)
        fresh = np.ones(count, np.bool_)
        fresh[1:] = starts[1:] - ends[:-1] > SESSION_GAP_HOURS
        sessions = (np.cumsum(fresh) - 1).astype(np.int32)
        kind = plays.kind[:count]
        return cls(
            plays.item[:count],
            ends,
            sessions,
            int(np.count_nonzero(sessions == sessions[-1])) if count else 0,
            kind == EventKind.PLAYED,
            kind == EventKind.SKIPPED,
            plays.utc_offset_min[:count].astype(np.float64),
        )

    def __len__(self) -> int:
        return len(self.items)


def faded_sums(
    groups: npt.NDArray[np.integer], ends: DoubleArray, weights: npt.NDArray[np.generic], count: int, tau: float
) -> tuple[DoubleArray, DoubleArray]:
    """Sums of weights that fade with time constant `tau` (hours), as they stand at each group's last event.

    Returns:
        float64[count] sums, 0 for groups without events, and float64[count] times of the last events, NaN without.
    """
    last = np.full(count, np.nan)
    last[groups] = ends
    sums = np.zeros(count)
    np.add.at(sums, groups, np.exp((ends - last[groups]) / tau) * weights)
    return sums, last


def places_by(groups: npt.NDArray[np.integer]) -> dict[int, list[int]]:
    """Group -> positions, ascending; a dict that makes empty lists."""
    found: dict[int, list[int]] = defaultdict(list)
    if not len(groups):
        return found
    order = np.argsort(groups, kind="stable")
    numbers, starts = np.unique(groups[order], return_index=True)
    for number, part in zip(numbers.tolist(), np.split(order, starts[1:]), strict=True):
        found[number] = part.tolist()
    return found
