"""Covers by their key: read from the files that hold them, newest wish first, one at a time."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from player.domain import FileError
from player.tags import picture_key, without_extras
from player.workers import Lane

if TYPE_CHECKING:
    from player.storage import Database

logger = logging.getLogger(__name__)
Done = Callable[[bytes | None], None]

_KEPT_BYTES = 24 << 20
"""Bytes of covers kept in memory: the pages of a grid ask for their neighbours again."""


class CoverStore(QObject):
    """Covers as they are in the files (JPEG, PNG …), for whoever makes thumbnails of them.

    Reads in a lane of its own. Of several waiting wishes the newest is fulfilled first, since a grid that scrolls
    wants what is visible now; wishes for one key are fulfilled together. Only the GUI thread calls it.
    """

    def __init__(self, db: Database, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self._lane = Lane("covers", self)
        self._waiting: OrderedDict[str, list[Done]] = OrderedDict()
        self._reading: str | None = None
        self._kept: OrderedDict[str, bytes | None] = OrderedDict()
        self._kept_bytes = 0

    def get(self, cover_key: str, done: Done) -> None:
        """Call `done(bytes)` later on this thread; None where no file with that cover can be read any more."""
        if self._reading != cover_key and cover_key not in self._waiting:
            self._waiting[cover_key] = []
        self._waiting.setdefault(cover_key, []).append(done)
        self._waiting.move_to_end(cover_key)
        self._next()

    def forget(self) -> None:
        """Look at the files again from now on; after a scan has changed the library."""
        self._kept.clear()
        self._kept_bytes = 0

    def close(self) -> None:
        """End the lane; wishes still waiting are dropped."""
        self._waiting.clear()
        self._lane.close()

    def _next(self) -> None:
        if self._reading is not None or not self._waiting:
            return
        key = next(reversed(self._waiting))
        self._reading = key
        kept = self._kept.get(key)
        self._lane.submit(
            (lambda: kept) if kept is not None else (lambda: self._read(key)),
            done=lambda data: self._answer(key, data),
            failed=lambda error: self._failed(key, error),
        )

    def _read(self, key: str) -> bytes | None:
        """In the lane: the first file that still holds this very picture, else any that holds one."""
        from player.tags import cover  # noqa: PLC0415 - mutagen: not at the start

        other: bytes | None = None
        for path in self._db.tracks.cover_paths(key):
            try:
                data = cover(path)
            except FileError as error:
                logger.info("no cover from %s", error)
                continue
            if data is not None and picture_key(data) == key:
                return without_extras(data)
            other = other or data
        return without_extras(other) if other is not None else None

    def _failed(self, key: str, error: Exception) -> None:
        logger.error("a cover cannot be read", exc_info=error)
        self._answer(key, None)

    def _answer(self, key: str, data: bytes | None) -> None:
        self._reading = None
        if data is not None and key not in self._kept:
            self._keep(key, data)
        for done in self._waiting.pop(key, []):
            done(data)
        self._next()

    def _keep(self, key: str, data: bytes) -> None:
        self._kept[key] = data
        self._kept_bytes += len(data)
        while self._kept_bytes > _KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest or b"")
