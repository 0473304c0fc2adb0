"""Columns of many rows as numpy arrays, read without a Python object per row staying behind."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Executable

LongArray = npt.NDArray[np.int64]
IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
T = TypeVar("T")

CHUNK = 900
"""Values bound in one statement; every SQLite takes 999."""


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """`values` in slices of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def column(connection: Connection, statement: Executable) -> LongArray:
    """The single integer column of a statement, int64[n]."""
    return np.fromiter((row[0] for row in _rows(connection, statement)), np.int64)


def columns(connection: Connection, statement: Executable, dtypes: Sequence[str]) -> list[npt.NDArray[Any]]:
    """All columns of a statement as arrays of the given dtypes; no NULLs, no processed types."""
    row_type = np.dtype([(f"c{at}", dtype) for at, dtype in enumerate(dtypes)])
    rows = np.fromiter(_rows(connection, statement), row_type)
    return [np.ascontiguousarray(rows[f"c{at}"]) for at in range(len(dtypes))]


def _rows(connection: Connection, statement: Executable) -> Iterator[tuple[Any, ...]]:
    """The driver's own tuples: a million of them pass by without SQLAlchemy's row objects around them."""
    cursor: Any = connection.execute(statement).cursor
    return iter(cursor)


def id_array(ids: LongArray) -> array[int]:
    """Ids as `array('q')`, the form in which they are handed out: compact, sliceable, of plain ints."""
    out = array("q")
    out.frombytes(ids.astype(np.int64, copy=False).tobytes())
    return out


def as_long(ids: Iterable[int]) -> LongArray:
    """Any ids as int64[n]."""
    return np.frombuffer(ids, np.int64) if isinstance(ids, array) else np.fromiter(ids, np.int64)
