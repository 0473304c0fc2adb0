"""Ten-band graphic equaliser of peaking filters an octave apart, with an automatic pre-amplifier.

Filters after R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients", peakingEQ with a
bandwidth of one octave. Raised bands overlap: ten of +6 dB raise by up to 9.6 dB. All is lowered by the highest gain at
any frequency, so that nothing exceeds full scale that did not before.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from player.audio._samples import Samples, db_to_factor

EQUALISER_BANDS_HZ = (31.25, 62.5, 125.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0)
MAX_GAIN_DB = 12.0
RESPONSE_STEPS = 512
"""Frequencies at which the highest gain is looked for: 47 an octave."""

Memory = NDArray[np.float64]
"""State of the filters: float64, shape (bands, 2, channels)."""


class Equaliser:
    """The filters for one set of gains at one rate; the memory is passed in and out, so that blocks can be redone.

    Args:
        gains_db: One gain per band, each held within ±12 dB; missing ones are 0.
        rate: Sample rate in Hz; bands too near its half are left out.
        preamp_db: Gain added to the automatic one, held within ±12 dB.

    Attributes:
        automatic_db: Gain before the bands that makes room for them, dB; 0 or less.
    """

    def __init__(self, gains_db: tuple[float, ...], rate: int, preamp_db: float = 0.0) -> None:
        from scipy.signal import sosfilt  # noqa: PLC0415 - takes a quarter of a second, and most never need it

        self._filter: Any = sosfilt
        sections = np.array(
            [
                _peaking(hz, _held(gain), rate)
                for hz, gain in zip(EQUALISER_BANDS_HZ, gains_db, strict=False)
                if gain != 0.0 and hz < rate * 0.45
            ]
        ).reshape(-1, 6)
        self.automatic_db = -max(0.0, float(response_db(sections, rate).max()))
        gain_db = self.automatic_db + _held(preamp_db)
        if gain_db:
            if not len(sections):
                sections = np.array([[1.0, 0.0, 0.0, 1.0, 0.0, 0.0]])
            sections[0, :3] *= db_to_factor(gain_db)
        self._sections = sections

    def rest(self) -> Memory:
        """The filters' memory after silence."""
        return np.zeros((len(self._sections), 2, 2))

    def process(self, samples: Samples, memory: Memory) -> tuple[Samples, Memory]:
        """Filtered samples and the memory after them."""
        if not len(self._sections):
            return samples, memory
        filtered, memory = self._filter(self._sections, samples.astype(np.float64), axis=0, zi=memory)
        return filtered.astype(np.float32), memory


def response_db(sections: NDArray[np.float64], rate: int, hz: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Gain of second-order sections in dB at each of `hz`, by default from 10 Hz to half the rate in small steps.

    Args:
        sections: float64 (sections, 6), as SciPy's.
        rate: Sample rate in Hz.
        hz: Frequencies in Hz, float64 (n,).

    Returns:
        float64 (n,).
    """
    if hz is None:
        hz = np.geomspace(10.0, rate / 2, RESPONSE_STEPS)
    z = np.exp(-2j * np.pi * hz / rate)[:, None]
    powers = np.concatenate([np.ones_like(z), z, z * z], axis=1)
    gains = np.abs((powers @ sections[:, :3].T) / (powers @ sections[:, 3:].T)).prod(axis=1)
    decibels: NDArray[np.float64] = 20.0 * np.log10(np.maximum(gains, 1e-9))
    return decibels


def _held(gain_db: float) -> float:
    return max(-MAX_GAIN_DB, min(MAX_GAIN_DB, gain_db))


def _peaking(hz: float, gain_db: float, rate: int) -> tuple[float, ...]:
    amplitude = 10.0 ** (gain_db / 40.0)
    w = 2.0 * math.pi * hz / rate
    alpha = math.sin(w) * math.sinh(math.log(2.0) / 2.0 * w / math.sin(w))
    a0 = 1.0 + alpha / amplitude
    b = (1.0 + alpha * amplitude, -2.0 * math.cos(w), 1.0 - alpha * amplitude)
    a = (a0, -2.0 * math.cos(w), 1.0 - alpha / amplitude)
    return (*(x / a0 for x in b), *(x / a0 for x in a))
