"""The one sample format inside the engine: float32, interleaved stereo, shape (frames, 2), full scale ±1."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]
"""float32, shape (frames, 2)."""

CHANNELS = 2
FRAME_BYTES = 8


def silence(frames: int) -> Samples:
    """So many frames of nothing."""
    return np.zeros((frames, CHANNELS), np.float32)


def db_to_factor(db: float) -> float:
    """Decibels to a linear factor of amplitude."""
    return float(10.0 ** (db / 20.0))
