"""The library as the window sees it: folders, scans, questions, covers. Lives on the GUI thread and never waits."""

from __future__ import annotations

import logging
import os
import threading
from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from player.domain import (
    Album,
    AlbumId,
    AlbumQuery,
    Artist,
    ArtistId,
    Genre,
    KnownError,
    ScanReport,
    Track,
    TrackId,
    TrackQuery,
    now_ms,
)
from player.library._covers import CoverStore
from player.library._editing import TagEdit, edit_tags, undo_edit
from player.library._scan import scan
from player.library._search import searched
from player.library._watch import Watcher
from player.workers import Lane

if TYPE_CHECKING:
    from player.storage import Database

logger = logging.getLogger(__name__)
T = TypeVar("T")

_CHANGED_EVERY_MS = 3_000
"""While a scan writes, views hear of it this often: a first scan shows music early without endless re-reading."""

_RESCAN_MS = 60 * 60 * 1_000
"""The safety net below watching: everything is compared again this often."""


class Library(QObject):
    """Folders, scans, questions, covers.

    Questions are answered in a lane of their own, so that a scan's writes do not delay them; `done` is called on this
    thread. Whether an answer still matters is the asker's business. Failures are logged and answered with nothing.

    Signals:
        changed(): Tracks were added, changed, moved or have vanished, or the folders are others.
        scan_progress(ScanProgress): How far the scan is.
        scan_finished(ScanReport): A scan has ended, or was cancelled.
        scan_failed(str): A scan could not go on; why, for the user.

    Args:
        db: The database.
        storage_lane: Where writes run.
        watch: Whether to watch the folders and rescan now and then.
        parent: Qt parent.
    """

    changed = Signal()
    scan_progress = Signal(object)
    scan_finished = Signal(object)
    scan_failed = Signal(str)
    _told = Signal(object)
    _wrote = Signal()

    def __init__(self, db: Database, storage_lane: Lane, *, watch: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self._storage = storage_lane
        self._questions = Lane("questions", self)
        self._scans = Lane("scan", self)
        self._edits = Lane("edits", self)
        self._covers = CoverStore(db, self)
        self._roots = tuple(db.tracks.roots())
        self._cancel = threading.Event()
        self._scanning = False
        self._again: set[str] | None = None
        self._since_changed = QElapsedTimer()
        self._told.connect(self.scan_progress, Qt.ConnectionType.QueuedConnection)
        self._wrote.connect(self._announce_now_and_then, Qt.ConnectionType.QueuedConnection)
        self._watcher = Watcher(self) if watch else None
        if self._watcher is not None:
            self._watcher.changed.connect(self._folders_changed)
            self._rescan = QTimer(self, interval=_RESCAN_MS)
            self._rescan.timeout.connect(self.scan)
            self._rescan.start()

    # Folders

    def roots(self) -> list[str]:
        """The music folders."""
        return list(self._roots)

    def add_root(self, path: str) -> None:
        """Add a music folder and scan it."""
        path = os.path.abspath(path)
        if path not in self._roots:
            self._roots = (*self._roots, path)
            self._storage.submit(
                lambda: self._db.tracks.add_root(path, now_ms()),
                done=lambda _: self._start({path}),
                failed=self._tell_failure,
            )

    def remove_root(self, path: str) -> None:
        """Take a music folder out of the library. Its tracks are hidden, and come back with their history."""
        if path in self._roots:
            self._roots = tuple(root for root in self._roots if root != path)
            self.cancel_scan()
            self._storage.submit(
                lambda: self._db.tracks.remove_root(path),
                done=lambda _: self._announce(),
                failed=self._tell_failure,
            )
            self._watch()

    # Scans

    @property
    def scanning(self) -> bool:
        """Whether a scan runs."""
        return self._scanning

    def scan(self) -> None:
        """Compare all folders with the library; during a scan, once more afterwards."""
        self._start(set(self._roots))

    def cancel_scan(self) -> None:
        """End the scan soon; what it has read stays, and the next one goes on."""
        self._again = None
        self._cancel.set()

    def _start(self, folders: set[str]) -> None:
        if not folders:
            return
        if self._scanning:
            self._again = (self._again or set()) | folders
            return
        self._scanning = True
        self._cancel.clear()
        self._since_changed.start()
        self._scans.submit(lambda: self._scan(sorted(folders)), done=self._scanned, failed=self._failed)

    def _scan(self, folders: list[str]) -> ScanReport:
        """In the scan's lane."""
        return scan(self._db, folders, write=self._write, progress=self._told.emit, cancelled=self._cancel.is_set)

    def _write(self, run: Callable[[], T], /) -> T:
        result = self._storage.call(run)
        self._wrote.emit()
        return result

    def _scanned(self, report: ScanReport) -> None:
        self._scanning = False
        if report.added or report.updated or report.moved or report.vanished:
            self._announce()
        self.scan_finished.emit(report)
        self._go_on()

    def _failed(self, error: Exception) -> None:
        self._scanning = False
        self._tell_failure(error)
        self._go_on()

    def _tell_failure(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            logger.error("the library cannot go on", exc_info=error)
        self.scan_failed.emit(str(error) if isinstance(error, KnownError) else "The scan failed; the log says more.")

    def _go_on(self) -> None:
        again, self._again = self._again, None
        if again:
            self._start(again)
        else:
            self._watch()

    def _watch(self) -> None:
        if self._watcher is not None:
            self._watcher.watch(self._roots)

    def _folders_changed(self, folders: frozenset[str]) -> None:
        self._start(set(folders))

    def _announce_now_and_then(self) -> None:
        if self._since_changed.elapsed() >= _CHANGED_EVERY_MS:
            self._announce()

    def _announce(self) -> None:
        self._since_changed.restart()
        self._covers.forget()
        self.changed.emit()

    # Questions

    def tracks(self, ids: Sequence[TrackId] | array[int]) -> list[Track]:
        """A page of tracks, in the order asked for."""
        return self._db.tracks.get(ids)

    def track(self, track_id: TrackId) -> Track | None:
        """One track."""
        return next(iter(self._db.tracks.get([track_id])), None)

    def album(self, album_id: AlbumId) -> Album | None:
        """One album."""
        return self._db.tracks.album(album_id)

    def artist(self, artist_id: ArtistId) -> Artist | None:
        """One artist."""
        return self._db.tracks.artist(artist_id)

    def find_tracks(self, query: TrackQuery, done: Callable[[array[int]], None]) -> None:
        """Ids of the tracks that fulfil a query; its text may use the search language (`parse_search`)."""
        self._ask(lambda: self._db.tracks.find(searched(query)), done, array("q"))

    def find_albums(self, query: AlbumQuery, done: Callable[[list[Album]], None]) -> None:
        """Albums that fulfil a query."""
        self._ask(lambda: self._db.tracks.albums(query), done, list[Album]())

    def find_artists(self, text: str, done: Callable[[list[Artist]], None]) -> None:
        """Artists whose name contains a text."""
        self._ask(lambda: self._db.tracks.artists(text), done, list[Artist]())

    def genres(self, done: Callable[[list[Genre]], None]) -> None:
        """All genres."""
        self._ask(self._db.tracks.genres, done, list[Genre]())

    def cover(self, cover_key: str, done: Callable[[bytes | None], None]) -> None:
        """The cover with this key, encoded as in its file; None where it cannot be read any more."""
        self._covers.get(cover_key, done)

    # Tags

    def edit_tags(
        self, track_ids: Sequence[TrackId], changes: Mapping[str, Sequence[str]], done: Callable[[TagEdit], None]
    ) -> None:
        """Change fields of tracks alike, in their files and here; `changes` as in `edit_tags`."""
        ids = list(track_ids)
        self._edit(lambda: edit_tags(self._db, ids, changes, write=self._storage.call), done)

    def undo_edit(self, edit: TagEdit, done: Callable[[TagEdit], None]) -> None:
        """Write back what stood in the files before."""
        self._edit(lambda: undo_edit(self._db, edit, write=self._storage.call), done)

    def _edit(self, run: Callable[[], TagEdit], done: Callable[[TagEdit], None]) -> None:
        def finished(edit: TagEdit) -> None:
            if edit.before:
                self._announce()
            done(edit)

        self._edits.submit(run, done=finished, failed=self._tell_failure)

    def _ask(self, question: Callable[[], T], done: Callable[[T], None], nothing: T) -> None:
        def failed(error: Exception) -> None:
            logger.error("a question to the library failed", exc_info=error)
            done(nothing)

        self._questions.submit(question, done=done, failed=failed)

    def close(self) -> None:
        """Cancel a scan, end watching and all lanes. The storage lane must still run."""
        self._cancel.set()
        if self._watcher is not None:
            self._rescan.stop()
            self._watcher.close()
        self._scans.close()
        self._edits.close()
        self._questions.close()
        self._covers.close()
