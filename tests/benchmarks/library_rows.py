"""A large library made in the database: rows as a scan would leave them, without files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from player.storage import Database
from player.storage.schema._search_text import searchable
from player.storage.schema._text import sort_key
from tests.storage.songs import rebuild_counters

TRACKS_PER_ALBUM = 12
ALBUMS_PER_ARTIST = 5
GENRES = 60
DAY_MS = 86_400_000
NOW = 1_760_000_000_000
_CJK = "春夏秋冬天地人风花雪月山水日星雨夜心爱歌梦海空光影时间东京北上南城"
_SYLLABLES = [
    start + vowel for start in (*"bcdfghklmnprstvw", "br", "ch", "st", "tr") for vowel in (*"aeiou", "ai", "ou")
]


@dataclass(frozen=True)
class _Words:
    """Words with a long-tailed frequency, as in titles."""

    rng: np.random.Generator
    words: tuple[str, ...]

    def phrases(self, count: int, longest: int) -> list[str]:
        """`count` titles of 1 to `longest` words, one in ten in Chinese characters."""
        lengths = self.rng.integers(1, longest + 1, count)
        picks = np.minimum(self.rng.zipf(1.25, int(lengths.sum())) - 1, len(self.words) - 1)
        cjk = self.rng.random(count) < 0.1
        phrases, at = [], 0
        for length, chinese in zip(lengths, cjk, strict=True):
            part = picks[at : at + length]
            at += length
            if chinese:
                phrases.append("".join(_CJK[pick % len(_CJK)] for pick in part) + _CJK[int(part[0]) * 7 % len(_CJK)])
            else:
                phrases.append(" ".join(self.words[pick] for pick in part).title())
        return phrases


def fill(path: Path, count: int, *, plays: int = 50_000, seed: int = 1) -> None:
    """Make a database at `path` with `count` tracks, their albums, artists and genres, and a play log."""
    Database.open(path).close()
    rng = np.random.default_rng(seed)
    words = _Words(rng, _vocabulary(rng, 6_000))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        _fill(connection, words, count, plays)
        connection.commit()
        connection.execute("ANALYZE")
    rebuild_counters(path)


def _vocabulary(rng: np.random.Generator, count: int) -> tuple[str, ...]:
    lengths = rng.integers(2, 5, count)
    return tuple("".join(rng.choice(_SYLLABLES, length)) for length in lengths)


@dataclass(frozen=True)
class _Shelf:
    """What tracks are made of: names, and which album each track is of."""

    artist_names: list[str]
    album_names: list[str]
    genres: list[str]
    years: np.ndarray
    order: np.ndarray


def _shelf(words: _Words, count: int) -> _Shelf:
    albums = -(-count // TRACKS_PER_ALBUM)
    return _Shelf(
        words.phrases(-(-albums // ALBUMS_PER_ARTIST), 3),
        words.phrases(albums, 4),
        [f"Genre {number}" for number in range(GENRES)],
        words.rng.integers(1950, 2026, albums),
        words.rng.permutation(albums),  # albums were added in no order of their names
    )


def _fill(connection: sqlite3.Connection, words: _Words, count: int, plays: int) -> None:
    shelf = _shelf(words, count)
    _albums(connection, shelf)
    _put(
        connection,
        "genres",
        "id, name, ident, track_count",
        ((key, name, name.casefold(), count // GENRES) for key, name in enumerate(shelf.genres, 1)),
    )
    rows = list(_rows(words, shelf, count))
    _tracks(connection, shelf, rows)
    _plays(connection, words.rng, count, plays)


def _albums(connection: sqlite3.Connection, shelf: _Shelf) -> None:
    _put(
        connection,
        "artists",
        "id, name, name_key, ident, track_count, album_count",
        (
            (key, name, sort_key(name), name.casefold(), TRACKS_PER_ALBUM * ALBUMS_PER_ARTIST, ALBUMS_PER_ARTIST)
            for key, name in enumerate(shelf.artist_names, 1)
        ),
    )
    _put(
        connection,
        "albums",
        "id, ident, title, title_key, artist, artist_key, compilation, year, track_count, duration_ms, added_at",
        (
            (
                key,
                str(key),
                name,
                sort_key(name),
                shelf.artist_names[(key - 1) // ALBUMS_PER_ARTIST],
                sort_key(shelf.artist_names[(key - 1) // ALBUMS_PER_ARTIST]),
                0,
                int(shelf.years[key - 1]),
                TRACKS_PER_ALBUM,
                240_000 * TRACKS_PER_ALBUM,
                NOW - key * 1000,
            )
            for key, name in enumerate(shelf.album_names, 1)
        ),
    )
    _put(
        connection,
        "album_artists",
        "album_id, position, artist_id",
        ((key, 0, (key - 1) // ALBUMS_PER_ARTIST + 1) for key in range(1, len(shelf.album_names) + 1)),
    )


def _rows(words: _Words, shelf: _Shelf, count: int) -> Iterator[tuple[Any, ...]]:
    rng = words.rng
    titles = words.phrases(count, 4)
    durations = rng.integers(90_000, 480_000, count)
    added = NOW - np.sort(rng.integers(0, 3_000 * DAY_MS, count))[::-1]
    for at, title in enumerate(titles):
        album = int(shelf.order[at // TRACKS_PER_ALBUM])
        artist = shelf.artist_names[album // ALBUMS_PER_ARTIST]
        path = f"/music/{artist}/{shelf.album_names[album]}/{at % TRACKS_PER_ALBUM + 1:02} {title}-{at}.flac"
        yield (
            at + 1,
            path,
            30_000_000 + at,
            at,
            f"{at:032x}",
            title,
            sort_key(title),
            artist,
            sort_key(artist),
            album + 1,
            1,
            at % TRACKS_PER_ALBUM + 1,
            int(shelf.years[album]),
            int(durations[at]),
            int(added[at]),
        )


def _tracks(connection: sqlite3.Connection, shelf: _Shelf, rows: list[tuple[Any, ...]]) -> None:
    count = len(rows)
    _put(
        connection,
        "tracks",
        "id, path, size, mtime_ns, audio_key, title, title_key, artist, artist_key, album_id, "
        "disc_no, track_no, year, duration_ms, added_at, start_ms, superseded, state, format, playable",
        ((*row, 0, 0, "present", "flac", 1) for row in rows),
    )
    _put(
        connection,
        "track_artists",
        "track_id, role, position, artist_id",
        (
            (at + 1, "artist", 0, int(shelf.order[at // TRACKS_PER_ALBUM]) // ALBUMS_PER_ARTIST + 1)
            for at in range(count)
        ),
    )
    _put(
        connection,
        "track_genres",
        "track_id, position, genre_id",
        ((at + 1, 0, int(shelf.order[at // TRACKS_PER_ALBUM]) % GENRES + 1) for at in range(count)),
    )
    _put(
        connection,
        "track_search",
        "rowid, title, artists, album, album_artists, genres, composers",
        (
            (
                row[0],
                searchable(row[5]),
                searchable(row[7]),
                searchable(shelf.album_names[row[9] - 1]),
                searchable(row[7]),
                shelf.genres[(row[9] - 1) % GENRES],
                "",
            )
            for row in rows
        ),
    )


def _plays(connection: sqlite3.Connection, rng: np.random.Generator, count: int, plays: int) -> None:
    tracks = rng.zipf(1.3, plays) % count + 1
    times = NOW - np.sort(rng.integers(0, 1_000 * DAY_MS, plays))[::-1]
    skipped = rng.random(plays) < 0.2
    _put(
        connection,
        "plays",
        "track_id, started_at, utc_offset_min, ended_at, listened_ms, duration_ms, start_reason, "
        "end_reason, queue_position, session, message",
        (
            (
                int(tracks[at]),
                int(times[at]),
                60,
                int(times[at]) + 200_000,
                5_000 if skipped[at] else 200_000,
                200_000,
                "up_next",
                "skipped" if skipped[at] else "finished",
                0,
                at // 15 + 1,
                "",
            )
            for at in range(plays)
        ),
    )


def _put(connection: sqlite3.Connection, table: str, columns: str, rows: Iterator[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
