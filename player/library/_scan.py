"""Bringing the library up to date with its folders: walk, read in child processes, write in batches."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from player.domain import (
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
from player.library._survey import Survey, outermost

if TYPE_CHECKING:
    from player.storage import Database

T = TypeVar("T")
WRITE_BATCH = 1_000
_FEW_FILES = 64
"""So few files do not pay for a second reader's start."""


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
    with _collecting_rarely():
        return _Scan(db, write, Pace(progress), cancelled, processes or min(4, os.cpu_count() or 1)).run(roots)


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Python's collector looks less often: a batch is 100,000 small objects that all live until it is written.

    At the usual pace it goes over them again and again, a tenth of the scan's time, and holds the interpreter.
    """
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


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
        self._survey = Survey(db, self._memory, pace, cancelled)
        self._work = self._survey.work
        self._walked: list[str] = []
        self._changed: dict[str, set[TrackId]] = {"added": set(), "updated": set(), "moved": set()}

    def run(self, roots: Sequence[str]) -> ScanReport:
        began = time.monotonic()
        unarranged = self._db.files.is_unarranged()
        self._walked = outermost(roots)
        for root in self._walked:
            self._survey.walk(root)
        self._mark()
        self._read()
        self._pace.at(ScanPhase.FINISHING, 0)
        if not self._cancelled():
            self._memory.remember_pictures(self._work.pictures)
        self._write(lambda: self._memory.save(self._db))
        self._settle()
        changed = set().union(*self._changed.values())
        if changed or unarranged:
            self._write(lambda: self._db.files.arrange_albums(None if unarranged else changed))
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

    def _settle(self) -> None:
        """Tracks that vanished may live on elsewhere: their history goes over."""
        if self._cancelled() and self._work.gone:
            return  # not all that is new has been read: the next scan knows more
        changed = set().union(*self._changed.values())
        gone = {track for track, missing in self._work.gone.items() if not missing}
        united = self._write(lambda: self._db.files.settle(gone, changed))
        for dropped, kept in united.items():
            for ids in self._changed.values():
                ids.discard(dropped)
            self._work.gone.pop(dropped, None)
            self._work.gone.pop(kept, None)
            self._changed["added"].discard(kept)
            self._changed["moved"].add(kept)

    def _mark(self) -> None:
        """Before anything is read, so that a file found elsewhere is recognised as moved."""
        vanished = [track for track, missing in self._work.gone.items() if not missing]
        if vanished:
            self._write(lambda: self._db.files.mark_missing(vanished, now_ms()))
        if self._work.found:
            self._write(lambda: self._db.files.mark_found(self._work.found))
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
        if not found.cue and not answer.cue_sheet:
            yield answer
            return
        from player.tags import expand_cue  # noqa: PLC0415 - loads the parsers, which most libraries' scans never need

        tracks, problem = expand_cue(answer, found.cue)
        if problem:
            self._work.problems.append(Unreadable(found.cue or found.path, problem))
        yield from tracks

    def _store(self, batch: list[ScannedTrack]) -> None:
        if batch:
            result: Any = self._write(lambda: self._db.files.write_scan(batch, now_ms(), self._walked))
            for name, ids in self._changed.items():
                ids.update(getattr(result, name))
