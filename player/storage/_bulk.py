"""Inserting many whole rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite

from player.storage.schema import Base

_DIALECT = sqlite.dialect()


class Bulk:
    """An INSERT of whole rows of one table: values go to the driver with only their types' own conversion.

    SQLAlchemy's general path costs as much per row as SQLite itself.

    Args:
        table: A mapped table.
    """

    def __init__(self, table: type[Base]) -> None:
        columns = list(table.__table__.columns)
        names = [column.name for column in columns]
        marks = ", ".join("?" * len(names))
        self._values: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(*names)
        self._statement = f"INSERT INTO {table.__tablename__} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
        kinds = (column.type.dialect_impl(_DIALECT) for column in columns)
        processors = ((at, kind.bind_processor(_DIALECT)) for at, kind in enumerate(kinds))
        self._convert = [(at, process) for at, process in processors if process is not None]

    def insert(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert `rows`, each with a value for every column of the table."""
        if rows:
            connection.exec_driver_sql(self._statement, [self._row(row) for row in rows])

    def _row(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        values = list(self._values(row))
        for at, process in self._convert:
            values[at] = process(values[at])
        return tuple(values)
