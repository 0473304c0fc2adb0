"""Waveforms for the seek bar: computed off the GUI thread, kept in the cache."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from player.domain import FileError, Track
from player.library import Probe
from player.workers import Lane

logger = logging.getLogger(__name__)

COUNT = 600
FINE = 32
STRETCH = 1.4
MOST_FILES = 4_000
MOST_MS = 3 * 3_600_000
"""Longer files (mixes, audio books) keep the plain line: decoding them takes too long for what it shows."""

Waveform = NDArray[np.uint8]


def levels(probe: Probe, path: str, *, start_ms: int = 0, end_ms: int | None = None) -> Waveform:
    """The outline of a file's sound as `COUNT` bytes, 255 being its loudest part.

    The mean of many short peaks follows the loudness one hears; one peak alone is at full scale everywhere in
    compressed music.

    Raises:
        FileError: nothing in it can be decoded.
        InterruptedError: the probe was stopped.
    """
    fine = probe.peaks(path, COUNT * FINE, start_ms=start_ms, end_ms=end_ms)
    found = fine.reshape(COUNT, FINE).mean(axis=1)
    highest = float(found.max())
    return np.rint((found / highest) ** STRETCH * 255).astype(np.uint8) if highest > 0 else np.zeros(COUNT, np.uint8)


class Waveforms(QObject):
    """Gives the waveform of one track after another; only the last one asked for is answered.

    Args:
        folder: Where they are kept.
        parent: Qt parent.
    """

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lane = Lane("waveforms", self)
        self._request = 0
        self._probe = Probe()

    def ask(self, track: Track, done: Callable[[list[float]], None]) -> None:
        """Get a track's waveform, 0 to 1; `done` on the GUI thread, empty where there is none."""
        self._request += 1
        request = self._request

        def answer(found: Waveform | None) -> None:
            if request == self._request:
                done([] if found is None else (found / 255).tolist())

        self._lane.submit(lambda: self._find(track) if request == self._request else None, done=answer)

    def close(self) -> None:
        """Stop what is being computed; nothing is answered afterwards."""
        self._request += 1
        self._probe.stop()
        self._lane.close()

    # In the lane.

    def _find(self, track: Track) -> Waveform | None:
        if track.missing or not track.playable or track.duration_ms > MOST_MS:
            return None
        kept = self._folder / f"{track.audio_key or f'track-{track.id}'}.bin"
        with suppress(FileNotFoundError):  # not computed yet
            found = np.fromfile(kept, dtype=np.uint8)
            if len(found) == COUNT:
                return found
        return self._compute(track, kept)

    def _compute(self, track: Track, kept: Path) -> Waveform | None:
        try:
            found = levels(self._probe, track.path, start_ms=track.start_ms, end_ms=track.end_ms)
        except (FileError, InterruptedError) as error:
            logger.info("no waveform: %s", error)
            return None
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            found.tofile(kept)
            self._trim()
        except OSError as error:
            logger.info("waveform not kept: %s", error)
        return found

    def _trim(self) -> None:
        files = sorted(self._folder.glob("*.bin"), key=lambda path: path.stat().st_mtime)
        for path in files[:-MOST_FILES]:
            path.unlink(missing_ok=True)
