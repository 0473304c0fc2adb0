"""Signals that need more than the log, as feature columns: the sound."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender._api import Event, EventKind, FloatArray, IntArray
from recommender._vectors import Vectors, top, unit_rows

_RECENT = 5


class ContentFeatures:
    """How much each candidate sounds like the last plays.

    Args:
        content: float32 or int8 [N, D]; rows of zeros are unknown.
    """

    def __init__(self, content: npt.NDArray[Any]) -> None:
        self._content = Vectors(content)
        self._usual = self._content.usual()
        self._recent: deque[FloatArray] = deque(maxlen=_RECENT)

    def observe(self, event: Event) -> None:
        """Remember what was played."""
        if event.kind == EventKind.PLAYED:
            unit = self._content.rows([event.item])[0]
            if unit.any():
                self._recent.append(unit)

    def direction(self) -> FloatArray | None:
        """Where the last plays are, a vector of length 1; None before the first whose sound is known."""
        return unit_rows(np.sum(self._recent, axis=0)[None])[0] if self._recent else None

    def features(self, items: IntArray) -> dict[str, FloatArray]:
        """Column "content": cosine to the mean of the last plays beyond the usual one of two tracks; 0 unknown."""
        direction = self.direction()
        if direction is None:
            return {"content": np.zeros(len(items), np.float32)}
        units = self._content.rows(items)
        cosine = units @ direction - np.float32(self._usual)
        return {"content": np.where(np.any(units, axis=1), cosine, 0).astype(np.float32)}

    def closest(self, count: int, allowed: npt.NDArray[np.bool_]) -> IntArray:
        """Of the items allowed (bool[N]), those that sound most like the last plays, best first."""
        direction = self.direction()
        if direction is None:
            return np.zeros(0, np.int32)
        cosine = np.where(allowed, self._content.cosines(direction), -np.inf)
        return top(cosine.astype(np.float32, copy=False), min(count, int(np.count_nonzero(allowed))))
