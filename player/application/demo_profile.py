"""The demo: a small library of synthesised music with a listening history, in a profile of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from player.demo import ALBUMS, EARLIER, DemoAlbum, make_history, make_music
from player.domain import ProfileError, TrackQuery, now_ms
from player.library import scan
from player.paths import Profile
from player.storage import Database

MUSIC = "demo-music"
"""Folder of the music in the demo's profile."""


@dataclass(frozen=True, slots=True)
class DemoMade:
    """What the demo consists of, and what of it was made just now.

    Attributes:
        profile: Its folder.
        music: The folder with its music.
        tracks: Tracks in the library.
        plays: Plays in the log.
        thumbs: Tracks with a thumb.
        written: Music files written just now.
        seconds: Time that took.
    """

    profile: str
    music: str
    tracks: int
    plays: int
    thumbs: int
    written: int
    seconds: float


def make_demo(profile: Profile, told: Callable[[int, int], None]) -> DemoMade:
    """Make what is missing of the demo.

    Args:
        profile: The demo's own profile.
        told: Called with the files made and all there will be.

    Raises:
        ProfileError: the music cannot be written, or the database cannot be used.
    """
    began = time.monotonic()
    music = profile.data / MUSIC
    database = Database.open(profile.database)
    try:
        written = sum(_add(database, music, albums, told) for albums in (EARLIER, ALBUMS))
        if not database.plays.count():
            _pretend(database, music)
        return DemoMade(
            str(profile.data),
            str(music),
            database.tracks.count(),
            database.plays.count(),
            len(database.thumbs.current()),
            written,
            round(time.monotonic() - began, 2),
        )
    finally:
        database.close()


def _add(database: Database, music: Path, albums: Sequence[DemoAlbum], told: Callable[[int, int], None]) -> int:
    """Make what is missing of these albums and index it; returns how many files were made."""
    try:
        written = make_music(music, told, albums)
    except OSError as error:
        raise ProfileError(f"The demo's music cannot be written to {music}: {error.strerror or error}.") from error
    if written or database.tracks.empty():
        database.files.add_root(str(music))
        scan(database, [str(music)])
    return written


def _pretend(database: Database, music: Path) -> None:
    """Log the weeks in which somebody listened to this music."""
    tracks = database.tracks.get(database.tracks.find(TrackQuery(folder=str(music))))
    history = make_history(tracks, now_ms())
    database.plays.append(history.plays)
    for thumb in history.thumbs:
        database.thumbs.give(thumb)
