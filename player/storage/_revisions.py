"""Revisions: counters by which caches in every process learn that they are stale."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from player.storage.schema import RevisionRow

TRACKS = "tracks"
STATS = "stats"
CONTENT = "content"
"""Subjects of `revisions`: what lists show of tracks, their counters, what the content model found in their sound."""


def stamp(connection: Connection, *subjects: str) -> tuple[int, ...]:
    """The present revisions of some subjects."""
    rows = connection.execute(select(RevisionRow.subject, RevisionRow.value))
    found = {row.subject: row.value for row in rows}
    return tuple(found.get(subject, 0) for subject in subjects)


def advance(connection: Connection, *subjects: str) -> None:
    """Tell caches in every process that the tracks, or their counters, have changed."""
    for subject in subjects:
        statement = upsert(RevisionRow).values(subject=subject, value=1)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["subject"], set_={"value": RevisionRow.value + 1})
        )
