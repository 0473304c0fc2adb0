"""Bringing the library up to date with its folders: walk, read in child processes, write in batches."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from player.domain import (
    KnownFile,
    ScannedTrack,
    ScanPhase,
    ScanProgress,
    ScanReport,
    TrackId,
    Unreadable,
    now_ms,
)
from player.library._memory import ScanMemory
from player.library._progress import Pace
from player.library._readers import Answer, Ask, Failed, Readers
from player.library._walk import Found, Walk
from player.tags import expand_cue

if TYPE_CHECKING:
    from player.storage import Database

T = TypeVar("T")
WRITE_BATCH = 400
_FEW_FILES = 64
"""So few files do not pay for a second reader's start."""

NOT_THERE = "The folder is not there. If its drive is not connected, connect it; its music stays in the library."
_EMPTY = "The folder is empty. If its drive is not connected, connect it; its music stays in the library."


class Write(Protocol):
    """Runs a function where the database may be written (the storage lane) and returns its result."""

    def __call__(self, run: Callable[[], T], /) -> T:
        """Run it."""


def scan(
    db: Database,
    roots: Sequence[str],
    *,
    write: Write = lambda run: run(),
    progress: Callable[[ScanProgress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    processes: int | None = None,
) -> ScanReport:
    """Bring the library up to date with its folders. Blocks; run it in a thread of its own.

    A file whose size and time of change are known is not read. What was read is written in batches, so that a cancelled
    scan loses nothing: the next one goes on. Tracks in a folder that cannot be looked into stay as they are.

    Args:
        db: The database.
        roots: Folders, absolute; one inside another is walked once.
        write: Where writes run.
        progress: Told how far the scan is, from this thread.
        cancelled: Asked often; once true, the scan ends soon.
        processes: Child processes that read; by default one a processor, four at most.

    Raises:
        KnownError: the database or child processes do not work.
    """
    return _Scan(db, write, Pace(progress), cancelled, processes or min(4, os.cpu_count() or 1)).run(roots)


@dataclass(slots=True)
class _Work:
    """What the walk found to do.

    Attributes:
        seen: Audio files.
        changed: Known files to read again, by path, with their root.
        new: Unknown files to read, likewise.
        found: Tracks that are back unchanged.
        gone: Tracks whose files were not met, and whether they were known to be missing.
        unreadable: Files that could not be read earlier and have not changed.
        pictures: Checksums of the folders' cover pictures, by folder.
        problems: Folders that could not be looked into.
    """

    seen: int = 0
    changed: dict[str, tuple[Found, str]] = field(default_factory=dict)
    new: dict[str, tuple[Found, str]] = field(default_factory=dict)
    found: list[TrackId] = field(default_factory=list)
    gone: dict[TrackId, bool] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    pictures: dict[str, int] = field(default_factory=dict)
    problems: list[Unreadable] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    """Tracks to write: all that the library knows before any new one, which may be one of them that has moved.

    Attributes:
        awaited: Known files not read yet.
        changed: Tracks of known files.
        new: Tracks of unknown files.
    """

    awaited: int
    changed: list[ScannedTrack] = field(default_factory=list)
    new: list[ScannedTrack] = field(default_factory=list)

    def add(self, tracks: list[ScannedTrack], *, changed: bool) -> None:
        """Add the tracks of one file."""
        self.awaited -= changed
        (self.changed if changed else self.new).extend(tracks)

    def due(self, least: int) -> list[ScannedTrack]:
        """Take what can be written now, if it is at least so much."""
        ready = self.changed if self.awaited > 0 or self.changed else self.new
        if len(ready) < least and not (ready is self.changed and self.awaited <= 0):
            return []
        taken = ready[:]
        ready.clear()
        return taken


class _Scan:
    """The state of one scan."""

    def __init__(self, db: Database, write: Write, pace: Pace, cancelled: Callable[[], bool], processes: int) -> None:
        self._db = db
        self._write = write
        self._pace = pace
        self._cancelled = cancelled
        self._processes = processes
        self._memory = ScanMemory.load(db)
        self._music_folders = db.tracks.roots()
        self._work = _Work()
        self._changed: dict[str, set[TrackId]] = {"added": set(), "updated": set(), "moved": set()}

    def run(self, roots: Sequence[str]) -> ScanReport:
        began = time.monotonic()
        for root in outermost(roots):
            self._walk(root)
        self._mark()
        self._read()
        self._pace.at(ScanPhase.FINISHING, 0)
        if not self._cancelled():
            self._memory.remember_pictures(self._work.pictures)
        self._write(lambda: self._memory.save(self._db))
        if any(self._changed.values()):
            self._write(self._db.tracks.gather_compilations)
        moved = self._changed["moved"]
        gone = self._work.gone.keys() - set().union(*self._changed.values())
        return ScanReport(
            seen=self._work.seen,
            added=len(self._changed["added"]),
            updated=len(self._changed["updated"] - moved),
            moved=len(moved),
            missing=len(gone),
            unreadable=tuple(sorted(self._work.unreadable, key=lambda file: file.path)),
            tracks=self._db.tracks.count(),
            seconds=round(time.monotonic() - began, 3),
            cancelled=self._cancelled(),
            vanished=sum(not self._work.gone[track] for track in gone),
            problems=tuple(self._work.problems),
        )

    def _walk(self, root: str) -> None:
        known = self._db.tracks.known_files(root)
        walk, seen = Walk(root), set[str]()
        base = music_folder(root, self._music_folders) or root
        for found in walk.files(self._cancelled):
            self._work.seen += 1
            self._pace.at(ScanPhase.WALKING, self._work.seen, current=found.path)
            self._work.pictures[os.path.dirname(found.path)] = found.pictures
            self._sort(found, known.pop(found.path, None), base)
            if found.path in self._memory.unreadable or found.cue:
                seen.add(found.path)
        self._work.seen += len(walk.dangling)
        self._work.unreadable += walk.dangling
        self._work.problems += walk.unlisted
        if not walk.listed and not self._cancelled():
            if not walk.unlisted and known:
                self._work.problems.append(Unreadable(root, _EMPTY))
            elif not os.path.isdir(root):
                self._work.problems[-1:] = [Unreadable(root, NOT_THERE)]
        elif not self._cancelled():
            self._note_gone(known, walk)
            self._memory.forget_gone(_below(root), seen | self._work.pictures.keys())

    def _sort(self, found: Found, known: KnownFile | None, root: str) -> None:
        """Decide what one file needs: nothing, or reading."""
        why = self._memory.why(found)
        if why is not None and self._memory.beside_is_unchanged(found):
            self._work.unreadable.append(Unreadable(found.path, why))
        elif known is None:
            self._work.new[found.path] = (found, root)
        elif (known.size, known.mtime_ns) != (found.size, found.mtime_ns) or not self._memory.beside_is_unchanged(
            found
        ):
            self._work.changed[found.path] = (found, root)
        elif known.missing:
            self._work.found += known.parts or (known.id,)

    def _note_gone(self, known: dict[str, KnownFile], walk: Walk) -> None:
        """What is left of the known files has gone, unless its folder could not be looked into."""
        unlisted = tuple(_below(folder.path) for folder in walk.unlisted)
        for path, file in known.items():
            if not path.startswith(unlisted):
                self._work.gone |= dict.fromkeys(file.parts or (file.id,), file.missing)

    def _mark(self) -> None:
        """Before anything is read, so that a file found elsewhere is recognised as moved."""
        vanished = [track for track, missing in self._work.gone.items() if not missing]
        if vanished:
            self._write(lambda: self._db.tracks.mark_missing(vanished, now_ms()))
        if self._work.found:
            self._write(lambda: self._db.tracks.mark_found(self._work.found))
            self._changed["updated"].update(self._work.found)

    def _read(self) -> None:
        total, done = len(self._work.changed) + len(self._work.new), 0
        if total == 0 or self._cancelled():
            return
        self._pace.at(ScanPhase.READING, 0, total)
        readers = Readers(1 if total <= _FEW_FILES else self._processes)
        asks = (Ask(path, root) for path, (_, root) in chain(self._work.changed.items(), self._work.new.items()))
        batch = _Batch(len(self._work.changed))
        for answers in readers.read(asks, self._cancelled):
            for answer in answers:
                batch.add(list(self._taken(answer)), changed=answer.path in self._work.changed)
            done += len(answers)
            self._pace.at(ScanPhase.READING, done, total, answers[-1].path if answers else "")
            self._store(batch.due(WRITE_BATCH))
        self._store(batch.due(1))
        self._store(batch.new)

    def _taken(self, answer: Answer) -> Iterator[ScannedTrack]:
        """The tracks of one answer: none, one, or those of its cue sheet."""
        found, _ = self._work.changed.get(answer.path) or self._work.new[answer.path]
        if isinstance(answer, Failed):
            self._work.unreadable.append(Unreadable(answer.path, answer.why))
            if answer.lasting:
                self._memory.remember(found, answer.why)
            return
        self._memory.remember(found, None)
        if not found.cue:
            yield answer
            return
        tracks, problem = expand_cue(answer, found.cue)
        if problem:
            self._work.problems.append(Unreadable(found.cue, problem))
        yield from tracks

    def _store(self, batch: list[ScannedTrack]) -> None:
        if batch:
            result: Any = self._write(lambda: self._db.tracks.write_scan(batch, now_ms()))
            for name, ids in self._changed.items():
                ids.update(getattr(result, name))


def outermost(roots: Sequence[str]) -> list[str]:
    """The folders, absolute, without those that lie inside another one."""
    folders = sorted({os.path.abspath(root) for root in roots}, key=len)
    kept: list[str] = []
    for folder in folders:
        if not any((folder + os.sep).startswith(_below(other)) for other in kept):
            kept.append(folder)
    return sorted(kept)


def music_folder(path: str, roots: Sequence[str]) -> str | None:
    """The music folder that a file or folder lies in, or is; None outside of all."""
    return next((root for root in roots if _below(path).startswith(_below(root))), None)


def _below(folder: str) -> str:
    """What the path of everything below a folder begins with."""
    return folder.rstrip(os.sep) + os.sep
