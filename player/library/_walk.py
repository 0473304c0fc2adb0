"""Finding the audio files below a folder: one listing a folder, one stat a file, no file opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from zlib import crc32

from player.domain import Unreadable
from player.tags import AUDIO_SUFFIXES, COPY_MARK, is_cover_name

CUE_SUFFIX = ".cue"
_SYSTEM_FOLDERS = frozenset(
    {"$recycle.bin", "system volume information", "lost+found", "@eadir", "#recycle", "__macosx", "recycler"}
)
_NO_MEDIA = ".nomedia"
_HIDDEN_OR_SYSTEM = 0x2 | 0x4
"""FILE_ATTRIBUTE_HIDDEN and FILE_ATTRIBUTE_SYSTEM on Windows."""

_DANGLING = "It is a link to a file that is not there."


@dataclass(frozen=True, slots=True)
class Found:
    """One audio file as the file system describes it.

    Attributes:
        path: Absolute path.
        size: Bytes.
        mtime_ns: Last change.
        cue: Path of the cue sheet beside it, "" without one.
        cue_mtime_ns: Last change of the cue sheet, 0 without one.
        pictures: Checksum of names, sizes and times of the cover pictures in the folder, 0 without any.
    """

    path: str
    size: int
    mtime_ns: int
    cue: str = ""
    cue_mtime_ns: int = 0
    pictures: int = 0


@dataclass(slots=True)
class Walk:
    """A walk below one folder, hidden and system folders left out.

    A folder or file that can be reached in several ways (links) is found once; of a link and what it leads to inside
    the folder, the real one.

    Attributes:
        root: The folder, absolute.
        copies: Copies that tags are, or were, written to.
        unlisted: Folders that could not be listed, and why; what is below them is unknown, not gone.
        dangling: Audio file names that are links to nowhere.
        listed: Whether the root itself could be listed and holds anything.
    """

    root: str
    unlisted: list[Unreadable] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    dangling: list[Unreadable] = field(default_factory=list)
    listed: bool = False
    _folders: set[tuple[int, int]] = field(default_factory=set)
    _linked_files: set[tuple[int, int]] = field(default_factory=set)
    _links: list[str] = field(default_factory=list)

    def files(self, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Found]:
        """The audio files, folder by folder; ends early once `cancelled`."""
        waiting = [self.root]
        while waiting and not cancelled():
            folder = waiting.pop()
            waiting.extend(reversed((yield from self._folder(folder))))
            if not waiting:
                waiting, self._links = self._links[::-1], []

    def _folder(self, folder: str) -> Generator[Found, None, list[str]]:
        """The files of one folder; returns its folders."""
        try:
            status = os.stat(folder)
            if (identity := (status.st_dev, status.st_ino)) in self._folders and status.st_ino:
                return []
            self._folders.add(identity)
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self.unlisted.append(Unreadable(folder, f"The folder cannot be opened: {error.strerror or error}."))
            return []
        self.listed = self.listed or (folder == self.root and bool(entries))
        if folder != self.root and any(entry.name == _NO_MEDIA for entry in entries):
            return []
        pictures = _pictures(entries)
        cues = {entry.name.lower(): entry for entry in entries if entry.name.lower().endswith(CUE_SUFFIX)}
        folders: list[str] = []
        for entry in entries:
            if (found := self._entry(entry, folders, cues)) is not None:
                yield replace(found, pictures=pictures) if pictures else found
        return folders

    def _entry(self, entry: os.DirEntry[str], folders: list[str], cues: dict[str, os.DirEntry[str]]) -> Found | None:
        name = entry.name
        if name.startswith("."):
            if COPY_MARK in name:
                self.copies.append(entry.path)
            return None
        suffix = os.path.splitext(name)[1].lower()
        try:
            if entry.is_dir():
                if name.lower() not in _SYSTEM_FOLDERS and not _hidden(entry):
                    (self._links if entry.is_symlink() else folders).append(entry.path)
                return None
            return self._file(entry, suffix, cues) if suffix in AUDIO_SUFFIXES else None
        except OSError:
            if suffix in AUDIO_SUFFIXES:
                self.dangling.append(Unreadable(entry.path, _DANGLING))
            return None

    def _file(self, entry: os.DirEntry[str], suffix: str, cues: dict[str, os.DirEntry[str]]) -> Found | None:
        status = entry.stat()
        if not stat.S_ISREG(status.st_mode) or _hidden(entry):
            return None
        if entry.is_symlink():
            if self._is_below_root(os.path.realpath(entry.path)):
                return None
        elif status.st_nlink > 1 and status.st_ino:
            if (identity := (status.st_dev, status.st_ino)) in self._linked_files:
                return None
            self._linked_files.add(identity)
        lowered = entry.name.lower()
        cue = cues.get(lowered.removesuffix(suffix) + CUE_SUFFIX) or cues.get(lowered + CUE_SUFFIX)
        if cue is None:
            return Found(entry.path, status.st_size, status.st_mtime_ns)
        return Found(entry.path, status.st_size, status.st_mtime_ns, cue.path, cue.stat().st_mtime_ns)

    def _is_below_root(self, path: str) -> bool:
        """Whether the walk finds `path` itself: it lies below the root and in no hidden folder."""
        root = os.path.realpath(self.root)
        if not path.startswith(root.rstrip(os.sep) + os.sep) or not os.path.exists(path):
            return False
        inner = os.path.relpath(path, root).split(os.sep)
        return os.path.splitext(path)[1].lower() in AUDIO_SUFFIXES and not any(part.startswith(".") for part in inner)


def _pictures(entries: list[os.DirEntry[str]]) -> int:
    """A number that changes when the folder's cover pictures do."""
    facts = []
    for entry in entries:
        if is_cover_name(entry.name):
            with suppress(OSError):
                status = entry.stat()
                facts.append(f"{entry.name}/{status.st_size}/{status.st_mtime_ns}")
    return crc32("\n".join(facts).encode("utf-8", "surrogateescape")) if facts else 0


def _hidden(entry: os.DirEntry[str]) -> bool:
    if os.name != "nt":
        return False
    return bool(getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0) & _HIDDEN_OR_SYSTEM)
