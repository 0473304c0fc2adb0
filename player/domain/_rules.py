"""Conditions on tracks as data: what the search field and smart playlists mean.

A text such as `artist:bach year:1970..1979 -live OR rating:>=4` is parsed (by the library) into a tree of these
values; storage compiles the tree into SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Field(StrEnum):
    """What a condition looks at. Units of numbers are given here."""

    ANY = "any"  # words in title, artists, album, album artist, genres, composers
    TITLE = "title"
    ARTIST = "artist"  # performing artists
    ALBUM = "album"
    ALBUM_ARTIST = "albumartist"
    GENRE = "genre"
    COMPOSER = "composer"
    LYRICIST = "lyricist"
    CONDUCTOR = "conductor"
    PERFORMER = "performer"
    WORK = "work"
    MOVEMENT = "movement"
    GROUPING = "grouping"
    CATALOG_NUMBER = "catalog"  # the label's number of the release
    BARCODE = "barcode"
    MEDIA = "media"  # "CD", "Vinyl"
    COUNTRY = "country"
    MOOD = "mood"
    COMMENT = "comment"
    LYRICS = "lyrics"
    LABEL = "label"
    PATH = "path"
    FORMAT = "format"  # "flac", "mp3" …
    KEY = "key"  # musical key
    YEAR = "year"  # of the original release
    RATING = "rating"  # stars, 0 to 5: the listener's own, else as tagged
    STARS = "stars"  # the listener's own alone
    THUMB = "thumb"  # +1, 0, -1
    PLAYS = "plays"
    SKIPS = "skips"
    ADDED = "added"  # UTC ms
    LAST_PLAYED = "lastplayed"  # UTC ms; a track never played has none
    DURATION = "duration"  # ms
    BPM = "bpm"
    BITRATE = "bitrate"  # bits a second
    SAMPLE_RATE = "samplerate"  # Hz
    DISC = "disc"
    TRACK = "track"
    MISSING = "missing"  # 1 or 0
    LOSSLESS = "lossless"  # 1 or 0
    PLAYABLE = "playable"  # 1 or 0
    COMPILATION = "compilation"  # 1 or 0


class Op(StrEnum):
    """How a condition compares."""

    HAS = "has"  # text: every word of the value occurs as the start of a word (CJK: anywhere)
    IS = "is"  # text: equal but for case; numbers: equal
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    BETWEEN = "between"  # value <= x <= high
    EMPTY = "empty"  # nothing there


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition.

    An absent number fulfils no comparison; only `Op.EMPTY` finds it.

    Attributes:
        field: What it looks at.
        op: How it compares.
        value: With what: text for text fields, a number in the field's unit for others; unused by EMPTY.
        high: Upper end, for `Op.BETWEEN`.
    """

    field: Field
    op: Op
    value: str | float = ""
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of `rules` holds; true without any."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of `rules` holds; false without any."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`rule` does not hold."""

    rule: Rule


Rule: TypeAlias = Condition | AllOf | AnyOf | Not
