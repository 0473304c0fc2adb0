"""What the user does to the queue. Everything can be undone and redone, wherever it was asked for."""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from player.application._feedback import FeedbackService
from player.application._undo import UndoHistory
from player.domain import EntryId, Origin, RepeatMode, StartReason, TrackId, TrackQuery
from player.playback import PlayQueue, QueueEdit

T = TypeVar("T")

MAX_QUEUED = 2_000
"""Number of tracks queued at most when a long list is played: from the chosen one on; the rest stays where it is."""


class TrackFinder(Protocol):
    """Finds the tracks of a query."""

    def find_tracks(self, query: TrackQuery, done: Callable[[array[int]], None]) -> None:
        """Call `done` on the GUI thread with the ids in the query's order."""


class QueueOperations(QObject):
    """Operations on the play queue. The queue's own signals tell what changed.

    Args:
        history: Where the inverse of each operation goes.
        queue: The queue.
        finder: Finds what to queue.
        feedback: Is told which suggestions the user takes out.
        parent: Qt parent.
    """

    def __init__(
        self,
        history: UndoHistory,
        queue: PlayQueue,
        finder: TrackFinder,
        feedback: FeedbackService,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._queue = queue
        self._finder = finder
        self._feedback = feedback
        queue.edited.connect(self._on_edited)

    # Play

    def play(
        self,
        ids: Sequence[int],
        start: int = 0,
        reason: StartReason = StartReason.PICKED,
        *,
        shuffle: bool | None = None,
    ) -> None:
        """Play the track at `start` and queue what follows it, shuffled or not; None leaves that mode as it is."""
        first = max(0, start - MAX_QUEUED // 4)
        window = [TrackId(track_id) for track_id in ids[first : first + MAX_QUEUED]]
        with self._history.together(self.tr("Play now")):
            self.set_modes(shuffle=shuffle)
            self._queue.play_now(window, start - first, reason)

    def play_query(self, query: TrackQuery, reason: StartReason, *, shuffle: bool = False) -> None:
        """Play all tracks of a query from the first on, or in any order."""

        def found(ids: array[int]) -> None:
            if not ids:
                return
            # Of more than are queued, any of them: the first ones would all be by the first artists.
            mixed = shuffle and len(ids) > MAX_QUEUED
            self.play(random.sample(ids, MAX_QUEUED) if mixed else ids, 0, reason, shuffle=shuffle)

        self._finder.find_tracks(query, found)

    def play_radio(self, query: TrackQuery, name: str) -> None:
        """Play the first track of a query and choose what is close to its tracks from then on.

        Args:
            query: The tracks; no more than a few.
            name: What they are, to be shown.
        """

        def found(ids: array[int]) -> None:
            seeds = [TrackId(track_id) for track_id in ids]
            if seeds:
                with self._history.together(self.tr("Play now")):
                    self._feedback.more_like(seeds, name)
                    # Picked tracks end "more like": this one has to count as part of it.
                    self._queue.play_now(seeds[:1], 0, StartReason.QUEUED)

        self._finder.find_tracks(query, found)

    def jump(self, entry_id: EntryId) -> None:
        """Play an upcoming entry now."""
        self._queue.jump(entry_id)

    # Queue

    def play_next(self, ids: Sequence[TrackId]) -> None:
        """Queue tracks before everything else."""
        self._queue.play_next(ids)

    def add(self, ids: Sequence[TrackId], at: int | None = None) -> None:
        """Queue tracks behind what the user queued, or before row `at`."""
        self._queue.add(ids, at)

    def add_query(self, query: TrackQuery, done: Callable[[list[TrackId]], None]) -> None:
        """Queue the tracks of a query, the first `MAX_QUEUED` of them; `done` is told which."""

        def found(ids: array[int]) -> None:
            tracks = [TrackId(track_id) for track_id in ids[:MAX_QUEUED]]
            self.add(tracks)
            done(tracks)

        self._finder.find_tracks(query, found)

    def remove(self, entry_ids: Sequence[EntryId]) -> None:
        """Take entries out; suggestions among them are put off for some days."""
        wanted = frozenset(entry_ids)
        suggested = [
            entry.track_id for entry in self._queue.entries() if entry.id in wanted and entry.origin is Origin.SUGGESTED
        ]
        with self._history.together():
            self._queue.remove(entry_ids)
            if suggested:
                self._feedback.put_off(suggested)

    def move(self, entry_id: EntryId, row: int) -> None:
        """Put an entry at row `row`."""
        self._queue.move(entry_id, row)

    def gather(self, entry_ids: Sequence[EntryId], before: int) -> None:
        """Put entries together before a row, in their order."""
        self._queue.gather(entry_ids, before)

    def pin(self, entry_ids: Sequence[EntryId], pinned: bool) -> None:
        """Keep suggestions in their rows, or release them."""
        with self._history.together():
            for entry_id in entry_ids:
                self._queue.pin(entry_id, pinned)

    def clear(self) -> None:
        """Take out everything the user queued; suggestions remain."""
        self._queue.clear()

    def bring_back(self, index: int) -> None:
        """Put a past queue back in place of the current one."""
        self._queue.bring_back(index)

    # Modes

    def set_modes(
        self,
        *,
        repeat: RepeatMode | None = None,
        shuffle: bool | None = None,
        stop_after_current: bool | None = None,
    ) -> None:
        """Set the modes that are given."""
        queue = self._queue
        if repeat is not None and repeat is not queue.repeat:
            self._set(self.tr("Repeat"), lambda value: queue.set_modes(repeat=value), queue.repeat, repeat)
        if shuffle is not None and shuffle != queue.shuffle:
            self._set(self.tr("Shuffle"), lambda value: queue.set_modes(shuffle=value), queue.shuffle, shuffle)
        if stop_after_current is not None and stop_after_current != queue.stop_after_current:
            self._set(
                self.tr("Stop after this track"),
                lambda value: queue.set_modes(stop_after_current=value),
                queue.stop_after_current,
                stop_after_current,
            )

    def _set(self, text: str, put: Callable[[T], None], before: T, after: T) -> None:
        put(after)
        self._history.add(text, undo=lambda: put(before), redo=lambda: put(after))

    def _on_edited(self, edit: QueueEdit) -> None:
        queue = self._queue
        self._history.add(edit.text, undo=lambda: queue.revert(edit), redo=lambda: queue.reapply(edit))
