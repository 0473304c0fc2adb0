"""Changing the tags of tracks: the files first, then what the library knows of them; can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from player.domain import FileError, ScannedTrack, Track, TrackId, Unreadable, now_ms
from player.library._scan import Write
from player.library._survey import music_folder

if TYPE_CHECKING:
    from player.storage import Database

_WRITE_BATCH = 200
_CUE = "It is one track of several in its file; its cue sheet says what it is called."


@dataclass(frozen=True, slots=True)
class TagEdit:
    """What an edit did.

    Attributes:
        before: What the edited fields of each changed file said before, by path: applying it undoes the edit.
        failed: Files that are as they were, and why.
        stars: Own stars of tracks as they were: they go with an edit of the rating, which they would hide.
    """

    before: tuple[tuple[str, Mapping[str, Sequence[str]]], ...]
    failed: tuple[Unreadable, ...]
    stars: Mapping[TrackId, float | None] = field(default_factory=dict)


def edit_tags(
    db: Database,
    track_ids: Sequence[TrackId],
    changes: Mapping[str, Sequence[str]],
    *,
    write: Write = lambda run: run(),
) -> TagEdit:
    """Change fields of several tracks alike. Blocks while files are copied; run it in a lane.

    Args:
        db: The database.
        track_ids: The tracks.
        changes: New values by word of `player.tags.EDITABLE`; an empty sequence removes the field.
        write: Runs the database's writes.
    """
    tracks = db.tracks.get(track_ids)
    parts = [track for track in tracks if _is_part(track)]
    edit = _apply(db, [(track.path, changes) for track in tracks if not _is_part(track)], write)
    failed = edit.failed + tuple(Unreadable(track.path, _CUE) for track in parts)
    unwritten = {each.path for each in failed}
    rated = [track for track in tracks if track.stars is not None and track.path not in unwritten]
    stars: Mapping[TrackId, float | None] = {}
    if "rating" in changes and rated:
        given = _stars_in(changes["rating"])
        stars = write(lambda: db.stars.give({track.id: given for track in rated}))
    return TagEdit(edit.before, failed, stars)


def _stars_in(texts: Sequence[str]) -> float | None:
    """Stars as they were written into the files, to the half star."""
    return round(float(texts[0].replace(",", ".")) * 2) / 2 if texts and texts[0] else None


def undo_edit(db: Database, edit: TagEdit, *, write: Write = lambda run: run()) -> TagEdit:
    """Write back what stood there before an edit; what that returns is the way to do it again."""
    undone = _apply(db, edit.before, write)
    stars = write(lambda: db.stars.give(edit.stars)) if edit.stars else {}
    return TagEdit(undone.before, undone.failed, stars)


def _is_part(track: Track) -> bool:
    return bool(track.start_ms) or track.end_ms is not None


def _apply(db: Database, edits: Sequence[tuple[str, Mapping[str, Sequence[str]]]], write: Write) -> TagEdit:
    from player.tags import read_track, write_tags  # noqa: PLC0415 - mutagen: not at the start

    roots = db.files.roots()
    before: list[tuple[str, Mapping[str, Sequence[str]]]] = []
    failed: list[Unreadable] = []
    scanned: list[ScannedTrack] = []
    stored: set[TrackId] = set()
    for path, changes in edits:
        try:
            before.append((path, write_tags(path, changes)))
            scanned.append(read_track(path, root=music_folder(path, roots)))
        except FileError as error:
            failed.append(Unreadable(path, error.why))
        if len(scanned) == _WRITE_BATCH:
            stored |= _store(db, scanned, write)
            scanned = []
    stored |= _store(db, scanned, write)
    if stored:
        write(lambda: db.files.arrange_albums(stored))
    return TagEdit(tuple(before), tuple(failed))


def _store(db: Database, scanned: Sequence[ScannedTrack], write: Write) -> set[TrackId]:
    if not scanned:
        return set()
    return write(lambda: db.files.write_scan(scanned, now_ms())).ids
