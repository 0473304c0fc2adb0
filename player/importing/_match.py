"""Finding the library's track that another program means: no match rather than a wrong one.

The order of trust: MusicBrainz recording id, file path, then artist and title, normalised ever more loosely, with
album and length to choose among several; last a fuzzy comparison of titles within the artist (rapidfuzz, normalised
Indel similarity). A live version, remix, cover … is another recording than the original, and so is a track whose
length is more than `SAME_LENGTH_MS` off. What comes near without matching is kept as a doubt for the user to decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from player.domain import TrackId
from player.importing._records import Names
from player.importing._versions import Version, first_artist, folded, folded_artist, version_of

FUZZY_TITLE = 90.0
FUZZY_ARTIST = 92.0
SAME_LENGTH_MS = 10_000
"""Largest difference of the lengths of one recording in two programs, ms."""
MAX_NEAR = 5
"""Tracks offered for one doubt."""


class How(StrEnum):
    """What a match rests on, from certain to likely."""

    MBID = "musicbrainz id"
    PATH = "file"
    EXACT = "artist and title"
    LOOSE = "artist and title without additions"
    FUZZY = "similar title"
    DECIDED = "decided by the user"


class Reason(StrEnum):
    """Why a track of an export is in doubt."""

    VERSION = "another version"
    LENGTH = "another length"
    SIMILAR = "a similar title"
    SEVERAL = "several recordings of this name"


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


@dataclass(frozen=True, slots=True)
class Doubt:
    """A track of an export that may be one of several of the library, or none.

    Attributes:
        names: The track as the export names it.
        reason: Why it is in doubt.
        near: The library's tracks that it may be, the likeliest first, at most `MAX_NEAR`.
        chosen: The one it is taken for unless the user decides otherwise; None for none of them.
    """

    names: Names
    reason: Reason
    near: tuple[Candidate, ...]
    chosen: TrackId | None = None


class Matcher:
    """Matches names against one state of the library; answers are remembered.

    Args:
        library: All tracks.
    """

    def __init__(self, library: Iterable[Candidate]) -> None:
        self._by_mbid: dict[str, list[Candidate]] = defaultdict(list)
        self._by_path: dict[str, Candidate] = {}
        self._exact: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        self._titles: dict[str, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
        self._bare: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        self._answers: dict[Names, Match | None] = {}
        self._doubts: dict[Names, Doubt] = {}
        self._alike: dict[str, str | None] = {}
        for track in library:
            self._index(track)

    def _index(self, track: Candidate) -> None:
        if track.recording_mbid:
            self._by_mbid[track.recording_mbid.lower()].append(track)
        if track.path:
            self._by_path[track.path] = track
        version = version_of(track.title, track.album)
        spellings = {spell(name) for name in track.artists for spell in (folded_artist, first_artist)}
        for artist in sorted(spellings):
            self._exact[artist, folded(track.title)].append(track)
            self._titles[artist][version.title].append(track)
            self._bare[artist, version.bare].append(track)

    def match(self, names: Names) -> Match | None:
        """The track meant, None where the library does not hold it or it cannot be told which one it is."""
        if names not in self._answers:
            self._answers[names] = self._find(names)
        return self._answers[names]

    def match_all(self, names: Collection[Names]) -> dict[Names, Match | None]:
        """The tracks meant by all names of one source.

        A track that one of them names exactly is not also what another one names similarly: that becomes a doubt.
        """
        for name in names:
            self.match(name)
        named = {match.track_id for name in names if (match := self._answers[name]) and match.how is not How.FUZZY}
        for name in names:
            match = self._answers[name]
            if match is not None and match.how is How.FUZZY and match.track_id in named:
                self._answers[name] = None
                self._doubt(name, Reason.SIMILAR, self._similar(name))
        return {name: self._answers[name] for name in names}

    def doubts(self) -> list[Doubt]:
        """What was in doubt among all names asked for so far."""
        return list(self._doubts.values())

    def decide(self, names: Names, track_id: TrackId | None) -> None:
        """Take names for the track that the user says, or for none of the library's."""
        self._answers[names] = Match(track_id, How.DECIDED) if track_id is not None else None
        if (doubt := self._doubts.get(names)) is not None:
            self._doubts[names] = replace(doubt, chosen=track_id)

    def _find(self, names: Names) -> Match | None:
        if names.recording_mbid and (certain := self._by_mbid.get(names.recording_mbid.lower())):
            return Match(_best(certain, names).id, How.MBID)
        if names.path and (local := self._by_path.get(names.path)):
            return Match(local.id, How.PATH)
        if not names.title or not names.artist:
            return None
        return self._by_names(names)

    def _by_names(self, names: Names) -> Match | None:
        wanted = version_of(names.title, names.album)
        spellings = dict.fromkeys((folded_artist(names.artist), first_artist(names.artist)))
        near: list[Candidate] = []
        for artist in spellings:
            exact = self._exact.get((artist, folded(names.title)), [])
            loose = self._titles[artist].get(wanted.title, []) if artist in self._titles else []
            bare = self._bare.get((artist, wanted.bare), [])
            for how, found in ((How.EXACT, exact), (How.LOOSE, loose), (How.LOOSE, bare)):
                same = [track for track in found if _is_same(track, names, wanted, exact=how is How.EXACT)]
                if same:
                    self._tell_several(names, same)
                    return Match(_best(same, names).id, how)
            near += [*exact, *loose, *bare]
        if near:
            others = [track for track in near if not _agrees(track, names, wanted)]
            self._doubt(names, Reason.VERSION if len(others) == len(near) else Reason.LENGTH, near)
            return None
        similar = [track for track in self._similar(names) if _is_same(track, names, wanted)]
        return Match(_best(similar, names).id, How.FUZZY) if similar else None

    def _tell_several(self, names: Names, same: list[Candidate]) -> None:
        """Names that give neither album nor length, for recordings of clearly different length."""
        if names.duration_ms or any(folded(track.album) == folded(names.album) for track in same):
            return
        lengths = [track.duration_ms for track in same if track.duration_ms]
        if lengths and max(lengths) - min(lengths) > SAME_LENGTH_MS:
            self._doubt(names, Reason.SEVERAL, same, _best(same, names).id)

    def _doubt(self, names: Names, reason: Reason, near: Iterable[Candidate], chosen: TrackId | None = None) -> None:
        unlike = sorted({track.id: track for track in near}.values(), key=lambda track: _distance(track, names))
        self._doubts[names] = Doubt(names, reason, tuple(unlike[:MAX_NEAR]), chosen)

    def _similar(self, names: Names) -> list[Candidate]:
        artist = folded_artist(names.artist)
        known = artist if artist in self._titles else self._artist_like(artist)
        if known is None:
            return []
        titles = self._titles[known]
        wanted = version_of(names.title).title
        hit = process.extractOne(wanted, titles.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_TITLE)
        if hit is None or _numbers(hit[0]) != _numbers(wanted):
            return []  # "Part 1" and "Part 2" are similar, and not the same
        return titles[hit[0]]

    def _artist_like(self, artist: str) -> str | None:
        """The library's artist whose name is nearly this one; looked for once, for it takes a while."""
        if artist not in self._alike:
            close = process.extractOne(artist, self._titles.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_ARTIST)
            self._alike[artist] = None if close is None else close[0]
        return self._alike[artist]


