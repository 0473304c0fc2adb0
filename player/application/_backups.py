"""Copies of the database: one a day by itself, one when the user wants it, and bringing one back."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from player.storage import Database
from player.workers import Lane

logger = logging.getLogger(__name__)

FIRST_MS = 60_000
"""Delay of the first look after the start, ms: the user's first minute is not disturbed."""
AGAIN_MS = 3_600_000


class DailyBackup(QObject):
    """Looks the database over once a run, and keeps three daily copies of it, in a thread of its own.

    Signals:
        problem(str): The database is damaged, or cannot be copied; a sentence for the user. Once a run.

    Args:
        db: The database.
        first_ms: Delay of the first look, ms.
        parent: Qt parent.
    """

    problem = Signal(str)

    def __init__(self, db: Database, *, first_ms: int = FIRST_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self._lane = Lane("backup", self)
        self._told = False
        self._timer = QTimer(self)
        self._timer.setInterval(first_ms)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to look after the database."""
        self._timer.start()

    def close(self) -> None:
        """Stop; a copy at hand is finished."""
        self._timer.stop()
        self._lane.close()

    def _look(self) -> None:
        if self._timer.interval() != AGAIN_MS:
            self._timer.setInterval(AGAIN_MS)
            self._lane.submit(self._db.require_whole, failed=self._failed)
        self._lane.submit(lambda: self._db.back_up_beside(daily=True), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        logger.warning("no copy of the database: %s", error)
        if not self._told:
            self._told = True
            self.problem.emit(str(error))
