"""Which format a file is, told by what is in it, never by its name alone."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from player.domain import FileError
from player.importing import _databases, _itunes, _lastfm, _listenbrainz, _own, _quodlibet, _rhythmbox, _spotify
from player.importing._bounded import decode, parse_json, read_bytes, read_member, refuse_damaged
from player.importing._records import HistoryBuilder, ImportedHistory

SQLITE_MAGIC = b"SQLite format 3\x00"
PICKLE_MAGIC = b"\x80"
ZIP_MAGIC = b"PK"
KNOWN = (
    "Segue's own export, Last.fm (CSV, JSON, .scrobbler.log), ListenBrainz (zip, JSON), "
    "Spotify (JSON, zip or its folder), "
    "iTunes, Apple Music and MusicBee (XML), Rhythmbox, Clementine, Strawberry, Banshee, Amarok 1.4, Quod Libet"
)


def read_history(path: Path) -> ImportedHistory:
    """Everything another program's export says.

    Args:
        path: The file, or the folder of a Spotify export.

    Raises:
        FileError: it cannot be read, is damaged, or of no format known here; nothing was taken from it.
    """
    try:
        history = _read_folder(path) if path.is_dir() else _read_file(path)
    except ValueError as error:
        raise FileError(str(path), str(error)) from error
    except RecursionError as error:
        raise FileError(str(path), "is nested too deeply for a listening history") from error
    if not (history.plays or history.stats or history.thumbs or history.ignored):
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
    return _read_text(data)


def _read_text(data: bytes) -> ImportedHistory:
    content = decode(data)
    refuse_damaged(content)
    head = content.lstrip()[:2000]
    if head.startswith("#AUDIOSCROBBLER"):
        return _lastfm.read_scrobbler_log(content)
    if _own.looks_like(head):
        return _own.read(content)
    if head.startswith(("[", "{")):
        return _read_json(_json(content))
    if head.startswith("<"):
        return _rhythmbox.read(data) if "<rhythmdb" in head else _itunes.read(data)
    if "," in head.split("\n", 1)[0]:
        history = _lastfm.read_csv(content)
        if history.plays:
            return history
    raise ValueError(f"is of no format known here. Known: {KNOWN}")


def _json(content: str) -> Any:
    try:
        return parse_json(content)
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
            streaming = [name for name in names if _is_streaming_history(name)]
            return _join([_json(read_member(archive, name)) for name in sorted(streaming)])
    except zipfile.BadZipFile as error:
        raise ValueError(f"is a damaged archive ({error})") from error


def _read_folder(folder: Path) -> ImportedHistory:
    files = sorted(file for file in folder.rglob("*.json") if _is_streaming_history(file.name))
    return _join([_json(decode(read_bytes(file))) for file in files])


def _is_streaming_history(name: str) -> bool:
    stem = name.rsplit("/", 1)[-1]
    return stem.endswith(".json") and stem.lower().startswith(("streaming", "endsong"))


def _join(documents: list[Any]) -> ImportedHistory:
    if not documents:
        raise ValueError(f"holds no listening history known here. Known: {KNOWN}")
    parts = [_read_json(document) for document in documents if document]
    joined = HistoryBuilder(parts[0].format if parts else "Spotify")
    for part in parts:
        joined.extend(part)
    return joined.build()
