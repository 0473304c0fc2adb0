"""The library as the window sees it: folders, scans, questions, covers. Lives on the GUI thread and never waits."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from player.audio import PROCESS_LOST_AGAIN
from player.domain import (
    Playlist,
    ScanReport,
    Track,
    TrackId,
    Unreadable,
    now_ms,
)
from player.library._editing import TagEdit, edit_tags, undo_edit
from player.library._opening import open_files
from player.library._playable import why_unplayable
from player.library._playlists import ImportedPlaylist, export_playlist, export_playlists, import_playlist, resolve_all
from player.library._probe import Probe
from player.library._questions import Questions
from player.library._relocation import RelocationReport, relocate
from player.library._scans import Scans
from player.library._watch import Watcher
from player.workers import Lane, problem_text

if TYPE_CHECKING:
    from player.storage import Database

_FAILED = "the library cannot go on"

_CHANGED_EVERY_MS = 3_000
"""While a scan writes, views hear of it this often: a first scan shows music early without endless re-reading."""

_NOT_WATCHED = "library.not_watched"

_RESCAN_MS = 60 * 60 * 1_000
"""The safety net below watching: everything is compared again this often."""


class Library(Questions):
    """Folders, scans, tags, playlist files; what it answers is inherited from `Questions`.

    Signals:
        changed(): Tracks were added, changed, moved or have vanished, or the folders are others.
        scan_progress(ScanProgress): How far the scan is.
        scan_finished(ScanReport): A scan has ended, or was cancelled.
        scan_failed(str): A scan could not go on; why, for the user.
        not_watched(): There are too many folders to watch: changes are seen by the hourly scan. Told once a profile.

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
    not_watched = Signal()

    def __init__(self, db: Database, storage_lane: Lane, *, watch: bool = True, parent: QObject | None = None) -> None:
        super().__init__(db, parent)
        self._storage = storage_lane
        self._edits = Lane("edits", self)
        self._probe = Probe()
        self._roots = tuple(db.files.roots())
        self._leaving: list[str] = []
        self._since_changed = QElapsedTimer()
        self._since_changed.start()
        self._scans = Scans(db, storage_lane, self)
        self._scans.progress.connect(self.scan_progress)
        self._scans.wrote.connect(self._announce_now_and_then)
        self._scans.finished.connect(self._scanned)
        self._scans.failed.connect(self._tell_failure)
        self._scans.settled.connect(self._settle)
        self._watcher = Watcher(self) if watch else None
        if self._watcher is not None:
            self._watcher.changed.connect(self._scans.start)
            self._watcher.too_many.connect(self._tell_not_watched)
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
        if path in self._roots:
            return
        self._roots = (*self._roots, path)
        if path in self._leaving:
            self._leaving.remove(path)
        self._storage.submit(
            lambda: self._db.files.add_root(path, now_ms()),
            done=lambda _: self._scans.start([path]),
            failed=self._tell_failure,
        )

    def remove_root(self, path: str) -> None:
        """Take a music folder out of the library. Its tracks are hidden, and come back with their history."""
        if path in self._roots:
            self._roots = tuple(root for root in self._roots if root != path)
            self._leaving.append(path)  # until a running scan has written its last batch
            self._scans.cancel()
            if not self._scans.running:
                self._settle()

    def relocate(
        self, old: str, new: str, done: Callable[[RelocationReport], None], failed: Callable[[str], None]
    ) -> None:
        """Take what was in folder `old` for what is in `new` now, and scan that; `failed` says why not."""

        def relocated(report: RelocationReport) -> None:
            self._roots = tuple(self._db.files.roots())
            self._settle()
            self._announce()
            done(report)

        self._edits.submit(
            lambda: relocate(self._db, old, new, write=self._storage.call),
            done=relocated,
            failed=lambda error: failed(problem_text(error, _FAILED)),
        )

    # Scans

    @property
    def scanning(self) -> bool:
        """Whether a scan runs."""
        return self._scans.running

    def scan(self) -> None:
        """Compare all folders with the library; during a scan, once more afterwards."""
        self._scans.start(self._roots)

    def cancel_scan(self) -> None:
        """End the scan soon; what it has read stays, and the next one goes on."""
        self._scans.cancel()

    def _scanned(self, report: ScanReport) -> None:
        if report.added or report.updated or report.moved or report.vanished:
            self._announce()
        if report.added:
            self._storage.submit(lambda: resolve_all(self._db))
        self.scan_finished.emit(report)

    def _settle(self) -> None:
        """No scan runs: hide the folders taken out, watch the others."""
        leaving, self._leaving = self._leaving, []
        if leaving:
            self._storage.submit(
                lambda: [self._db.files.remove_root(path) for path in leaving],
                done=lambda _: self._announce(),
                failed=self._tell_failure,
            )
        if self._watcher is not None:
            self._watcher.watch(self._roots)

    def _tell_not_watched(self) -> None:
        def told_first() -> bool:
            first = self._db.settings.get(_NOT_WATCHED) is None
            if first:
                self._db.settings.put(_NOT_WATCHED, "told")
            return first

        self._storage.submit(told_first, done=lambda first: self.not_watched.emit() if first else None)

    def _tell_failure(self, error: Exception) -> None:
        self.scan_failed.emit(problem_text(error, _FAILED))

    def refresh(self) -> None:
        """What is known of the tracks has changed, such as their plays: views read it again."""
        self._announce()

    def _announce_now_and_then(self) -> None:
        if self._since_changed.elapsed() >= _CHANGED_EVERY_MS:
            self._announce()

    def _announce(self) -> None:
        self._since_changed.restart()
        self._look_whether_empty()
        self._covers.forget()
        self.changed.emit()

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

    # Files

    def open(
        self,
        paths: Sequence[str],
        done: Callable[[list[TrackId], list[Unreadable]], None],
        failed: Callable[[str], None],
    ) -> None:
        """Look up files and folders; unknown files come into the library.

        `done` is told the tracks, and which files could not be opened.
        """
        self._edits.submit(
            lambda: open_files(self._db, paths, write=self._storage.call),
            done=lambda found: done(*found),
            failed=lambda error: failed(problem_text(error, _FAILED)),
        )

    def look_into(self, track: Track, message: str = "") -> None:
        """Mark a track that did not play, where its file is to blame: it is not suggested until the file changes.

        Args:
            track: The track.
            message: What the sound engine said. A file that ended the sound process twice needs no further look.
        """

        def marked(why: str | None) -> None:
            if why is not None:
                self._storage.submit(
                    lambda: self._db.files.mark_unplayable(track.id, why), done=lambda _: self._announce()
                )

        if message == PROCESS_LOST_AGAIN:
            marked(message)
        else:
            self._edits.submit(lambda: why_unplayable(track, self._probe), done=marked)

    # Playlist files

    def import_playlist(
        self, path: Path, done: Callable[[ImportedPlaylist], None], failed: Callable[[str], None]
    ) -> None:
        """Make a playlist out of a file; `failed` says why not, for the user."""
        self._storage.submit(
            lambda: import_playlist(self._db, path),
            done=done,
            failed=lambda error: failed(problem_text(error, _FAILED)),
        )

    def export_playlist(
        self, playlist: Playlist, path: Path, done: Callable[[], None], failed: Callable[[str], None]
    ) -> None:
        """Write a playlist to a file whose suffix names the format; `failed` says why not."""
        self._questions.submit(
            lambda: export_playlist(self._db, playlist, path),
            done=lambda _: done(),
            failed=lambda error: failed(problem_text(error, _FAILED)),
        )

    def export_playlists(self, folder: Path, done: Callable[[list[Path]], None], failed: Callable[[str], None]) -> None:
        """Write every playlist to a file of its own; `failed` says why not."""
        self._questions.submit(
            lambda: export_playlists(self._db, folder),
            done=done,
            failed=lambda error: failed(problem_text(error, _FAILED)),
        )

    def close(self) -> None:
        """Cancel a scan, end watching and all lanes. The storage lane must still run."""
        if self._watcher is not None:
            self._rescan.stop()
            self._watcher.close()
        self._scans.close()
        self._probe.stop()
        self._edits.close()
        super().close()
