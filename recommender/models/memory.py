"""Memory: how present each track is, by how often and how long ago it was played.

ACT-R's base-level activation (Anderson & Schooler 1991; for music Reiter-Haas et al. 2021) is
``sum over plays of (hours since + 0.05) ** -d``. A power of time is within a percent a sum of exponentials,
and a sum of exponentials needs a few numbers an item instead of every play: adding a play and letting
time pass cost the same after ten plays and after a hundred thousand.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from recommender._api import FloatArray, IntArray
from recommender.models._bulk import DoubleArray

NEVER_SINCE = 9.0
"""Log hours since the last play, for a track never played."""
NEVER_PLAYS_SINCE = 10.0
_TAUS: DoubleArray = np.geomspace(0.02, 600_000.0, 16)
_DAY = 24.0
_FLOOR = 1e-5


# fmt: off
_POWER_LAWS: dict[float, DoubleArray] = {
    0.5: np.array([
        0.38236001, 1.1651123, 1.1298999, 0.75571573, 0.44955305, 0.25771722, 0.1459266, 0.082401785,
        0.04639095, 0.026193106, 0.014697919, 0.0083491359, 0.0045886653, 0.0029254957, 0.00040312362, 0.0027645916,
    ]),
    1.0: np.array([
        4.7544064, 8.242259, 4.4900292, 1.6938798, 0.56730798, 0.18323884, 0.058456152, 0.018586297,
        5.9001181e-3, 1.8733503e-3, 5.9413799e-4, 1.8876721e-4, 5.9787468e-5, 1.9084094e-5, 5.4697634e-6, 3.2942973e-6,
    ]),
}
# fmt: on
"""Decay -> weights of the traces, fitted by non-negative least squares to the relative error (scipy's `nnls`)."""


def power_law(decay: float) -> DoubleArray:
    """Weights c with ``sum(c * exp(-t / taus)) ~ (t + 0.05) ** -decay`` from 0 to 20 years; decay 0.5 or 1.0."""
    return _POWER_LAWS[decay]


class Memory:
    """Plays of each item, forgotten at sixteen speeds.

    Items get a row when first played; a library of a million with a thousand played costs a thousand rows.
    """

    def __init__(self, size: int) -> None:
        self._row: IntArray = np.full(size, -1, np.int32)
        self._items: IntArray = np.zeros(64, np.int32)
        self._traces: FloatArray = np.zeros((64, len(_TAUS)), np.float32)
        self._last: DoubleArray = np.zeros(64)
        self._first: DoubleArray = np.zeros(64)
        self._last_index: IntArray = np.zeros(64, np.int32)
        self._rows = 0
        self._total: DoubleArray = np.zeros(len(_TAUS))
        self._total_at = 0.0
        self._plays = 0
        self.counts: FloatArray = np.zeros(size, np.float32)

    @property
    def played(self) -> IntArray:
        """Items played at least once, in the order of their first plays."""
        return self._items[: self._rows]

    @property
    def plays(self) -> int:
        """Plays observed."""
        return self._plays

    def add(self, item: int, at: float) -> None:
        """Remember a play that ended at `at` (hours)."""
        row = self._row_of(item, at)
        self._traces[row] *= np.exp((self._last[row] - at) / _TAUS)
        self._traces[row] += 1.0
        self._last[row] = at
        self._last_index[row] = self._plays
        self._total *= np.exp((self._total_at - at) / _TAUS)
        self._total += 1.0
        self._total_at = at
        self.counts[item] += 1.0
        self._plays += 1

    def load(self, items: IntArray, ends: DoubleArray) -> None:
        """As if these plays had been added to an empty memory; ends in hours, never falling."""
        if not len(items):
            return
        numbers, first = np.unique(items, return_index=True)
        order = np.argsort(first, kind="stable")
        self._items = numbers[order].astype(np.int32)
        self._rows = len(self._items)
        self._row[self._items] = np.arange(self._rows, dtype=np.int32)
        rows = self._row[items]
        self._first = ends[first[order]]
        self._last = np.zeros(self._rows)
        self._last[rows] = ends
        self._last_index = np.zeros(self._rows, np.int32)
        self._last_index[rows] = np.arange(len(items), dtype=np.int32)
        traces = np.zeros((self._rows, len(_TAUS)))
        np.add.at(traces, rows, np.exp((ends - self._last[rows])[:, None] / _TAUS))
        self._traces = traces.astype(np.float32)
        self._total = np.exp((ends - ends[-1])[:, None] / _TAUS).sum(axis=0)
        self._total_at = float(ends[-1])
        self._plays = len(items)
        np.add.at(self.counts, items, np.float32(1))

    def _row_of(self, item: int, at: float) -> int:
        row = int(self._row[item])
        if row >= 0:
            return row
        if self._rows == len(self._items):
            self._items, self._last, self._first, self._last_index, self._traces = (
                np.concatenate([old, np.zeros_like(old)])
                for old in (self._items, self._last, self._first, self._last_index, self._traces)
            )
        row = self._rows
        self._row[item], self._items[row] = row, item
        self._last[row] = self._first[row] = at
        self._rows += 1
        return row

    def activation(self, decay: float, now: float) -> FloatArray:
        """ACT-R activation of every item at `now` (hours), float32[N]; 0 for those never played."""
        scores = np.zeros(len(self._row), np.float32)
        scores[self.played] = self.played_activation(decay, now)
        return scores

    def played_activation(self, decay: float, now: float) -> FloatArray:
        """The same for `played` only."""
        taus = np.float32(-1.0) / _TAUS.astype(np.float32)
        passed = np.maximum(now - self._last[: self._rows], 0).astype(np.float32)
        faded = np.exp(passed[:, None] * taus)
        faded *= self._traces[: self._rows]
        return np.asarray(faded @ power_law(decay).astype(np.float32), np.float32)

    def last_played(self) -> DoubleArray:
        """When each item of `played` was last played, hours."""
        return self._last[: self._rows]

    def last_index(self) -> IntArray:
        """Number of the last play of each item of `played`, counted over all plays."""
        return self._last_index[: self._rows]

    def features(self, items: IntArray, now: float) -> dict[str, FloatArray]:
        """The memory features of some items at `now` (hours)."""
        rows = self._row[items]
        known = rows >= 0
        rows = np.where(known, rows, 0)
        passed = np.maximum(now - self._last[rows], 0)
        faded = (np.exp(-passed[:, None] / _TAUS) * self._traces[rows]) * known[:, None]
        total = self._total * np.exp(np.minimum(self._total_at - now, 0) / _TAUS)

        def share(weights: DoubleArray) -> FloatArray:
            return np.asarray(np.log(faded @ weights / (total @ weights + 1e-12) + _FLOOR), np.float32)

        day, month = _time_constant(_DAY), _time_constant(30 * _DAY)
        since = np.where(known, np.log(passed + 0.1), NEVER_SINCE)
        return {
            "memory_slow": share(power_law(0.5)),
            "memory_fast": share(power_law(1.0)),
            "plays": np.log1p(self.counts[items]),
            "since": since.astype(np.float32),
            "never": (~known).astype(np.float32),
            "plays_since": np.where(
                known, np.log1p(np.maximum(self._plays - 1 - self._last_index[rows], 0)), NEVER_PLAYS_SINCE
            ).astype(np.float32),
            "trend_day": np.log(faded @ day + 0.01).astype(np.float32),
            "trend_month": np.log(faded @ month + 0.01).astype(np.float32),
            "age": np.where(known, np.log(np.maximum(now - self._first[rows], 0) + 0.1), NEVER_SINCE).astype(
                np.float32
            ),
        }


@lru_cache
def _time_constant(hours: float) -> DoubleArray:
    """Weights that pick the trace whose time constant is nearest to `hours`."""
    weights = np.zeros(len(_TAUS))
    weights[int(np.argmin(np.abs(np.log(_TAUS / hours))))] = 1.0
    return weights
