"""What screens ask of the play log; what they ask of the library is `player.library`'s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from player.application._changes import OperationRunner
from player.domain import LoggedPlay, now_ms
from player.storage import Database

if TYPE_CHECKING:
    from player.application.insights import Insights
    from player.application.learned import LearnedArtist


class ListeningQueries(QObject):
    """Questions about plays and what was learned from them, answered on the GUI thread behind all earlier writes.

    Args:
        runner: Asks in the storage lane.
        db: The database.
        parent: Qt parent.
    """

    def __init__(self, runner: OperationRunner, db: Database, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._db = db

    def recent_plays(self, count: int, done: Callable[[Sequence[LoggedPlay]], None]) -> None:
        """Call `done` with the last plays, newest first."""
        self._runner.read(lambda: self._db.plays.recent(count), done)

    def insights(self, done: Callable[[Insights], None]) -> None:
        """Call `done` with what the logs say about listening and learning."""

        def ask() -> Insights:
            from player.application.insights import gather  # noqa: PLC0415 - numpy: only where needed

            return gather(self._db, now_ms())

        self._runner.read(ask, done)

    def learned_artists(self, done: Callable[[tuple[LearnedArtist, ...]], None]) -> None:
        """Call `done` with what was learned about each artist."""

        def ask() -> tuple[LearnedArtist, ...]:
            from player.application.learned import learned_artists  # noqa: PLC0415 - likewise

            return learned_artists(self._db)

        self._runner.read(ask, done)
