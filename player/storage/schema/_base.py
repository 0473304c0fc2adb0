"""The declarative base, names of constraints, and column types."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import Dialect, Enum, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from player.domain import EndReason, Origin, RepeatMode, StartReason

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class TrackState(StrEnum):
    """Where a track's file is."""

    PRESENT = "present"
    MISSING = "missing"
    """Not found by the last scan: kept and greyed."""
    REMOVED = "removed"
    """Its folder was taken out of the library: hidden, its history kept."""


class Role(StrEnum):
    """What an artist did on a track."""

    ARTIST = "artist"
    COMPOSER = "composer"
    CONDUCTOR = "conductor"
    REMIXER = "remixer"


class PathText(TypeDecorator[str]):
    """A path, decoded with `os.fsdecode`.

    SQLite's text is UTF-8, which has no lone surrogates; a path with undecodable bytes is stored as a blob of
    these bytes instead. Blobs sort after all texts.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        """Text where it is valid Unicode, else bytes."""
        return None if value is None else stored_path(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """The path again, exactly."""
        return loaded_path(value)


def stored_path(path: str) -> str | bytes:
    """`path` as SQLite holds it: text, or bytes where it is not valid Unicode."""
    if path.isascii():
        return path
    try:
        path.encode()
    except UnicodeEncodeError:
        try:
            return path.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:  # Windows: a lone surrogate that stands for itself
            return path.encode("utf-8", "surrogatepass")
    return path


def loaded_path(value: str | bytes | None) -> str | None:
    """The opposite of `stored_path`."""
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return value.decode("utf-8", "surrogateescape")


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""One encoder for all: `json.dumps` makes a new one for each value."""


@lru_cache(maxsize=4_096)
def _compact_list(values: tuple[str, ...]) -> str:
    """The JSON of a list of strings: the tracks of an album share most of theirs."""
    return _compact(list(values))


class JsonText(TypeDecorator[Any]):
    """A JSON document, kept as text with its characters readable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Compact JSON; None stays NULL."""
        if isinstance(value, list):
            if not value:
                return "[]"
            if all(isinstance(each, str) for each in value):
                return _compact_list(tuple(value))
        return None if value is None else _compact(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The document."""
        return None if value is None else json.loads(value)


def _by_value(words: type[StrEnum]) -> Enum:
    """A column of words, stored by value, without a CHECK: new words must not need a new table."""
    return Enum(words, native_enum=False, length=24, values_callable=lambda all_: [word.value for word in all_])


class Base(DeclarativeBase):
    """Base of all mapped tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        **{words: _by_value(words) for words in (TrackState, Role, StartReason, EndReason, Origin, RepeatMode)},
    }
