"""What the recommender learns from the queue: tracks that the user queues are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from player.domain import EntryId, Origin, QueueEntry, TrackId, now_ms
from player.recommending._ask import Judgement
from player.recommending._keeper import Keeper
from player.recommending._ports import Queue, Transport
from player.workers import Lane

MAX_SINGLE = 5
"""More tracks that are queued at once are an album or a list."""


class QueueEvidence(QObject):
    """Follows the user's part of the queue and tells the recommender which tracks were put there one by one.

    Signals:
        queued(): The user's part of the queue is another one.

    Args:
        inference_lane: Where the recommender lives.
        keeper: The recommender.
        queue: The queue.
        controller: What plays.
        private: Whether nothing is to be learned now.
        parent: Qt parent.
    """

    queued = Signal()

    def __init__(
        self,
        inference_lane: Lane,
        keeper: Keeper,
        queue: Queue,
        controller: Transport,
        private: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._inference = inference_lane
        self._keeper = keeper
        self._queue = queue
        self._controller = controller
        self._private = private
        self._tracks: tuple[TrackId, ...] = ()
        self._known: frozenset[EntryId] = frozenset()
        self._current: EntryId | None = None
        queue.changed.connect(self._on_queue_changed)

    def _on_queue_changed(self) -> None:
        mine = [entry for entry in self._queue.entries() if entry.origin is Origin.USER]
        tracks = tuple(entry.track_id for entry in mine)
        if tracks != self._tracks:
            self._tracks = tracks
            self._learn(mine)
            self.queued.emit()
        self._current = self._queue.current.id if self._queue.current is not None else None

    def _learn(self, mine: Sequence[QueueEntry]) -> None:
        """A track that was queued, or moved from the suggestions to what is queued, is wanted.

        Whole albums and queues brought back from last time were not chosen track by track and say nothing of one; nor
        does a track that comes next again because the user went back from it.
        """
        fresh = [entry for entry in mine if entry.id not in self._known and entry.id != self._current]
        self._known = frozenset(entry.id for entry in mine)
        if self._controller.playing is None or self._private() or len(fresh) > MAX_SINGLE:
            return
        for entry in fresh:
            self._inference.submit(partial(self._keeper.judged, entry.track_id, Judgement.WANTED, now_ms()))
