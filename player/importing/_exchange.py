"""Histories in and out while the window is open: in a lane of its own, with writes in the storage lane."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from player.storage import Database
from player.workers import Lane, problem_text

if TYPE_CHECKING:
    from player.domain import TrackId
    from player.importing._importer import HistoryImport, ImportPreview, ImportReport
    from player.importing._records import Names


class Exchange(QObject):
    """Reads other programs' histories, shows what they hold, adds them, and writes our own. Never waits.

    Of several files looked at one after the other only the last one counts.

    Signals:
        looking(str): A file is being read; its name.
        previewed(ImportPreview): What it holds, and what of it is in the library.
        imported(ImportReport): It was added to the log.
        claimed(int): So many plays imported earlier have found their tracks.
        exported(str, int): A history was written to this file, so many lines.
        failed(str): It cannot be read or added; why, for the user. Nothing was added.
        export_failed(str): The file cannot be written; why, for the user.

    Args:
        db: The database.
        storage_lane: Where writes run.
        parent: Qt parent.
    """

    looking = Signal(str)
    previewed = Signal(object)
    imported = Signal(object)
    claimed = Signal(int)
    exported = Signal(str, int)
    failed = Signal(str)
    export_failed = Signal(str)

    def __init__(self, db: Database, storage_lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self._storage = storage_lane
        self._lane = Lane("exchange", self)
        self._request = 0
        self._job: HistoryImport | None = None  # set and used in the lane alone

    def look(self, path: Path) -> None:
        """Read an export and match it to the library; `previewed` or `failed` follows."""
        self._request += 1
        self.looking.emit(path.name)
        self._ask(lambda: self._read(path), self.previewed.emit)

    def decide(self, names: Names, track_id: TrackId | None) -> None:
        """Settle a doubt of what was looked at last: that track, or None for none of the library's.

        `previewed` follows.
        """
        self._request += 1
        self._ask(lambda: self._decide(names, track_id), self.previewed.emit)

    def add(self) -> None:
        """Add what was looked at last; `imported` or `failed` follows."""
        self._request += 1
        self._ask(self._apply, self.imported.emit)

    def drop(self) -> None:
        """Let go of what was looked at."""
        self._request += 1
        self._lane.submit(self._forget)

    def claim(self) -> None:
        """Tracks have come: give them the plays that were imported before; `claimed` follows where there were some."""
        self._lane.submit(self._claim, done=self._on_claimed)

    def export_history(self, path: Path) -> None:
        """Write the history to a file; `exported` or `failed` follows."""
        self._lane.submit(
            lambda: self._write(path),
            done=lambda lines: self.exported.emit(str(path), lines),
            failed=lambda error: self.export_failed.emit(problem_text(error, "a history cannot be exchanged")),
        )

    def close(self) -> None:
        """Finish what runs. The storage lane must still run."""
        self._lane.close()

    def _claim(self) -> int:
        from player.importing._claim import claim_plays  # noqa: PLC0415 - only where needed

        return claim_plays(self._db, self._storage.call)

    def _on_claimed(self, plays: int) -> None:
        if plays:
            self.claimed.emit(plays)

    def _write(self, path: Path) -> int:
        from player.importing._own import write_history  # noqa: PLC0415 - only where needed

        return write_history(self._db, path)

    def _read(self, path: Path) -> ImportPreview:
        from player.importing._importer import HistoryImport  # noqa: PLC0415 - in the lane, not at the start

        self._job = None
        self._job = HistoryImport(self._db, path)
        return self._job.preview()

    def _decide(self, names: Names, track_id: TrackId | None) -> ImportPreview | None:
        if self._job is None:
            return None
        self._job.decide(names, track_id)
        return self._job.preview()

    def _apply(self) -> ImportReport | None:
        job, self._job = self._job, None
        return job.apply(self._storage.call) if job is not None else None

    def _forget(self) -> None:
        self._job = None

    def _ask(self, run: Callable[[], Any], tell: Callable[[Any], None]) -> None:
        request = self._request

        def done(answer: Any) -> None:
            if request == self._request and answer is not None:
                tell(answer)

        def failed(error: Exception) -> None:
            if request == self._request:
                self.failed.emit(problem_text(error, "a history cannot be exchanged"))

        self._lane.submit(run, done=done, failed=failed)
