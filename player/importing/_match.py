"""Finding the library's track that another program means.

The order of trust: MusicBrainz recording id, file path, then artist and title, normalised ever
more loosely, with album and length to choose among several; last a fuzzy comparison of titles
within the artist (rapidfuzz, normalised Indel similarity).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from player.domain import TrackId
from player.importing._records import Names

FUZZY_TITLE = 90.0
FUZZY_ARTIST = 92.0
SAME_LENGTH_MS = 4_000

_FEATURING = re.compile(r"[\(\[]?\b(feat|ft|featuring)\b\.?\s.*$", re.IGNORECASE)
_BRACKETS = re.compile(r"[\(\[][^\)\]]*[\)\]]")
_EDITION = re.compile(
    r"\s[-–]\s.*\b(remaster(ed)?|mono|stereo|version|edit|mix|single|live|bonus track|deluxe)\b.*$", re.IGNORECASE
)
_NOT_WORD = re.compile(r"[^\w]+")


class How(StrEnum):
    """What a match rests on, from certain to likely."""

    MBID = "musicbrainz id"
    PATH = "file"
    EXACT = "artist and title"
    LOOSE = "artist and title without additions"
    FUZZY = "similar title"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A track of the library, as far as matching needs it; `artists` are all names it may go by."""

    id: TrackId
    title: str
    artists: tuple[str, ...]
    album: str = ""
    duration_ms: int = 0
    recording_mbid: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The track meant, and what that rests on."""

    track_id: TrackId
    how: How


def folded(name: str) -> str:
    """Case, accents, width and punctuation removed; letters of all scripts kept."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", plain.replace("&", " and ")).replace("_", " ").strip() or name.casefold().strip()


def loosened(title: str) -> str:
    """`folded` without "(…)", "feat. …" and "- Remastered 2011"."""
    bare = _EDITION.sub("", _BRACKETS.sub(" ", _FEATURING.sub("", title)))
    return folded(bare) or folded(title)


class Matcher:
    """Matches names against one state of the library; answers are remembered.

    Args:
        library: All tracks.
    """

    def __init__(self, library: Iterable[Candidate]) -> None:
        self._by_mbid: dict[str, Candidate] = {}
        self._by_path: dict[str, Candidate] = {}
        self._exact: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        self._loose: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        self._titles: dict[str, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
        self._answers: dict[Names, Match | None] = {}
        self._alike: dict[str, str | None] = {}
        for track in library:
            self._index(track)

    def _index(self, track: Candidate) -> None:
        if track.recording_mbid:
            self._by_mbid.setdefault(track.recording_mbid.lower(), track)
        if track.path:
            self._by_path[track.path] = track
        for artist in dict.fromkeys(folded(name) for name in track.artists):
            self._exact[artist, folded(track.title)].append(track)
            self._loose[artist, loosened(track.title)].append(track)
            self._titles[artist][loosened(track.title)].append(track)

    def match(self, names: Names) -> Match | None:
        """The track meant, None where the library does not hold it."""
        if names not in self._answers:
            self._answers[names] = self._find(names)
        return self._answers[names]

    def _find(self, names: Names) -> Match | None:
        certain = self._by_mbid.get(names.recording_mbid.lower()) if names.recording_mbid else None
        if certain:
            return Match(certain.id, How.MBID)
        local = self._by_path.get(names.path) if names.path else None
        if local:
            return Match(local.id, How.PATH)
        if not names.title or not names.artist:
            return None
        artist = folded(names.artist)
        for how, found in (
            (How.EXACT, self._exact.get((artist, folded(names.title)))),
            (How.LOOSE, self._loose.get((artist, loosened(names.title)))),
        ):
            if found:
                return Match(_best(found, names).id, how)
        return self._fuzzy(artist, names)

    def _fuzzy(self, artist: str, names: Names) -> Match | None:
        known = artist if artist in self._titles else self._artist_like(artist)
        if known is None:
            return None
        titles = self._titles[known]
        wanted = loosened(names.title)
        hit = process.extractOne(wanted, titles.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_TITLE)
        if hit is None or _numbers(hit[0]) != _numbers(wanted):
            return None  # "Part 1" and "Part 2" are similar, and not the same
        return Match(_best(titles[hit[0]], names).id, How.FUZZY)

    def _artist_like(self, artist: str) -> str | None:
        """The library's artist whose name is nearly this one; looked for once, for it takes a while."""
        if artist not in self._alike:
            close = process.extractOne(artist, self._titles.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_ARTIST)
            self._alike[artist] = None if close is None else close[0]
        return self._alike[artist]


def _numbers(title: str) -> list[str]:
    return re.findall(r"\d+", title)


def _best(candidates: list[Candidate], names: Names) -> Candidate:
    """Of several tracks of one name: same album first, then the nearest length, then the oldest entry."""

    def distance(track: Candidate) -> tuple[bool, bool, int, int]:
        apart = abs(track.duration_ms - names.duration_ms) if names.duration_ms and track.duration_ms else 0
        other_album = bool(names.album) and folded(track.album) != folded(names.album)
        return other_album, apart > SAME_LENGTH_MS, apart, track.id

    return min(candidates, key=distance)
