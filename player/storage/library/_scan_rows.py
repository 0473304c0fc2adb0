"""Scanned files as rows: whatever tags say fits into the database and into the arrays read from it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import Any

from player.domain import ScannedTrack, UtcMs
from player.storage.library._identity import shown_artist
from player.storage.schema import TrackState, clean, searchable, sort_key, year_words

_LARGEST = 2**31 - 1
_LARGEST_STORED = 2**63 - 1


def _fitting(number: int | None) -> int | None:
    """A number of a tag; None where it is too large to mean anything."""
    return number if number is not None and -_LARGEST <= number <= _LARGEST else None


def _clamped(number: int) -> int:
    """A size or time of a file as SQLite can hold it."""
    return min(max(number, -_LARGEST_STORED), _LARGEST_STORED)


def _year(file: ScannedTrack) -> int | None:
    for date in (file.original_date, file.date):
        if date[:4].isdecimal() and len(date[:4]) == 4:
            return int(date[:4])
    return None


def track_row(file: ScannedTrack, key: int, album_id: int | None) -> dict[str, Any]:
    """A row of `tracks`, but for when it was added."""
    title, artist = clean(file.title), clean(shown_artist(file))
    sort_artist = file.artist_sorts[0] if len(file.artist_sorts) == 1 else (file.artists[0] if file.artists else artist)
    return {
        "id": key,
        "path": file.path,
        "start_ms": int(file.start_ms),
        "superseded": 0,
        "end_ms": _fitting(file.end_ms),
        "state": TrackState.PRESENT,
        "missing_since": None,
        "size": _clamped(file.size),
        "mtime_ns": _clamped(file.mtime_ns),
        "audio_key": file.audio_key,
        "title": title,
        "title_key": sort_key(clean(file.title_sort) or title),
        "artist": artist,
        "artist_key": sort_key(clean(sort_artist)),
        "album_id": album_id,
        "disc_no": _fitting(file.disc_no),
        "track_no": _fitting(file.track_no),
        "year": _year(file),
        "duration_ms": max(0, _fitting(file.duration_ms) or 0),
        "track_gain_db": file.gain.track_db,
        "track_peak": file.gain.track_peak,
        "album_gain_db": file.gain.album_db,
        "album_peak": file.gain.album_peak,
        "bpm": file.bpm,
        "rating": None if file.rating is None else min(1.0, max(0.0, file.rating)),
        "cover_key": file.cover_key,
        "format": file.format,
        "playable": file.playable,
    }


_TEXTS = [
    "title_sort",
    "album_sort",
    "disc_title",
    "date",
    "original_date",
    "work",
    "movement",
    "grouping",
    "label",
    "catalog_number",
    "barcode",
    "media",
    "country",
    "isrc",
    "mb_recording_id",
    "mb_track_id",
    "mb_album_id",
    "mb_release_group_id",
    "initial_key",
    "lyrics",
    "comment",
    "problem",
    "album",
]
_LISTS = [
    "album_artists",
    "artist_sorts",
    "album_artist_sorts",
    "composer_sorts",
    "lyricists",
    "performers",
    "moods",
    "mb_artist_ids",
    "mb_album_artist_ids",
]
_NUMBERS = [
    "disc_total",
    "track_total",
    "compilation",
    "tagged_play_count",
    "lossless",
    "bitrate",
    "sample_rate",
    "channels",
    "bits_per_sample",
]
_texts, _lists, _numbers = attrgetter(*_TEXTS), attrgetter(*_LISTS), attrgetter(*_NUMBERS)


def detail_row(file: ScannedTrack, key: int, now: UtcMs) -> dict[str, Any]:
    """A row of `track_details`."""
    row: dict[str, Any] = {"track_id": key, "scanned_at": now}
    for name, value in zip(_TEXTS, _texts(file), strict=True):
        row[name] = clean(value) if value else ""
    for name, values in zip(_LISTS, _lists(file), strict=True):
        row[name] = [clean(value) for value in values] if values else []
    for name, number in zip(_NUMBERS, _numbers(file), strict=True):
        row[name] = _fitting(number)
    row["album_artist"] = clean(file.album_artist_display)
    row["cover_path"] = file.cover_path
    return row


@lru_cache(maxsize=4_096)
def _search_text(parts: tuple[str, ...]) -> str:
    """What the index holds of some texts: the tracks of an album share most of theirs."""
    return searchable(clean(" / ".join(dict.fromkeys(parts)))) if parts else ""


def search_row(file: ScannedTrack, key: int) -> dict[str, Any]:
    """What the full-text index knows of a track."""
    texts: dict[str, Iterable[str]] = {
        "title": (file.title,),
        "artists": (file.artist_display, *file.artists),
        "album": (file.album,),
        "album_artists": (file.album_artist_display, *file.album_artists),
        "genres": file.genres,
        "composers": (*file.composers, *file.conductors, *file.remixers, *file.lyricists, *file.performers),
        "works": (file.work, file.movement, file.grouping, file.catalog_number, file.label),
    }
    row: dict[str, Any] = {"id": key}
    for name, parts in texts.items():
        row[name] = _search_text(tuple(filter(None, parts))) if parts else ""
    years = {int(date[:4]) for date in (file.date, file.original_date) if date[:4].isdecimal()}
    if years:
        row["works"] = f"{row['works']} {year_words(*years)}"
    return row
