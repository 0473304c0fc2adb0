"""Playlist files: M3U and M3U8, XSPF, PLS; JSPF, ASX and WPL are read only.

Read forgivingly, written as other players expect; paths relative.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit
from xml.etree import ElementTree as Xml  # only to build; what is read goes through defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from player.bounded import parse_json, read_ordinary
from player.domain import FileError, Ms

PLAYLIST_SUFFIXES = (".m3u8", ".m3u", ".xspf", ".pls", ".jspf", ".asx", ".wax", ".wpl")
_MAX_BYTES = 32 << 20
_MAX_ELEMENTS = 4_000_000
"""Of XML: each takes a hundred bytes of memory."""
_MAX_ENTRIES = 200_000
_LINES = re.compile(r"\r\n|\r|\n")
_EXTINF = re.compile(r"#EXTINF:\s*(-?\d+(?:\.\d+)?)?[^,]*,(.*)", re.IGNORECASE)
_PLS = re.compile(r"(file|title|length)(\d+)\s*=(.*)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_OLD_ENCODINGS = ("gb18030", "big5", "cp932", "euc_kr", "cp1251", "cp1250", "cp1252")
_XSPF = "http://xspf.org/ns/0/"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One entry of a playlist file.

    Attributes:
        location: Absolute path (decoded with `os.fsdecode`), or the address of a stream as it stands; "" where the file
            gives none, and only says which song it is.
        title: Title, "" where the file gives none.
        artist: Artist, likewise.
        album: Album, likewise.
        duration_ms: Length, 0 where the file gives none.
    """

    location: str
    title: str = ""
    artist: str = ""
    album: str = ""
    duration_ms: Ms = Ms(0)

    @property
    def is_stream(self) -> bool:
        """Whether it is an address on the network."""
        return _SCHEME.match(self.location) is not None


@dataclass(frozen=True, slots=True)
class PlaylistFile:
    """A playlist as a file holds it: its name and its entries in order."""

    name: str
    entries: tuple[FileEntry, ...]


def read_playlist(path: Path) -> PlaylistFile:
    """The playlist in a file.

    Raises:
        FileError: it cannot be read, or is no playlist.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise FileError(str(path), f"This is not a playlist that can be read; {', '.join(PLAYLIST_SUFFIXES)} are.")
    try:
        data = read_ordinary(path, limit=_MAX_BYTES)
    except OSError as error:
        raise FileError(str(path), f"The playlist cannot be read: {error.strerror or error}.") from error
    folder = os.path.dirname(os.path.abspath(path))
    name, entries = reader(data, folder, str(path))
    return PlaylistFile(name or path.stem, tuple(entries[:_MAX_ENTRIES]))


def write_playlist(path: Path, playlist: PlaylistFile) -> None:
    """Write a playlist in the format that the suffix names; the file is replaced whole or left as it was.

    Raises:
        FileError: it cannot be written, or the suffix names no known format.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise FileError(str(path), f"Playlists are written as {', '.join(_WRITERS)}.")
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_bytes(writer(playlist, os.path.dirname(os.path.abspath(path))))
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise FileError(str(path), f"The playlist cannot be written: {error.strerror or error}.") from error


def _decoded(data: bytes) -> str:
    """UTF-8 or UTF-16 by its mark, else UTF-8; bytes that are not stay, as surrogates, so that paths stay exact."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")


def _decoded_paths(data: bytes, folder: str) -> str:
    """`_decoded`; text that is not in UTF-8 in the old encoding in which its paths are those of files, if any."""
    text = _decoded(data)
    try:
        text.encode()
    except UnicodeEncodeError:
        for encoding in _OLD_ENCODINGS:
            old = data.decode(encoding, "replace")
            paths = [line.strip() for line in _LINES.split(old) if line.strip() and not line.startswith("#")]
            if any(not path.isascii() and os.path.exists(_located(path, folder)) for path in paths):
                return old
    return text


def _text(text: str) -> str:
    """A text for people: without surrogates; undeclared bytes are read as Latin-1."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "surrogateescape").decode("latin-1")
    return text.strip()


def _located(location: str, folder: str) -> str:
    """An absolute path out of a path or URI; addresses of streams stay."""
    location = location.strip()
    if location.lower().startswith("file:"):
        return os.fsdecode(_file_uri(location))
    if _SCHEME.match(location):
        return location
    if _DRIVE.match(location) or location.startswith("\\\\"):
        return location if os.name == "nt" else location.replace("\\", "/")
    if os.sep == "/" and "\\" in location and not os.path.exists(os.path.join(folder, location)):
        location = location.replace("\\", "/")
    path = os.path.normpath(os.path.join(folder, location))
    if "%" in location and not os.path.exists(path):
        unquoted = os.path.normpath(os.path.join(folder, os.fsdecode(unquote_to_bytes(location))))
        return unquoted if os.path.exists(unquoted) else path
    return path


