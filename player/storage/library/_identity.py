"""Which stored track a scanned file is: pure decisions, no SQL.

A track's identity is its sound, (audio_key, start_ms); its place, (path, start_ms), is where it was last seen.
In order of trust:

1. *stays*: the place is known and the sound is the same (or one of them is unknown): re-tagged, touched, found again.
2. *moves*: the sound is known at a place that lost it (vanished, or holds another sound now): moved, renamed, swapped.
   Where several files and tracks share one sound, names, folders, tags and sizes pair them, best pair first.
3. *is converted in place*: the place is known, the sound is new, but title, artist and length agree: re-encoded.
4. *is converted beside*: a vanished track of the same folder and name but for the suffix agrees in the same way.
5. else it is *new*. A track whose place now holds another sound is superseded: missing until its sound turns up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from player.domain import ScannedTrack
from player.storage.schema import TrackState, ident

_LENGTH_TOLERANCE_MS = 3_000
_LENGTH_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Holder:
    """A stored track as far as its identity goes.

    Attributes:
        id: Primary key.
        path: Where it was last seen.
        start_ms: Where it begins in the file.
        superseded: Whether another sound has taken its place.
        state: Whether its file was there.
        audio_key: Digest of its sound.
        size: Bytes of the file.
        mtime_ns: Last change of the file.
        title: Title as stored.
        artist: Artist as stored.
        album: Album title as stored.
        duration_ms: Length.
    """

    id: int
    path: str
    start_ms: int
    superseded: bool
    state: TrackState
    audio_key: str | None
    size: int
    mtime_ns: int
    title: str
    artist: str
    album: str
    duration_ms: int

    @property
    def sound(self) -> tuple[str | None, int]:
        """What it sounds like."""
        return self.audio_key, self.start_ms

    @property
    def place(self) -> tuple[str, int]:
        """Where it is."""
        return self.path, self.start_ms


@dataclass(slots=True)
class Plan:
    """What a batch of scanned files means.

    Attributes:
        holders: For each scanned file by index: the stored track that it is. Files not in here are new.
        superseded: Stored tracks whose place holds another sound now, and whose own was not found in this batch.
    """

    holders: dict[int, Holder] = field(default_factory=dict)
    superseded: list[Holder] = field(default_factory=list)


def identify(scanned: Sequence[ScannedTrack], known: Iterable[Holder], lost: Callable[[Holder], bool]) -> Plan:
    """Decide for a batch which files are which stored tracks.

    Args:
        scanned: The files; each place at most once.
        known: Every stored track that shares a place or a sound with one of them, and vanished ones of the same
            folder and stem.
        lost: Whether the file of a track that is stored as present has gone or changed since.
    """
    return _Identification(scanned, list(known), lost).plan()


class _Identification:
    """The state of one call of `identify`."""

    def __init__(self, scanned: Sequence[ScannedTrack], known: list[Holder], lost: Callable[[Holder], bool]) -> None:
        self._scanned = scanned
        self._known = known
        self._lost = lost
        self._by_place = {holder.place: holder for holder in known if not holder.superseded}
        self._sounds_here = {(file.path, int(file.start_ms)): file.audio_key for file in scanned}
        self._plan = Plan()
        self._taken: set[int] = set()

    def plan(self) -> Plan:
        self._stay()
        self._move()
        self._convert_in_place()
        self._convert_beside()
        here = (self._by_place.get(place) for place in self._sounds_here)
        self._plan.superseded = [holder for holder in here if holder is not None and holder.id not in self._taken]
        return self._plan

    def _take(self, at: int, holder: Holder) -> None:
        self._plan.holders[at] = holder
        self._taken.add(holder.id)

    def _open(self) -> Iterable[tuple[int, ScannedTrack]]:
        return ((at, file) for at, file in enumerate(self._scanned) if at not in self._plan.holders)

    def _stay(self) -> None:
        for at, file in enumerate(self._scanned):
            holder = self._by_place.get((file.path, int(file.start_ms)))
            if holder is not None and (
                None in (file.audio_key, holder.audio_key) or file.audio_key == holder.audio_key
            ):
                self._take(at, holder)

    def _move(self) -> None:
        by_sound: dict[tuple[str | None, int], list[Holder]] = {}
        wanted = {(file.audio_key, int(file.start_ms)) for _, file in self._open() if file.audio_key is not None}
        for holder in self._known:  # asked once each: thousands of files may share one sound
            if holder.id not in self._taken and holder.sound in wanted and self._has_lost_its_place(holder):
                by_sound.setdefault(holder.sound, []).append(holder)
        pairs = [
            (_affinity(file, holder), at, holder)
            for at, file in self._open()
            for holder in by_sound.get((file.audio_key, int(file.start_ms)), ())
        ]
        for _, at, holder in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].id)):
            if at not in self._plan.holders and holder.id not in self._taken:
                self._take(at, holder)

    def _has_lost_its_place(self, holder: Holder) -> bool:
        if holder.superseded or holder.state is not TrackState.PRESENT:
            return True
        if holder.place in self._sounds_here:
            return True  # it did not stay, so another sound is there
        return self._lost(holder)

    def _convert_in_place(self) -> None:
        for at, file in list(self._open()):
            holder = self._by_place.get((file.path, int(file.start_ms)))
            if holder is not None and holder.id not in self._taken and _alike(file, holder):
                self._take(at, holder)

    def _convert_beside(self) -> None:
        vanished: dict[tuple[str, int], list[Holder]] = {}
        for holder in self._known:
            if holder.state is not TrackState.PRESENT and holder.id not in self._taken:
                vanished.setdefault((_stem(holder.path), holder.start_ms), []).append(holder)
        for at, file in list(self._open()):
            for holder in vanished.get((_stem(file.path), int(file.start_ms)), ()):
                if holder.id not in self._taken and _alike(file, holder):
                    self._take(at, holder)
                    break


def _stem(path: str) -> str:
    return os.path.splitext(path)[0]


def _alike(file: ScannedTrack, holder: Holder) -> bool:
    """Whether another encoding of the same recording is likely: same title and artist, about the same length."""
    tolerance = max(_LENGTH_TOLERANCE_MS, _LENGTH_TOLERANCE * holder.duration_ms)
    return (
        ident(file.title) == ident(holder.title)
        and ident(shown_artist(file)) == ident(holder.artist)
        and abs(file.duration_ms - holder.duration_ms) <= tolerance
    )


def _affinity(file: ScannedTrack, holder: Holder) -> int:
    """How likely it is that of several equal sounds these two belong together."""
    folder, name = os.path.split(file.path)
    old_folder, old_name = os.path.split(holder.path)
    return (
        4 * (name == old_name)
        + 4 * (folder == old_folder)
        + 2 * (os.path.basename(folder) == os.path.basename(old_folder))
        + 2 * (ident(file.album) == ident(holder.album))
        + (ident(file.title) == ident(holder.title))
        + 2 * (file.size == holder.size)
        + 2 * (file.mtime_ns == holder.mtime_ns)
    )


def shown_artist(file: ScannedTrack) -> str:
    """The artists of a file as shown."""
    return file.artist_display or ", ".join(file.artists)
