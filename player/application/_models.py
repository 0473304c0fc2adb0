"""Versions of the model: another one in use. Can be undone and redone."""

from __future__ import annotations

from PySide6.QtCore import QObject

from player.application._changes import Changes, Kind, OperationRunner
from player.application._undo import UndoHistory
from player.storage import Database


class ModelOperations(QObject):
    """Operations on the versions of the model; announces `Kind.LEARNED`.

    Args:
        runner: Runs the writes and announces them.
        history: Where the inverse of each operation goes.
        db: The database.
        parent: Qt parent.
    """

    def __init__(
        self,
        runner: OperationRunner,
        history: UndoHistory,
        db: Database,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._history = history
        self._db = db

    def use(self, version: str | None) -> None:
        """Use a version of the model from now on; None for the one that Segue came with."""

        def write() -> str | None:
            active = self._db.models.active()
            self._db.models.activate(version)
            return active.version if active is not None else None

        def done(before: str | None) -> None:
            self._history.add(
                self.tr("Use another version of the model"),
                undo=lambda: self._activate(before),
                redo=lambda: self._activate(version),
            )

        self._runner.run(write, Changes.of(Kind.LEARNED), done=done)

    def _activate(self, version: str | None) -> None:
        self._runner.run(lambda: self._db.models.activate(version), Changes.of(Kind.LEARNED))
