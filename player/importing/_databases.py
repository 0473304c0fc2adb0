"""SQLite files of other programs, opened read-only: a table of what each calls its songs, and one reader for all.

These are foreign files with a handful of fixed queries, so they are read by the standard library's `sqlite3` and
never touch our own database. Only plain tables are read: some programs' full-text tables need a tokenizer that
Python's SQLite lacks.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from player.importing import _values as v
from player.importing._records import HistoryBuilder, ImportedHistory, ImportedStats, ImportedThumb, Names

NS_PER_MS = 1_000_000
MAX_VALUE_BYTES = 4 << 20
"""Of one row: a column that is computed can be of any size."""
TICKS_PER_MS = 10_000
DELPHI_EPOCH_DAYS = 25_569
"""1970-01-01 in days since 1899-12-30, the time of Delphi programs."""
DAY_MS = 86_400_000
MAX_SHORT_SECONDS = 20_000
"""A length up to this is in seconds, where a program has changed its unit to ms: five hours, or twenty seconds."""


def _seconds(value: Any) -> int | None:
    return v.epoch_ms(value) if value and v.number(value) > 0 else None


def _milliseconds(value: Any) -> int | None:
    return v.epoch_ms(value, scale=1) if value and v.number(value) > 0 else None


def _delphi_days(value: Any) -> int | None:
    return v.plausible(int((v.number(value) - DELPHI_EPOCH_DAYS) * DAY_MS)) if value and v.number(value) > 0 else None


def _iso(value: Any) -> int | None:
    return v.iso_ms(value) if value and not str(value).startswith(("0001-", "1970-01-01")) else None


@dataclass(frozen=True, slots=True)
class _Program:
    """How one program stores its songs.

    Attributes:
        name: For the user.
        marks: Columns that its tables have, by table, all in lower case; these tells it from other programs.
        columns: SQL of what is known of a song: title, artist, album, length, path; and where the program knows it:
            plays, skips, played, rating, added, thumb, thumb_at, mbid, and ignored (whether it is no music).
        tables: The rest of the query, from FROM on.
        full_rating: Its highest rating.
        per_ms: Units of its length in one millisecond.
        time: Turns its times into UTC ms.
        optional: Columns of `columns` that older or newer versions lack: their name in the table "table.column".
    """

    name: str
    marks: Mapping[str, frozenset[str]]
    columns: Mapping[str, str]
    tables: str
    full_rating: float
    per_ms: float = 1.0
    time: Callable[[Any], int | None] = _seconds
    optional: Mapping[str, str] = field(default_factory=dict)


def _marks(**tables: str) -> dict[str, frozenset[str]]:
    return {table: frozenset(columns.split()) for table, columns in tables.items()}


_SONGS = {
    "title": "title",
    "artist": "artist",
    "album": "album",
    "length": "length",
    "path": "url",
    "plays": "playcount",
    "skips": "skipcount",
    "played": "lastplayed",
    "rating": "rating",
    "added": "ctime",
}
_MOST_ACTIVE = "(SELECT {user} FROM {table} GROUP BY {user} ORDER BY SUM({plays}) DESC LIMIT 1)"
"""Servers know several listeners; the history is that of the one who played most."""
_NAVIDROME = {
    "title": "m.title",
    "artist": "m.artist",
    "album": "m.album",
    "length": "m.duration",
    "path": "m.path",
    "plays": "a.play_count",
    "played": "a.play_date",
    "rating": "a.rating",
    "added": "m.created_at",
    "thumb": "a.starred",
    "thumb_at": "a.starred_at",
    "mbid": "m.mbz_recording_id",
}
_NAVIDROME_TABLES = (
    "FROM media_file m LEFT JOIN annotation a ON a.item_id = m.id AND a.item_type = 'media_file' AND a.user_id = "
    + _MOST_ACTIVE.format(user="user_id", table="annotation", plays="play_count")
)

_FLEXIBLE = "(SELECT value FROM item_attributes f WHERE f.entity_id = i.id AND f.key = '{0}')"
"""A flexible attribute of beets."""

PROGRAMS = (
    _Program("Strawberry library", _marks(songs="url playcount"), _SONGS, "FROM songs", 1.0, NS_PER_MS),
    _Program(
        "Clementine library",
        _marks(songs="filename playcount"),
        _SONGS | {"path": "filename"},
        "FROM songs",
        1.0,
        NS_PER_MS,
    ),
    _Program(
        "Banshee library",
        _marks(coretracks="uri playcount", coreartists="name", corealbums="title"),
        {
            "title": "t.Title",
            "artist": "a.Name",
            "album": "l.Title",
            "length": "t.Duration",
            "path": "t.Uri",
            "plays": "t.PlayCount",
            "skips": "t.SkipCount",
            "played": "t.LastPlayedStamp",
            "rating": "t.Rating",
            "added": "t.DateAddedStamp",
            "ignored": "t.PrimarySourceID NOT IN (SELECT PrimarySourceID FROM CorePrimarySources "
            "WHERE StringID = 'MusicLibrarySource-Library')",
        },
        "FROM CoreTracks t LEFT JOIN CoreArtists a ON a.ArtistID = t.ArtistID "
        "LEFT JOIN CoreAlbums l ON l.AlbumID = t.AlbumID",
        5.0,
        optional={"ignored": "coreprimarysources.stringid"},
    ),
    _Program(
        "Amarok library",
        _marks(tags="url", artist="name", album="name", statistics="playcounter"),
        {
            "title": "t.title",
            "artist": "a.name",
            "album": "l.name",
            "length": "t.length",
            "path": "t.url",
            "plays": "s.playcounter",
            "played": "s.accessdate",
            "rating": "s.rating",
            "added": "s.createdate",
        },
        "FROM tags t LEFT JOIN artist a ON a.id = t.artist LEFT JOIN album l ON l.id = t.album "
        "LEFT JOIN statistics s ON s.url = t.url AND s.deviceid = t.deviceid",
        10.0,
        0.001,
    ),
    _Program(
        "MediaMonkey library",
        _marks(songs="songtitle songpath playcounter lasttimeplayed"),
        {
            "title": "SongTitle",
            "artist": "Artist",
            "album": "Album",
            "length": "SongLength",
            "path": "NULL",  # without its drive
            "plays": "PlayCounter",
            "skips": "SkipCount",
            "played": "LastTimePlayed",
            "rating": "Rating",
            "added": "DateAdded",
            "ignored": "TrackType NOT IN (0, 3)",  # music and classical music
        },
        "FROM Songs",
        100.0,
        time=_delphi_days,
        optional={"skips": "songs.skipcount", "ignored": "songs.tracktype", "added": "songs.dateadded"},
    ),
    _Program(
        "Navidrome library",
        _marks(media_file="path library_id", library="path", annotation="item_id play_count"),
        _NAVIDROME | {"path": "CASE WHEN m.path LIKE '/%' THEN m.path ELSE y.path || '/' || m.path END"},
        _NAVIDROME_TABLES + " LEFT JOIN library y ON y.id = m.library_id",
        5.0,
        0.001,
        _iso,
        {"mbid": "media_file.mbz_recording_id"},
    ),
    _Program(
        "Navidrome library",
        _marks(media_file="path", annotation="item_id play_count"),
        _NAVIDROME,
        _NAVIDROME_TABLES,
        5.0,
        0.001,
        _iso,
        {"mbid": "media_file.mbz_recording_id"},
    ),
    _Program(
        "Jellyfin library",
        _marks(baseitems="path runtimeticks", userdata="itemid playcount"),
        {
            "title": "b.Name",
            "artist": "replace(b.Artists, '|', ', ')",
            "album": "b.Album",
            "length": "b.RunTimeTicks",
            "path": "b.Path",
            "plays": "u.PlayCount",
            "played": "u.LastPlayedDate",
            "rating": "u.Rating",
            "added": "b.DateCreated",
            "thumb": "u.IsFavorite",
        },
        "FROM BaseItems b LEFT JOIN UserData u ON u.ItemId = b.Id AND u.UserId = "
        + _MOST_ACTIVE.format(user="UserId", table="UserData", plays="PlayCount")
        + " WHERE b.Type LIKE '%.Audio.Audio'",
        10.0,
        TICKS_PER_MS,
        _iso,
    ),
    _Program(
        "Jellyfin library",
        _marks(typedbaseitems="path runtimeticks userdatakey", userdatas="key playcount"),
        {
            "title": "b.Name",
            "artist": "replace(b.Artists, '|', ', ')",
            "album": "b.Album",
            "length": "b.RunTimeTicks",
            "path": "b.Path",
            "plays": "u.playCount",
            "played": "u.lastPlayedDate",
            "rating": "u.rating",
            "added": "b.DateCreated",
            "thumb": "u.isFavorite",
        },
        "FROM TypedBaseItems b LEFT JOIN UserDatas u ON u.key = b.UserDataKey AND u.userId = "
        + _MOST_ACTIVE.format(user="userId", table="UserDatas", plays="playCount")
        + " WHERE b.type LIKE '%.Audio.Audio'",
        10.0,
        TICKS_PER_MS,
        _iso,
    ),
    _Program(
        "Lollypop library",
        _marks(tracks="uri popularity ltime album_id", track_artists="track_id", artists="name", albums="name"),
        {
            "title": "t.name",
            "artist": "(SELECT group_concat(a.name, ', ') FROM track_artists k JOIN artists a ON a.id = k.artist_id "
            "WHERE k.track_id = t.id)",
            "album": "l.name",
            "length": f"CASE WHEN t.duration > {MAX_SHORT_SECONDS} THEN t.duration / 1000.0 ELSE t.duration END",
            "path": "t.uri",
            "plays": "t.popularity",
            "played": "t.ltime",
            "rating": "t.rate",
            "thumb": "t.loved",
        },
        "FROM tracks t LEFT JOIN albums l ON l.id = t.album_id",
        5.0,
        0.001,
        optional={"rating": "tracks.rate", "thumb": "tracks.loved"},
    ),
    _Program(
        "fooyin library",
        _marks(tracks="filepath trackhash artists", trackstats="trackhash playcount"),
        {
            "title": "t.Title",
            "artist": "replace(t.Artists, char(31), ', ')",
            "album": "t.Album",
            "length": "t.Duration",
            "path": "t.FilePath",
            "plays": "s.PlayCount",
            "played": "s.LastPlayed",
            "rating": "s.Rating",
            "added": "s.AddedDate",
        },
        "FROM Tracks t LEFT JOIN TrackStats s ON s.TrackHash = t.TrackHash",
        1.0,
        time=_milliseconds,
    ),
    _Program(
        "beets library",
        _marks(items="path title artist album length added mb_trackid", item_attributes="entity_id key value"),
        {
            "title": "i.title",
            "artist": "i.artist",
            "album": "i.album",
            "length": "i.length",
            "path": "i.path",
            "mbid": "i.mb_trackid",
            "added": "i.added",
            "plays": _FLEXIBLE.format("play_count"),
            "skips": _FLEXIBLE.format("skip_count"),
            "rating": _FLEXIBLE.format("rating"),
            "played": _FLEXIBLE.format("last_played"),
        },
        "FROM items i",
        1.0,
        0.001,
    ),
)


def read(path: Path) -> ImportedHistory:
    """Counts, ratings, loves and times of all songs.

    Raises:
        ValueError: the file is damaged or of no program known here.
    """
    try:
        with _opened(path) as connection:
            known = _columns(connection)
            program = _program(known)
            _refuse_damaged(connection, program)
            return _songs(program, connection.execute(_query(program, known)))
    except sqlite3.Error as error:
        raise ValueError(f"cannot be read as a music library ({error})") from error


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that writes nothing beside the file; what waits in its write-ahead log is read from a copy."""
    log = path.with_name(path.name + "-wal")
    with tempfile.TemporaryDirectory() as folder:
        waits = False
        with suppress(OSError):
            waits = log.stat().st_size > 0
        if waits:
            path = Path(shutil.copy(path, folder))
            shutil.copy(log, folder)
        how = "" if waits else "&immutable=1"
        with closing(
            sqlite3.connect(f"file:{quote(str(path))}?mode={'rw' if waits else 'ro'}{how}", uri=True)
        ) as opened:
            for collation in ("IUNICODE", "USERLOCALE", "NUMERICSTRING"):  # MediaMonkey's
                opened.create_collation(collation, lambda one, other: (one > other) - (one < other))
            opened.row_factory = sqlite3.Row
            opened.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
            opened.execute("PRAGMA trusted_schema = OFF")
            yield opened


