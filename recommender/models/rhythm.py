"""Rhythm: which tracks belong to this part of the day and to working days or weekends."""

from __future__ import annotations

import numpy as np

from recommender._api import FloatArray, IntArray
from recommender.models._bulk import HOUR_MS, Bulk
from recommender.models._history import Column
from recommender.models._sparse import SparseScores

_PARTS = 6
_PRIOR = 3.0
_WEEKS_HOURS = 21 * 24.0
_HOURS_LEFT_OUT = 8.0
_AROUND_HOURS = 1.0
_DAILY_TAU_HOURS = 7 * 24.0
_HOURS_A_DAY = 24
_FIRST_WEEKEND_DAY = 5
# 1970-01-01 was a Thursday, the fourth day of the week.
_EPOCH_WEEKDAY = 3


def part_of_day(at: float, utc_offset_min: int = 0) -> int:
    """0 to 5, four hours each, of a time in hours since 1970."""
    local = at + utc_offset_min / 60
    return int(local % _HOURS_A_DAY) * _PARTS // _HOURS_A_DAY


def is_weekend(at: float, utc_offset_min: int = 0) -> bool:
    """Whether a time in hours since 1970 falls on a Saturday or Sunday, locally."""
    local = at + utc_offset_min / 60
    return (int(local // _HOURS_A_DAY) + _EPOCH_WEEKDAY) % 7 >= _FIRST_WEEKEND_DAY


class Rhythm:
    """Plays by part of the day and kind of day, against the track's plays at any time."""

    def __init__(self, size: int) -> None:
        self._day_parts: FloatArray = np.zeros((_PARTS, size), np.float32)
        self._weekend: FloatArray = np.zeros((2, size), np.float32)
        self._day_totals = np.zeros(_PARTS)
        self._weekend_totals = np.zeros(2)
        self._offset = 0
        self._items = Column(np.int32)
        self._ends = Column(np.float64)
        self._clock = Column(np.float32)
        self._daily = SparseScores(size)

    def add(self, item: int, at: float, utc_offset_min: int) -> None:
        """Remember a play that ended at `at` (hours)."""
        self._offset = utc_offset_min
        self._items.append(item)
        self._ends.append(at)
        self._clock.append((at + utc_offset_min / 60) % _HOURS_A_DAY)
        part, weekend = part_of_day(at, utc_offset_min), int(is_weekend(at, utc_offset_min))
        self._day_parts[part, item] += 1.0
        self._day_totals[part] += 1.0
        self._weekend[weekend, item] += 1.0
        self._weekend_totals[weekend] += 1.0

    def load(self, bulk: Bulk) -> None:
        """As if these plays had been added one by one."""
        if not bulk.played.any():
            return
        items, ends, offsets = bulk.items[bulk.played], bulk.ends[bulk.played], bulk.offsets[bulk.played]
        local = ends + offsets / 60
        clock = local % _HOURS_A_DAY
        self._items.load(items)
        self._ends.load(ends)
        self._clock.load(clock.astype(np.float32))
        parts = clock.astype(np.int64) * _PARTS // _HOURS_A_DAY
        weekend = ((local // _HOURS_A_DAY).astype(np.int64) + _EPOCH_WEEKDAY) % 7 >= _FIRST_WEEKEND_DAY
        np.add.at(self._day_parts, (parts, items), np.float32(1))
        np.add.at(self._weekend, (weekend.astype(np.int64), items), np.float32(1))
        self._day_totals = np.bincount(parts, minlength=_PARTS).astype(np.float64)
        self._weekend_totals = np.bincount(weekend, minlength=2).astype(np.float64)
        self._offset = int(offsets[-1])

    def hour(self, now_ms: int) -> int:
        """The listener's hour of the day at a time (UTC ms), by the clock of the last play."""
        return int(now_ms / HOUR_MS + self._offset / 60) % _HOURS_A_DAY

    def hours_of(self, item: int) -> IntArray:
        """The hour of the day at which each play of an item ended, int32."""
        return np.asarray(self._clock.values[self._items.values == item], np.int32)

    def _around(self, now: float) -> SparseScores:
        """Plays of the last weeks around this time of day, the last hours left out."""
        self._daily.clear()
        ends = self._ends.values
        first, last = np.searchsorted(ends, (now - _WEEKS_HOURS, now - _HOURS_LEFT_OUT))
        clock = (now + self._offset / 60) % _HOURS_A_DAY
        away = np.abs(self._clock.values[first:last] - np.float32(clock))
        near = np.minimum(away, _HOURS_A_DAY - away) < _AROUND_HOURS
        self._daily.add(self._items.values[first:last][near], np.exp((ends[first:last][near] - now) / _DAILY_TAU_HOURS))
        return self._daily

    def features(self, items: IntArray, counts: FloatArray, plays: int, now: float) -> dict[str, FloatArray]:
        """The rhythm features of some items; `counts` are their plays of `plays` in all, `now` is in hours."""
        usual = (counts + 0.5) / (plays + 0.5 * self._day_parts.shape[1])

        def affinity(here: FloatArray, total: float) -> FloatArray:
            share = (here + _PRIOR * usual) / (total + _PRIOR)
            return np.asarray(np.clip(np.log(share / usual), -2, 2), np.float32)

        part, weekend = part_of_day(now, self._offset), int(is_weekend(now, self._offset))
        return {
            "daily": self._around(now).log_share(items, 1e-3),
            "hour": affinity(self._day_parts[part, items], float(self._day_totals[part])),
            "weekday": affinity(self._weekend[weekend, items], float(self._weekend_totals[weekend])),
        }
