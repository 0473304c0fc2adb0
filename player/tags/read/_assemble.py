"""From a bag of words to the fields of a `ScannedTrack`. Driven by the words present: most tags hold few of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from player.domain import Gain
from player.tags import _values as values
from player.tags._bag import Bag
from player.tags._text import clean, clean_long
from player.tags.read._people import genres, people, several, sort_names

Texts = list[str]


def _first(texts: Texts) -> str:
    return clean(texts[0])


def _long(texts: Texts) -> str:
    return clean_long(texts[0])


def _id(texts: Texts) -> str:
    return next(iter(values.uuids(texts)), "")


def _date(texts: Texts) -> str:
    """The most exact of the dates given: a year alone often stands beside the full date."""
    return max(map(values.date, texts), key=len)


def _bpm(texts: Texts) -> float | None:
    bpm = values.number(texts[0])
    return bpm if bpm is not None and 0 < bpm < _MAX_BPM else None


def _most(texts: Texts) -> int | None:
    return max((count for text in texts if (count := values.whole(text)) is not None), default=None)


def _flag(texts: Texts) -> bool | None:
    return values.flag(texts[0]) or None


_MAX_BPM = 1_000
_SIMPLE: dict[str, tuple[str, Callable[[Texts], Any]]] = {
    "title": ("title", _first),
    "title_sort": ("title_sort", _first),
    "album": ("album", _first),
    "album_sort": ("album_sort", _first),
    "disc_title": ("disc_title", _first),
    "label": ("label", _first),
    "isrc": ("isrc", _first),
    "key": ("initial_key", _first),
    "lyrics": ("lyrics", _long),
    "comment": ("comment", _long),
    "cue_sheet": ("cue_sheet", _long),
    "catalog_number": ("catalog_number", _first),
    "barcode": ("barcode", _first),
    "media": ("media", _first),
    "country": ("country", _first),
    "work": ("work", _first),
    "movement": ("movement", _first),
    "grouping": ("grouping", _first),
    "composer": ("composers", several),
    "composer_sort": ("composer_sorts", several),
    "lyricist": ("lyricists", several),
    "performer": ("performers", several),
    "conductor": ("conductors", several),
    "remixer": ("remixers", several),
    "mood": ("moods", several),
    "genre": ("genres", genres),
    "mb_recording_id": ("mb_recording_id", _id),
    "mb_track_id": ("mb_track_id", _id),
    "mb_album_id": ("mb_album_id", _id),
    "mb_release_group_id": ("mb_release_group_id", _id),
    "original_date": ("original_date", _date),
    "compilation": ("compilation", _flag),
    "bpm": ("bpm", _bpm),
    "play_count": ("tagged_play_count", _most),
}
"""Words that determine one field each."""

_GAINS: tuple[tuple[str, str, Callable[[str], float | None]], ...] = (
    ("track_db", "rg_track_gain", values.gain_db),
    ("track_db", "r128_track_gain", values.r128_gain_db),
    ("track_db", "sound_check", values.sound_check_db),
    ("track_peak", "rg_track_peak", values.peak),
    ("album_db", "rg_album_gain", values.gain_db),
    ("album_db", "r128_album_gain", values.r128_gain_db),
    ("album_peak", "rg_album_peak", values.peak),
)
_GAIN_WORDS = frozenset(word for _, word, _ in _GAINS)
_RATINGS: tuple[tuple[str, Callable[[str], float | None]], ...] = (
    ("rating_fraction", values.fraction),
    ("rating_percent", values.percent),
    ("rating_windows", values.windows_rating),
    ("rating", values.stars_or_percent),
)
"""Where several are given, the first in this order counts."""


def fields(bag: Bag) -> dict[str, Any]:
    """The fields of `ScannedTrack` that the tags determine; absent ones keep their defaults."""
    bag.settle()
    words = bag.words()
    found: dict[str, Any] = {}
    for word, texts in words.items():
        if (simple := _SIMPLE.get(word)) is not None:
            found[simple[0]] = simple[1](texts)
    _add_people(bag, found, "artist", "artists", "mb_artist_ids")
    _add_people(bag, found, "album_artist", "album_artists", "mb_album_artist_ids")
    _add_numbers(words, found)
    for word in ("date", "release_date"):
        if word in words and not found.get("date"):
            found["date"] = _date(words[word])
    if not _GAIN_WORDS.isdisjoint(words):
        found["gain"] = _gain(words)
    found["rating"] = rating_of(words)
    return {field: value for field, value in found.items() if value not in ("", None, ())}


def _add_people(bag: Bag, found: dict[str, Any], word: str, list_word: str, ids_word: str) -> None:
    words = bag.words()
    if word not in words and list_word not in words:
        return
    ids = values.uuids(words.get(ids_word, []))
    names, display = people(bag, word, list_word, len(ids))
    found[f"{word}s"] = names
    found[f"{word}_display"] = display
    if f"{word}_sort" in words:
        found[f"{word}_sorts"] = sort_names(words[f"{word}_sort"], len(names))
    if len(ids) == len(names):
        found[ids_word] = ids


def _add_numbers(words: dict[str, Texts], found: dict[str, Any]) -> None:
    for word in ("track", "disc"):
        if word in words:
            found[f"{word}_no"], found[f"{word}_total"] = values.pair(words[word][0])
            if word == "track" and (side := values.vinyl_side(words[word][0])) is not None:
                found["track_no"], found["disc_title"] = side[1], found.get("disc_title") or f"Side {side[0]}"
                found["disc_no"] = ord(side[0]) - ord("A") + 1
        if (total := f"{word}_total") in words:
            found[total] = values.whole(words[total][0]) or found.get(total)
    zero_based = words.get("track_zero_based", [""])[0]
    if found.get("track_no") is None and zero_based.isdigit():
        found["track_no"] = values.whole(str(int(zero_based[:6]) + 1))


def _gain(words: dict[str, Texts]) -> Gain:
    found: dict[str, float] = {}
    for field, word, scale in _GAINS:
        if word in words and field not in found and (value := scale(words[word][0])) is not None:
            found[field] = value
    return Gain(**found)


def rating_of(words: dict[str, Texts]) -> float | None:
    """The rating that words say, 0 to 1; None without one."""
    for word, scale in _RATINGS:
        for text in words.get(word, ()):
            if (value := scale(text)) is not None:
                return value
    return None
