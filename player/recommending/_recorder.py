"""Writing the play log."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from player.domain import KnownError, Ms, PlayerState, PlayFinished, PlayId, TrackStarted
from player.recommending._ports import Transport
from player.storage import Database
from player.workers import Lane

logger = logging.getLogger(__name__)

HEARTBEAT_MS = 10_000


class Recorder(QObject):
    """Opens a row of the log when a track starts and closes it when it ends, both safely on the disk.

    Every ten seconds it notes how much was heard so far: what a crash leaves. Private sessions are
    not logged at all. Writes run in the storage lane, in order; what cannot be written is said once.

    Signals:
        logged(): A play was opened or closed in the log.
        problem(str): The log cannot be written; a sentence for the user.

    Args:
        controller: Whose plays are logged.
        db: The database.
        storage_lane: Where writes run.
        private: Whether plays that start now are private.
        parent: Qt parent.
    """

    logged = Signal()
    problem = Signal(str)

    def __init__(
        self,
        controller: Transport,
        db: Database,
        storage_lane: Lane,
        *,
        private: Callable[[], bool] = lambda: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._db = db
        self._lane = storage_lane
        self._private = private
        self._open: dict[TrackStarted, PlayId] = {}  # touched in the lane alone
        self._complained = False
        self._heartbeat = QTimer(self)
        self._heartbeat.setInterval(HEARTBEAT_MS)
        self._heartbeat.timeout.connect(self.note_progress)
        controller.track_started.connect(self._on_started)
        controller.play_finished.connect(self._on_finished)
        controller.state_changed.connect(self._watch)

    def note_progress(self) -> None:
        """Note how much of the present play was heard."""
        playing, heard = self._controller.playing, self._controller.listened_ms
        if playing is not None:
            self._lane.submit(lambda: self._progress(playing, heard), failed=self._failed)

    def let_go(self) -> None:
        """The log is deleted: what plays now is not closed in it. To be called in the storage lane."""
        self._open.clear()

    def close(self) -> None:
        """End the heartbeat; what played has ended before."""
        self._heartbeat.stop()

    def _watch(self, state: PlayerState) -> None:
        if state is not PlayerState.PLAYING:
            self._heartbeat.stop()
        elif not self._heartbeat.isActive():
            self._heartbeat.start()

    def _on_started(self, event: TrackStarted) -> None:
        if not self._private():
            self._lane.submit(lambda: self._begin(event), done=lambda _none: self.logged.emit(), failed=self._failed)

    def _on_finished(self, event: PlayFinished) -> None:
        self._lane.submit(lambda: self._end(event), done=lambda _none: self.logged.emit(), failed=self._failed)

    def _begin(self, event: TrackStarted) -> None:
        self._open[event] = self._db.plays.open(event)

    def _progress(self, event: TrackStarted, heard: Ms) -> None:
        play_id = self._open.get(event)
        if play_id is not None:
            self._db.plays.progress(play_id, heard)

    def _end(self, event: PlayFinished) -> None:
        play_id = self._open.pop(event.start, None)
        if play_id is not None:
            self._db.plays.close(play_id, event)

    def _failed(self, error: Exception) -> None:
        logger.error("the play log cannot be written", exc_info=error)
        if not self._complained:
            self._complained = True
            why = str(error) if isinstance(error, KnownError) else self.tr("see the log file")
            self.problem.emit(self.tr("What you play cannot be logged: {why}").format(why=why))