def _file_uri(uri: str) -> bytes:
    path = unquote_to_bytes(urlsplit(uri, allow_fragments=False).path or uri[5:])
    return path[1:] if re.match(rb"/[A-Za-z]:/", path) else path


def _artist_title(text: str) -> tuple[str, str]:
    """Artist and title of "Artist - Title"."""
    artist, dash, title = _text(text).partition(" - ")
    return (artist.strip(), title.strip()) if dash else ("", artist)


def _seconds(text: str | None) -> Ms:
    try:
        return Ms(max(0, round(float(text or 0) * 1_000)))
    except (ValueError, OverflowError):
        return Ms(0)


def _read_m3u(data: bytes, folder: str, path: str) -> tuple[str, list[FileEntry]]:
    entries: list[FileEntry] = []
    name, title, artist, duration = "", "", "", Ms(0)
    for line in map(str.strip, _LINES.split(_decoded_paths(data, folder))):
        if match := _EXTINF.match(line):
            duration = _seconds(match[1])
            artist, title = _artist_title(match[2])
        elif line.upper().startswith("#PLAYLIST:"):
            name = _text(line[10:])
        elif line and not line.startswith("#"):
            if len(entries) == _MAX_ENTRIES:
                break
            entries.append(FileEntry(_located(line, folder), title, artist, duration_ms=duration))
            title, artist, duration = "", "", Ms(0)
    return name, entries


def _read_pls(data: bytes, folder: str, path: str) -> tuple[str, list[FileEntry]]:
    found: dict[int, dict[str, str]] = {}
    for line in _LINES.split(_decoded(data)):
        if len(found) > _MAX_ENTRIES:
            break
        if match := _PLS.match(line.strip()):
            found.setdefault(int(match[2][:9]), {})[match[1].lower()] = match[3]
    entries = []
    for _, values in sorted(found.items()):
        if values.get("file", "").strip():
            artist, title = _artist_title(values.get("title", ""))
            location = _located(values["file"], folder)
            entries.append(FileEntry(location, title, artist, duration_ms=_seconds(values.get("length"))))
    return "", entries


