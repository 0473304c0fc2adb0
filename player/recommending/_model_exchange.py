"""The model in and out while the window is open, in a lane of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from player.domain import ModelVersion
from player.paths import Profile
from player.storage import Database
from player.workers import Lane, problem_text

if TYPE_CHECKING:
    from player.recommending._moving import Finder, NamesOf


class ModelExchange(QObject):
    """Writes the model in use to a file, and takes one from another Segue. Never waits.

    Signals:
        exported(str): The model is in this file.
        imported(ModelVersion): It is in use now.
        failed(str): It cannot be read, taken or written; why, for the user. Nothing was changed.

    Args:
        db: The database.
        storage_lane: Where writes run.
        profile: Where models are kept.
        names_of: Names tracks for other computers.
        finder: Makes what finds this library's tracks by such names.
        parent: Qt parent.
    """

    exported = Signal(str)
    imported = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        db: Database,
        storage_lane: Lane,
        profile: Profile,
        names_of: NamesOf,
        finder: Callable[[], Finder],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._storage = storage_lane
        self._profile = profile
        self._names_of = names_of
        self._finder = finder
        self._lane = Lane("models", self)

    def export(self, path: Path) -> None:
        """Write the model in use to `path`; `exported` or `failed` follows."""
        self._lane.submit(
            lambda: self._write(path),
            done=lambda _version: self.exported.emit(str(path)),
            failed=self._fail,
        )

    def take(self, path: Path, otherwise: Callable[[], None]) -> None:
        """Take a model and use it; `imported` or `failed` follows, or `otherwise` where the file is none."""
        self._lane.submit(lambda: self._take(path), done=lambda taken: self._taken(taken, otherwise), failed=self._fail)

    def close(self) -> None:
        """Finish what runs. The storage lane must still run."""
        self._lane.close()

    def _write(self, path: Path) -> str:
        from player.recommending._moving import export_model  # noqa: PLC0415 - in the lane, not at the start

        return export_model(self._db, self._profile, path, self._names_of)

    def _take(self, path: Path) -> ModelVersion | None:
        from player.recommending._moving import import_model, is_model_file  # noqa: PLC0415 - likewise

        if not is_model_file(path):
            return None
        return import_model(self._db, self._profile, path, self._finder(), self._storage.call)

    def _taken(self, taken: ModelVersion | None, otherwise: Callable[[], None]) -> None:
        if taken is None:
            otherwise()
        else:
            self.imported.emit(taken)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(problem_text(error, "a model cannot be exchanged"))