def _columns(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """Columns of all tables, in lower case."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name.lower(): {row[0].lower() for row in connection.execute("SELECT name FROM pragma_table_info(?)", (name,))}
        for name in names
    }


def _program(known: Mapping[str, set[str]]) -> _Program:
    for program in PROGRAMS:
        if all(columns <= known.get(table, set()) for table, columns in program.marks.items()):
            return program
    if "metadb_indexes" in known:
        raise ValueError(
            "looks like foobar2000's database. Write the playback statistics to the files' tags there (Playback "
            "Statistics, in a track's menu) and scan them, or import its history from Last.fm or ListenBrainz"
        )
    names = ", ".join(dict.fromkeys(program.name.removesuffix(" library") for program in PROGRAMS))
    raise ValueError(f"is a database, but of no music player known here. Known: {names}")


def _query(program: _Program, known: Mapping[str, set[str]]) -> str:
    def there(place: str) -> bool:
        table, _, column = place.partition(".")
        return column in known.get(table, set())

    columns = {
        ours: theirs
        for ours, theirs in program.columns.items()
        if ours not in program.optional or there(program.optional[ours])
    }
    return f"SELECT {', '.join(f'{theirs} AS {ours}' for ours, theirs in columns.items())} {program.tables}"


def _refuse_damaged(connection: sqlite3.Connection, program: _Program) -> None:
    """Damaged pages are often read without complaint, as songs that never were."""
    for table in program.marks:
        (said,) = connection.execute(f"PRAGMA quick_check({table})").fetchone()
        if said != "ok":
            raise ValueError(f"is a damaged database ({said})")


def _songs(program: _Program, rows: Iterator[sqlite3.Row]) -> ImportedHistory:
    out = HistoryBuilder(program.name)
    for number, row in enumerate(rows, 1):
        song = dict(row)
        if any("\x00" in value if isinstance(value, str) else b"\x00" in value for value in _texts(song)):
            raise ValueError(f"is a damaged database (song {number} holds bytes that no text holds)")
        try:
            if song.get("ignored"):
                out.ignore()
            else:
                _song(program, song, out)
        except (ValueError, TypeError) as error:
            out.bad(f"song {number}", error)
    return out.build()


def _texts(song: dict[str, Any]) -> list[str | bytes]:
    return [value for value in song.values() if isinstance(value, str | bytes)]


def _song(program: _Program, song: dict[str, Any], out: HistoryBuilder) -> None:
    names = Names(
        v.required(song["title"], "title"),
        v.text(song["artist"]),
        v.text(song["album"]),
        int(max(v.number(song["length"] or 0), 0) / program.per_ms),
        v.text(song.get("mbid")),
        v.file_path(song["path"]),
    )
    rating, played, added = song.get("rating"), program.time(song.get("played")), program.time(song.get("added"))
    rated = rating is not None and v.number(rating) > 0
    out.stat(
        ImportedStats(
            names,
            v.whole(song.get("plays")),
            v.whole(song.get("skips")),
            played,
            min(v.number(rating) / program.full_rating, 1.0) if rated else None,
            added,
        )
    )
    if thumb := int(song.get("thumb") or 0):
        at = program.time(song.get("thumb_at")) or played or added or 0
        out.thumb(ImportedThumb(names, 1 if thumb > 0 else -1, at))
