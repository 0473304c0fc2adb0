"""From files and folders named by the user to tracks that can be queued."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from player.domain import ScannedTrack, TrackId, Unreadable, now_ms
from player.library._readers import Ask, Failed, Readers
from player.library._scan import Write
from player.library._walk import Walk

if TYPE_CHECKING:
    from player.storage import Database

_NOT_TAKEN = "It could not be taken into the library."


def open_files(
    db: Database, paths: Sequence[str], *, write: Write = lambda run: run()
) -> tuple[list[TrackId], list[Unreadable]]:
    """The tracks of some files, in order; files that the library does not know come into it. Blocks.

    Args:
        db: The database.
        paths: Files, and folders that stand for the audio files in them, by name.
        write: Where writes run.

    Returns:
        Tracks that can be queued, and files that cannot be read.

    Raises:
        KnownError: the database or child processes do not work.
    """
    files = _expanded(paths)
    whys = _take_in(db, [path for path in files if db.tracks.by_path(path) is None], write)
    tracks: list[TrackId] = []
    problems: list[Unreadable] = []
    for path in files:
        track = db.tracks.by_path(path)
        if track is None:
            problems.append(Unreadable(path, whys.get(path, _NOT_TAKEN)))
        else:
            tracks.append(track.id)
    return tracks, problems


def _take_in(db: Database, paths: Sequence[str], write: Write) -> dict[str, str]:
    """Read unknown files in a child process and store them; why not, by path, for those that cannot be read."""
    scanned: list[ScannedTrack] = []
    whys: dict[str, str] = {}
    if paths:
        for answers in Readers(1).read(Ask(path, os.path.dirname(path)) for path in dict.fromkeys(paths)):
            for answer in answers:
                if isinstance(answer, Failed):
                    whys[answer.path] = answer.why
                else:
                    scanned.append(answer)
    if scanned:
        write(lambda: db.tracks.write_scan(scanned, now_ms()))
    return whys


def _expanded(paths: Sequence[str]) -> list[str]:
    files: list[str] = []
    for path in map(os.path.abspath, paths):
        files += sorted(found.path for found in Walk(path).files()) if os.path.isdir(path) else [path]
    return files
