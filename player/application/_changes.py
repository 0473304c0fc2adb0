"""What an operation announces: one frozen value, once, after the write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar

from PySide6.QtCore import QObject, Signal

from player.workers import Lane, problem_text

T = TypeVar("T")


class Kind(StrEnum):
    """A kind of things that an operation can change."""

    THUMBS = "thumbs"
    """Thumbs of the tracks `ids`."""
    DISMISSALS = "dismissals"
    """Whether the tracks `ids` are put off ("not now")."""
    PLAYLISTS = "playlists"
    """The list of playlists, their names, rules or lengths; `ids` are playlists."""
    ENTRIES = "entries"
    """The tracks of the playlists `ids`."""
    TRACKS = "tracks"
    """Tags or presence of tracks; no `ids` where it may be any."""
    PLAYS = "plays"
    """A play was opened or closed in the log."""
    HISTORY = "history"
    """The play log or the counts taken from it, other than by a play that ended."""
    LEARNED = "learned"
    """What the recommender may go by: models, or artists that are learned about again; `ids` are artists."""
    ROOTS = "roots"
    """The library's folders."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What was changed, and by whom.

    Attributes:
        kinds: What kinds of things.
        ids: Which of them; empty where it may be any.
        initiator: Who asked for it, so that a view can leave out what it shows already; None for nobody in particular.
    """

    kinds: frozenset[Kind]
    ids: frozenset[int] = frozenset()
    initiator: object | None = None

    @classmethod
    def of(cls, *kinds: Kind, ids: Iterable[int] = (), initiator: object | None = None) -> Self:
        """Changes of some kinds of things."""
        return cls(frozenset(kinds), frozenset(int(one) for one in ids), initiator)

    def touches(self, *kinds: Kind) -> bool:
        """Whether any of these kinds was changed."""
        return not self.kinds.isdisjoint(kinds)


class OperationRunner(QObject):
    """Runs the writes of operations in the storage lane, in order, and announces each once it is done.

    Signals:
        changed(Changes): An operation has been written.
        failed(str): An operation could not be carried out; a sentence for the user.

    Args:
        lane: The storage lane.
        parent: Qt parent.
    """

    changed = Signal(object)
    failed = Signal(str)

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane

    def run(
        self,
        write: Callable[[], T],
        changes: Changes | Callable[[T], Changes],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `write` in the storage lane, then announce `changes` on the GUI thread.

        Args:
            write: What to do; its result is given to `done`, and to `changes` where that is a function.
            changes: What it will have changed.
            done: Called on the GUI thread before the announcement.
            failed: Called on the GUI thread with the error; `failed` is emitted all the same.
        """

        def written(result: T) -> None:
            if done is not None:
                done(result)
            self.changed.emit(changes(result) if callable(changes) else changes)

        def not_written(error: Exception) -> None:
            if failed is not None:
                failed(error)
            self.failed.emit(problem_text(error, "an operation failed"))

        self._lane.submit(write, done=written, failed=not_written)

    def read(self, ask: Callable[[], T], done: Callable[[T], None]) -> None:
        """Answer a question in the storage lane, behind all writes submitted before; `failed` is emitted on errors."""
        self._lane.submit(
            ask, done=done, failed=lambda error: self.failed.emit(problem_text(error, "a question failed"))
        )

    def announce(self, changes: Changes) -> None:
        """Announce what was written elsewhere: by a scan, an import, a training."""
        self.changed.emit(changes)
