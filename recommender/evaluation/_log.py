"""Listening logs as CSV: rows in, events by person out; bad rows are counted and named, never fatal."""

from __future__ import annotations

import csv
import gzip
import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from recommender._api import EventKind
from recommender._errors import RecommenderError

SKIP_MS = 30_000
"""A play shorter than this is a skip."""
_DEFAULT_MS = 180_000
_LAST_SECOND = 4_102_444_800
"""2100-01-01: a later start of a play is a damaged row."""
_LONGEST_MS = 7 * 24 * 3_600_000
_NAMED = 20

Identity = tuple[str, str]
"""(artist, track), case-folded."""


class LogError(RecommenderError):
    """A file that cannot be read as a listening log at all.

    Attributes:
        path: The file.
        why: What is wrong with it, without its name.
    """

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out.

    Attributes:
        line: Its line in the file, from 1.
        why: What is wrong with it.
    """

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One play of a log.

    Attributes:
        at: Start, UTC ms.
        track: Its identity.
        album: Case-folded, empty without.
        listened_ms: Sound heard; an estimate where the log has none.
        kind: PLAYED or SKIPPED.
        known: Whether the log says how it ended.
    """

    at: int
    track: Identity
    album: str
    listened_ms: int
    kind: EventKind
    known: bool


@dataclass(slots=True)
class Log:
    """What a file holds.

    Attributes:
        users: Rows by person, in time order.
        bad: The first bad rows.
        bad_count: All of them.
    """

    users: dict[str, list[Row]] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    bad_count: int = 0

    def reject(self, line: int, why: str) -> None:
        """Count a bad row, and keep the first ones."""
        self.bad_count += 1
        if len(self.bad) < _NAMED:
            self.bad.append(BadRow(line, why))


def read_log(path: Path) -> Log:
    """A listening log, plain or gzipped.

    Raises:
        LogError: The file is not there, is no text, or lacks a column that it must have; the message says which.
    """
    log = Log()
    for line, values in _records(path, ("ts", "track", "artist"), log):
        try:
            row = _row(values)
        except ValueError as error:
            log.reject(line, str(error))
            continue
        log.users.setdefault(values.get("user") or "", []).append(row)
    for rows in log.users.values():
        rows.sort(key=lambda row: row.at)
    return log


def read_library(path: Path) -> tuple[dict[Identity, str], Log]:
    """Tracks that a library holds, with their albums ("" unknown); the log returned holds bad rows only.

    Raises:
        LogError: As for `read_log`.
    """
    log = Log()
    tracks: dict[Identity, str] = {}
    for line, values in _records(path, ("track", "artist"), log):
        try:
            tracks.setdefault(_identity(values), _folded(values.get("album")))
        except ValueError as error:
            log.reject(line, str(error))
    return tracks, log


def _records(path: Path, needed: tuple[str, ...], log: Log) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with _open(path) as file:
            reader = csv.reader(file)
            header = [name.strip().casefold() for name in next(reader, [])]
            missing = [name for name in needed if name not in header]
            if missing:
                raise LogError(path, f"there is no column {', '.join(missing)}; the first line must name the columns")
            yield from _rows(reader, header, log)
    except (OSError, EOFError, zlib.error, csv.Error) as error:
        raise LogError(path, f"cannot be read: {_said(error)}") from error


def _said(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _rows(reader: Iterator[list[str]], header: list[str], log: Log) -> Iterator[tuple[int, dict[str, str]]]:
    line = 1
    while True:
        line += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            log.reject(line, str(error))
            continue
        if not cells:
            continue
        if len(cells) != len(header):
            log.reject(line, f"{len(cells)} fields where the header has {len(header)}")
            continue
        yield line, dict(zip(header, cells, strict=True))


def _open(path: Path) -> TextIO:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    # A damaged character spoils a name, not the log: it is replaced.
    if packed:
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="replace", newline="")
    return path.open(encoding="utf-8-sig", errors="replace", newline="")


def _row(values: dict[str, str]) -> Row:
    at = _number(values["ts"], "ts")
    if not 0 <= at < _LAST_SECOND:
        raise ValueError(f"ts {values['ts']!r} is no time between 1970 and 2100")
    listened = _optional(values, "ms_played")
    duration = _optional(values, "duration_ms")
    outcome = (values.get("outcome") or "").strip().casefold()
    if outcome not in ("", "finished", "skipped"):
        raise ValueError(f"outcome {outcome!r} is neither finished nor skipped")
    skipped = outcome == "skipped" or (listened is not None and listened < SKIP_MS)
    if listened is None:
        listened = _DEFAULT_MS if duration is None else duration
        listened = min(listened, SKIP_MS // 3) if skipped else listened
    kind = EventKind.SKIPPED if skipped else EventKind.PLAYED
    known = outcome != "" or _optional(values, "ms_played") is not None
    return Row(int(at * 1000), _identity(values), _folded(values.get("album")), int(listened), kind, known)


def _identity(values: dict[str, str]) -> Identity:
    artist, track = _folded(values["artist"]), _folded(values["track"])
    if not track or not artist:
        raise ValueError("no track" if not track else "no artist")
    return artist, track


def _folded(text: str | None) -> str:
    return (text or "").strip().casefold()


def _number(text: str, name: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"{name} {text!r} is no number") from None
    if not math.isfinite(number):
        raise ValueError(f"{name} {text!r} is no number")
    return number


def _optional(values: dict[str, str], name: str) -> float | None:
    text = (values.get(name) or "").strip()
    if not text:
        return None
    number = _number(text, name)
    if not 0 <= number <= _LONGEST_MS:
        raise ValueError(f"{name} {text!r} is no length of a play")
    return number
