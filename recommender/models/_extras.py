"""Signals that need more than the log, as feature columns: ALS and the sound."""

from __future__ import annotations

from collections import deque

import numpy as np

from recommender._api import Event, EventKind, FloatArray, IntArray
from recommender._vectors import unit_rows
from recommender.models.als import Als

_RECENT = 5


class AlsFeatures:
    """The score of the folded-in session for each candidate."""

    def __init__(self, als: Als) -> None:
        self._als = als
        self._scores: FloatArray | None = None

    def observe(self, event: Event) -> None:
        """Fold one event in."""
        self._als.observe(event)
        self._scores = None

    def features(self, items: IntArray) -> dict[str, FloatArray]:
        """Columns "als" and "als_missing"."""
        if self._scores is None:
            self._scores = np.clip(self._als.scores(0), -0.2, 1.5)
        return {"als": self._scores[items], "als_missing": self._als.missing[items].astype(np.float32)}


class ContentFeatures:
    """How much each candidate sounds like the last plays.

    Args:
        content: float32[N, D]; rows of zeros are unknown.
    """

    def __init__(self, content: FloatArray) -> None:
        self._units = unit_rows(content)
        self._known = np.any(content, axis=1)
        self._usual = _usual_cosine(self._units[self._known])
        self._recent: deque[int] = deque(maxlen=_RECENT)

    def observe(self, event: Event) -> None:
        """Remember what was played."""
        if event.kind == EventKind.PLAYED and self._known[event.item]:
            self._recent.append(event.item)

    def features(self, items: IntArray) -> dict[str, FloatArray]:
        """Column "content": cosine to the mean of the last plays beyond the usual one of two tracks; 0 unknown."""
        if not self._recent:
            return {"content": np.zeros(len(items), np.float32)}
        mean = unit_rows(self._units[list(self._recent)].sum(axis=0, keepdims=True))[0]
        cosine = self._units[items] @ mean - np.float32(self._usual)
        return {"content": np.where(self._known[items], cosine, 0).astype(np.float32)}


def _usual_cosine(units: FloatArray) -> float:
    """Mean cosine of two different rows."""
    count = len(units)
    if count < 2:
        return 0.0
    total = units.sum(axis=0)
    return float((total @ total - count) / (count * (count - 1)))
