"""From a bag of words to the fields of a `ScannedTrack`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from player.domain import Gain
from player.tags import _values as values
from player.tags._bag import Bag
from player.tags._people import genres, people, several, sort_names
from player.tags._text import clean, clean_long

_TEXTS = {
    "title": "title",
    "title_sort": "title_sort",
    "album": "album",
    "album_sort": "album_sort",
    "disc_title": "disc_title",
    "label": "label",
    "isrc": "isrc",
    "initial_key": "key",
}
_LONG_TEXTS = {"lyrics": "lyrics", "comment": "comment"}
_LISTS = {"composers": "composer", "conductors": "conductor", "remixers": "remixer", "moods": "mood"}
_IDS = {
    "mb_recording_id": "mb_recording_id",
    "mb_track_id": "mb_track_id",
    "mb_album_id": "mb_album_id",
    "mb_release_group_id": "mb_release_group_id",
}
_RATINGS: tuple[tuple[str, Callable[[str], float | None]], ...] = (
    ("rating_fraction", values.fraction),
    ("rating_percent", values.percent),
    ("rating_windows", values.windows_rating),
    ("rating", values.stars_or_percent),
)
_MAX_BPM = 1_000


def fields(bag: Bag) -> dict[str, Any]:
    """The fields of `ScannedTrack` that the tags determine; absent ones keep their defaults."""
    bag.settle()
    found: dict[str, Any] = {field: clean(bag.first(word)) for field, word in _TEXTS.items()}
    found |= {field: clean_long(bag.first(word)) for field, word in _LONG_TEXTS.items()}
    found |= {field: several(bag, word) for field, word in _LISTS.items()}
    found |= {field: next(iter(values.uuids(bag.all(word))), "") for field, word in _IDS.items()}
    found |= _people(bag) | _numbers(bag)
    found["genres"] = genres(bag)
    found["date"] = _date(bag, "date") or _date(bag, "release_date")
    found["original_date"] = _date(bag, "original_date")
    found["compilation"] = values.flag(bag.first("compilation"))
    found["gain"] = _gain(bag)
    found["rating"] = _rating(bag)
    return {field: value for field, value in found.items() if value not in ("", None, ())}


def _people(bag: Bag) -> dict[str, Any]:
    ids = values.uuids(bag.all("mb_artist_ids"))
    album_ids = values.uuids(bag.all("mb_album_artist_ids"))
    artists, display = people(bag, "artist", "artists", len(ids))
    album_artists, album_display = people(bag, "album_artist", "album_artists", len(album_ids))
    return {
        "artists": artists,
        "artist_display": display,
        "artist_sorts": sort_names(bag, "artist_sort", len(artists)),
        "mb_artist_ids": ids if len(ids) == len(artists) else (),
        "album_artists": album_artists,
        "album_artist_display": album_display,
        "album_artist_sorts": sort_names(bag, "album_artist_sort", len(album_artists)),
        "mb_album_artist_ids": album_ids if len(album_ids) == len(album_artists) else (),
    }


def _numbers(bag: Bag) -> dict[str, Any]:
    track_no, track_total = values.pair(bag.first("track"))
    disc_no, disc_total = values.pair(bag.first("disc"))
    zero_based = bag.first("track_zero_based")
    if track_no is None and zero_based.isdigit():
        track_no = values.whole(str(int(zero_based[:6]) + 1))
    bpm = values.number(bag.first("bpm"))
    plays = [count for text in bag.all("play_count") if (count := values.whole(text)) is not None]
    return {
        "track_no": track_no,
        "track_total": values.whole(bag.first("track_total")) or track_total,
        "disc_no": disc_no,
        "disc_total": values.whole(bag.first("disc_total")) or disc_total,
        "bpm": bpm if bpm is not None and 0 < bpm < _MAX_BPM else None,
        "tagged_play_count": max(plays, default=None),
    }


def _date(bag: Bag, word: str) -> str:
    """The most exact of the dates given: a year alone often stands beside the full date."""
    return max((values.date(text) for text in bag.all(word)), key=len, default="")


def _gain(bag: Bag) -> Gain:
    track = values.gain_db(bag.first("rg_track_gain"))
    if track is None:
        track = values.r128_gain_db(bag.first("r128_track_gain"))
    if track is None:
        track = values.sound_check_db(bag.first("sound_check"))
    album = values.gain_db(bag.first("rg_album_gain"))
    if album is None:
        album = values.r128_gain_db(bag.first("r128_album_gain"))
    return Gain(track, values.peak(bag.first("rg_track_peak")), album, values.peak(bag.first("rg_album_peak")))


def _rating(bag: Bag) -> float | None:
    for word, scale in _RATINGS:
        for text in bag.all(word):
            if (value := scale(text)) is not None:
                return value
    return None
