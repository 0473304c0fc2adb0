"""Curves over output frames: fades, volume.

Every curve is a function of the absolute frame, so a block may be mixed again, in whole or in part, with the same
result.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

VOLUME_RANGE_DB = 50.0
"""From full volume down to the last step above silence."""


@dataclass(frozen=True, slots=True)
class Fade:
    """Gain that goes from one value to another.

    Attributes:
        start: Output frame where it begins.
        frames: Its length; 0 is a step.
        before: Gain until it begins.
        after: Gain from its end on.
        equal_power: A quarter sine instead of a line: two of them, opposed, keep the power of two unrelated sounds.
    """

    start: int
    frames: int
    before: float
    after: float
    equal_power: bool = False

    def gains(self, at: int, frames: int) -> NDArray[np.float32] | float:
        """Gain of each frame from `at`: float32 (frames, 1), or one number where it does not change."""
        if self.over(at) or self.before == self.after:
            return self.after
        if at + frames <= self.start:
            return self.before
        x = (np.arange(at, at + frames, dtype=np.float64) - self.start + 0.5) / max(1, self.frames)
        x = np.clip(x, 0.0, 1.0)
        if self.equal_power:
            curve = np.sin(x * (math.pi / 2)) if self.after > self.before else 1.0 - np.cos(x * (math.pi / 2))
        else:
            curve = x
        return (self.before + (self.after - self.before) * curve).astype(np.float32)[:, None]

    def over(self, at: int) -> bool:
        """Whether the gain has come to rest by frame `at`."""
        return at >= self.start + self.frames

    def value(self, at: int) -> float:
        """Gain at one frame."""
        gains = self.gains(at, 1)
        return gains if isinstance(gains, float) else float(gains[0, 0])

    def towards(self, at: int, after: float, frames: int) -> Fade:
        """A line from the gain at frame `at` to `after`."""
        return Fade(at, frames, self.value(at), after)


STEADY = Fade(0, 0, 1.0, 1.0)


def volume_factor(volume: float) -> float:
    """Perceptual volume 0..1 to a factor of amplitude: even steps in dB, fading to nothing at the low end.

    Loudness is perceived by ratios, so 0..1 maps to -50..0 dB; below 0.1 a straight line leads to silence.
    """
    volume = min(1.0, max(0.0, volume))
    if volume < 0.1:
        return volume / 0.1 * volume_factor(0.1)
    return float(10.0 ** ((volume - 1.0) * VOLUME_RANGE_DB / 20.0))
