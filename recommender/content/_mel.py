"""Log-mel spectrograms as musicnn was trained on, in NumPy.

16 kHz mono; FFT of 512 with a periodic Hann window, hop 256, centred frames with reflected ends; power; 96 Slaney mel
bands from 0 to 8 kHz, normalised by area; log10(10000 x + 1). (Slaney 1998, Auditory Toolbox; Pons & Serra 2019.)
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray

RATE = 16_000
"""Hz."""
WINDOW = 512
HOP = 256
BANDS = 96
COMPRESSION = 10_000.0

_LINEAR_HZ = 200 / 3
"""Width of a mel below the break."""
_BREAK_HZ = 1000.0
_BREAK_MEL = _BREAK_HZ / _LINEAR_HZ
_LOG_STEP = np.log(6.4) / 27


def log_mel(samples: FloatArray) -> FloatArray:
    """The spectrogram of a stretch of sound.

    Args:
        samples: float32[n], mono, 16 kHz, within -1 to 1; at least half a window (256 samples).

    Returns:
        float32[1 + n // 256, 96].
    """
    padded = np.pad(np.asarray(samples, np.float32), WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    power = np.square(np.abs(np.fft.rfft(frames * _window(), axis=1)))
    return np.log10(COMPRESSION * (power @ _filters().T) + 1).astype(np.float32)


@cache
def _window() -> npt.NDArray[np.float64]:
    return np.hanning(WINDOW + 1)[:-1]


@cache
def _filters() -> npt.NDArray[np.float64]:
    """Triangles over the FFT's bins, [BANDS, WINDOW // 2 + 1]."""
    edges = _hz(np.linspace(0, _mel(RATE / 2), BANDS + 2))
    bins = np.fft.rfftfreq(WINDOW, 1 / RATE)
    width = np.diff(edges)
    ramps = edges[:, None] - bins
    rising, falling = -ramps[:-2] / width[:-1, None], ramps[2:] / width[1:, None]
    area = 2 / (edges[2:] - edges[:-2])
    return np.asarray(np.maximum(0, np.minimum(rising, falling)) * area[:, None])


def _mel(hz: float) -> float:
    return hz / _LINEAR_HZ if hz < _BREAK_HZ else _BREAK_MEL + float(np.log(hz / _BREAK_HZ) / _LOG_STEP)


def _hz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    above = _BREAK_HZ * np.exp((mel - _BREAK_MEL) * _LOG_STEP)
    return np.where(mel < _BREAK_MEL, mel * _LINEAR_HZ, above)
