"""Noticing changes in the music folders (inotify, FSEvents, ReadDirectoryChanges through watchfiles)."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from player.library._ground import Ground, on_remote_drive, survey
from player.library._walk import CUE_SUFFIX
from player.tags import AUDIO_SUFFIXES, is_cover_name

if TYPE_CHECKING:
    from watchfiles import Change

logger = logging.getLogger(__name__)

_QUIET_MS = 2_000
"""Changes are reported once nothing has happened for so long …"""

_PATIENCE_MS = 30_000
"""… or after so long at the latest."""

_HEARTBEAT_MS = 500
"""So often the thread looks whether it should end."""

_ABSENT_S = 30.0
"""So often folders that are not there (a drive not connected) are looked for."""

_POLL_S = 900.0
"""So often folders on drives of other computers are compared: their changes are not told."""


class Watcher(QObject):
    """Watches folders from a thread; reports which ones to look at again.

    Signals:
        changed(frozenset[str]): Folders in or below the watched ones in which something has changed; some may be gone.
            Now and then those on drives of other computers, whether or not something has changed there.
        too_many(): There are more folders than can be watched, or the system watches nothing more; none is.
    """

    changed = Signal(object)
    too_many = Signal()
    _noticed = Signal(object)
    _refused = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roots: tuple[str, ...] = ()
        self._thread: threading.Thread | None = None
        self._ending: list[threading.Thread] = []
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._folders: set[str] = set()
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self._report)
        self._since_first = QElapsedTimer()
        self._noticed.connect(self._collect, Qt.ConnectionType.QueuedConnection)
        self._refused.connect(self.too_many, Qt.ConnectionType.QueuedConnection)

    def watch(self, roots: Iterable[str]) -> None:
        """Watch these folders from now on, and those of them that do not exist once they do."""
        roots = tuple(roots)
        if roots == self._roots and self._thread is not None and self._thread.is_alive():
            return
        self._end()
        self._roots = roots
        if roots:
            self._stop, self._ready = threading.Event(), threading.Event()
            self._thread = threading.Thread(
                target=self._run, args=(roots, self._stop, self._ready), name="watch", daemon=True
            )
            self._thread.start()

    @property
    def watching(self) -> bool:
        """Whether folders are being watched; false where they are too many."""
        return self._ready.is_set()

    def close(self) -> None:
        """End the thread."""
        self._quiet.stop()
        self._end()
        for thread in self._ending:
            thread.join(5)

    def _end(self) -> None:
        """Ask the thread to end, without waiting: it does within half a second."""
        if self._thread is not None:
            self._stop.set()
            self._ready.clear()
            self._ending = [thread for thread in self._ending if thread.is_alive()] + [self._thread]
            self._thread = None

    def _run(self, roots: tuple[str, ...], stop: threading.Event, ready: threading.Event) -> None:
        """In the thread: everything that may wait for a disk or the network happens here."""
        try:
            present: frozenset[str] = frozenset()
            while not stop.is_set():
                before, present = present, frozenset(filter(os.path.isdir, roots))
                if before and present - before:
                    self._noticed.emit(present - before)
                remote = frozenset(filter(on_remote_drive, present))
                ground = survey(present - remote, stop.is_set)
                if ground is None:
                    if not stop.is_set():
                        self._refuse("too many folders to watch")
                    return
                self._watch_present(ground, remote, set(roots) - present, stop, ready)
        except (OSError, RuntimeError) as error:  # the system's limits for watches are used up, by others maybe
            self._refuse(f"folders cannot be watched ({error})")
        except Exception:  # the border of the thread: without watching, rescans go on
            logger.exception("watching the music folders has ended")
        finally:
            ready.clear()

    def _refuse(self, why: str) -> None:
        logger.info("%s; they are looked through now and then instead", why)
        self._refused.emit()

    def _watch_present(
        self,
        ground: Ground,
        remote: frozenset[str],
        absent: Collection[str],
        stop: threading.Event,
        ready: threading.Event,
    ) -> None:
        """Report changes until told to stop, or until one of the absent folders has come."""
        looked = polled = time.monotonic()
        for changes in _changes(ground, stop):
            ready.set()
            if changes:
                self._noticed.emit(frozenset(_folder(change, path) for change, path in changes))
            if remote and time.monotonic() - polled > _POLL_S:
                polled = time.monotonic()
                self._noticed.emit(remote)
            if absent and time.monotonic() - looked > _ABSENT_S:
                looked = time.monotonic()
                if any(map(os.path.isdir, absent)):
                    return

    def _collect(self, folders: frozenset[str]) -> None:
        if not self._folders:
            self._since_first.start()
        self._folders |= folders
        if self._since_first.elapsed() < _PATIENCE_MS:
            self._quiet.start(_QUIET_MS)
        elif not self._quiet.isActive():
            self._quiet.start(0)

    def _report(self) -> None:
        folders = frozenset(self._folders)
        self._folders.clear()
        if folders:
            self.changed.emit(folders)


def _changes(ground: Ground, stop: threading.Event) -> Iterator[set[tuple[Change, str]]]:
    """Changes in folders, and nothing now and then, until told to stop.

    Raises:
        OSError, RuntimeError: the system's limits do not allow it.
    """
    from watchfiles import watch  # noqa: PLC0415 - in the thread, not at the start

    watches = [
        watch(
            *folders,
            recursive=recursive,
            watch_filter=_matters,
            stop_event=stop,
            debounce=1_000,
            step=100,
            rust_timeout=_HEARTBEAT_MS,
            yield_on_timeout=True,
        )
        for folders, recursive in ((ground.trees, True), (ground.flat, False))
        if folders
    ]
    while not (stop.is_set() if watches else stop.wait(_HEARTBEAT_MS / 1_000)):
        if not watches:
            yield set()
        for each in watches:
            yield next(each, set())


def nearest_folder(path: str, roots: Iterable[str]) -> str | None:
    """The nearest existing folder at or above `path`, inside one of `roots`; None outside of all."""
    for root in roots:
        if (path + os.sep).startswith(root.rstrip(os.sep) + os.sep):
            while not os.path.isdir(path) and path != root:
                path = os.path.dirname(path)
            return path if os.path.isdir(path) else None
    return None


def _matters(change: Change, path: str) -> bool:
    """Whether a change may concern music: an audio file, a cue sheet, a cover, a folder, or something that has gone."""
    from watchfiles import Change  # noqa: PLC0415 - loaded by now

    name = os.path.basename(path)
    if name.startswith("."):
        return False
    suffix = os.path.splitext(name)[1].lower()
    if suffix in AUDIO_SUFFIXES or suffix == CUE_SUFFIX or is_cover_name(name):
        return True
    return change is Change.deleted or (change is Change.added and os.path.isdir(path))


def _folder(change: Change, path: str) -> str:
    """The folder to look at again: a new folder itself, else the one that the change happened in."""
    from watchfiles import Change  # noqa: PLC0415 - loaded by now

    return path if change is Change.added and os.path.isdir(path) else os.path.dirname(path)
