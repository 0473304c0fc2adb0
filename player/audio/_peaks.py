"""The outline of a file's sound, for the seek bar. Qt-free."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from player.audio._decoder import Decoder

_CHUNK = 512
"""Frames looked at as one before they are joined to the asked number of peaks."""


def peaks(path: str, count: int, *, start_ms: int = 0, end_ms: int | None = None) -> NDArray[np.float32]:
    """Highest absolute sample of each of `count` equal parts of a file, or of a part of it.

    Returns:
        float32 (count,), from 0 to 1; all 0 for a file without sound.

    Raises:
        FileError: nothing in it can be decoded.
    """
    decoder = Decoder(path, None)
    try:
        if start_ms:
            decoder.seek(start_ms / 1000)
        left = None if end_ms is None else round((end_ms - start_ms) / 1000 * decoder.rate)
        fine: list[NDArray[np.float32]] = []
        while (block := decoder.read()) is not None and (left is None or left > 0):
            level = np.abs(block if left is None else block[:left]).max(axis=1)
            fine.append(np.maximum.reduceat(level, np.arange(0, len(level), _CHUNK)))
            left = None if left is None else left - len(block)
    finally:
        decoder.close()
    return _join(np.concatenate(fine) if fine else np.zeros(1, np.float32), count)


def _join(fine: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    edges = (np.arange(count) * len(fine)) // count
    return np.minimum(np.maximum.reduceat(fine, edges), 1.0).astype(np.float32)
