"""Histories in JSON that need few words: lastfmstats, Maloja, Pano Scrobbler, YouTube Music, Apple, Spotify.

Each form is a test whether a document is of it, and what a row of it says; one reader serves all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from player.importing import _values as v
from player.importing._csv import add_event
from player.importing._records import (
    HistoryBuilder,
    ImportedHistory,
    ImportedPlay,
    ImportedPlaylist,
    ImportedStats,
    ImportedThumb,
    Names,
)

MAX_MS = 86_400_000
_WATCHED = re.compile(
    r"^(?:Watched|Vous avez regardé|Has visto|Hai guardato|Você assistiu a|Viu|Obejrzano:?|Просмотрено видео|"
    r"Du har sett på|Du har set|Tittade på|Katsoit videon|观看了|觀看了|已觀看) *|"
    r"\s*(?:(?<=\s)angesehen|(?<=\s)bekeken|を視聴しました|을\(를\) 시청함|을 시청함)$"
)
"""What YouTube writes around a title, by the language of the account."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of document.

    Attributes:
        format: For the user.
        rows: The rows of a document of this form; None where it is of another.
        add: Adds what a row says.
    """

    format: str
    rows: Callable[[Any], list[Any] | None]
    add: Callable[[Any, HistoryBuilder], None]


def read(document: Any) -> ImportedHistory | None:
    """The history in a document; None where it is of no form known here."""
    for form in _FORMS:
        rows = form.rows(document)
        if rows is not None:
            out = HistoryBuilder(form.format)
            for number, row in enumerate(rows, 1):
                try:
                    form.add(row, out)
                except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
                    out.bad(f"row {number}", error)
            return out.build()
    return None


def _in(key: str, *also: str) -> Callable[[Any], list[Any] | None]:
    """Rows of a list under `key`, of documents that hold all the keys."""

    def rows(document: Any) -> list[Any] | None:
        if isinstance(document, dict) and {key, *also} <= document.keys() and isinstance(document[key], list):
            found: list[Any] = document[key]
            return found
        return None

    return rows


def _listed(*keys: str) -> Callable[[Any], list[Any] | None]:
    """Rows of a document that is a list, one of whose first rows holds all the keys."""

    def rows(document: Any) -> list[Any] | None:
        if not isinstance(document, list):
            return None
        return document if any(isinstance(row, dict) and set(keys) <= row.keys() for row in document[:50]) else None

    return rows


def _lastfmstats(row: Any, out: HistoryBuilder) -> None:
    names = Names(v.required(row["track"], "track"), v.required(row["artist"], "artist"), v.text(row.get("album")))
    out.play(ImportedPlay(names, v.epoch_ms(row["date"], scale=1)))


def _maloja(row: Any, out: HistoryBuilder) -> None:
    track = row["track"]
    album = track.get("album") or {}
    names = Names(
        v.required(track["title"], "title"),
        v.required(", ".join(track["artists"]), "artist"),
        v.text(album.get("albumtitle")),
        v.whole(track.get("length"), high=MAX_MS // 1000) * 1000,
    )
    listened = row.get("duration")
    out.play(ImportedPlay(names, v.epoch_ms(row["time"]), v.whole(listened, high=MAX_MS) * 1000 if listened else None))


def _pano(row: Any, out: HistoryBuilder) -> None:
    names = Names(
        v.required(row["track"], "track"),
        v.required(row["artist"], "artist"),
        v.text(row.get("album")),
        v.whole(row.get("durationMs"), high=MAX_MS),
    )
    add_event(row.get("event") or "scrobble", names, v.epoch_ms(row["timeMs"], scale=1), out)


def _youtube(row: Any, out: HistoryBuilder) -> None:
    channel = str((row.get("subtitles") or [{}])[0].get("name") or "")
    of_music = row.get("header") == "YouTube Music" or channel.endswith(" - Topic")
    if not of_music or not channel or "titleUrl" not in row:
        out.ignore()  # videos, and what was taken off YouTube since
        return
    title = _WATCHED.sub("", v.required(row["title"], "title"))
    names = Names(v.required(title, "title"), v.required(channel.removesuffix(" - Topic"), "artist"))
    out.play(ImportedPlay(names, v.iso_ms(row["time"])))


def _apple_library(row: Any, out: HistoryBuilder) -> None:
    if row.get("Content Type", "Song") != "Song":
        out.ignore()
        return
    names = Names(
        v.required(row["Title"], "title"),
        v.text(row.get("Artist")),
        v.text(row.get("Album")),
        v.whole(row.get("Track Duration"), high=4 * MAX_MS),
    )
    added, played = row.get("Date Added To Library"), row.get("Last Played Date")
    stats = ImportedStats(
        names,
        v.whole(row.get("Track Play Count")),
        v.whole(row.get("Skip Count")),
        v.iso_ms(played) if played else None,
        None,
        v.iso_ms(added) if added else None,
    )
    out.stat(stats)


def _spotify_saved(row: Any, out: HistoryBuilder) -> None:
    names = Names(v.required(row["track"], "track"), v.required(row["artist"], "artist"), v.text(row.get("album")))
    out.thumb(ImportedThumb(names, 1, 0))  # the export does not say when


def _spotify_playlist(row: Any, out: HistoryBuilder) -> None:
    tracks = []
    for item in row["items"]:
        track = item.get("track") or {}
        if track.get("trackName"):
            album = v.text(track.get("albumName"))
            tracks.append(Names(v.text(track["trackName"]), v.required(track["artistName"], "artist"), album))
        elif not item.get("localTrack"):
            out.ignore()  # an episode
    out.playlist(ImportedPlaylist(v.required(row["name"], "name"), tuple(tracks)))


_FORMS = (
    _Form("lastfmstats JSON", _in("scrobbles", "username"), _lastfmstats),
    _Form("Maloja", _in("scrobbles"), _maloja),
    _Form("Pano Scrobbler JSON", _listed("timeMs", "artist", "track"), _pano),
    _Form("YouTube Music", _listed("title", "time", "products"), _youtube),
    _Form("Apple Music library", _listed("Title", "Track Identifier"), _apple_library),
    _Form("Spotify library", _in("tracks", "albums"), _spotify_saved),
    _Form("Spotify playlists", _in("playlists"), _spotify_playlist),
)
