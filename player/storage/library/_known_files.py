"""What the library knows about the files below a folder, small enough for a million of them."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from player.storage._vectors import LongArray
from player.storage.schema import TrackRow, TrackState
from player.storage.search import path_below


@dataclass(frozen=True, slots=True)
class KnownTable:
    """Known tracks as columns, 33 bytes each, by ascending hash of the path; a file with a cue sheet has several.

    Paths are told apart by Python's 64 bit hash in this process: of thirty million libraries of a million tracks, one
    holds two paths with the same.

    Attributes:
        path_hashes: `hash(path)`, int64[n].
        ids: Track ids, int64[n].
        sizes: Bytes when the file was read, int64[n].
        mtimes_ns: Its last change then, int64[n].
        missing: Whether it was gone at the last scan, bool[n].
    """

    path_hashes: LongArray
    ids: LongArray
    sizes: LongArray
    mtimes_ns: LongArray
    missing: npt.NDArray[np.bool_]


def read_known(connection: Connection, root_path: str) -> KnownTable:
    """The known tracks below a folder."""
    facts = (TrackRow.path, TrackRow.id, TrackRow.size, TrackRow.mtime_ns, TrackRow.state != TrackState.PRESENT)
    statement = select(*facts).where(path_below(TrackRow.path, root_path), TrackRow.superseded == 0)
    flat = array("q")
    for path, *numbers in connection.execute(statement):
        flat.append(hash(path))
        flat.extend(numbers)
    rows = np.frombuffer(flat, np.int64).reshape(-1, len(facts)) if flat else np.empty((0, len(facts)), np.int64)
    hashes, ids, sizes, mtimes_ns, missing = np.ascontiguousarray(rows[np.argsort(rows[:, 0], kind="stable")].T)
    return KnownTable(hashes, ids, sizes, mtimes_ns, missing.astype(np.bool_))
