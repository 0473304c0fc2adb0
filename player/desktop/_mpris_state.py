"""What MPRIS2 tells other programs, as a frozen value, and its form on the bus.

Source: the MPRIS D-Bus Interface Specification 2.2. Times on the bus are microseconds (int64).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dbus_fast.signature import Variant

from player.domain import Track, TrackId

NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
TRACK_PATH = "/segue/track/"


@dataclass(frozen=True, slots=True)
class MprisState:
    """One moment of playback.

    Attributes:
        status: "Playing", "Paused" or "Stopped".
        track: What sounds or is paused.
        art_url: File URI of its cover, empty without.
        position_ms: Position when this value was made.
        at_s: `time.monotonic()` of that moment.
        rate: Playback speed.
        volume: 0 to 1.
        loop: "None", "Track" or "Playlist".
        shuffle: Whether the queue is shuffled.
        upcoming: Tracks that follow, in order.
        can_go_next: Whether something follows.
        can_go_previous: Whether there is something to go back to.
    """

    status: str = "Stopped"
    track: Track | None = None
    art_url: str = ""
    position_ms: int = 0
    at_s: float = 0.0
    rate: float = 1.0
    volume: float = 1.0
    loop: str = "None"
    shuffle: bool = False
    upcoming: tuple[Track, ...] = ()
    can_go_next: bool = False
    can_go_previous: bool = False

    def position_us(self, now_s: float | None = None) -> int:
        """Position at `now_s` (monotonic seconds), in microseconds, within the track."""
        ran = ((time.monotonic() if now_s is None else now_s) - self.at_s) * self.rate * 1000
        position = self.position_ms + (ran if self.status == "Playing" else 0)
        end = self.track.duration_ms if self.track and self.track.duration_ms else position
        return int(min(position, end) * 1000)


def object_path(track_id: TrackId | None) -> str:
    """D-Bus object path of a track."""
    return NO_TRACK if track_id is None else f"{TRACK_PATH}{track_id}"


def track_id_of(path: str) -> TrackId | None:
    """Inverse of `object_path`; None for anything else."""
    number = path.removeprefix(TRACK_PATH)
    return TrackId(int(number)) if path.startswith(TRACK_PATH) and number.isdecimal() else None


def metadata(track: Track | None, art_url: str = "") -> dict[str, Any]:
    """The metadata map (a{sv}) of a track; keys without a value are left out."""
    if track is None:
        return {"mpris:trackid": Variant("o", NO_TRACK)}
    fields: dict[str, tuple[str, Any]] = {
        "mpris:trackid": ("o", object_path(track.id)),
        "mpris:length": ("x", track.duration_ms * 1000),
        "mpris:artUrl": ("s", art_url),
        "xesam:title": ("s", track.title),
        "xesam:artist": ("as", [track.artist] if track.artist else []),
        "xesam:album": ("s", track.album),
        "xesam:albumArtist": ("as", [track.album_artist] if track.album_artist else []),
        "xesam:genre": ("as", list(track.genres)),
        "xesam:trackNumber": ("i", track.track_no or 0),
        "xesam:discNumber": ("i", track.disc_no or 0),
        "xesam:useCount": ("i", track.play_count),
        "xesam:url": ("s", _uri(track.path)),
    }
    return {key: Variant(signature, value) for key, (signature, value) in fields.items() if value}


def _uri(path: str) -> str:
    return Path(path).as_uri() if Path(path).is_absolute() else ""


def player_properties(state: MprisState) -> dict[str, Any]:
    """Properties of the Player interface that change and are announced (Position is not)."""
    return {
        "PlaybackStatus": state.status,
        "LoopStatus": state.loop,
        "Rate": state.rate,
        "Shuffle": state.shuffle,
        "Metadata": metadata(state.track, state.art_url),
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
