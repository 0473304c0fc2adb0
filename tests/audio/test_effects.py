"""The safety net above full scale, the equaliser, and the change of speed, as small parts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio import EQUALISER_PRESETS
from player.audio._equaliser import EQUALISER_BANDS_HZ, MAX_GAIN_DB, Equaliser
from player.audio._limiter import RELEASE_DB_PER_S, limit
from player.audio._tempo import Tempo
from tests.audio.sounds import RATE, music, noise


def run(samples, block=2048):
    gain, out = 1.0, []
    for start in range(0, len(samples), block):
        part, gain = limit(samples[start : start + block], gain, RATE)
        out.append(part)
    return np.concatenate(out), gain


def test_below_full_scale_nothing_changes():
    x = music(0.5)
    assert limit(x, 1.0, RATE)[0] is x


@given(st.floats(0.1, 8.0), st.integers(100, 3000))
def test_nothing_exceeds_full_scale(level, block):
    limited, gain = run(noise(0.3) * np.float32(level / 0.1), block)
    assert np.abs(limited).max() <= 1.0
    assert 0 < gain <= 1.0


def test_a_peak_is_met_without_being_cut_flat():
    x = np.full((2048, 2), 0.5, np.float32)
    x[1000] = 2.0
    limited, _ = limit(x, 1.0, RATE)
    assert limited[1000, 0] == pytest.approx(1.0, abs=0.02)
    assert limited[100, 0] == 0.5
    assert (np.abs(np.diff(limited[:1000, 0])) < 0.01).all()


def test_the_gain_recovers_at_its_rate_and_ends_exact():
    quiet = np.full((RATE, 2), 0.1, np.float32)
    recovered, gain = run(np.concatenate([np.full((64, 2), 2.0, np.float32), quiet, quiet]))
    half = recovered[64 + RATE // 4, 0] / 0.1
    assert 20 * np.log10(half) == pytest.approx(20 * np.log10(0.5) + RELEASE_DB_PER_S / 4, abs=0.2)
    assert gain == 1.0
    assert recovered[-1, 0] == np.float32(0.1)


@pytest.mark.parametrize("band", range(10))
def test_each_band_lifts_its_own_frequency(band):
    gains = tuple(6.0 if b == band else 0.0 for b in range(10))
    equaliser = Equaliser(gains, RATE)
    impulse = np.zeros((1 << 16, 2), np.float32)
    impulse[0] = 1.0
    response, _ = equaliser.process(impulse, equaliser.rest())
    spectrum = 20 * np.log10(np.abs(np.fft.rfft(response[:, 0])))
    at = round(EQUALISER_BANDS_HZ[band] / RATE * (1 << 16))
    assert spectrum[at] == pytest.approx(6.0, abs=0.1)


def test_blocks_of_any_size_are_filtered_the_same():
    equaliser = Equaliser((3.0, -3.0) * 5, RATE)
    x = music(0.3)
    whole, _ = equaliser.process(x, equaliser.rest())
    memory, parts = equaliser.rest(), []
    for part in np.array_split(x, 7):
        filtered, memory = equaliser.process(part, memory)
        parts.append(filtered)
    assert np.allclose(np.concatenate(parts), whole, atol=1e-6)


def test_bands_beyond_half_the_rate_and_absurd_gains_are_held():
    equaliser = Equaliser((99.0,) * 10, 8_000)
    filtered, _ = equaliser.process(noise(0.2), equaliser.rest())
    assert np.isfinite(filtered).all()


def test_presets_have_a_gain_for_every_band():
    assert EQUALISER_PRESETS["flat"] == ()
    assert {len(gains) for name, gains in EQUALISER_PRESETS.items() if name != "flat"} == {len(EQUALISER_BANDS_HZ)}
    assert all(abs(gain) <= MAX_GAIN_DB for gains in EQUALISER_PRESETS.values() for gain in gains)


@pytest.mark.parametrize("speed", [0.5, 1.3, 2.0])
def test_tempo_changes_the_length_alone(speed):
    tempo = Tempo(RATE, speed)
    blocks = [b for part in np.array_split(music(2.0), 20) for b in tempo.push(part)] + tempo.finish()
    assert sum(map(len, blocks)) == pytest.approx(2.0 * RATE / speed, rel=0.03)


def test_the_preamp_alone_scales_and_keeps_time():
    x = music(0.1)
    equaliser = Equaliser((), RATE, -6.0)
    out, _ = equaliser.process(x, equaliser.rest())
    assert np.abs(out - x * np.float32(10 ** (-6 / 20))).max() < 1e-6
