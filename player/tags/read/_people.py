"""Artists and genres: one each, out of texts in which several may be joined."""

from __future__ import annotations

import re

from mutagen.id3 import TCON

from player.tags._bag import Bag
from player.tags._text import clean, unique

_SEMICOLON = re.compile(r"\s*;\s*")
_SPACED_SLASH = re.compile(r"\s+/\s+")
_FEATURING = re.compile(r"\s+[(\[]?(?:feat\.?|ft\.?|featuring)\s+(.+?)[)\]]?\Z", re.IGNORECASE)
_LISTED = re.compile(r"\s*,(?!\s*the\b)\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+", re.IGNORECASE)
"""Between the names of a list of three and more: "X, Y and Z"."""
_ONE_NAME = frozenset({"earth, wind & fire", "crosby, stills & nash", "crosby, stills, nash & young"}) | frozenset(
    {"emerson, lake & palmer", "peter, paul and mary", "peter, paul & mary", "blood, sweat & tears"}
)
"""Names of one band that look like a list."""
_JOINING = re.compile(r"[;/]|\bf(?:ea)?t", re.IGNORECASE)
"""What a text that names several people holds, at the least."""

_GENRE_JOIN = re.compile(r"\s*[,/]\s*")
_ONE_GENRE = frozenset({"folk, world, & country", "folk, world & country", "singer/songwriter", "stage & screen"})
"""Genres of Discogs and iTunes that look like several."""
_GENRE_NUMBER = re.compile(r"\(?(\d{1,3})\)?\Z")
_GENRES: list[str] = TCON.GENRES
_STANDARD_GENRES = frozenset(_GENRES)


def people(bag: Bag, word: str, list_word: str, id_count: int) -> tuple[tuple[str, ...], str]:
    """The people of a role, one each, and how the tag shows them all.

    Picard writes both "A feat. B" (`word`) and the list (`list_word`). "/" joins in ID3v2.3 but also stands in names
    (AC/DC): it divides only where as many MusicBrainz ids are given, or blanks stand around it.

    Args:
        bag: The tags.
        word: Word of the text for display.
        list_word: Word of the exact list.
        id_count: MusicBrainz ids given for this role; 0 where there are none.
    """
    words = bag.words()
    shown = _cleaned(words.get(word, []))
    listed = _cleaned(words.get(list_word, []))
    if len(shown) == 1 and not listed and not _JOINING.search(shown[0]):
        return (shown[0],), ""
    names = [name for text in listed or shown for name in _divided(text, joined=bag.joined, id_count=id_count)]
    if not listed:
        names = [name for text in names for name in _featured(text)]
    display = shown[0] if len(shown) == 1 and (len(names) != 1 or names[0] != shown[0]) else ""
    return unique(names), display


def divided_people(text: str) -> tuple[str, ...]:
    """The people in one text that shows them all: divided at ";", " / " and "feat."."""
    return unique([name for part in _divided(text, joined=False, id_count=0) for name in _featured(part)])


def sort_names(texts: list[str], count: int) -> tuple[str, ...]:
    """Sort names parallel to `count` people; none where they cannot be told apart."""
    texts = list(unique(_cleaned(texts)))
    if len(texts) == 1 and count > 1:
        texts = [part for part in _SEMICOLON.split(texts[0]) if part]
    return tuple(texts) if len(texts) == count else ()


def several(texts: list[str]) -> tuple[str, ...]:
    """The values of a word of which there may be several, joined by ";" or not."""
    return unique([part for text in map(clean, texts) for part in _SEMICOLON.split(text)])


def genres(texts: list[str]) -> tuple[str, ...]:
    """The genres: numbers of ID3v1 become names, joined ones are divided ("Rock, Pop", "Jazz/Funk")."""
    joined = [part for text in map(clean, texts) for part in _SEMICOLON.split(text)]
    return unique([_genre(part) for text in joined for part in _apart(text)])


def _apart(text: str) -> list[str]:
    if text in _STANDARD_GENRES or text.casefold() in _ONE_GENRE:
        return [text]
    return _GENRE_JOIN.split(text)


def _cleaned(texts: list[str]) -> list[str]:
    return [text for text in map(clean, texts) if text]


def _genre(text: str) -> str:
    match = _GENRE_NUMBER.match(text)
    if match is None:
        return text
    number = int(match[1])
    return _GENRES[number] if number < len(_GENRES) else ""


def _divided(text: str, *, joined: bool, id_count: int) -> list[str]:
    parts = _SEMICOLON.split(text)
    if len(parts) == 1:
        parts = _SPACED_SLASH.split(text)
    if len(parts) == 1 and joined and id_count > 1:
        slashed = text.split("/")
        if len(slashed) == id_count:
            parts = slashed
    return [part.strip() for part in parts]


def _featured(text: str) -> list[str]:
    match = _FEATURING.search(text)
    return [text] if match is None or match.start() == 0 else [text[: match.start()], *_listed(match[1])]


def _listed(guests: str) -> list[str]:
    """The names in "X, Y and Z"; "X and Y" may be the name of a band, and stays one."""
    if "," not in guests or guests.casefold() in _ONE_NAME:
        return [guests]
    return [name for name in _LISTED.split(guests) if name]
