"""Sequence kNN: what was played around the same tracks in earlier sessions.

`near` is STAN-like (Garg et al. 2019): each of the last plays votes for the plays that stood within a few
steps of its earlier occurrences, less by age and distance. `wide` votes for whole sessions that share
tracks with the current one (V-SKNN, Ludewig & Jannach 2018).
"""

from __future__ import annotations

import numpy as np

from recommender._api import FloatArray, IntArray
from recommender.models._bulk import DoubleArray
from recommender.models._history import History
from recommender.models._sparse import SparseScores

_CONTEXT = 8
_RANKED = 100
_OCCURRENCES = 40
_WINDOW = 6
_LAG_FADE = 0.7
_OFFSET_FADE = 0.7
_OTHER_SESSION = 0.3
_BACKWARD = 0.5
_WIDE_CONTEXT = 20
_WIDE_OCCURRENCES = 40
_WIDE_SESSIONS = 60
_WIDE_LENGTH = 100


class Neighbours:
    """Plays near the context's earlier occurrences.

    `refresh` reads the history; the scores hold until the next call.
    """

    def __init__(self, size: int, history: History) -> None:
        self._history = history
        self.near = SparseScores(size)
        self.wide = SparseScores(size)
        self._near_rank = SparseScores(size)
        self._wide_rank = SparseScores(size)

    def refresh(self) -> None:
        """Look up what stood near the last plays before."""
        for scores in (self.near, self.wide, self._near_rank, self._wide_rank):
            scores.clear()
        if len(self._history.plays):
            self._add_near()
            self._add_wide()
            self.near.rank_into(self._near_rank, _RANKED)
            self.wide.rank_into(self._wide_rank, _RANKED)

    def _add_near(self) -> None:
        plays = self._history.plays
        items, sessions, ends = plays.items.values, plays.sessions.values, plays.ends.values
        last, session = len(items) - 1, self._history.session
        found: list[IntArray] = []
        votes: list[DoubleArray] = []
        for lag in range(min(_CONTEXT, last + 1)):
            place = last - lag
            weight = _LAG_FADE**lag * (1.0 if sessions[place] == session else _OTHER_SESSION)
            earlier = plays.occurrences(int(items[place]), _OCCURRENCES, place)
            earlier = earlier[sessions[earlier] != session]
            if len(earlier):
                found.append(earlier)
                votes.append(weight / np.sqrt((ends[last] - ends[earlier]) / 24.0 + 1.0))
        if not found:
            return
        places, weights = np.concatenate(found)[:, None], np.concatenate(votes)[:, None]
        steps = np.arange(1, _WINDOW + 1)
        offsets = np.concatenate([steps, -steps])
        parts = np.concatenate([_OFFSET_FADE ** (steps - 1), _BACKWARD * _OFFSET_FADE ** (steps - 1)])
        near = places + offsets
        inside = (near >= 0) & (near <= last)
        inside &= sessions[np.clip(near, 0, last)] == sessions[places]
        self.near.add(items[near[inside]], (weights * parts)[inside])

    def _add_wide(self) -> None:
        plays = self._history.plays
        items, sessions, ends = plays.items.values, plays.sessions.values, plays.ends.values
        last, session = len(items) - 1, self._history.session
        votes: dict[int, float] = {}
        for lag in range(min(_WIDE_CONTEXT, last + 1)):
            place = last - lag
            if sessions[place] != session and lag >= _CONTEXT // 2:
                break
            weight = 0.9**lag
            earlier = plays.occurrences(int(items[place]), _WIDE_OCCURRENCES, place)
            for other in set(sessions[earlier].tolist()):
                votes[other] = votes.get(other, 0.0) + weight
        votes.pop(session, None)
        if not votes:
            return
        others = np.fromiter(votes, np.int64, len(votes))
        starts = np.searchsorted(sessions, others, "left")
        stops = np.minimum(np.searchsorted(sessions, others, "right"), starts + _WIDE_LENGTH)
        age = (ends[last] - ends[starts]) / 24.0 + 1.0
        weights = np.fromiter(votes.values(), np.float64, len(votes)) / np.sqrt(age) / np.sqrt(stops - starts + 3.0)
        best = np.argsort(-weights, kind="stable")[:_WIDE_SESSIONS]
        lengths = (stops - starts)[best]
        places = np.repeat(starts[best] - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        self.wide.add(items[places], np.repeat(weights[best], lengths))

    def features(self, items: IntArray, in_session: FloatArray) -> dict[str, FloatArray]:
        """The kNN features of some items; `in_session` is 1 for those of this session."""
        near = self.near.log_share(items, 1e-4)
        return {
            "neighbours": near,
            "neighbours_fresh": np.where(in_session > 0, np.float32(np.log(1e-4)), near),
            "neighbours_wide": self.wide.log_share(items, 1e-4),
            "neighbours_rank": self._near_rank.values[items],
            "neighbours_wide_rank": self._wide_rank.values[items],
        }

    def event_features(self, item: int) -> dict[str, float]:
        """How well the item that has just come was foretold."""
        near, wide = self.near.peak(), self.wide.peak()
        return {
            "neighbour_hit": float(self.near.values[item]) / near if near else 0.0,
            "wide_hit": float(self.wide.values[item]) / wide if wide else 0.0,
        }
