"""Listening logs as CSV files."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from pathlib import Path

MINUTE = 60
DAY = 24 * 60 * MINUTE


def write(path: Path, header: str, rows: Iterable[Sequence[object]]) -> Path:
    """A CSV file, gzipped if its name says so."""
    text = "\n".join([header, *(",".join(str(cell) for cell in row) for row in rows)]) + "\n"
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


def habit(days: int = 30, length: int = 8, user: str = "ann") -> list[tuple[object, ...]]:
    """The same tracks in the same order every day, three minutes each: (user, ts, track, artist, ms_played)."""
    return [
        (user, day * DAY + number * 3 * MINUTE, f"t{number}", f"a{number // 2}", 180_000)
        for day in range(days)
        for number in range(length)
    ]


HEADER = "user,ts,track,artist,ms_played"
