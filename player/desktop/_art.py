"""Covers as files, for those who show them outside the window: media overlays, notifications."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from player.domain import Track

T = TypeVar("T")
logger = logging.getLogger(__name__)

MOST_FILES = 200

Fetch = Callable[[str, Callable[[bytes | None], None]], None]
"""Asks for the encoded cover of a key; the answer comes on the GUI thread."""


class Worker(Protocol):
    """Runs functions in another thread."""

    def submit(
        self,
        run: Callable[[], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a function; `done` is told its result on the GUI thread, or `failed` the error."""


class ArtFiles(QObject):
    """Keeps the covers of what plays and what follows as files.

    A cover that is not there yet is fetched and written; it is announced when it is.

    Signals:
        ready(str): The cover of this key is a file now.

    Args:
        folder: Where the files are.
        fetch: Where covers come from.
        lane: Where files are written.
        parent: Qt parent.
    """

    ready = Signal(str)

    def __init__(self, folder: Path, fetch: Fetch, lane: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._fetch = fetch
        self._lane = lane
        self._asked: set[str] = set()

    def file(self, track: Track) -> str:
        """The file of a track's cover; empty where there is none, or none yet."""
        key = track.cover_key
        if key is None:
            return ""
        path = self._folder / key
        if path.exists():
            return str(path)
        if key not in self._asked:
            self._asked.add(key)
            self._fetch(key, lambda data: self._keep(key, data))
        return ""

    def _keep(self, key: str, data: bytes | None) -> None:
        if data is not None:
            self._lane.submit(
                lambda: self._write(key, data),
                done=lambda _none: self.ready.emit(key),
                failed=lambda error: logger.warning("a cover cannot be kept: %s", error),
            )

    def _write(self, key: str, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f".{key}"
        fresh.write_bytes(data)
        fresh.replace(self._folder / key)
        files = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for old in files[:-MOST_FILES]:
            old.unlink(missing_ok=True)
