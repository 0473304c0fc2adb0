"""What scans remember besides tracks: files that could not be read, and cue sheets, so that neither is read again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from player.library._walk import Found
from player.storage import ScannedFile

if TYPE_CHECKING:
    from player.storage import Database

T = TypeVar("T")


@dataclass(slots=True)
class ScanMemory:
    """Unreadable files and cue sheets of earlier scans.

    Attributes:
        unreadable: (size, mtime_ns, why) by path.
        cues: Last change of the cue sheet with which a file was read, by the file's path.
        pictures: Checksum of a folder's cover pictures when its files were last read, by the folder's path.
    """

    unreadable: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    cues: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)
    _stored_files: dict[str, ScannedFile] = field(default_factory=dict)
    _stored_pictures: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls, db: Database) -> ScanMemory:
        """Return what was stored last; empty if nothing was."""
        files, pictures = db.scan_memory.files(), db.scan_memory.pictures()
        return cls(
            {
                path: (file.size or 0, file.mtime_ns or 0, file.problem)
                for path, file in files.items()
                if file.problem is not None
            },
            {path: file.cue_mtime_ns for path, file in files.items() if file.cue_mtime_ns},
            dict(pictures),
            files,
            pictures,
        )

    def save(self, db: Database) -> None:
        """Store what has changed since it was loaded or saved."""
        files = {path: self._file(path) for path in self.unreadable.keys() | self.cues.keys()}
        changed_files, changed_pictures = (
            _changes(self._stored_files, files),
            _changes(self._stored_pictures, self.pictures),
        )
        if changed_files or changed_pictures:
            db.scan_memory.save(changed_files, changed_pictures)
            self._stored_files, self._stored_pictures = files, dict(self.pictures)

    def _file(self, path: str) -> ScannedFile:
        cue = self.cues.get(path, 0)
        unreadable = self.unreadable.get(path)
        return ScannedFile(cue_mtime_ns=cue) if unreadable is None else ScannedFile(*unreadable, cue)

    def why(self, found: Found) -> str | None:
        """Why a file could not be read earlier; None if it could, or has changed since."""
        size, mtime_ns, why = self.unreadable.get(found.path, (-1, 0, ""))
        return why if (size, mtime_ns) == (found.size, found.mtime_ns) else None

    def remember(self, found: Found, why: str | None) -> None:
        """A file was read: `why` it could not be, None if it could."""
        if why is not None:
            self.unreadable[found.path] = (found.size, found.mtime_ns, why)
        else:
            self.unreadable.pop(found.path, None)
        if found.cue:
            self.cues[found.path] = found.cue_mtime_ns
        else:
            self.cues.pop(found.path, None)

    def beside_is_unchanged(self, found: Found) -> bool:
        """Whether a file was read with the cue sheet and the folder pictures that it has now, or without any."""
        return (
            self.cues.get(found.path, 0) == found.cue_mtime_ns
            and self.pictures.get(os.path.dirname(found.path), 0) == found.pictures
        )

    def remember_pictures(self, pictures: dict[str, int]) -> None:
        """All files of these folders have been read, with pictures of these checksums (0: none)."""
        for folder, checksum in pictures.items():
            if checksum:
                self.pictures[folder] = checksum
            else:
                self.pictures.pop(folder, None)

    def forget_gone(self, root: str, seen: set[str]) -> None:
        """Forget the files and folders below `root` that a full walk has not met."""
        for table in (self.unreadable, self.cues, self.pictures):
            for path in [path for path in table if path.startswith(root) and path not in seen]:
                del table[path]


def _changes(before: Mapping[str, T], now: Mapping[str, T]) -> dict[str, T | None]:
    """What has to be stored: new and changed values by path, None for those that went."""
    changed: dict[str, T | None] = {path: value for path, value in now.items() if before.get(path) != value}
    return changed | dict.fromkeys(before.keys() - now.keys())
