"""Tracks that sound alike: exact cosine neighbours, without a second copy of the vectors."""

from __future__ import annotations

import numpy as np

from recommender._api import FloatArray, IntArray
from recommender._vectors import top, unit_rows


class ContentIndex:
    """Neighbours by sound. Exact: 100,000 tracks take some milliseconds.

    Args:
        content: float32[N, D]; rows of zeros are unknown. Not copied, not changed.
    """

    def __init__(self, content: FloatArray) -> None:
        self._content = content
        self._length = np.linalg.norm(content, axis=1) if content.shape[1] else np.zeros(len(content), np.float32)

    def nearest(self, items: IntArray, k: int) -> tuple[IntArray, FloatArray]:
        """The k items that sound most like the mean of `items`, without those, and their cosines; best first.

        Empty when none of `items` has a vector.
        """
        items = np.asarray(items, np.int64)
        mean = unit_rows(unit_rows(self._content[items]).sum(axis=0, keepdims=True))[0]
        if not mean.any():
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        candidate = self._length > 0
        candidate[items] = False
        cosine = np.full(len(self._content), -np.inf, np.float32)
        np.divide(self._content @ mean, self._length, out=cosine, where=candidate)
        best = top(cosine, min(k, int(np.count_nonzero(candidate))))
        return best, cosine[best]
