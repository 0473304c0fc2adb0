"""A true-peak limiter with look-ahead, above full scale (sums in a crossfade, positive gain, down-mixes, overshoot).

The gain falls over `LOOKAHEAD_S` before a peak, is held for `HOLD_S` after it, so that it does not follow the single
waves of a low tone, and then rises by `RELEASE_DB_PER_S`. What needs no limiting passes untouched, bit for bit.
Peaks between samples are found by the interpolating filter of ITU-R BS.1770-4 (annex 2), four times oversampled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from player.audio._samples import Samples

LOOKAHEAD_S = 0.003
HOLD_S = 0.1
RELEASE_DB_PER_S = 12.0

_PHASES = np.array(
    [
        [0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875, 0.1373291015625,
         0.9721679687500, -0.1022949218750, 0.0476074218750, -0.0266113281250, 0.0148925781250, -0.0083007812500],
        [-0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500, 0.4650878906250,
         0.7797851562500, -0.2003173828125, 0.1015625000000, -0.0582275390625, 0.0330810546875, -0.0189208984375],
        [-0.0189208984375, 0.0330810546875, -0.0582275390625, 0.1015625000000, -0.2003173828125, 0.7797851562500,
         0.4650878906250, -0.1665039062500, 0.0891113281250, -0.0517578125000, 0.0292968750000, -0.0291748046875],
        [-0.0083007812500, 0.0148925781250, -0.0266113281250, 0.0476074218750, -0.1022949218750, 0.9721679687500,
         0.1373291015625, -0.0594482421875, 0.0332031250000, -0.0196533203125, 0.0109863281250, 0.0017089843750],
    ],
    np.float32,
)  # fmt: skip
"""Coefficients of BS.1770-4 annex 2: four phases of twelve taps."""

_TAPS = _PHASES.shape[1]
_SAFE_PEAK = 0.5
"""Below this sample peak no peak between samples exceeds full scale."""


@dataclass(frozen=True, slots=True)
class LimiterState:
    """What the limiter remembers between two blocks.

    Attributes:
        needed: Gain that each of the last frames needed, and that the next ones need as far as they were looked at;
            float64, any length.
        gain: Gain before smoothing, of the last frames that are smoothed over; float64.
    """

    needed: NDArray[np.float64]
    gain: NDArray[np.float64]


class Limiter:
    """Holds sound within full scale; its state is passed in and out, so that blocks can be redone.

    Args:
        rate: Sample rate in Hz.

    Attributes:
        lookahead: Frames that must be known behind a block.
    """

    def __init__(self, rate: int) -> None:
        self._look = round(LOOKAHEAD_S * rate)
        self.lookahead = self._look + _TAPS // 2
        self._hold = round(HOLD_S * rate)
        self._rise = RELEASE_DB_PER_S / rate * np.log(10.0) / 20.0

    def process(
        self, samples: Samples, ahead: Samples, state: LimiterState | None, *, between: bool = True
    ) -> tuple[Samples, LimiterState | None]:
        """Limit one block.

        Args:
            samples: The block, float32 (frames, 2).
            ahead: What comes after it, up to `lookahead` frames, not limited.
            state: After the block before; None at rest.
            between: Look for peaks between samples even if no sample exceeds full scale. False lets sound that
                nothing has altered pass as it is in its file, however hot that was mastered.

        Returns:
            The block within ±1, the same object if nothing had to be done, and the state after it.
        """
        frames, look, hold = len(samples), self._look, self._hold
        peak = max(float(np.abs(samples).max(initial=0.0)), float(np.abs(ahead).max(initial=0.0)))
        if state is None and (peak <= _SAFE_PEAK or (peak <= 1.0 and not between)):
            return samples, None
        needed = np.ones(hold + frames + self.lookahead)
        known = needed[hold : hold + frames + len(ahead)]
        known[:] = 1.0 / np.maximum(_peaks(np.concatenate([samples, ahead])), 1.0)
        if state is not None:
            before = min(len(state.needed), len(needed))
            needed[:before] = np.minimum(needed[:before], state.needed[:before])
        if state is None and needed.min() == 1.0:
            return samples, None
        # The gain of a frame: what it, those held before it, and those looked at behind it need at least.
        held = np.log(_sliding_minimum(needed[: hold + frames + look], hold + look + 1))
        time = self._rise * np.arange(1, frames + 1)
        last = np.log(state.gain[-1]) if state is not None else 0.0
        raw = np.exp(np.minimum(np.minimum.accumulate(np.minimum(held - time, last)) + time, 0.0))
        past = state.gain if state is not None else np.ones(look)
        gains = np.concatenate([past, raw])
        total = np.concatenate([[0.0], np.cumsum(gains)])
        smooth = (total[look + 1 :] - total[: -look - 1]) / (look + 1)
        # A frame that could not be looked at in time is met at once.
        smooth = np.minimum(smooth, needed[hold : hold + frames])
        after = LimiterState(needed[frames:], gains[frames:])
        limited = np.clip(samples * smooth.astype(np.float32)[:, None], -1.0, 1.0)
        return limited, None if after.needed.min() == 1.0 and after.gain.min() == 1.0 else after


def _peaks(samples: Samples) -> NDArray[np.float32]:
    """Highest value of either channel at each frame and between it and its neighbours; float32 (frames,)."""
    peaks: NDArray[np.float32] = np.abs(samples).max(axis=1)
    count = len(samples) - _TAPS + 1
    if count < 1:
        return peaks
    for phase in _PHASES:
        between = np.zeros((count, samples.shape[1]), np.float32)
        for tap, share in enumerate(phase):
            between += share * samples[tap : tap + count]
        found = np.abs(between).max(axis=1)
        for shift in (_TAPS // 2 - 1, _TAPS // 2):  # it lies between these two frames
            np.maximum(peaks[shift : shift + count], found, out=peaks[shift : shift + count])
    return peaks


def _sliding_minimum(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Minimum of every `width` neighbours; float64 (len(values) - width + 1,). After van Herk, and Gil and Werman."""
    count = len(values) - width + 1
    padded = np.ones(-(-len(values) // width) * width)
    padded[: len(values)] = values
    parts = padded.reshape(-1, width)
    forward = np.minimum.accumulate(parts, axis=1).reshape(-1)
    backward = np.minimum.accumulate(parts[:, ::-1], axis=1)[:, ::-1].reshape(-1)
    lowest: NDArray[np.float64] = np.minimum(backward[:count], forward[width - 1 : width - 1 + count])
    return lowest
