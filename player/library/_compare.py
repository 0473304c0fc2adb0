"""Files as the walk finds them against what the library knows: new, changed, back, or the same."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from player.domain import TrackId
from player.library._walk import Found

if TYPE_CHECKING:
    from player.storage import KnownTable


class State(Enum):
    """What a file is to the library."""

    NEW = auto()
    CHANGED = auto()
    BACK = auto()
    """Unchanged, but it was missing."""
    SAME = auto()


class Comparison:
    """Compares files with a table of known ones, many at a time, and knows at the end which were not met."""

    def __init__(self, known: KnownTable) -> None:
        self._known = known
        self._met = np.zeros(len(known.ids), np.bool_)

    def states(self, files: Sequence[Found]) -> list[tuple[State, tuple[TrackId, ...]]]:
        """The state of each file, and for those that are back their tracks."""
        known = self._known
        hashes = np.fromiter((hash(file.path) for file in files), np.int64, len(files))
        begins = np.searchsorted(known.path_hashes, hashes, "left")
        ends = np.searchsorted(known.path_hashes, hashes, "right")
        return [
            self._state(file, begin, end)
            for file, begin, end in zip(files, begins.tolist(), ends.tolist(), strict=True)
        ]

    def _state(self, file: Found, begin: int, end: int) -> tuple[State, tuple[TrackId, ...]]:
        if begin == end:
            return State.NEW, ()
        self._met[begin:end] = True
        if (self._known.sizes[begin], self._known.mtimes_ns[begin]) != (file.size, file.mtime_ns):
            return State.CHANGED, ()
        if self._known.missing[begin]:
            return State.BACK, tuple(map(TrackId, self._known.ids[begin:end].tolist()))
        return State.SAME, ()

    def unmet(self) -> dict[TrackId, bool]:
        """Tracks whose files were not met, and whether they were known to be missing."""
        left = ~self._met
        ids, missing = self._known.ids[left].tolist(), self._known.missing[left].tolist()
        return dict(zip(map(TrackId, ids), missing, strict=True))

    def __len__(self) -> int:
        return len(self._known.ids)
