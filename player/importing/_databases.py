"""Clementine, Strawberry, Banshee and Amarok 1.4: SQLite files of other programs, opened read-only.

These are foreign files with a handful of fixed queries, so they are read by the standard library's
`sqlite3` and never touch our own database. Only plain tables are read: Clementine's full-text
tables need a tokenizer that Python's SQLite lacks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from player.importing import _values as v
from player.importing._records import HistoryBuilder, ImportedHistory, ImportedStats, Names

NS_PER_MS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Program:
    """How one program stores a song.

    Attributes:
        name: For the user.
        tables: Tables that the query reads.
        query: Columns title, artist, album, length, location, plays, skips, last played (s), rating, added (s).
        per_ms: Units of its length in one millisecond.
        full_rating: Its highest rating.
    """

    name: str
    tables: tuple[str, ...]
    query: str
    per_ms: float
    full_rating: float


STRAWBERRY = _Program(
    "Strawberry library",
    ("songs",),
    "SELECT title, artist, album, length, url, playcount, skipcount, lastplayed, rating, ctime FROM songs",
    NS_PER_MS,
    1.0,
)
CLEMENTINE = _Program(
    "Clementine library",
    ("songs",),
    "SELECT title, artist, album, length, filename, playcount, skipcount, lastplayed, rating, ctime FROM songs",
    NS_PER_MS,
    1.0,
)
BANSHEE = _Program(
    "Banshee library",
    ("CoreTracks", "CoreArtists", "CoreAlbums"),
    "SELECT t.Title, a.Name, l.Title, t.Duration, t.Uri, t.PlayCount, t.SkipCount, t.LastPlayedStamp, t.Rating, "
    "t.DateAddedStamp FROM CoreTracks t LEFT JOIN CoreArtists a ON a.ArtistID = t.ArtistID "
    "LEFT JOIN CoreAlbums l ON l.AlbumID = t.AlbumID",
    1,
    5.0,
)
AMAROK = _Program(
    "Amarok library",
    ("tags", "artist", "album", "statistics"),
    "SELECT t.title, a.name, l.name, t.length, t.url, s.playcounter, 0, s.accessdate, s.rating, s.createdate "
    "FROM tags t LEFT JOIN artist a ON a.id = t.artist LEFT JOIN album l ON l.id = t.album "
    "LEFT JOIN statistics s ON s.url = t.url AND s.deviceid = t.deviceid",
    0.001,
    10.0,
)


def read(path: Path) -> ImportedHistory:
    """Counts, ratings and times of all songs.

    Raises:
        ValueError: the file is damaged or of no program known here.
    """
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as connection:
            program = _program(connection)
            _refuse_damaged(connection, program)
            return _songs(program, connection.execute(program.query))
    except sqlite3.Error as error:
        raise ValueError(f"cannot be read as a music library ({error})") from error


def _program(connection: sqlite3.Connection) -> _Program:
    tables = {name.lower() for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "coretracks" in tables:
        return BANSHEE
    if {"tags", "statistics"} <= tables:
        return AMAROK
    if "songs" in tables:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(songs)")}
        return STRAWBERRY if "url" in columns else CLEMENTINE
    raise ValueError("is a database, but of no music player known here")


def _refuse_damaged(connection: sqlite3.Connection, program: _Program) -> None:
    """Damaged pages are often read without complaint, as songs that never were."""
    for table in program.tables:
        (said,) = connection.execute(f"PRAGMA quick_check({table})").fetchone()
        if said != "ok":
            raise ValueError(f"is a damaged database ({said})")


def _songs(program: _Program, rows: Iterator[tuple[Any, ...]]) -> ImportedHistory:
    out = HistoryBuilder(program.name)
    for number, row in enumerate(rows, 1):
        if any("\x00" in value if isinstance(value, str) else b"\x00" in value for value in row if _is_text(value)):
            raise ValueError(f"is a damaged database (song {number} holds bytes that no text holds)")
        try:
            out.stat(_song(program, row))
        except (ValueError, TypeError) as error:
            out.bad(f"song {number}", error)
    return out.build()


def _is_text(value: Any) -> bool:
    return isinstance(value, str | bytes)


def _song(program: _Program, row: tuple[Any, ...]) -> ImportedStats:
    title, artist, album, length, location, plays, skips, played, rating, added = row
    names = Names(
        v.required(title, "title"),
        v.text(artist),
        v.text(album),
        int(max(v.number(length or 0), 0) / program.per_ms),
        path=v.file_path(location),
    )
    return ImportedStats(
        names,
        v.whole(plays),
        v.whole(skips),
        _when(played),
        min(rating / program.full_rating, 1.0) if rating is not None and rating > 0 else None,
        _when(added),
    )


def _when(seconds: Any) -> int | None:
    return v.epoch_ms(seconds) if seconds is not None and seconds > 0 else None
