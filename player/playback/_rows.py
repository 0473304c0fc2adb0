"""The upcoming entries as rows that views can follow step by step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from player.domain import QueueEntry
from player.playback._list_diff import Insert, Remove, Step, perform, plan, shifted


class Rows(QObject):
    """A list of entries that announces every step of a change before and after it.

    Signals:
        inserting(int, int): Rows `first` to `last` will come in.
        inserted(): They are in.
        removing(int, int): Rows `first` to `last` will go.
        removed(): They are gone.
        moving(int, int, int): Rows `first` to `last` will stand before the row that is `dest` now
            (as `QAbstractItemModel.beginMoveRows` counts).
        moved(): They do.
        updated(int, int): The entries of these rows have other values under the same identity.
    """

    inserting = Signal(int, int)
    inserted = Signal()
    removing = Signal(int, int)
    removed = Signal()
    moving = Signal(int, int, int)
    moved = Signal()
    updated = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[QueueEntry] = []

    def entries(self) -> tuple[QueueEntry, ...]:
        """Upcoming entries: first the user's, then the suggested ones."""
        return tuple(self._rows)

    def _show(self, target: Sequence[QueueEntry]) -> None:
        """Turn the rows into `target` in as few steps as possible.

        What is the same at both ends is left out first: of a queue of 100,000 tracks mostly one row changes.
        """
        front, back = _same_ends(self._rows, target)
        old, new = self._rows[front : len(self._rows) - back], target[front : len(target) - back]
        self._update(front, new)
        for step in plan(old, new):
            self._perform(shifted(step, front))

    def _update(self, front: int, target: Sequence[QueueEntry]) -> None:
        """Take over new values of entries that stay; `target` begins at row `front`."""
        values = {entry.id: entry for entry in target}
        for row in range(front, len(self._rows)):
            fresh = values.pop(self._rows[row].id, None)
            if fresh is not None and fresh != self._rows[row]:
                self._rows[row] = fresh
                self.updated.emit(row, row)
            if not values:
                return

    def _perform(self, step: Step) -> None:
        if isinstance(step, Remove):
            self.removing.emit(step.first, step.last)
            perform(self._rows, step)
            self.removed.emit()
        elif isinstance(step, Insert):
            self.inserting.emit(step.at, step.at + len(step.entries) - 1)
            perform(self._rows, step)
            self.inserted.emit()
        else:
            dest = step.target if step.target < step.source else step.target + 1
            self.moving.emit(step.source, step.source, dest)
            perform(self._rows, step)
            self.moved.emit()


def _same_ends(old: Sequence[QueueEntry], new: Sequence[QueueEntry]) -> tuple[int, int]:
    """How many entries at the beginning and at the end are the very same objects in both."""
    shortest = min(len(old), len(new))
    front = 0
    while front < shortest and old[front] is new[front]:
        front += 1
    back = 0
    while back < shortest - front and old[-1 - back] is new[-1 - back]:
        back += 1
    return front, back
