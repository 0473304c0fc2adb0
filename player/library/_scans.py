"""Scans one after another, in a lane of their own: asked for by the user, by the watcher, and now and then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from player.domain import ScanReport
from player.library._scan import scan
from player.library._watch import nearest_folder
from player.workers import Lane

if TYPE_CHECKING:
    from player.storage import Database

T = TypeVar("T")


class Scans(QObject):
    """Runs scans; one asked for during another runs after it. Only the GUI thread calls it.

    Signals:
        progress(ScanProgress): How far the scan is.
        wrote(): A batch was stored.
        finished(ScanReport): A scan has ended, or was cancelled.
        failed(Exception): A scan could not go on.
        settled(): No scan runs and none waits.
    """

    progress = Signal(object)
    wrote = Signal()
    finished = Signal(object)
    failed = Signal(object)
    settled = Signal()
    _told = Signal(object)
    _stored = Signal()

    def __init__(self, db: Database, storage_lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self._storage = storage_lane
        self._lane = Lane("scan", self)
        self._cancel = threading.Event()
        self._waiting: set[str] = set()
        self.running = False
        self._told.connect(self.progress, Qt.ConnectionType.QueuedConnection)
        self._stored.connect(self.wrote, Qt.ConnectionType.QueuedConnection)

    def start(self, folders: Iterable[str]) -> None:
        """Compare folders with the library, now or after the scan that runs."""
        folders = set(folders)
        if self.running or not folders:
            self._waiting |= folders
            return
        self.running = True
        self._cancel.clear()
        self._lane.submit(lambda: self._scan(sorted(folders)), done=self._finished, failed=self._failed)

    def cancel(self) -> None:
        """End the scan soon, and forget those that wait; what was read stays."""
        self._waiting.clear()
        self._cancel.set()

    def close(self) -> None:
        """Cancel and end the lane. The storage lane must still run."""
        self.cancel()
        self._lane.close()

    def _scan(self, folders: list[str]) -> ScanReport:
        """In the lane. A folder that has gone is looked for one level up, down to its music folder."""
        roots = self._db.files.roots()
        folders = [folder if folder in roots else nearest_folder(folder, roots) or folder for folder in folders]
        return scan(self._db, folders, write=self._write, progress=self._told.emit, cancelled=self._cancel.is_set)

    def _write(self, run: Callable[[], T], /) -> T:
        result = self._storage.call(run)
        self._stored.emit()
        return result

    def _finished(self, report: ScanReport) -> None:
        self.running = False
        self.finished.emit(report)
        self._go_on()

    def _failed(self, error: Exception) -> None:
        self.running = False
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        if self.running:  # somebody who heard that the scan has ended has started the next one
            return
        waiting, self._waiting = self._waiting, set()
        if waiting:
            self.start(waiting)
        else:
            self.settled.emit()
