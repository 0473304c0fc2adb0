"""A limiter as a safety net above full scale (sums in a crossfade, positive gain, decoder overshoot).

Sound below full scale passes untouched, bit for bit, unless the gain is still recovering from a peak.
"""

from __future__ import annotations

import numpy as np

from player.audio._samples import Samples

STEP = 64
"""Frames of one step of gain: 1.5 ms at 44.1 kHz."""

RELEASE_DB_PER_S = 12.0


def limit(samples: Samples, gain: float, rate: int) -> tuple[Samples, float]:
    """Hold `samples` within ±1.

    The gain falls over the step before a peak, so that a peak is met with the gain it needs, and rises slowly
    afterwards. A peak within the first step of a block can only be met at once.

    Args:
        samples: One block.
        gain: Gain at the end of the block before, 1 at rest.
        rate: Sample rate in Hz.

    Returns:
        The block and the gain at its end.
    """
    peak = float(np.abs(samples).max(initial=0.0))
    if peak <= 1.0 and gain == 1.0:
        return samples, 1.0
    edges = np.arange(0, len(samples), STEP)
    peaks = np.maximum.reduceat(np.abs(samples).max(axis=1), edges)
    needed = 1.0 / np.maximum(peaks, 1.0)
    rise = 10.0 ** (RELEASE_DB_PER_S * STEP / rate / 20.0)
    points = np.empty(len(edges) + 1)
    points[0] = min(gain, needed[0])
    for i in range(len(edges)):
        ahead = needed[i + 1] if i + 1 < len(edges) else 1.0
        points[i + 1] = min(points[i] * rise, needed[i], ahead, 1.0)
    x = np.append(edges, len(samples))
    curve = np.interp(np.arange(len(samples)), x, points).astype(np.float32)
    return np.clip(samples * curve[:, None], -1.0, 1.0), float(points[-1])
