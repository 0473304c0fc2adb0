"""Listening to new tracks in the background."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from player.domain import KnownError
from player.recommending._analysing import Analysis, AnalysisReport
from player.recommending._gate import Gate
from player.storage import Database
from player.workers import Lane

logger = logging.getLogger(__name__)

LOOK_MS = 5 * 60_000
ROUND = 200
"""Tracks between two moments at which the recommender takes up what was heard."""


class BackgroundAnalysis(QObject):
    """Listens to tracks that were not listened to yet, in a child of low priority, on mains power.

    It does not wait for an idle computer: the child leaves processor and disk to everybody else, and
    a library that was just added shall have suggestions by sound soon.

    Signals:
        progress(int, int): Tracks done and tracks of this round.
        heard(AnalysisReport): A round is over.
        failed(str): It cannot work; a sentence for the user. It is tried again at the next start.

    Args:
        db: The database.
        storage_lane: Where writes run.
        gate: When the computer may be used.
        parent: Qt parent.
    """

    progress = Signal(int, int)
    heard = Signal(object)
    failed = Signal(str)

    def __init__(
        self, db: Database, storage_lane: Lane, *, gate: Gate | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._storage = storage_lane
        self._gate = gate or Gate()
        self._lane = Lane("analysis", self)
        self._round: Analysis | None = None
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()

    def look(self) -> None:
        """Begin a round, if the gate is open and none runs; by itself every five minutes."""
        if self._round is not None or not self._gate.powered():
            return
        self._round = Analysis(
            self._db,
            limit=ROUND,
            write=self._storage.call,
            progress=self.progress.emit,
            cancelled=lambda: not self._gate.powered(),
        )
        self._lane.submit(self._round.run, done=self._done, failed=self._on_failed)

    def close(self) -> None:
        """Stop at once; the track at hand is listened to again another time."""
        self._look.stop()
        if self._round is not None:
            self._round.stop()
        self._lane.close()

    def _done(self, report: AnalysisReport) -> None:
        self._round = None
        if report.analysed or report.failed:
            self.heard.emit(report)
            if not report.cancelled:
                self.look()

    def _on_failed(self, error: Exception) -> None:
        self._round = None
        self._look.stop()
        logger.error("the analysis failed", exc_info=error)
        self.failed.emit(str(error) if isinstance(error, KnownError) else self.tr("Tracks cannot be listened to."))
