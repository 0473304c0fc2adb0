"""Rounding to 16 bits."""

import numpy as np

from player.audio._dither import Dither
from tests.audio.sounds import RATE, music

STEP = 1 / 32_768


def tone(level, hz=1_000, seconds=4):
    t = np.arange(seconds * RATE) / RATE
    return np.repeat(level * np.sin(2 * np.pi * hz * t), 2).reshape(-1, 2).astype(np.float32)


def spectrum(samples):
    left = samples[:, 0].astype(np.float64)
    return np.abs(np.fft.rfft(left * np.hanning(len(left)))) * 4 / len(left)


def test_what_is_of_16_bits_passes_bit_for_bit():
    sound = music(0.5)
    assert Dither().process(sound) is sound


def test_the_result_is_of_16_bits_and_within_them():
    loud = Dither(1).process(tone(1.0001, seconds=1))
    assert np.array_equal(loud * 32_768, np.rint(loud * 32_768))
    assert -1.0 <= loud.min() <= loud.max() <= 1 - STEP


def test_the_error_is_noise_and_has_nothing_of_the_sound():
    """Rounding alone leaves harmonics of a quiet tone; half a step below rounding there is nothing left at all."""
    quiet = tone(1.6 * STEP)
    plain = (np.rint(quiet * 32_768) / 32_768).astype(np.float32)
    dithered = Dither(1).process(quiet)
    harmonics = [round(hz * len(quiet) / RATE) for hz in (3_000, 5_000, 7_000, 9_000)]
    floor = np.median(spectrum(dithered))
    assert max(spectrum(plain)[harmonics]) > 30 * floor
    assert max(spectrum(dithered)[harmonics]) < 5 * floor
    below = Dither(1).process(tone(0.4 * STEP))
    assert abs(spectrum(below)[4_000] / (0.4 * STEP) - 1) < 0.05


def test_the_noise_is_triangular_and_white():
    error = Dither(1).process(tone(0.1)) - tone(0.1)
    assert abs(np.sqrt(np.mean(error**2)) / STEP - 0.5) < 0.01, "TPDF and rounding together: half a step"
    assert np.abs(error).max() <= 1.5 * STEP * 1.001
    left = error[:, 0].astype(np.float64)
    assert abs(np.corrcoef(left[1:], left[:-1])[0, 1]) < 0.01
    assert abs(np.corrcoef(error[:, 0], error[:, 1])[0, 1]) < 0.01
