"""The tables a snapshot consists of, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from recommender._api import EventKind, IntArray, LongArray, PlaySource

BoolArray = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]
Content = npt.NDArray[np.float32] | npt.NDArray[np.int8]
MOST_TAGS = 3


@dataclass(frozen=True, slots=True)
class Ragged:
    """Lists of different lengths in two columns: list i is `items[indptr[i]:indptr[i + 1]]`.

    Attributes:
        indptr: int64[lists + 1], from 0, never falling.
        items: int32[total].
    """

    indptr: LongArray
    items: IntArray

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Self:
        """The same lists in columns."""
        ends = np.cumsum([0, *(len(one) for one in lists)], dtype=np.int64)
        return cls(ends, np.fromiter((i for one in lists for i in one), np.int32, int(ends[-1])))

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def __getitem__(self, index: int) -> IntArray:
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self.items[self.indptr[index] : self.indptr[index + 1]]


@dataclass(frozen=True, slots=True)
class Plays:
    """The play log, in order of `started_at`; P rows.

    Attributes:
        item: int32[P], dense index.
        started_at: int64[P], UTC ms.
        listened_ms: int32[P].
        kind: int8[P], `EventKind` PLAYED, SKIPPED or UNKNOWN.
        source: int8[P], `PlaySource`.
        utc_offset_min: int16[P].
    """

    item: IntArray
    started_at: LongArray
    listened_ms: IntArray
    kind: npt.NDArray[np.int8]
    source: npt.NDArray[np.int8]
    utc_offset_min: npt.NDArray[np.int16]

    @classmethod
    def build(
        cls,
        item: npt.ArrayLike,
        started_at: npt.ArrayLike,
        *,
        listened_ms: npt.ArrayLike | None = None,
        kind: npt.ArrayLike | None = None,
        source: npt.ArrayLike | None = None,
        utc_offset_min: npt.ArrayLike | None = None,
    ) -> Self:
        """Columns in any integer type; what is left out is three minutes heard, played, unknown source, UTC."""
        length = len(np.asarray(item))
        return cls(
            column(item, np.int32, length, 0),
            column(started_at, np.int64, length, 0),
            column(listened_ms, np.int32, length, 180_000),
            column(kind, np.int8, length, int(EventKind.PLAYED)),
            column(source, np.int8, length, int(PlaySource.UNKNOWN)),
            column(utc_offset_min, np.int16, length, 0),
        )

    def __len__(self) -> int:
        return len(self.item)


@dataclass(frozen=True, slots=True)
class Marks:
    """Judgements in order of `at`: thumbs (`value` +1, -1, 0 taken back) or dismissals (`value` 0).

    Attributes:
        item: int32[M], dense index.
        value: int8[M].
        at: int64[M], UTC ms.
    """

    item: IntArray
    value: npt.NDArray[np.int8]
    at: LongArray

    @classmethod
    def build(cls, item: npt.ArrayLike = (), at: npt.ArrayLike = (), value: npt.ArrayLike | None = None) -> Self:
        """Columns in any integer type; without `value` all are 0."""
        length = len(np.asarray(item))
        return cls(
            column(item, np.int32, length, 0), column(value, np.int8, length, 0), column(at, np.int64, length, 0)
        )

    def __len__(self) -> int:
        return len(self.item)


def column(values: npt.ArrayLike | None, dtype: type[Any], length: int, default: int) -> Any:
    """The values as a vector of this type; the default for each of `length` rows when there are none."""
    if values is None:
        return np.full(length, default, dtype)
    return np.asarray(values, dtype).reshape(-1)


def best_tags(tags: Array) -> npt.NDArray[np.int16]:
    """Numbers of the words that describe each row best, the fittest first, -1 for none; int16[N, `MOST_TAGS`].

    Args:
        tags: float[N, T], how much each word describes each row; or what this returns, which stays as it is.
    """
    if tags.dtype == np.int16:
        return tags
    best = np.argsort(-tags, axis=1, kind="stable")[:, :MOST_TAGS]
    found = np.full((len(tags), MOST_TAGS), -1, np.int16)
    strong = np.take_along_axis(tags, best, axis=1) > 0
    found[:, : best.shape[1]][strong] = best[strong]
    return found
