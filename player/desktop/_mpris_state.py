"""What MPRIS2 tells other programs, as a frozen value, and its form on the bus.

Source: the MPRIS D-Bus Interface Specification 2.2. Times on the bus are microseconds (int64).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dbus_fast.signature import Variant

from player.domain import EntryId, Track

NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
TRACK_PATH = "/segue/entry/"
FEW_CHANGES = 8
"""More entries than these come and gone at once make the list another one."""
SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """A track in its place in the list: the same track may stand there twice, as two entries."""

    entry: EntryId
    track: Track


@dataclass(frozen=True, slots=True)
class MprisState:
    """One moment of playback.

    Attributes:
        status: "Playing", "Paused" or "Stopped".
        current: What sounds, is paused, or would play.
        art_url: File URI of its cover, empty without.
        position_ms: Position when this value was made.
        at_s: `time.monotonic()` of that moment.
        rate: Playback speed.
        volume: 0 to 1.
        loop: "None", "Track" or "Playlist".
        shuffle: Whether the queue is shuffled.
        upcoming: What follows, in order.
        can_go_next: Whether something follows.
        can_go_previous: Whether there is something to go back to.
    """

    status: str = "Stopped"
    current: Listed | None = None
    art_url: str = ""
    position_ms: int = 0
    at_s: float = 0.0
    rate: float = 1.0
    volume: float = 1.0
    loop: str = "None"
    shuffle: bool = False
    upcoming: tuple[Listed, ...] = ()
    can_go_next: bool = False
    can_go_previous: bool = False

    @property
    def track(self) -> Track | None:
        """The present track."""
        return self.current.track if self.current else None

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The track list: what is current and what follows."""
        return (self.current, *self.upcoming) if self.current else self.upcoming

    def position_us(self, now_s: float | None = None) -> int:
        """Position at `now_s` (monotonic seconds), in microseconds, within the track."""
        ran = ((time.monotonic() if now_s is None else now_s) - self.at_s) * self.rate * 1000
        position = self.position_ms + (ran if self.status == "Playing" else 0)
        end = self.track.duration_ms if self.track and self.track.duration_ms else position
        return int(min(position, end) * 1000)


@dataclass(frozen=True, slots=True)
class Added:
    """An entry has come into the list, behind the one at the path `after` (`NO_TRACK`: at its beginning)."""

    listed: Listed
    after: str


@dataclass(frozen=True, slots=True)
class Removed:
    """The entry at this path has left the list."""

    path: str


@dataclass(frozen=True, slots=True)
class Retold:
    """An entry of the list tells other things of itself: its tags were edited, say."""

    listed: Listed


@dataclass(frozen=True, slots=True)
class Replaced:
    """The list is another one."""

    paths: list[str]
    current: str


ListChange = Added | Removed | Retold | Replaced


def list_changes(before: MprisState, after: MprisState) -> list[ListChange]:
    """How the list of `before` becomes that of `after`: step by step where it is little, else as a whole."""
    old, new = paths_of(before), paths_of(after)
    known = {object_path(listed.entry): listed.track for listed in before.listed}
    retold: list[ListChange] = [
        Retold(listed)
        for listed in after.listed
        if (path := object_path(listed.entry)) in known and known[path] != listed.track
    ]
    if old == new:
        return retold
    gone, come = set(old) - set(new), set(new) - set(old)
    reordered = [path for path in old if path not in gone] != [path for path in new if path not in come]
    if reordered or len(gone) + len(come) > FEW_CHANGES or not set(old) & set(new):
        return [Replaced(new, object_path(after.current.entry) if after.current else NO_TRACK)]
    steps: list[ListChange] = [Removed(path) for path in old if path in gone]
    behind = [NO_TRACK, *new]
    steps += [Added(listed, behind[at]) for at, listed in enumerate(after.listed) if new[at] in come]
    return steps + retold


def object_path(entry_id: EntryId | None) -> str:
    """D-Bus object path of an entry of the list."""
    return NO_TRACK if entry_id is None else f"{TRACK_PATH}{entry_id}"


def paths_of(state: MprisState) -> list[str]:
    """Object paths of the track list."""
    return [object_path(listed.entry) for listed in state.listed]


def entry_id_of(path: str) -> EntryId | None:
    """Inverse of `object_path`; None for anything else."""
    number = path.removeprefix(TRACK_PATH)
    known = path.startswith(TRACK_PATH) and number.isascii() and number.isdecimal()
    return EntryId(int(number)) if known else None


def metadata(listed: Listed | None, art_url: str = "") -> dict[str, Any]:
    """The metadata map (a{sv}) of an entry; keys without a value are left out."""
    if listed is None:
        return {"mpris:trackid": Variant("o", NO_TRACK)}
    track = listed.track
    fields: dict[str, tuple[str, Any]] = {
        "mpris:trackid": ("o", object_path(listed.entry)),
        "mpris:length": ("x", track.duration_ms * 1000),
        "mpris:artUrl": ("s", art_url),
        "xesam:title": ("s", track.title),
        "xesam:artist": ("as", [track.artist] if track.artist else []),
        "xesam:album": ("s", track.album),
        "xesam:albumArtist": ("as", [track.album_artist] if track.album_artist else []),
        "xesam:genre": ("as", list(track.genres)),
        "xesam:trackNumber": ("i", track.track_no or 0),
        "xesam:discNumber": ("i", track.disc_no or 0),
        "xesam:contentCreated": ("s", f"{track.year:04}-01-01T00:00:00Z" if track.year else ""),
        "xesam:useCount": ("i", track.play_count),
        "xesam:lastUsed": ("s", _iso(track.last_played_at) if track.last_played_at else ""),
        "xesam:url": ("s", _uri(track.path)),
    }
    told = {key: Variant(signature, value) for key, (signature, value) in fields.items() if value}
    if track.thumb:
        told["xesam:userRating"] = Variant("d", (track.thumb + 1) / 2)
    return told


def _iso(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms // SECOND_MS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _uri(path: str) -> str:
    return Path(path).as_uri() if Path(path).is_absolute() else ""


def player_properties(state: MprisState) -> dict[str, Any]:
    """Properties of the Player interface that change and are announced (Position is not)."""
    return {
        "PlaybackStatus": state.status,
        "LoopStatus": state.loop,
        "Rate": state.rate,
        "Shuffle": state.shuffle,
        "Metadata": metadata(state.current, state.art_url),
        "Volume": state.volume,
        "CanGoNext": state.can_go_next,
        "CanGoPrevious": state.can_go_previous,
        "CanPlay": state.track is not None or state.can_go_next,
        "CanPause": state.track is not None,
        "CanSeek": state.track is not None and state.track.duration_ms > 0,
    }


def changed_properties(before: MprisState, after: MprisState) -> dict[str, Any]:
    """The properties whose values differ."""
    old = player_properties(before)
    return {name: value for name, value in player_properties(after).items() if old[name] != value}
