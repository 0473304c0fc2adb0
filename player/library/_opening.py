"""From files, folders and playlists named by the user to tracks that can be queued."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from player.domain import FileError, ScannedTrack, TrackId, Unreadable, now_ms
from player.library._playlist_files import PLAYLIST_SUFFIXES, FileEntry, read_playlist
from player.library._playlists import TrackFinder
from player.library._readers import Ask, Failed, Readers
from player.library._scan import Write
from player.library._walk import Walk

if TYPE_CHECKING:
    from player.storage import Database

_NOT_TAKEN = "It could not be taken into the library."
_STREAM = "It is a stream on the network; Segue plays files."
_LOST = "The file is missing, and no track of the library matches this entry."
_EMPTY = "Nothing is in this playlist."


def open_files(
    db: Database, paths: Sequence[str], *, write: Write = lambda run: run()
) -> tuple[list[TrackId], list[Unreadable]]:
    """Return the tracks of some files, in order; files that the library does not know come into it. Blocks.

    Args:
        db: The database.
        paths: Audio files; folders, which stand for the audio files in them, by name; playlists, which stand for
            their entries.
        write: Where writes run.

    Returns:
        Tracks that can be queued, and files or playlist entries that cannot be read.

    Raises:
        KnownError: the database or child processes do not work.
    """
    problems: list[Unreadable] = []
    wanted = _expanded(db, paths, problems)
    files = [item for item in wanted if isinstance(item, str)]
    whys = _take_in(db, [path for path in files if db.tracks.by_path(path) is None], write)
    tracks: list[TrackId] = []
    for item in wanted:
        track = db.tracks.by_path(item) if isinstance(item, str) else None
        if not isinstance(item, str):
            tracks.append(item)
        elif track is None:
            problems.append(Unreadable(item, whys.get(item, _NOT_TAKEN)))
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
        stored = write(lambda: db.files.write_scan(scanned, now_ms())).ids
        write(lambda: db.files.arrange_albums(stored))
    return whys


def _expanded(db: Database, paths: Sequence[str], problems: list[Unreadable]) -> list[str | TrackId]:
    """Return the files that paths stand for, or tracks where a playlist names them without their file."""
    wanted: list[str | TrackId] = []
    for path in map(os.path.abspath, paths):
        if os.path.isdir(path):
            wanted += sorted(found.path for found in Walk(path).files())
        elif path.lower().endswith(PLAYLIST_SUFFIXES):
            wanted += _of_playlist(db, path, problems)
        else:
            wanted.append(path)
    return wanted


def _of_playlist(db: Database, path: str, problems: list[Unreadable]) -> list[str | TrackId]:
    try:
        entries = read_playlist(Path(path)).entries
    except FileError as error:
        problems.append(Unreadable(path, error.why))
        return []
    finder = TrackFinder(db)
    wanted: list[str | TrackId] = []
    for entry in entries:
        if not entry.is_stream and os.path.isfile(entry.location):
            wanted.append(entry.location)
        elif (track := finder.track(entry)) is not None:
            wanted.append(track)
        else:
            problems.append(Unreadable(entry.location or _name_of(entry), _STREAM if entry.is_stream else _LOST))
    if not entries:
        problems.append(Unreadable(path, _EMPTY))
    return wanted


def _name_of(entry: FileEntry) -> str:
    return " - ".join(filter(None, (entry.artist, entry.title))) or "?"
