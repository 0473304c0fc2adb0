"""The safety net above full scale, the equaliser, and the change of speed, as small parts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio import EQUALISER_PRESETS
from player.audio._equaliser import EQUALISER_BANDS_HZ, MAX_GAIN_DB, Equaliser
from player.audio._limiter import HOLD_S, RELEASE_DB_PER_S, Limiter
from player.audio._samples import silence
from player.audio._tempo import Tempo
from tests.audio.sounds import RATE, music, noise


def run(samples, block=2048, *, between=True):
    """Limited in blocks, and the state after the last."""
    limiter, state, out = Limiter(RATE), None, []
    for start in range(0, len(samples), block):
        stop = start + block
        ahead = samples[stop : stop + limiter.lookahead]
        part, state = limiter.process(samples[start:stop], ahead, state, between=between)
        out.append(part)
    return np.concatenate(out), state


def tone(hz, level, seconds=2.0, phase=0.0):
    t = np.arange(round(seconds * RATE)) / RATE
    return np.repeat(level * np.sin(2 * np.pi * hz * t + phase), 2).reshape(-1, 2).astype(np.float32)


def residual_db(sound, hz):
    """Everything but the tone, relative to the tone (THD+N), of a whole number of its periods."""
    t = np.arange(len(sound)) / RATE
    basis = np.stack([np.sin(2 * np.pi * hz * t), np.cos(2 * np.pi * hz * t)], axis=1)
    left = sound[:, 0].astype(np.float64)
    fitted = basis @ np.linalg.lstsq(basis, left, rcond=None)[0]
    return 10 * np.log10(np.mean((left - fitted) ** 2) / np.mean(fitted**2))


def test_below_full_scale_nothing_changes():
    x = music(0.5)
    limiter = Limiter(RATE)
    assert limiter.process(x, x[:100], None)[0] is x


def test_hot_masters_pass_as_they_are_where_nothing_alters_them():
    """Peaks between samples are no matter of a player that plays at its level what is on the record."""
    hot = tone(RATE / 4, 0.99 * 2**0.5, phase=np.pi / 4)
    assert np.abs(hot).max() < 1.0
    assert np.array_equal(run(hot, between=False)[0], hot)
    limited, _ = run(hot, between=True)
    assert np.abs(limited[RATE:]).max() == pytest.approx(0.5**0.5, abs=0.01)


@given(st.floats(0.1, 8.0), st.integers(100, 3000))
def test_nothing_exceeds_full_scale(level, block):
    limited, _ = run(noise(0.3) * np.float32(level / 0.1), block)
    assert np.abs(limited).max() <= 1.0


@given(st.integers(1, 3000))
def test_blocks_of_any_size_are_limited_the_same(block):
    loud = noise(0.2) * np.float32(15.0)
    assert np.abs(run(loud, block)[0] - run(loud, len(loud))[0]).max() < 1e-6


@pytest.mark.parametrize("place", [1000, 2047, 2048, 2049, 2090, 4095])
def test_a_peak_is_met_without_being_cut_flat(place):
    """Also where it stands at the beginning of a block: the gain falls before it."""
    x = np.full((3 * 2048, 2), 0.5, np.float32)
    x[place] = 2.0
    limited, _ = run(x, between=False)
    assert limited[place, 0] == pytest.approx(1.0, abs=1e-6)
    assert limited[place - 200, 0] == 0.5
    assert (np.abs(np.diff(limited[:place, 0])) < 0.005).all()


def test_the_gain_holds_between_two_peaks():
    x = np.full((RATE, 2), 0.1, np.float32)
    x[5_000], x[5_400] = 2.0, 1.6
    limited, _ = run(x, between=False)
    assert limited[5_000, 0] == pytest.approx(1.0, abs=1e-6)
    assert limited[5_400, 0] == pytest.approx(0.8, abs=1e-6)


def test_the_gain_recovers_at_its_rate_and_ends_exact():
    quiet = np.full((2 * RATE, 2), 0.1, np.float32)
    recovered, state = run(np.concatenate([np.full((64, 2), 2.0, np.float32), quiet]), between=False)
    gain = 20 * np.log10(recovered[64:, 0].astype(np.float64) / 0.1)
    held = round(HOLD_S * RATE)
    assert gain[held - 10] == pytest.approx(gain[100], abs=0.01)
    assert gain[held + RATE // 4] - gain[held] == pytest.approx(RELEASE_DB_PER_S / 4, abs=0.05)
    assert state is None
    assert recovered[-1, 0] == np.float32(0.1)


def test_a_low_tone_is_turned_down_and_not_bent():
    """The gain used to follow each wave: 60 Hz, 3 dB too loud, had -54 dB of distortion."""
    assert residual_db(tone(60, 0.955)[-RATE:], 60) < -120
    for hz in (30, 60, 200):
        limited, _ = run(tone(hz, 0.955 * 2**0.5, 3.0))
        assert np.abs(limited).max() <= 1.0
        assert residual_db(limited[-RATE:], hz) < -90, hz


def test_peaks_between_samples_are_held_too():
    limited, _ = run(noise(1.0) * np.float32(8.0))
    left = limited[4_000:-4_000, 0].astype(np.float64)
    spectrum = np.fft.rfft(left)
    finer = np.fft.irfft(np.pad(spectrum, (0, 3 * (len(spectrum) - 1))), 4 * len(left)) * 4
    assert 20 * np.log10(np.abs(finer).max()) < 0.7, "the filter of BS.1770 misses more than half a dB of white noise"


@pytest.mark.parametrize("band", range(10))
def test_each_band_lifts_its_own_frequency(band):
    gains = tuple(6.0 if b == band else 0.0 for b in range(10))
    equaliser = Equaliser(gains, RATE)
    impulse = np.zeros((1 << 16, 2), np.float32)
    impulse[0] = 1.0
    response, _ = equaliser.process(impulse, equaliser.rest())
    spectrum = 20 * np.log10(np.abs(np.fft.rfft(response[:, 0])))
    at = round(EQUALISER_BANDS_HZ[band] / RATE * (1 << 16))
    assert spectrum[at] - equaliser.automatic_db == pytest.approx(6.0, abs=0.1)
    assert spectrum.max() <= 0.01


@pytest.mark.parametrize("gains", [(6.0,) * 10, (12.0,) * 10, (-6.0,) * 10, (9.0, -9.0) * 5])
@pytest.mark.parametrize("rate", [44_100, 96_000])
def test_raised_bands_are_given_room(gains, rate):
    """Neighbours add up: ten bands at +6 dB gave +9.6, at +12 dB +16.7."""
    equaliser = Equaliser(gains, rate)
    impulse = np.zeros((1 << 16, 2), np.float32)
    impulse[0] = 1.0
    response, _ = equaliser.process(impulse, equaliser.rest())
    highest = 20 * np.log10(np.abs(np.fft.rfft(response[:, 0])).max())
    assert highest <= 0.02
    if max(gains) > 0:
        assert highest >= -0.05, "no more room than is needed"
    else:
        assert equaliser.automatic_db == pytest.approx(0.0, abs=1e-6)


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


def stretched(sound, speed, block=1_152):
    tempo = Tempo(RATE, speed)
    blocks = [b for at in range(0, len(sound), block) for b in tempo.push(sound[at : at + block])]
    return np.concatenate([silence(0), *blocks, *tempo.finish()])


def beside_db(sound, partials):
    """Everything further than 15 Hz from the partials, relative to them."""
    left = sound[:, 0].astype(np.float64)
    power = np.abs(np.fft.rfft(left * np.blackman(len(left)))) ** 2
    hz = np.fft.rfftfreq(len(left), 1 / RATE)
    near = np.min(np.abs(hz[:, None] - np.array(partials)), axis=1) < 15
    return 10 * np.log10(power[~near].sum() / power[near].sum())


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.3, 2.0])
def test_tempo_changes_the_length_alone(speed):
    for sound in (music(2.0), music(0.01), music(0.0)):
        assert len(stretched(sound, speed)) == round(len(sound) / speed)


@pytest.mark.parametrize("speed", [0.5, 0.75, 0.9, 1.25, 1.5, 2.0])
@pytest.mark.parametrize(
    ("partials", "most"), [((1_000,), -90), ((100,), -90), ((3_333.3,), -80), ((440, 554.4, 659.3), -28)]
)
def test_tempo_adds_next_to_nothing_to_tones(speed, partials, most):
    """Aligned to whole samples, a tone of 1 kHz kept -32 dB of residual at 0.75 and 1.25."""
    sound = sum(tone(hz, 0.2, 4.0) for hz in partials)
    assert beside_db(stretched(sound, speed)[RATE // 2 : 2 * RATE], partials) < most


def test_tempo_keeps_the_beginning_and_the_place_of_what_happens():
    sound = music(3.0)
    assert np.abs(stretched(sound, 1.25)[:1_000] - sound[:1_000]).max() < 0.02
    clicks = np.zeros((3 * RATE, 2), np.float32)
    clicks[[RATE // 2, RATE, 2 * RATE]] = 0.9
    for speed in (0.75, 1.5):
        out = np.abs(stretched(clicks, speed)[:, 0])
        for at in (RATE // 2, RATE, 2 * RATE):
            around = out[round(at / speed) - 1_500 : round(at / speed) + 1_500]
            assert around.max() > 0.2


@given(st.integers(1, 9_000))
def test_blocks_of_any_size_are_stretched_the_same(block):
    sound = music(0.5)
    assert np.allclose(stretched(sound, 0.75, block), stretched(sound, 0.75, len(sound)), atol=1e-6)


def test_the_preamp_alone_scales_and_keeps_time():
    x = music(0.1)
    equaliser = Equaliser((), RATE, -6.0)
    out, _ = equaliser.process(x, equaliser.rest())
    assert np.abs(out - x * np.float32(10 ** (-6 / 20))).max() < 1e-6
