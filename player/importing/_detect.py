"""Which format a file is, told by what is in it, never by its name alone."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from player.bounded import TooManyValuesError, parse_json
from player.domain import FileError
from player.importing import (
    _csv,
    _databases,
    _itunes,
    _json_forms,
    _lastfm,
    _listenbrainz,
    _own,
    _quodlibet,
    _rhythmbox,
    _spotify,
)
from player.importing._bounded import decode, read_bytes, read_members, refuse_cut, refuse_damaged
from player.importing._records import HistoryBuilder, ImportedHistory, TooManyRecordsError

SQLITE_MAGIC = b"SQLite format 3\x00"
PICKLE_MAGIC = b"\x80"
ZIP_MAGIC = b"PK"
KNOWN = (
    "Segue's own export; Last.fm (CSV, JSON, .scrobbler.log), lastfmstats, lastexport, Maloja, Pano Scrobbler, "
    "ListenBrainz (zip, JSON, JSON lines), Spotify (JSON, zip or its folder), Apple Music's privacy export "
    "(its folder), YouTube Music (watch-history.json); iTunes, Apple Music and MusicBee (XML), Rhythmbox, Clementine, "
    "Strawberry, Banshee, Amarok 1.4, Quod Libet, MediaMonkey, Navidrome, Jellyfin, Lollypop, fooyin, beets"
)
_EXPORT_XML = "In {0} choose File > Library > Export Library, and import the XML file that it writes"
_PLAYLIST = "a playlist. Give it the ending {0} and import it again"
_LOOKS: tuple[tuple[bytes, str], ...] = (
    (
        rb"\s*(?:<\?xml[^>]*>\s*)?<PlaybackStatistics",
        "foobar2000's playback statistics, which name tracks by numbers that only foobar2000 knows. Write them to the "
        "files' tags there (Playback Statistics, in a track's menu) and scan them",
    ),
    (rb"hdfm", "the library of iTunes. " + _EXPORT_XML.format("iTunes")),
    (rb"hfma", "the library of Apple Music. " + _EXPORT_XML.format("Music")),
    (rb"\xe1\xa0\x9c\x91\xf8\x3c\x77\x42", "foobar2000's playlist. Save it as M3U8 there"),
    (rb"\s*(?:<\?\w+[^>]*>\s*)*<smil", _PLAYLIST.format(".wpl")),
    (rb"\s*(?:<\?xml[^>]*>\s*)?<playlist", _PLAYLIST.format(".xspf")),
    (rb"\s*<asx", _PLAYLIST.format(".asx")),
    (rb"\s*#EXTM3U", _PLAYLIST.format(".m3u8")),
    (rb"\s*\[playlist\]", _PLAYLIST.format(".pls")),
    (
        rb"\s*(?:<!doctype html|<html)",
        "a web page. If it is YouTube's history, choose JSON instead of HTML in Google Takeout",
    ),
    (rb"-- M(?:ySQL|ariaDB) dump", "the database of Amarok 2. Import its history from Last.fm or ListenBrainz instead"),
    (
        rb"[^\n]*Is User Initiated",
        "Apple Music's list of what was played last. Choose “Apple Music Play Activity.csv” instead",
    ),
)
"""How files begin that are something else, and what to do then."""

_DAILY = "Apple Music - Play History Daily Tracks.csv"
_PARTS = re.compile(
    r"(?:streaming.*|endsong.*|YourLibrary|Playlist\d*|watch-history|Apple Music Library Tracks)\.json"
    r"|Apple Music Play Activity\.csv|" + re.escape(_DAILY),
    re.IGNORECASE,
)
"""Files of an archive or folder that hold history."""


def read_history(path: Path) -> ImportedHistory:
    """Everything another program's export says.

    Args:
        path: The file, or the folder of an export.

    Raises:
        FileError: it cannot be read, is damaged, or of no format known here; nothing was taken from it.
    """
    try:
        history = _read_folder(path) if path.is_dir() else _read_file(path)
    except (ValueError, TooManyRecordsError) as error:
        raise FileError(str(path), str(error)) from error
    except RecursionError as error:
        raise FileError(str(path), "is nested too deeply for a listening history") from error
    if not (history.plays or history.stats or history.thumbs or history.playlists or history.stars or history.ignored):
        detail = f"; first problem: {history.problems[0]}" if history.problems else ""
        raise FileError(str(path), f"holds no plays{detail}")
    return history


def _read_file(path: Path) -> ImportedHistory:
    data = read_bytes(path)
    if not data:
        raise ValueError("is empty")
    if data.startswith(SQLITE_MAGIC):
        return _databases.read(path)
    if data.startswith(PICKLE_MAGIC):
        return _quodlibet.read(data)
    if data.startswith(ZIP_MAGIC):
        return _read_zip(path)
    beside = path.with_name(_DAILY)
    artists = _csv.artists_by_title(decode(read_bytes(beside))) if beside != path and beside.exists() else {}
    return _read_text(data, artists)


def _read_text(data: bytes, artists: Mapping[str, str]) -> ImportedHistory:
    _refuse_others(data)
    content = decode(data)
    refuse_damaged(content)
    head = content.lstrip()[:2000]
    if head.startswith("#AUDIOSCROBBLER"):
        return _lastfm.read_scrobbler_log(content)
    if _own.looks_like(head):
        return _own.read(content)
    if head.startswith(("[", "{")):
        return _read_json_text(content)
    if head.startswith("<"):
        return _rhythmbox.read(data) if "<rhythmdb" in head else _itunes.read(data)
    history = _csv.read(content, artists)
    if history is None:
        raise ValueError(f"is of no format known here. Known: {KNOWN}")
    return history


def _refuse_others(data: bytes) -> None:
    """Tell a file that is something else what it is, and what to do.

    Raises:
        ValueError: it is.
    """
    for beginning, what in _LOOKS:
        if re.match(beginning, data.removeprefix(codecs.BOM_UTF8), re.IGNORECASE):
            raise ValueError(f"looks like {what}")


def _read_json_text(content: str) -> ImportedHistory:
    """JSON, or lines of JSON."""
    try:
        return _read_json(_json(content))
    except TooManyValuesError:
        raise
    except ValueError:
        first, _, rest = content.strip().partition("\n")
        if not rest or not _is_json(first):
            raise
    rows: list[Any] = []
    bad: dict[int, ValueError] = {}
    lines = content.split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                rows.append(parse_json(line))
            except ValueError as error:
                bad[number] = error
    refuse_cut(content, ends_badly=len(lines) in bad)
    history = _read_json(rows)
    out = HistoryBuilder(history.format)
    out.extend(history)
    for number, why in bad.items():
        out.bad(f"line {number}", why)
    return out.build()


def _is_json(line: str) -> bool:
    try:
        parse_json(line)
    except ValueError:
        return False
    return True


def _json(content: str) -> Any:
    try:
        return parse_json(content)
    except TooManyValuesError:
        raise
    except ValueError as error:
        raise ValueError(f"is no complete JSON: {error}") from error


def _read_json(document: Any) -> ImportedHistory:
    spotify = _spotify.looks_like(document)
    if spotify == "extended":
        return _spotify.read_extended(document)
    if spotify == "account":
        return _spotify.read_account(document)
    if _listenbrainz.looks_like(document):
        return _listenbrainz.read_json(document)
    if (history := _json_forms.read(document)) is not None:
        return history
    pages = document if isinstance(document, list) else [document]
    if any(isinstance(page, dict) and "track" in page for page in pages[:5]):
        return _lastfm.read_json(document)
    raise ValueError(f"is JSON, but of no format known here. Known: {KNOWN}")


def _read_zip(path: Path) -> ImportedHistory:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if any(_listenbrainz.LISTENS.search(name) for name in names):
                return _listenbrainz.read_zip(path)
            history = _join(read_members(archive, [name for name in names if _is_part(name)]))
    except zipfile.BadZipFile as error:
        raise ValueError(f"is a damaged archive ({error})") from error
    if history is None and any(name.lower().endswith(".zip") for name in names):
        raise ValueError("holds other archives. Unpack it and them, and choose the folder")
    if history is None:
        raise ValueError(f"holds no listening history known here. Known: {KNOWN}")
    return history


def _read_folder(folder: Path) -> ImportedHistory:
    files = sorted(file for file in folder.rglob("*.*") if _is_part(file.name))
    history = _join({str(file): decode(read_bytes(file)) for file in files})
    if history is None:
        raise ValueError(f"holds no listening history known here. Known: {KNOWN}")
    return history


def _is_part(name: str) -> bool:
    return _PARTS.fullmatch(name.rsplit("/", 1)[-1]) is not None


def _join(texts: Mapping[str, str]) -> ImportedHistory | None:
    """The histories of several files of one export; histories of plays come first, for they name the whole."""
    days = next((text for name, text in texts.items() if name.endswith(_DAILY)), None)
    artists = _csv.artists_by_title(days) if days is not None else {}
    activity = any(name.lower().endswith("play activity.csv") for name in texts)
    parts = []
    for name, text in texts.items():
        if activity and name.endswith(_DAILY):
            continue  # the same plays, by day
        part = _csv.read(text, artists) if name.lower().endswith(".csv") else _read_json(_json(text)) if text else None
        if part is not None:
            parts.append(part)
    if not parts:
        return None
    parts.sort(key=lambda part: not part.plays)
    joined = HistoryBuilder(parts[0].format)
    for part in parts:
        joined.extend(part)
    return joined.build()
