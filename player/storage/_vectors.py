"""Columns of many rows as numpy arrays, read without a Python object per row staying behind."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Executable, SelectBase, func, select

from player.storage._cancellation import while_wanted

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


def id_set(connection: Connection, statement: SelectBase) -> LongArray:
    """The single integer column of a statement, in no order, int64[n].

    Raises:
        NoLongerWantedError: nobody wants it any more (`_cancellation`).
    """
    with while_wanted(connection):
        return unordered(connection, statement, ("i8",))[0]


def unordered(connection: Connection, statement: SelectBase, dtypes: Sequence[str]) -> list[npt.NDArray[Any]]:
    """All columns of a statement as arrays of the given dtypes, rows in no order; numbers only, no NULLs.

    SQLite writes each column into one text, which numpy reads: two to four times quicker than a Python object for
    every number, and most of it without holding the interpreter.
    """
    inside = statement.subquery()
    joined = connection.execute(select(*(func.group_concat(part) for part in inside.c))).one()
    return [_numbers(text, np.dtype(dtype)) for text, dtype in zip(joined, dtypes, strict=True)]


def in_order(connection: Connection, statement: SelectBase, dtypes: Sequence[str]) -> list[npt.NDArray[Any]]:
    """As `unordered`, with the rows in the order of a statement that has one.

    SQLite leaves out the ORDER BY of a subquery only below count, min and max, so that `group_concat` follows it.
    """
    return unordered(connection, statement, dtypes)


def _numbers(text: str | None, dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    if text is None:
        return np.empty(0, dtype)
    numbers: npt.NDArray[Any] = np.fromstring(text, np.float64 if dtype.kind == "f" else np.int64, sep=",")
    return numbers.astype(dtype, copy=False)


def columns(connection: Connection, statement: Executable, dtypes: Sequence[str]) -> list[npt.NDArray[Any]]:
    """All columns of a statement as arrays of the given dtypes, rows in its order; no NULLs, no processed types."""
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
