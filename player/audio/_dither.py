"""Sound for outputs of 16 bits: rounded with noise, so that what is lost is hiss and not distortion.

Noise of triangular density, two steps wide (TPDF), makes the error independent of the sound: S. P. Lipshitz, R. A.
Wannamaker, J. Vanderkooy, "Quantization and Dither: A Theoretical Survey", JAES 40 (1992).
"""

from __future__ import annotations

import numpy as np

from player.audio._samples import CHANNELS, Samples

_STEPS = np.float32(32_768.0)


class Dither:
    """Rounds blocks to 16 bits; blocks that are of 16 bits already pass bit for bit.

    Args:
        seed: Seed of the noise; None for another one each time.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._noise = np.random.default_rng(seed)

    def process(self, samples: Samples) -> Samples:
        """Return `samples` rounded to steps of 1/32768, within full scale; float32 (frames, 2)."""
        scaled = samples * _STEPS
        if np.array_equal(scaled, np.rint(scaled)):
            return samples
        noise = self._noise.random((2, len(samples), CHANNELS), np.float32)
        rounded = np.rint(scaled + (noise[0] - noise[1]))
        dithered: Samples = rounded.clip(-_STEPS, _STEPS - 1) / _STEPS
        return dithered
