"""From files and folders named by the user to tracks that can be queued."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from player.domain import FileError, ScannedTrack, Track, TrackId, Unreadable, now_ms
from player.tags import AUDIO_SUFFIXES, read

if TYPE_CHECKING:
    from player.storage import Database

T = TypeVar("T")


class Write(Protocol):
    """Runs a function where the database may be written (the storage lane) and returns its result."""

    def __call__(self, run: Callable[[], T], /) -> T:
        """Run it."""


def open_files(
    db: Database, paths: Sequence[str], *, write: Write = lambda run: run()
) -> tuple[list[TrackId], list[Unreadable]]:
    """The tracks of some files, in order; a file that the library does not know comes into it. Blocks.

    Args:
        db: The database.
        paths: Files, and folders that stand for the audio files in them, by name.
        write: Where writes run.

    Returns:
        Tracks that can be queued, and files that cannot be read.

    Raises:
        ProfileError: the database does not work.
    """
    tracks: list[TrackId] = []
    problems: list[Unreadable] = []
    for path in _expanded(paths):
        try:
            tracks.append(_known(db, path, write).id)
        except FileError as error:
            problems.append(Unreadable(error.path, error.why))
    return tracks, problems


def _known(db: Database, path: str, write: Write) -> Track:
    track = db.tracks.by_path(path)
    if track is None:
        scanned: ScannedTrack = read(path)
        write(lambda: db.tracks.write_scan([scanned], now_ms()))
        track = db.tracks.by_path(path)
    if track is None:
        raise FileError(path, "it cannot be taken into the library")
    return track


def _expanded(paths: Sequence[str]) -> list[str]:
    files: list[str] = []
    for path in map(os.path.abspath, paths):
        if os.path.isdir(path):
            found = (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
            files += sorted(str(file) for file in found if file.suffix.lower() in AUDIO_SUFFIXES)
        else:
            files.append(path)
    return files