def _xml(data: bytes, path: str) -> Xml.Element:
    if data.count(b"<") > _MAX_ELEMENTS:
        raise FileError(path, "The file is too large for a playlist.")
    try:
        root: Xml.Element = fromstring(data)
    except (Xml.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise FileError(path, "The playlist is damaged: it is not well-formed XML.") from error
    return root


def _read_xspf(data: bytes, folder: str, path: str) -> tuple[str, list[FileEntry]]:
    root = _xml(data, path)
    tracks = [track for track in root.iter() if _tag(track) == "track"]
    return _child(root, "title"), [
        _song(folder, *(_child(track, name) for name in ("location", "title", "creator", "album", "duration")))
        for track in tracks
    ]


def _song(folder: str, location: str, title: str, artist: str, album: str, duration: str) -> FileEntry:
    """An entry of XSPF or JSPF; its length in ms."""
    where = _xspf_location(location, folder) if location else ""
    return FileEntry(where, title, artist, album, Ms(_seconds(duration) // 1_000))


def _read_jspf(data: bytes, folder: str, path: str) -> tuple[str, list[FileEntry]]:
    try:
        playlist = parse_json(data.decode("utf-8-sig"))["playlist"]
        tracks = playlist["track"]
        return _said(playlist, "title"), [
            _song(folder, *(_said(track, name) for name in ("location", "title", "creator", "album", "duration")))
            for track in tracks
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileError(path, "The playlist is damaged: it is no JSPF.") from error


def _said(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else str(value).strip()


class _AsxParser(HTMLParser):
    """Reads ASX, which is no XML: its tags are in any case, not all are closed, and "&" stands bare."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.entries: list[dict[str, str]] = []
        self._inside = False
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an entry, or note its place."""
        self._text = ""
        if tag == "entry":
            self._inside = True
            self.entries.append({})
        elif tag == "ref" and self._inside:
            self.entries[-1].setdefault("href", (dict(attrs).get("href") or "").strip())

    def handle_data(self, data: str) -> None:
        """Collect the text of an element."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Note what an element said."""
        if tag == "entry":
            self._inside = False
        elif tag in ("title", "author") and self._inside:
            self.entries[-1][tag] = self._text.strip()
        elif tag == "title":
            self.title = self._text.strip()


def _read_asx(data: bytes, folder: str, path: str) -> tuple[str, list[FileEntry]]:
    parser = _AsxParser()
    parser.feed(_decoded_paths(data, folder))
    parser.close()
    if not parser.entries:
        raise FileError(path, "The playlist is damaged: it holds no entry.")
    return parser.title, [
        FileEntry(_located(place, folder) if place else "", entry.get("title", ""), entry.get("author", ""))
        for entry in parser.entries
        for place in [entry.get("href", "")]
    ]


def _read_wpl(data: bytes, folder: str, path: str) -> tuple[str, list[FileEntry]]:
    root = _xml(data, path)
    entries = []
    for media in root.iter():
        if _tag(media) == "media":
            place, title, artist, album, duration = (
                _attribute(media, name) for name in ("src", "tracktitle", "trackartist", "albumtitle", "duration")
            )
            where = _located(place, folder) if place else ""
            entries.append(FileEntry(where, title, artist, album, Ms(_seconds(duration) // 1_000)))
    name = next((_child(head, "title") for head in root if _tag(head) == "head"), "")
    return name, entries


def _xspf_location(location: str, folder: str) -> str:
    if location.lower().startswith("file:") or _SCHEME.match(location) or _DRIVE.match(location):
        return _located(location, folder)
    relative = os.fsdecode(unquote_to_bytes(location))
    return _located(relative, folder)


def _tag(element: Xml.Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _attribute(element: Xml.Element, name: str) -> str:
    return next((value.strip() for key, value in element.attrib.items() if key.lower() == name), "")


def _child(element: Xml.Element, name: str) -> str:
    return next(((child.text or "").strip() for child in element if _tag(child) == name), "")


def _relative(entry: FileEntry, folder: str) -> str:
    """The location as seen from the playlist's folder, as long as they share more than the file system's root."""
    if entry.is_stream or not os.path.isabs(entry.location):
        return entry.location
    try:
        shared = os.path.commonpath([entry.location, folder])
    except ValueError:  # different drives
        return entry.location
    return entry.location if shared == os.path.dirname(shared) else os.path.relpath(entry.location, folder)


def _shown(entry: FileEntry) -> str:
    return " ".join((f"{entry.artist} - {entry.title}" if entry.artist else entry.title).split())


def _has_place(entry: FileEntry) -> bool:
    return bool(entry.location)


def _write_m3u(playlist: PlaylistFile, folder: str) -> bytes:
    lines = ["#EXTM3U", f"#PLAYLIST:{' '.join(playlist.name.split())}"]
    for entry in filter(_has_place, playlist.entries):
        if entry.title:
            lines.append(f"#EXTINF:{round(entry.duration_ms / 1_000) or -1},{_shown(entry)}")
        location = _relative(entry, folder)
        lines.append(f"./{location}" if location.startswith("#") else location)
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def _write_pls(playlist: PlaylistFile, folder: str) -> bytes:
    lines = ["[playlist]"]
    entries = list(filter(_has_place, playlist.entries))
    for number, entry in enumerate(entries, 1):
        lines.append(f"File{number}={_relative(entry, folder)}")
        if entry.title:
            lines.append(f"Title{number}={_shown(entry)}")
        lines.append(f"Length{number}={round(entry.duration_ms / 1_000) or -1}")
    lines += [f"NumberOfEntries={len(entries)}", "Version=2"]
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def _write_xspf(playlist: PlaylistFile, folder: str) -> bytes:
    root = Xml.Element("playlist", {"version": "1", "xmlns": _XSPF})
    Xml.SubElement(root, "title").text = playlist.name
    tracks = Xml.SubElement(root, "trackList")
    for entry in playlist.entries:
        track = Xml.SubElement(tracks, "track")
        if _has_place(entry):
            Xml.SubElement(track, "location").text = _uri(_relative(entry, folder))
        for name, text in (("title", entry.title), ("creator", entry.artist), ("album", entry.album)):
            if text:
                Xml.SubElement(track, name).text = _xml_text(text)
        if entry.duration_ms:
            Xml.SubElement(track, "duration").text = str(entry.duration_ms)
    Xml.indent(root)
    document: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _uri(location: str) -> str:
    if _SCHEME.match(location):
        return location
    quoted = quote_from_bytes(os.fsencode(location.replace(os.sep, "/")))
    return f"file://{'' if quoted.startswith('/') else '/'}{quoted}" if os.path.isabs(location) else quoted


def _xml_text(text: str) -> str:
    """A text without what XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


_READERS: dict[str, Callable[[bytes, str, str], tuple[str, list[FileEntry]]]] = {
    ".m3u": _read_m3u,
    ".m3u8": _read_m3u,
    ".pls": _read_pls,
    ".xspf": _read_xspf,
    ".jspf": _read_jspf,
    ".asx": _read_asx,
    ".wax": _read_asx,
    ".wpl": _read_wpl,
}
_WRITERS: dict[str, Callable[[PlaylistFile, str], bytes]] = {
    ".m3u": _write_m3u,
    ".m3u8": _write_m3u,
    ".pls": _write_pls,
    ".xspf": _write_xspf,
}


def free_name(folder: Path, name: str, suffix: str, taken: Sequence[Path] = ()) -> Path:
    """A path in `folder` for a playlist of this name that no other playlist of the same export has."""
    stem = re.sub(r'[\x00-\x1f<>:"/\\|?*\ud800-\udfff]', "_", name).strip(" .")[:100] or "Playlist"
    path, number = folder / f"{stem}{suffix}", 2
    while path in taken:
        path, number = folder / f"{stem} {number}{suffix}", number + 1
    return path
