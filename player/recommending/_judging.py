"""What the listener says of single tracks: thumbs, "not now", what is queued."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from player.domain import EntryId, Origin, QueueEntry, ThumbGiven, TrackId, UtcMs, now_ms
from player.recommending._ask import THUMBS, Judgement
from player.recommending._keeper import Keeper
from player.recommending._ports import Queue, Transport
from player.storage import Database
from player.workers import Lane

logger = logging.getLogger(__name__)

NOT_NOW_MS = 5 * 86_400_000
MOST_WISHES = 5
"""More tracks that are queued at once are an album or a list."""


class Judging(QObject):
    """Takes judgements: into the database, to the recommender, and at once to the queue.

    Signals:
        judged(): Something was said that changes what is to be suggested.
        wished(): The listener queued something.
        thumb_given(ThumbGiven): A thumb was given or taken back.
        problem(str): A sentence for the user.

    Args:
        db: The database.
        storage_lane: Where writes run.
        inference_lane: Where the recommender lives.
        keeper: The recommender.
        queue: What is filled.
        controller: What plays.
        parent: Qt parent.
    """

    judged = Signal()
    wished = Signal()
    thumb_given = Signal(object)
    problem = Signal(str)

    def __init__(
        self,
        db: Database,
        storage_lane: Lane,
        inference_lane: Lane,
        keeper: Keeper,
        queue: Queue,
        controller: Transport,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._storage = storage_lane
        self._inference = inference_lane
        self._keeper = keeper
        self._queue = queue
        self._controller = controller
        self._not_now: set[TrackId] = set()
        self._queued: tuple[TrackId, ...] = ()
        self._wanted: frozenset[EntryId] = frozenset()
        self._current: EntryId | None = None
        self.private = False
        queue.dismissed.connect(self._on_dismissed)
        queue.changed.connect(self._on_queue_changed)

    def thumb(self, track_id: TrackId, value: int) -> None:
        """Give a thumb: +1 more like this, -1 skip it now and leave it out, 0 take it back."""
        playing = self._controller.playing
        given = ThumbGiven(track_id, value, now_ms(), playing.track_id if playing is not None else None)
        self._storage.submit(lambda: self._db.thumbs.give(given), failed=self._cannot_write)
        self._inference.submit(lambda: self._keeper.judged(track_id, THUMBS[value], given.at))
        self.thumb_given.emit(given)
        if value < 0:
            self._leave_out(track_id)
        self.judged.emit()

    def dismiss(self, track_id: TrackId) -> None:
        """Not now: take a track out of the suggestions for some days; if it plays, go on to the next."""
        suggested = [e.id for e in self._suggestions() if e.track_id == track_id]
        if suggested:
            self._queue.remove(suggested)
        else:
            self._put_off([track_id])
        self._go_on_from(track_id)

    def forget(self) -> None:
        """What was put off counts no more."""
        self._not_now.clear()

    def _on_dismissed(self, entries: Sequence[QueueEntry]) -> None:
        self._put_off([entry.track_id for entry in entries])

    def _on_queue_changed(self) -> None:
        """What the user queues is something to go with; suggestions that undo brings back are welcome again."""
        entries = self._queue.entries()
        queued = tuple(entry.track_id for entry in entries if entry.origin is Origin.USER)
        if queued != self._queued:
            self._queued = queued
            self._learn_wishes([entry for entry in entries if entry.origin is Origin.USER])
            self.wished.emit()
        self._current = self._queue.current.id if self._queue.current is not None else None
        if self._not_now:
            back = self._not_now & {entry.track_id for entry in entries if entry.origin is Origin.SUGGESTED}
            self._not_now -= back
            for track_id in back:
                self._storage.submit(partial(self._db.thumbs.undismiss, track_id, now_ms()))

    def _learn_wishes(self, mine: Sequence[QueueEntry]) -> None:
        """A track that was queued, or moved from the suggestions to what is queued, is wanted.

        Whole albums and queues brought back from last time were not chosen track by track and say nothing of one; nor
        does a track that comes next again because the user went back from it.
        """
        fresh = [entry for entry in mine if entry.id not in self._wanted and entry.id != self._current]
        self._wanted = frozenset(entry.id for entry in mine)
        if self._controller.playing is None or self.private or len(fresh) > MOST_WISHES:
            return
        for entry in fresh:
            self._inference.submit(partial(self._keeper.judged, entry.track_id, Judgement.WANTED, now_ms()))

    def _put_off(self, track_ids: Sequence[TrackId]) -> None:
        at = now_ms()
        for track_id in track_ids:
            self._not_now.add(track_id)
            until = UtcMs(at + NOT_NOW_MS)
            self._storage.submit(partial(self._db.thumbs.dismiss, track_id, at, until), failed=self._cannot_write)
            self._inference.submit(partial(self._keeper.judged, track_id, Judgement.NOT_NOW, at))
        self.judged.emit()

    def _leave_out(self, track_id: TrackId) -> None:
        for entry in self._suggestions():
            if entry.track_id == track_id:
                self._queue.drop(entry)
        self._go_on_from(track_id)

    def _go_on_from(self, track_id: TrackId) -> None:
        playing = self._controller.playing
        if playing is not None and playing.track_id == track_id:
            self._controller.next()

    def _suggestions(self) -> list[QueueEntry]:
        return [entry for entry in self._queue.entries() if entry.origin is Origin.SUGGESTED]

    def _cannot_write(self, error: Exception) -> None:
        logger.error("a judgement cannot be kept", exc_info=error)
        self.problem.emit(self.tr("That could not be kept: {why}").format(why=error))
