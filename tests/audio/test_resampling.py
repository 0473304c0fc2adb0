"""Another sample rate: nothing audible is lost, nothing is added, and the time holds."""

import numpy as np
import pytest

from tests.audio.sounds import encode_channels
from tests.audio.test_decoder import decode

LEVEL = 0.5


def tone(path, hz, rate, seconds=2.0):
    t = np.arange(round(seconds * rate)) / rate
    sound = np.repeat(LEVEL * np.sin(2 * np.pi * hz * t), 2).reshape(-1, 2).astype(np.float32)
    return encode_channels(path, "pcm_f32le", "stereo", sound, rate=rate)


def spectrum(sound, rate):
    """Amplitude relative to the tone, dB, by Hz; float64 (bins,), and Hz per bin."""
    middle = sound[rate // 4 : rate // 4 + rate, 0].astype(np.float64)
    window = np.blackman(len(middle))
    return 20 * np.log10(np.abs(np.fft.rfft(middle * window)) / (window.sum() / 2) / LEVEL + 1e-12)


@pytest.mark.parametrize(
    ("source", "target", "hz"),
    [(48_000, 44_100, 22_500), (48_000, 44_100, 23_000), (96_000, 44_100, 30_000), (96_000, 48_000, 25_000)],
)
def test_what_the_target_cannot_hold_is_gone(tmp_path, source, target, hz):
    """FFmpeg's resampler left 23 kHz at -40 dB."""
    sound = decode(tone(tmp_path / "x.wav", hz, source), target)
    assert spectrum(sound, target).max() < -120


@pytest.mark.parametrize(
    ("source", "target", "hz"),
    [
        (44_100, 48_000, 21_000),
        (44_100, 96_000, 20_000),
        (44_100, 48_000, 997),
        (48_000, 44_100, 997),
        (96_000, 44_100, 997),
    ],
)
def test_nothing_is_added(tmp_path, source, target, hz):
    found = spectrum(decode(tone(tmp_path / "x.wav", hz, source), target), target)
    found[hz - 8 : hz + 9] = -200
    assert found.max() < -120


@pytest.mark.parametrize(("source", "target"), [(44_100, 48_000), (48_000, 44_100), (192_000, 44_100)])
def test_the_audible_range_keeps_its_level(tmp_path, source, target):
    for hz in (20, 1_000, 10_000, 19_000, 20_000):
        sound = decode(tone(tmp_path / "x.wav", hz, source), target)
        middle = sound[target // 2 : target // 2 + target, 0].astype(np.float64)
        assert 20 * np.log10(np.sqrt(2 * np.mean(middle**2)) / LEVEL) == pytest.approx(0, abs=0.1), hz


@pytest.mark.parametrize(("source", "target"), [(44_100, 48_000), (48_000, 44_100), (96_000, 44_100), (11_025, 48_000)])
def test_length_and_time_hold(tmp_path, source, target):
    click = np.zeros((source, 2), np.float32)
    click[source // 2 - 20 : source // 2 + 21] = 0.5 * np.hanning(41)[:, None]
    sound = decode(encode_channels(tmp_path / "x.wav", "pcm_f32le", "stereo", click, rate=source), target)
    assert abs(len(sound) - target) <= 1
    left = sound[:, 0].astype(np.float64)
    centre = (np.arange(len(left)) * left).sum() / left.sum()
    assert centre == pytest.approx(source // 2 * target / source, abs=0.1)
