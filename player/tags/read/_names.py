"""What a file's name and folders say about it, for files without tags."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

_NUMBER = re.compile(r"(?:(?:disc|cd)?\s*(\d{1,2})[-.])?(\d{1,3})(?:\s*[-._)]\s*|\s+)(?=\S)", re.IGNORECASE)
_DISC_FOLDER = re.compile(r"(?:cd|dis[ck]|vol(?:ume)?)[\s._-]*(\d{1,2})(?:\b.*)?\Z", re.IGNORECASE)
_YEAR = re.compile(r"\s*[(\[]?((?:19|20)\d{2})[)\]]?\s*")
_LEADING_YEAR = re.compile(r"[(\[]?((?:19|20)\d{2})[)\]]?\s*[-._]?\s+(?=\S)")
_TRAILING_YEAR = re.compile(r"\s*[(\[]((?:19|20)\d{2})[)\]]\Z")
_DASH = re.compile(r"\s+[-\u2013\u2014]\s+|(?<=\S)_-_(?=\S)")
_GENERAL = frozenset(
    {
        "audio",
        "music",
        "musik",
        "musique",
        "songs",
        "sounds",
        "media",
        "downloads",
        "download",
        "desktop",
        "documents",
        "mp3",
        "mp3s",
        "flac",
        "ogg",
        "tmp",
        "temp",
        "unsorted",
        "misc",
        "various",
        "new",
        "soundtrack",
        "data",
        "home",
        "files",
        "share",
        "usb",
        "library",
        "collection",
    }
)
"""Folder names that are no albums."""


@dataclass(frozen=True, slots=True)
class NameGuess:
    """What the name says; empty where it says nothing."""

    title: str
    artist: str = ""
    album: str = ""
    track_no: int | None = None
    disc_no: int | None = None
    date: str = ""


def title_of(path: str) -> str:
    """The file's name without suffix and track number; never empty."""
    return _split_number(_stem(path))[2]


def disc_of_folder(path: str) -> int | None:
    """The number of the disc whose folder a file lies in: 2 in "Album/CD 2"; None elsewhere."""
    match = _DISC_FOLDER.match(os.path.basename(os.path.dirname(path)).strip())
    return int(match[1]) or None if match and not match[0].lower().startswith("vol") else None


def guess(path: str, root: str | None = None) -> NameGuess:
    """What name and folders say, as in "Artist/Album/01 - Title.mp3" or "Artist - Album (1999)/Title.mp3".

    Args:
        path: Path of the file.
        root: The music folder it was found in; folders above it say nothing. Without it, only the file's own name and
            a folder named "Artist - Album" are trusted.
    """
    disc, number, rest = _split_number(_stem(path))
    parts = [part.strip() for part in _DASH.split(rest) if part.strip()]
    artist = ""
    if len(parts) >= 2:
        if number is None and len(parts) >= 3 and parts[-2].isdigit():  # Artist - 03 - Title
            number = int(parts.pop(-2)) or None
        artist, rest = parts[0], " - ".join(parts[1:])
        if number is None and parts[0].isdigit() and len(parts[0]) <= 3:
            number, artist, rest = int(parts[0]) or None, "", " - ".join(parts[1:])
    folders = _folders(path, root)
    if folders and (match := _DISC_FOLDER.match(folders[-1])):
        disc = disc or int(match[1]) or None
        folders.pop()
    folder_artist, album, date = _from_folders(folders, trusted=root is not None)
    return NameGuess(rest, artist or folder_artist, album, number, disc, date)


def _stem(path: str) -> str:
    name = os.path.splitext(os.path.basename(path))[0]
    name = name.encode("utf-8", "replace").decode("utf-8").strip()
    return (name.replace("_", " ") if " " not in name else name).strip() or os.path.basename(path)


def _split_number(stem: str) -> tuple[int | None, int | None, str]:
    match = _NUMBER.match(stem)
    if match is None or stem[match.end() :].isdigit():
        return None, None, stem
    return (int(match[1]) or None if match[1] else None), int(match[2]) or None, stem[match.end() :]


def _folders(path: str, root: str | None) -> list[str]:
    folder = os.path.dirname(path)
    if root is not None:
        folder = os.path.relpath(folder, root)
        return [] if folder == os.curdir or folder.startswith(os.pardir) else folder.split(os.sep)[-3:]
    return [name for name in folder.split(os.sep)[-3:] if name]


def _from_folders(folders: list[str], *, trusted: bool) -> tuple[str, str, str]:
    """Artist, album and date from the folders around a file."""
    if not folders or folders[-1].lower() in _GENERAL or folders[-1].startswith("."):
        return "", "", ""
    name, date = folders[-1].encode("utf-8", "replace").decode("utf-8").replace("_", " ").strip(), ""
    for pattern in (_LEADING_YEAR, _TRAILING_YEAR):
        if (match := pattern.search(name)) and (pattern is _TRAILING_YEAR or match.start() == 0):
            name, date = (name[: match.start()] + name[match.end() :]).strip(), match[1]
    parts = [part.strip() for part in _DASH.split(name) if part.strip()]
    if len(parts) == 3 and _YEAR.fullmatch(parts[1]):
        date = parts.pop(1)
    if len(parts) >= 2:
        return parts[0], " - ".join(parts[1:]), date
    if not trusted:
        return "", "", ""
    above = folders[-2] if len(folders) > 1 else ""
    return ("" if above.lower() in _GENERAL else above.encode("utf-8", "replace").decode("utf-8")), name, date
