"""The queue and the positions across restarts."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from player.domain import Ms, PlayerState, SavedQueue, TrackId
from player.playback._controller import Controller
from player.playback._positions import LongTracks
from player.playback._queue import PlayQueue
from player.storage import Database
from player.workers import Lane

logger = logging.getLogger(__name__)

SAVE_MS = 1_500
"""Changes of the queue are saved when they have paused for so long."""

POSITION_MS = 15_000
"""While a track plays its position is saved this often: what a crash costs at most."""


def remembered_positions(db: Database) -> LongTracks:
    """Where long tracks were left in earlier runs."""
    return LongTracks(db.queue.positions())


class QueueKeeper(QObject):
    """Saves the queue after every change, past queues as they are left, and brings all back at the start.

    Args:
        controller: The transport and its queue.
        db: Where they are kept.
        storage_lane: Where writes run.
        parent: Qt parent.
    """

    def __init__(
        self, controller: Controller, db: Database, storage_lane: Lane, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._queue: PlayQueue = controller.queue
        self._db = db
        self._lane = storage_lane
        self._changed = QTimer(self)
        self._changed.setSingleShot(True)
        self._changed.setInterval(SAVE_MS)
        self._changed.timeout.connect(self.save)
        self._position = QTimer(self)
        self._position.setInterval(POSITION_MS)
        self._position.timeout.connect(self.save)
        self._closed = False
        self._queue.changed.connect(self._save_soon)
        self._queue.modes_changed.connect(self._save_soon)
        self._queue.left.connect(lambda past: self._lane.submit(lambda: self._db.queue.remember(past)))
        controller.state_changed.connect(self._watch)

    def restore(self) -> None:
        """Bring the queue of the last run back; its track waits where it was. Reads at once: for the start."""
        saved = self._db.queue.load()
        if saved is None:
            return
        self._queue.restore(saved, self._db.queue.past())
        self._changed.stop()
        if saved.current is not None and saved.position_ms > 0:
            self._controller.hold(saved.position_ms)

    def save(self) -> None:
        """Save the queue and all positions."""
        self._changed.stop()
        saved, positions = self._queue.saved(), self._controller.long_tracks.positions
        self._lane.submit(lambda: self._write(saved, positions))

    def forget(self) -> None:
        """Let go of the queue, but for what sounds, of its history, of past queues, undo and all positions."""
        now = self._queue.saved()
        bare = SavedQueue(current=now.current, repeat=now.repeat, shuffle=now.shuffle, saved_at=now.saved_at)
        self._controller.long_tracks.clear()
        self._queue.restore(bare)

    def close(self) -> None:
        """Save a last time, and no more; the storage lane must still run."""
        self._closed = True
        self._position.stop()
        self.save()

    def _save_soon(self) -> None:
        if not self._closed:
            self._changed.start()

    def _watch(self, state: PlayerState) -> None:
        if state is not PlayerState.PLAYING:
            self._position.stop()
        elif not self._position.isActive() and not self._closed:
            self._position.start()

    def _write(self, saved: SavedQueue, positions: Mapping[TrackId, Ms]) -> None:
        self._db.queue.save(saved, positions)