def _numbers(title: str) -> list[str]:
    return re.findall(r"\d+", title)


def _agrees(track: Candidate, names: Names, wanted: Version, *, exact: bool = False) -> bool:
    """Whether a track may be the version wanted; on the same album the same title is the same recording."""
    if folded(track.album) == folded(names.album) and exact:
        return True
    knows_album = bool(track.album and names.album)
    mine, theirs = (
        (version_of(track.title, track.album), wanted)
        if knows_album
        else (version_of(track.title), version_of(names.title))
    )
    return mine.agrees(theirs) and _numbers(mine.title) == _numbers(theirs.title)


def _is_same(track: Candidate, names: Names, wanted: Version, *, exact: bool = False) -> bool:
    return _agrees(track, names, wanted, exact=exact) and _apart(track, names) <= SAME_LENGTH_MS


def _apart(track: Candidate, names: Names) -> int:
    """Difference of the lengths in ms; 0 where one of them is unknown."""
    return abs(track.duration_ms - names.duration_ms) if names.duration_ms and track.duration_ms else 0


def _distance(track: Candidate, names: Names) -> tuple[bool, int, int]:
    other_album = bool(names.album) and folded(track.album) != folded(names.album)
    return other_album, _apart(track, names), track.id


def _best(candidates: list[Candidate], names: Names) -> Candidate:
    """Of several tracks of one name: same album first, then the nearest length, then the oldest entry."""
    return min(candidates, key=lambda track: _distance(track, names))
