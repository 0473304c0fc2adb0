"""Walking the folders of a scan: what is there, what has to be read, what has gone. Nothing is written yet."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from player.domain import ScanPhase, TrackId, Unreadable
from player.library._compare import Comparison, State
from player.library._memory import ScanMemory
from player.library._progress import Pace
from player.library._walk import Found, Walk
from player.tags import tidy_up

if TYPE_CHECKING:
    from player.storage import Database

NOT_THERE = "The folder is not there. If its drive is not connected, connect it; its music stays in the library."
_EMPTY = "The folder is empty. If its drive is not connected, connect it; its music stays in the library."
_CHUNK = 250


@dataclass(slots=True)
class Work:
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


class Survey:
    """Walks folders and collects the work in `work`.

    Args:
        db: The database; only read.
        memory: Unreadable files, cue sheets and pictures of earlier scans.
        pace: Told about progress.
        cancelled: Asked often.
    """

    def __init__(self, db: Database, memory: ScanMemory, pace: Pace, cancelled: Callable[[], bool]) -> None:
        self._db = db
        self._memory = memory
        self._pace = pace
        self._cancelled = cancelled
        self._music_folders = db.files.roots()
        self._expected = 0
        self.work = Work()

    def walk(self, root: str) -> None:
        """Walk one folder."""
        known = Comparison(self._db.files.known_table(root))
        self._expected += len(known)
        walk, remembered = Walk(root), set[str]()
        base = music_folder(root, self._music_folders) or root
        for chunk in _chunks(walk.files(self._cancelled), _CHUNK):
            for found, (state, tracks) in zip(chunk, known.states(chunk), strict=True):
                self._note(found, state, tracks, base)
                if found.path in self._memory.unreadable or found.cue:
                    remembered.add(found.path)
        for copy in walk.copies:
            tidy_up(copy)
        self.work.seen += len(walk.dangling)
        self.work.unreadable += walk.dangling
        self.work.problems += walk.unlisted
        if self._cancelled():
            return
        if walk.listed:
            self._note_gone(known.unmet(), walk)
            self._memory.forget_gone(below(root), remembered | self.work.pictures.keys())
        elif not os.path.isdir(root):
            self.work.problems[-1:] = [Unreadable(root, NOT_THERE)]
        elif not walk.unlisted and len(known):
            self.work.problems.append(Unreadable(root, _EMPTY))

    def _note(self, found: Found, state: State, tracks: tuple[TrackId, ...], base: str) -> None:
        """Decide what one file needs: nothing, or reading."""
        work = self.work
        work.seen += 1
        work.pictures[os.path.dirname(found.path)] = found.pictures
        total = self._expected if self._expected > work.seen else 0
        self._pace.at(ScanPhase.WALKING, work.seen, total, found.path)
        why, unchanged = self._memory.why(found), self._memory.beside_is_unchanged(found)
        if why is not None and unchanged:
            work.unreadable.append(Unreadable(found.path, why))
        elif state is State.NEW:
            work.new[found.path] = (found, base)
        elif state is State.CHANGED or not unchanged:
            work.changed[found.path] = (found, base)
        else:
            work.found += tracks

    def _note_gone(self, unmet: dict[TrackId, bool], walk: Walk) -> None:
        """What was not met has gone, unless its folder could not be looked into."""
        if walk.unlisted and unmet:
            unknown = tuple(below(folder.path) for folder in walk.unlisted)
            kept = {track.id for track in self._db.tracks.get(list(unmet)) if track.path.startswith(unknown)}
            unmet = {track_id: missing for track_id, missing in unmet.items() if track_id not in kept}
        self.work.gone |= unmet


def _chunks(files: Iterable[Found], size: int) -> Iterator[list[Found]]:
    files = iter(files)
    while chunk := list(islice(files, size)):
        yield chunk


def outermost(roots: Sequence[str]) -> list[str]:
    """The folders, absolute, without those that lie inside another one."""
    folders = sorted({os.path.abspath(root) for root in roots}, key=len)
    kept: list[str] = []
    for folder in folders:
        if not any((folder + os.sep).startswith(below(other)) for other in kept):
            kept.append(folder)
    return sorted(kept)


def music_folder(path: str, roots: Sequence[str]) -> str | None:
    """The music folder that a file or folder lies in, or is; None outside of all."""
    return next((root for root in roots if below(path).startswith(below(root))), None)


def below(folder: str) -> str:
    """What the path of everything below a folder begins with."""
    return folder.rstrip(os.sep) + os.sep
