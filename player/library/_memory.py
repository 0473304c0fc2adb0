"""What scans remember besides tracks: files that could not be read, and cue sheets, so that neither is read again."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from player.library._walk import Found

if TYPE_CHECKING:
    from player.storage import Database

_KEY = "library.scan_memory"
_MAX_FILES = 50_000


@dataclass(slots=True)
class ScanMemory:
    """Unreadable files and cue sheets of earlier scans.

    Attributes:
        unreadable: (size, mtime_ns, why) by path.
        cues: Last change of the cue sheet with which a file was read, by the file's path.
        pictures: Checksum of a folder's cover pictures when its files were last read, by the folder's path.
        changed: Whether it differs from what is stored.
    """

    unreadable: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    cues: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)
    changed: bool = False

    @classmethod
    def load(cls, db: Database) -> ScanMemory:
        """What was stored last; empty if nothing was."""
        stored: Any = json.loads(db.settings.get(_KEY) or "{}")
        return cls(
            {path: (size, mtime_ns, why) for path, size, mtime_ns, why in stored.get("unreadable", [])},
            dict(stored.get("cues", [])),
            dict(stored.get("pictures", [])),
        )

    def save(self, db: Database) -> None:
        """Store it, if it has changed."""
        if self.changed:
            files = [[path, *facts] for path, facts in self.unreadable.items()][:_MAX_FILES]
            # As ASCII text: paths that are not Unicode hold surrogates, which SQLite does not take.
            cues = list(self.cues.items())[:_MAX_FILES]
            document = {"unreadable": files, "cues": cues, "pictures": list(self.pictures.items())}
            db.settings.put(_KEY, json.dumps(document))
            self.changed = False

    def why(self, found: Found) -> str | None:
        """Why a file could not be read earlier; None if it could, or has changed since."""
        size, mtime_ns, why = self.unreadable.get(found.path, (-1, 0, ""))
        return why if (size, mtime_ns) == (found.size, found.mtime_ns) else None

    def remember(self, found: Found, why: str | None) -> None:
        """A file was read: `why` it could not be, None if it could."""
        if why is not None:
            self.unreadable[found.path] = (found.size, found.mtime_ns, why)
            self.changed = True
        elif self.unreadable.pop(found.path, None) is not None:
            self.changed = True
        if found.cue and self.cues.get(found.path) != found.cue_mtime_ns:
            self.cues[found.path] = found.cue_mtime_ns
            self.changed = True
        elif not found.cue and self.cues.pop(found.path, None) is not None:
            self.changed = True

    def beside_is_unchanged(self, found: Found) -> bool:
        """Whether a file was read with the cue sheet and the folder pictures that it has now, or without any."""
        return (
            self.cues.get(found.path, 0) == found.cue_mtime_ns
            and self.pictures.get(os.path.dirname(found.path), 0) == found.pictures
        )

    def remember_pictures(self, pictures: dict[str, int]) -> None:
        """All files of these folders have been read, with pictures of these checksums (0: none)."""
        for folder, checksum in pictures.items():
            if self.pictures.get(folder, 0) != checksum:
                self.changed = True
                if checksum:
                    self.pictures[folder] = checksum
                else:
                    del self.pictures[folder]

    def forget_gone(self, root: str, seen: set[str]) -> None:
        """Forget the files and folders below `root` that a full walk has not met."""
        for table in (self.unreadable, self.cues, self.pictures):
            for path in [path for path in table if path.startswith(root) and path not in seen]:
                del table[path]
                self.changed = True
