"""What the user does to the library: its folders, looking for new music, opening files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from player.application._changes import Changes, Kind, OperationRunner
from player.application._queue_operations import QueueOperations
from player.application._undo import UndoHistory
from player.domain import TrackId, Unreadable
from player.library import Library, RelocationReport
from player.paths import Profile
from player.workers import child_environment, own_command


class LibraryOperations(QObject):
    """Operations on the library; announces `Kind.ROOTS` and `Kind.TRACKS`.

    Signals:
        relocated(RelocationReport): Music was found again at its new place.
        failed(str): Files could not be opened, or music not be relocated; a sentence for the user.

    Args:
        runner: Announces the changes.
        history: Where the inverse of each operation goes.
        library: The library.
        edits: Queues what is opened.
        parent: Qt parent.
    """

    relocated = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        runner: OperationRunner,
        history: UndoHistory,
        library: Library,
        edits: QueueOperations,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._history = history
        self._library = library
        self._edits = edits

    def add_root(self, path: str) -> None:
        """Add a music folder and scan it."""
        if path in self._library.roots():
            return
        self._add(path)
        self._history.add(self.tr("Add a music folder"), undo=lambda: self._remove(path), redo=lambda: self._add(path))

    def try_demo(self, profile: Profile) -> bool:
        """Open the demo in a program of its own, with a profile inside this one; False where it does not start."""
        program, *words = own_command("--profile", str(profile.data / "demo"), "demo")
        process = QProcess()
        process.setProgram(program)
        process.setArguments(words)
        environment = QProcessEnvironment()
        for name, value in child_environment().items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        started, _pid = process.startDetached()
        return bool(started)

    def remove_root(self, path: str) -> None:
        """Take a music folder out of the library. Its tracks are hidden, and come back with their history."""
        if path not in self._library.roots():
            return
        self._remove(path)
        self._history.add(
            self.tr("Remove a music folder"), undo=lambda: self._add(path), redo=lambda: self._remove(path)
        )

    def relocate(self, old: str, new: str) -> None:
        """Tell the library that what was in folder `old` is in `new` now; `relocated` or `failed` follows."""

        def done(report: RelocationReport) -> None:
            self._history.add(
                self.tr("Relocate music"), undo=lambda: self._move(old=new, new=old), redo=lambda: self._move(old, new)
            )
            self._announce(report)

        self._library.relocate(old, new, done, self.failed.emit)

    def scan(self) -> None:
        """Compare all folders with the library."""
        self._library.scan()

    def open(self, paths: Sequence[str], play: bool = True, at: int | None = None) -> None:
        """Play files and folders, or only queue them, before row `at`; unknown files come into the library."""
        if paths:
            self._library.open(paths, lambda *found: self._opened(*found, play=play, at=at), self.failed.emit)

    def _opened(self, tracks: list[TrackId], problems: list[Unreadable], *, play: bool, at: int | None) -> None:
        if problems:
            first, others = f"{problems[0].path}: {problems[0].why}", len(problems) - 1
            rest = self.tr("%Ln file(s) more could not be opened.", "", others) if others else ""
            self.failed.emit(f"{first} {rest}".rstrip())
        if tracks and play:
            self._edits.play(tracks)
        elif tracks:
            self._edits.add(tracks, at)
        if tracks:
            self._runner.announce(Changes.of(Kind.TRACKS))

    def _move(self, old: str, new: str) -> None:
        self._library.relocate(old, new, self._announce, self.failed.emit)

    def _announce(self, report: RelocationReport) -> None:
        self._runner.announce(Changes.of(Kind.ROOTS, Kind.TRACKS))
        self.relocated.emit(report)

    def _add(self, path: str) -> None:
        self._library.add_root(path)
        self._runner.announce(Changes.of(Kind.ROOTS))

    def _remove(self, path: str) -> None:
        self._library.remove_root(path)
        self._runner.announce(Changes.of(Kind.ROOTS))
