"""Playlists between files and the library: entries find their tracks, or are kept until they do."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from player.domain import (
    Condition,
    Field,
    FileError,
    Op,
    Playlist,
    PlaylistEntry,
    PlaylistId,
    Track,
    TrackId,
    TrackQuery,
    today,
)
from player.library._playlist_files import FileEntry, PlaylistFile, free_name, read_playlist, write_playlist
from player.library._search import searched

if TYPE_CHECKING:
    from player.storage import Database

_LENGTH_TOLERANCE_MS = 3_000


@dataclass(frozen=True, slots=True)
class ImportedPlaylist:
    """What importing a playlist file made.

    Attributes:
        playlist_id: The new playlist.
        name: Its name.
        entries: Entries of the file.
        unresolved: Those among them for which the library has no track; they are kept and shown.
    """

    playlist_id: PlaylistId
    name: str
    entries: int
    unresolved: int


def import_playlist(db: Database, path: Path) -> ImportedPlaylist:
    """Make a playlist out of a file. Writes: run it in the storage lane.

    Raises:
        FileError: the file cannot be read or is no playlist.
    """
    playlist = read_playlist(path)
    finder = TrackFinder(db)
    entries = [_entry(entry, finder.track(entry)) for entry in playlist.entries]
    playlist_id = db.playlists.create(playlist.name)
    db.playlists.set_entries(playlist_id, entries)
    return ImportedPlaylist(playlist_id, playlist.name, len(entries), sum(entry.track_id is None for entry in entries))


def resolve_playlist(db: Database, playlist_id: PlaylistId, *, by_path_only: bool = False) -> int:
    """Look again for the tracks of unresolved entries; returns how many were found. Run it in the storage lane.

    Args:
        db: The database.
        playlist_id: A manual playlist.
        by_path_only: Only take a track with exactly the entry's path, which is quick in any library.
    """
    entries = db.playlists.entries(playlist_id)
    finder, found = TrackFinder(db), 0
    for at, entry in enumerate(entries):
        if entry.track_id is None:
            wanted = FileEntry(entry.path, entry.title, entry.artist, duration_ms=entry.duration_ms)
            track_id = finder.at_path(wanted) if by_path_only else finder.track(wanted)
            entries[at] = replace(entry, track_id=track_id)
            found += track_id is not None
    if found:
        db.playlists.set_entries(playlist_id, entries)
    return found


def resolve_all(db: Database) -> int:
    """After a scan has added tracks: let the playlists' unresolved entries have theirs, by path."""
    manual = [playlist.id for playlist in db.playlists.all() if playlist.rules is None]
    return sum(resolve_playlist(db, playlist_id, by_path_only=True) for playlist_id in manual)


def export_playlist(db: Database, playlist: Playlist, path: Path) -> None:
    """Write a playlist, manual or smart, to a file.

    Raises:
        FileError: it cannot be written.
    """
    write_playlist(path, PlaylistFile(playlist.name, tuple(_file_entries(db, playlist))))


def export_playlists(db: Database, folder: Path, suffix: str = ".xspf") -> list[Path]:
    """Write every playlist to a file of its own in `folder`; returns the files.

    Raises:
        FileError: one cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(str(folder), f"The folder cannot be made: {error.strerror or error}.") from error
    files: list[Path] = []
    for playlist in db.playlists.all():
        path = free_name(folder, playlist.name, suffix, files)
        export_playlist(db, playlist, path)
        files.append(path)
    return files


def playlist_tracks(db: Database, playlist: Playlist) -> Sequence[int]:
    """Ids of a playlist's tracks in order; for a smart one, what its rules hold now."""
    if playlist.rules is None:
        return db.playlists.tracks(playlist.id)
    return db.tracks.find(searched(playlist.rules.query(today())))


def _entry(entry: FileEntry, track_id: TrackId | None) -> PlaylistEntry:
    return PlaylistEntry(track_id, entry.location, entry.title, entry.artist, entry.duration_ms)


def _file_entries(db: Database, playlist: Playlist) -> list[FileEntry]:
    if playlist.rules is not None:
        entries = [PlaylistEntry(TrackId(key)) for key in playlist_tracks(db, playlist)]
    else:
        entries = db.playlists.entries(playlist.id)
    ids = list(dict.fromkeys(entry.track_id for entry in entries if entry.track_id is not None))
    tracks = {track.id: track for track in db.tracks.get(ids)}
    return [_file_entry(entry, tracks.get(entry.track_id) if entry.track_id is not None else None) for entry in entries]


def _file_entry(entry: PlaylistEntry, track: Track | None) -> FileEntry:
    if track is None:
        return FileEntry(entry.path, entry.title, entry.artist, duration_ms=entry.duration_ms)
    return FileEntry(track.path, track.title, track.artist, track.album, track.duration_ms)


class TrackFinder:
    """Finds the track that an entry means: by its path, by the end of its path, by artist, title and length."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def track(self, entry: FileEntry) -> TrackId | None:
        """The track; None where the library has none, or it cannot be told which."""
        if entry.is_stream:
            return None
        return self.at_path(entry) or self._by_end_of_path(entry) or self._by_names(entry)

    def at_path(self, entry: FileEntry) -> TrackId | None:
        """The track with the entry's very path, however its accents are spelt."""
        for location in _spellings(entry.location):
            exact = self._db.tracks.by_path(location)
            if exact is not None:
                return exact.id
        return None

    def _candidates(self, rule: Condition, text: str = "") -> list[Track]:
        return self._db.tracks.get(self._db.tracks.find(TrackQuery(text=text, where=rule, limit=50)))

    def _by_end_of_path(self, entry: FileEntry) -> TrackId | None:
        """The one track whose path ends most alike: at least its folder's name too, or else nobody else's name."""
        wanted = _parts(entry.location)
        if not wanted or not any(map(str.isalnum, wanted[0])):
            return None
        likeness = {
            track.id: _alike(wanted, _parts(track.path))
            for track in self._candidates(Condition(Field.PATH, Op.HAS, os.path.basename(entry.location)))
        }
        best = max(likeness.values(), default=0)
        first = [track_id for track_id, common in likeness.items() if common == best]
        return first[0] if best and len(first) == 1 and (best > 1 or len(likeness) == 1) else None

    def _by_names(self, entry: FileEntry) -> TrackId | None:
        if not entry.title or not entry.artist:
            return None
        found = [
            track
            for track in self._candidates(Condition(Field.TITLE, Op.IS, entry.title))
            if track.artist.casefold() == entry.artist.casefold()
            and (not entry.duration_ms or abs(track.duration_ms - entry.duration_ms) <= _LENGTH_TOLERANCE_MS)
        ]
        if len(found) > 1 and entry.album:
            found = [track for track in found if track.album.casefold() == entry.album.casefold()]
        return found[0].id if len(found) == 1 else None


def _spellings(path: str) -> list[str]:
    """The path; as it would be where accents are composed otherwise, with its bytes as Latin-1, percent-decoded."""
    if not path:
        return []
    spellings = [path]
    if "%" in path:
        spellings.append(os.fsdecode(unquote_to_bytes(path)))
    if not path.isascii():
        spellings += [unicodedata.normalize(form, path) for form in ("NFC", "NFD")]
        spellings.append(path.encode("utf-8", "surrogateescape").decode("latin-1"))
    return list(dict.fromkeys(spellings))


def _parts(path: str) -> list[str]:
    """The parts of a path, last first, for comparison."""
    return [part.casefold() for part in reversed(PurePosixPath(path.replace("\\", "/")).parts)]


def _alike(one: list[str], other: list[str]) -> int:
    common = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        common += 1
    return common
