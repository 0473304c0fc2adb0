"""Bringing a vanished track and a newer copy of the same sound together."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, exists, select, text, update

from player.storage._aggregates import touched_by
from player.storage._revisions import STATS, TRACKS, advance
from player.storage._vectors import chunks
from player.storage.schema import (
    SEARCH_TABLE,
    DismissalRow,
    PlaylistEntryRow,
    PlayRow,
    PriorRow,
    QueueEntryRow,
    ThumbRow,
    TrackArtistRow,
    TrackDetailRow,
    TrackGenreRow,
    TrackRow,
    TrackState,
)

_KEPT = ("id", "added_at")
_TAKEN = [column for column in TrackRow.__table__.columns if column.name not in _KEPT]


def reunite(connection: Connection, vanished: Sequence[int]) -> int:
    """Let vanished tracks take the place of newer ones of the same sound that have no history; returns how many.

    Happens when a file moved between folders that are scanned apart: its new place was seen before its old one
    was known to be empty.
    """
    pairs = _pairs(connection, vanished)
    for old, new in pairs:
        touched = touched_by(connection, [old, new])
        _take_place(connection, old, new)
        touched.recount(connection)
    if pairs:
        advance(connection, TRACKS, STATS)
    return len(pairs)


def _pairs(connection: Connection, vanished: Sequence[int]) -> list[tuple[int, int]]:
    """(vanished, newer) tracks of one sound where the newer one has nothing to lose."""
    old, new = TrackRow.__table__.alias("old"), TrackRow.__table__.alias("new")
    unused = [
        ~exists().where(table.track_id == new.c.id)
        for table in (PlayRow, ThumbRow, DismissalRow, PlaylistEntryRow, QueueEntryRow, PriorRow)
    ]
    same_sound = (new.c.audio_key == old.c.audio_key) & (new.c.start_ms == old.c.start_ms) & (new.c.id > old.c.id)
    pairs: dict[int, int] = {}
    for part in chunks(vanished):
        statement = (
            select(old.c.id, new.c.id)
            .join(new, same_sound)
            .where(old.c.id.in_(part), old.c.state != TrackState.PRESENT, new.c.state == TrackState.PRESENT, *unused)
            .order_by(new.c.id)
        )
        for old_id, new_id in connection.execute(statement):
            if old_id not in pairs and new_id not in pairs.values():
                pairs[old_id] = new_id
    return list(pairs.items())


def _take_place(connection: Connection, old: int, new: int) -> None:
    values = connection.execute(select(*_TAKEN).where(TrackRow.id == new)).one()._asdict()
    for table in (TrackDetailRow, TrackArtistRow, TrackGenreRow):
        connection.execute(delete(table).where(table.track_id == old))
        connection.execute(update(table).where(table.track_id == new).values(track_id=old))
    connection.execute(delete(TrackRow).where(TrackRow.id == new))
    connection.execute(update(TrackRow).where(TrackRow.id == old).values(values))
    connection.execute(text(f"DELETE FROM {SEARCH_TABLE} WHERE rowid = :old"), {"old": old})  # noqa: S608 - constant
    connection.execute(text(f"UPDATE {SEARCH_TABLE} SET rowid = :old WHERE rowid = :new"), {"old": old, "new": new})  # noqa: S608
