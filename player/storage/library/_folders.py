"""The folders in a folder, from the index on paths alone: one look for each, whatever lies below."""

from __future__ import annotations

import os
from collections import Counter

from sqlalchemy import BLOB, Connection, LargeBinary, bindparam, select, text, type_coerce

from player.storage.schema import TrackRow, TrackState, loaded_path, stored_path

# From one path the next look is behind everything below the same folder: a "loose index scan". Where the rest of a
# path holds a separator, it lies in a folder here; else it is a file here.
_CHILDREN = text("""
WITH RECURSIVE met (path) AS (
    SELECT min(path) FROM tracks WHERE path >= :prefix AND path < :end
    UNION ALL
    SELECT (
        SELECT min(path) FROM tracks WHERE path < :end AND path >= iif(
            instr(substr(met.path, :rest), :sep),
            substr(met.path, 1, :rest + instr(substr(met.path, :rest), :sep) - 2) || :after,
            met.path || :least
        )
    ) FROM met WHERE met.path IS NOT NULL
), child (path) AS (
    SELECT substr(path, 1, :rest + instr(substr(path, :rest), :sep) - 2) FROM met WHERE instr(substr(path, :rest), :sep)
), bounds (path, low, high) AS (
    SELECT path, path || :sep, path || :after FROM child
)
SELECT bounds.path,
    (SELECT count(*) FROM tracks WHERE path >= low AND path < high AND superseded = 0)
    - (SELECT count(*) FROM tracks WHERE state = 'removed' AND path >= low AND path < high AND superseded = 0) AS inside
FROM bounds
""")


def read_folders(connection: Connection, under: str) -> list[tuple[str, int]]:
    """(absolute path, tracks below it) of each folder directly below `under` with tracks, by name."""
    prefix = under if under.endswith(os.sep) else under + os.sep
    counts = _undecodable(connection, prefix)
    if isinstance(stored_path(prefix), str):
        counts.update(_decodable(connection, prefix))
    return sorted((path, count) for path, count in counts.items() if count > 0)


def _decodable(connection: Connection, prefix: str) -> dict[str, int]:
    places = {
        "prefix": prefix,
        "end": prefix[:-1] + chr(ord(prefix[-1]) + 1),
        "rest": len(prefix) + 1,
        "sep": os.sep,
        "after": chr(ord(os.sep) + 1),
        "least": "\x01",
    }
    rows = connection.execute(_CHILDREN, places)
    return {row.path: row.inside for row in rows}


def _undecodable(connection: Connection, prefix: str) -> Counter[str]:
    """Of paths that are no Unicode, and stored as bytes (`PathText`): few, so each is read."""
    low = os.fsencode(prefix)
    high = low[:-1] + bytes([low[-1] + 1])
    path = type_coerce(TrackRow.path, LargeBinary)
    statement = select(path).where(
        path >= bindparam(None, low, BLOB),
        path < bindparam(None, high, BLOB),
        TrackRow.state != TrackState.REMOVED,
        TrackRow.superseded == 0,
    )
    counts: Counter[str] = Counter()
    for raw in connection.execute(statement).scalars():
        name, inside, _ = str(loaded_path(raw))[len(prefix) :].partition(os.sep)
        if inside:
            counts[prefix + name] += 1
    return counts
