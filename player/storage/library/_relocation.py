"""Giving what lies below one folder a place below another one, without reading any file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from player.domain import UtcMs
from player.storage._revisions import TRACKS, advance
from player.storage._vectors import chunks
from player.storage.library._moves import unite
from player.storage.schema import (
    Base,
    PlaylistEntryRow,
    RootRow,
    ScannedFileRow,
    ScannedFolderRow,
    TrackDetailRow,
    TrackRow,
    TrackState,
)
from player.storage.search import path_below


@dataclass(frozen=True, slots=True)
class Relocation:
    """What a relocation changed.

    Attributes:
        tracks: Tracks that have a new place.
        united: Those of them that stood at the new place already, as tracks of their own.
    """

    tracks: int
    united: int


def relocate(connection: Connection, old: str, new: str, now: UtcMs) -> Relocation:
    """Change the place of all that lies in folder `old`, which is at `new` now; both absolute.

    A track that stands at its new place already takes over what is known of the old one; where the sound there is
    another one, the old track stays as it was.
    """
    places = dict(_below(connection, TrackRow.id, TrackRow.path, old))
    moved = {key: _moved(path, old, new) for key, path in places.items()}
    occupied = _occupied(connection, moved)
    pairs = [(key, occupant) for key, occupant in occupied.items() if occupant is not None]
    unite(connection, pairs)
    free = {key: path for key, path in moved.items() if key not in occupied}
    # No two stand at one place meanwhile: into a folder of itself the deepest goes first, out of one the highest.
    free = dict(sorted(free.items(), key=lambda item: len(item[1]), reverse=len(new) > len(old)))
    _set(connection, TrackRow, TrackRow.id, "path", free)
    covers = dict(_below(connection, TrackDetailRow.track_id, TrackDetailRow.cover_path, old))
    moved_covers = {key: _moved(path, old, new) for key, path in covers.items()}
    _set(connection, TrackDetailRow, TrackDetailRow.track_id, "cover_path", moved_covers)
    _move_rows(connection, old, new)
    _move_roots(connection, old, new, now)
    advance(connection, TRACKS)
    return Relocation(len(free) + len(pairs), len(pairs))


def _moved(path: str, old: str, new: str) -> str:
    return os.path.join(new, os.path.relpath(path, old)) if path != old else new


def _below(connection: Connection, key: Any, path: Any, folder: str) -> list[tuple[Any, str]]:
    rows = connection.execute(select(key, path).where(path_below(path, folder)))
    return [(found, place) for found, place in rows]


def _occupied(connection: Connection, moved: Mapping[int, str]) -> dict[int, int | None]:
    """Tracks whose new place is taken: by which track, None where that has another sound."""
    there: dict[tuple[str, int], tuple[int, str | None]] = {}
    for paths in chunks(list(dict.fromkeys(moved.values()))):
        statement = select(TrackRow.path, TrackRow.start_ms, TrackRow.id, TrackRow.audio_key)
        for row in connection.execute(statement.where(TrackRow.path.in_(paths), TrackRow.superseded == 0)):
            if row.id not in moved:
                there[row.path, row.start_ms] = (row.id, row.audio_key)
    occupied: dict[int, int | None] = {}
    if not there:
        return occupied
    for part in chunks(list(moved)):
        own = select(TrackRow.id, TrackRow.start_ms, TrackRow.audio_key, TrackRow.superseded)
        for key, start_ms, sound, superseded in connection.execute(own.where(TrackRow.id.in_(part))):
            found = None if superseded else there.get((moved[key], start_ms))
            if found is not None:
                occupied[key] = found[0] if sound is not None and found[1] == sound else None
    return occupied


def _set(connection: Connection, table: type[Base], key: Any, column: str, values: Mapping[int, str]) -> None:
    rows = [{"of": of, "to": to} for of, to in values.items()]
    if rows:
        connection.execute(update(table).where(key == bindparam("of")).values({column: bindparam("to")}), rows)


def _move_rows(connection: Connection, old: str, new: str) -> None:
    """Paths in playlists and in what scans remember."""
    entry = PlaylistEntryRow
    unresolved = select(entry.path).where(path_below(entry.path, old)).distinct()
    for path in connection.execute(unresolved).scalars().all():
        connection.execute(update(entry).where(entry.path == path).values(path=_moved(path, old, new)))
    for table in (ScannedFileRow, ScannedFolderRow):
        here = path_below(table.path, old) | (table.path == old)
        rows = [row._asdict() for row in connection.execute(select(*table.__table__.columns).where(here))]
        connection.execute(delete(table).where(here))
        for row in rows:
            path = _moved(row.pop("path"), old, new)
            connection.execute(delete(table).where(table.path == path))
            connection.execute(insert(table).values(path=path, **row))


def _move_roots(connection: Connection, old: str, new: str, now: UtcMs) -> None:
    """Music folders at or below the old place; what lies in none of them at the new place gets one."""
    roots = dict(connection.execute(select(RootRow.path, RootRow.id)).all())
    for path, key in roots.items():
        if path == old or path.startswith(old.rstrip(os.sep) + os.sep):
            place = _moved(path, old, new)
            connection.execute(delete(RootRow).where(RootRow.path == place, RootRow.id != key))
            connection.execute(update(RootRow).where(RootRow.id == key).values(path=place))
    now_roots = connection.execute(select(RootRow.path)).scalars().all()
    inside = any((new + os.sep).startswith(root.rstrip(os.sep) + os.sep) for root in now_roots)
    around = any((root + os.sep).startswith(new.rstrip(os.sep) + os.sep) for root in now_roots)
    if not inside and not around:
        connection.execute(insert(RootRow).values(path=new, added_at=now))
    removed = select(TrackRow.id).where(path_below(TrackRow.path, new), TrackRow.state == TrackState.REMOVED)
    back = connection.execute(removed).scalars().all()
    for part in chunks(back):
        connection.execute(update(TrackRow).where(TrackRow.id.in_(part)).values(state=TrackState.MISSING))
