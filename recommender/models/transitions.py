"""Transitions: what came next, whenever the listener was where they are now.

Read from the history at every event, with nothing to train: the earlier occurrences of the current track, how
long a run of events before each of them matches the events before now (variable-order Markov), and what was
played after them. A skip does not break a run: what follows an occurrence is the next track that was played.
"""

from __future__ import annotations

import numpy as np

from recommender._api import FloatArray, IntArray
from recommender.models._bulk import DoubleArray
from recommender.models._history import History
from recommender.models._sparse import SparseScores

_OCCURRENCES = 200
_FADE = 0.8
"""Weight of an occurrence against the one after it."""
_RUN = 8
"""Events of a run that are compared."""
_RUN_WEIGHT = 4.0
"""A past run that matches one event longer counts this much more."""
_NEAR = 5
_RANKED = 100
_LAGS = 6
_ALIGNED_OCCURRENCES = 30
_ALIGNED_FADES: DoubleArray = 0.9 ** np.arange(_ALIGNED_OCCURRENCES, dtype=np.float64)
_SHIFTS = np.array([0, 1, 2])
_SHIFT_PARTS = np.array([0.5, 1.0, 0.5])
"""What comes next may be aligned to what came exactly as far on, or a step beside."""


class Transitions:
    """Successors of the current track.

    `refresh` reads the history; the scores hold until the next call.
    """

    def __init__(self, size: int, history: History) -> None:
        self._history = history
        self.follows = SparseScores(size)
        self.recent = SparseScores(size)
        self.run_share = SparseScores(size)
        self.played = SparseScores(size)
        self.raw = SparseScores(size)
        self.near = SparseScores(size)
        self.before = SparseScores(size)
        self._last = SparseScores(size)
        self._run = SparseScores(size)
        self._run_best = SparseScores(size)
        self._run_rank = SparseScores(size)

    def refresh(self) -> None:
        """Look up what followed the last event's track before."""
        for scores in self._all():
            scores.clear()
        if not len(self._history):
            return
        places = self._history.heard.occurrences(self._history.last_item, _OCCURRENCES, len(self._history) - 1)
        if len(places):
            self._add_successors(places)
            self._add_near(places)
        self._add_played()
        self._add_aligned()

    def rankings(self) -> tuple[SparseScores, ...]:
        """The scores that rank differently enough to draw candidates from each."""
        return self.recent, self.run_share, self.played, self.near, self.before

    def _all(self) -> tuple[SparseScores, ...]:
        return (
            self.follows,
            self.recent,
            self.run_share,
            self.played,
            self.raw,
            self.near,
            self.before,
            self._last,
            self._run,
            self._run_best,
            self._run_rank,
        )

    def _add_successors(self, places: IntArray) -> None:
        history = self._history
        items = history.heard.items.values
        following = history.next_play.values[places]
        known = following >= 0
        successors = items[following[known]]
        rank = np.arange(len(places), dtype=np.float64)[known]
        run = self._run_lengths(places)[known]
        faded = _FADE**rank
        self.follows.add(successors, np.ones(len(successors)))
        self.recent.add(successors, faded)
        self._last.raise_to(successors, 1.0 / (1.0 + rank))
        self._run.raise_to(successors, 1.0 + run)
        self.run_share.add(successors, _RUN_WEIGHT**run * 0.95**rank)
        if len(run):
            longest = run == run.max()
            self._run_best.add(successors[longest], faded[longest])
        self.run_share.rank_into(self._run_rank, _RANKED)
        self.raw.add(items[places + 1], _FADE ** np.arange(len(places)))

    def _run_lengths(self, places: IntArray) -> DoubleArray:
        """How many events before each place equal the events before now, one by one; float64, at most _RUN."""
        items = self._history.heard.items.values
        current = len(items) - 1
        back = np.arange(1, _RUN + 1)
        compared = places[:, None] - back
        equal = (items[np.maximum(compared, 0)] == items[np.maximum(current - back, 0)]) & (compared >= 0)
        return np.asarray(np.cumprod(equal, axis=1).sum(axis=1), np.float64)

    def _add_near(self, places: IntArray) -> None:
        history = self._history
        items, skipped = history.heard.items.values, history.skipped.values
        places = places[:40]
        offsets = np.arange(1, _NEAR + 1)
        near = places[:, None] + offsets
        weights = (0.9 ** np.arange(len(places)))[:, None] * 0.75 ** (offsets - 1)
        inside = near < len(items) - 1
        inside[inside] = ~skipped[near[inside]]
        self.near.add(items[near[inside]], weights[inside])

    def _add_played(self) -> None:
        """Successors of the last play, which the last event need not be."""
        plays = self._history.plays
        if not len(plays):
            return
        items = plays.items.values
        places = plays.occurrences(int(items[-1]), 60, len(items) - 1)
        self.played.add(items[places + 1], _FADE ** np.arange(len(places)))

    def _add_aligned(self) -> None:
        """What came after the events before the last one, at the distance they are from what comes next."""
        history = self._history
        items, skipped = history.heard.items.values, history.skipped.values
        last = len(items) - 1
        aligned: list[IntArray] = []
        weights: list[DoubleArray] = []
        for lag in range(1, min(_LAGS, last) + 1):
            places = history.heard.occurrences(int(items[last - lag]), _ALIGNED_OCCURRENCES, last - lag)
            aligned.append(places + lag)
            weights.append(np.asarray(0.8**lag * _ALIGNED_FADES[: len(places)], np.float64))
        if not aligned:
            return
        near = np.concatenate(aligned)[:, None] + _SHIFTS
        parts = np.concatenate(weights)[:, None] * _SHIFT_PARTS
        inside = near < last
        inside[inside] = ~skipped[near[inside]]
        self.before.add(items[near[inside]], parts[inside])

    def features(self, items: IntArray) -> dict[str, FloatArray]:
        """The sequence features of some items."""
        return {
            "follows": self.follows.log_share(items, 1e-3),
            "follows_recent": self.recent.log_share(items, 1e-3),
            "follows_count": np.log1p(self.follows.values[items]),
            "follows_last": self._last.values[items],
            "follows_run": np.log1p(self._run.values[items]),
            "follows_run_share": self.run_share.log_share(items, 1e-3),
            "follows_run_best": self._run_best.log_share(items, 1e-3),
            "follows_run_rank": self._run_rank.values[items],
            "follows_played": self.played.log_share(items, 1e-3),
            "follows_raw": self.raw.log_share(items, 1e-3),
            "follows_near": self.near.log_share(items, 1e-3),
            "follows_before": self.before.log_share(items, 1e-3),
        }

    def event_features(self, item: int) -> dict[str, float]:
        """How well the item that has just come was foretold."""
        return {
            "follow_hit": float(self.recent.values[item]) / (self.recent.total + 1e-6),
            "run": float(np.log1p(self._run.values[item])),
            "run_hit": float(self.run_share.values[item]) / (self.run_share.total + 1e-6),
            "run_rank": float(self._run_rank.values[item]),
        }
