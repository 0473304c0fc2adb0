"""iTunes, Apple Music and MusicBee: the XML property list of a library."""

from __future__ import annotations

import plistlib
from typing import Any
from xml.parsers.expat import ExpatError

import defusedxml.ElementTree

from player.importing import _values as v
from player.importing._records import (
    HistoryBuilder,
    ImportedHistory,
    ImportedPlaylist,
    ImportedStats,
    ImportedThumb,
    Names,
)

MUSIC_FREE = ("Podcast", "Movie", "TV Show", "Audiobooks", "Has Video")


def read(data: bytes) -> ImportedHistory:
    """Play counts, skips, ratings, times and loves of all tracks, and the playlists made by hand.

    Raises:
        ValueError: the file is no such library, damaged, or holds XML entities.
    """
    refuse_entities(data)
    try:
        document = plistlib.loads(data, fmt=plistlib.FMT_XML)
        tracks = document["Tracks"].values()
        playlists = document.get("Playlists") or []
    except (ExpatError, plistlib.InvalidFileException, KeyError, AttributeError, TypeError, OverflowError) as error:
        raise ValueError(f"is no complete iTunes library ({error})") from error
    out = HistoryBuilder("iTunes library")
    known: dict[int, Names] = {}
    for number, track in enumerate(tracks, 1):
        try:
            _track(track, out, known)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            out.bad(f"track {number}", error)
    for number, playlist in enumerate(playlists, 1):
        try:
            _playlist(playlist, out, known)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            out.bad(f"playlist {number}", error)
    return out.build()


def refuse_entities(data: bytes) -> None:
    """Refuse documents with entities ("billion laughs", external files) and ones that are not well-formed.

    Raises:
        ValueError: with what was found.
    """
    try:
        defusedxml.ElementTree.fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except defusedxml.DefusedXmlException as error:
        raise ValueError("holds XML entities, which no library file needs; not read") from error
    except defusedxml.ElementTree.ParseError as error:
        raise ValueError(f"is no well-formed XML: {error}") from error


def _playlist(playlist: dict[str, Any], out: HistoryBuilder, known: dict[int, Names]) -> None:
    """Keep a playlist made by hand: not the library itself, a folder, a smart one, or what the program makes."""
    if any(playlist.get(mark) for mark in ("Master", "Folder", "Smart Info", "Distinguished Kind")):
        return
    tracks = (known.get(item["Track ID"]) for item in playlist.get("Playlist Items") or ())
    out.playlist(ImportedPlaylist(v.required(playlist.get("Name"), "name"), tuple(filter(None, tracks))))


def _track(track: dict[str, Any], out: HistoryBuilder, known: dict[int, Names]) -> None:
    if any(track.get(mark) for mark in MUSIC_FREE) or track.get("Track Type") == "URL":
        out.ignore()
        return
    names = Names(
        v.required(track.get("Name"), "name"),
        v.text(track.get("Artist")),
        v.text(track.get("Album")),
        v.whole(track.get("Total Time"), high=86_400_000 * 4),
        path=v.file_path(track.get("Location")),
    )
    if isinstance(track.get("Track ID"), int):
        known[track["Track ID"]] = names
    rating = track.get("Rating") if not track.get("Rating Computed") else None
    out.stat(
        ImportedStats(
            names,
            v.whole(track.get("Play Count")),
            v.whole(track.get("Skip Count")),
            _when(track.get("Play Date UTC")),
            v.whole(rating, high=100) / 100 if rating else None,
            _when(track.get("Date Added")),
        )
    )
    loved = 1 if track.get("Loved") or track.get("Favorited") else -1 if track.get("Disliked") else 0
    if loved:
        at = _when(track.get("Play Date UTC")) or _when(track.get("Date Added")) or 0
        out.thumb(ImportedThumb(names, loved, at))


def _when(moment: Any) -> int | None:
    return v.datetime_ms(moment) if moment is not None else None
