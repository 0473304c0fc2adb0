"""Curves over output frames."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.engine._fades import STEADY, Fade, volume_factor


def gains(fade, at, frames):
    values = fade.gains(at, frames)
    return np.full(frames, values, np.float32) if isinstance(values, float) else values[:, 0]


def test_a_fade_is_flat_outside_and_monotone_inside():
    curve = gains(Fade(100, 50, 0.2, 0.9), 0, 300)
    assert np.allclose(curve[:100], 0.2)
    assert np.allclose(curve[150:], 0.9)
    assert (np.diff(curve[100:150]) > 0).all()


@given(st.integers(0, 250), st.integers(1, 100), st.booleans())
def test_a_fade_does_not_depend_on_the_blocks_it_is_asked_for(at, frames, equal_power):
    fade = Fade(100, 77, 1.0, 0.0, equal_power=equal_power)
    assert np.allclose(gains(fade, at, frames), gains(fade, 0, 400)[at : at + frames], rtol=0, atol=1e-9)


def test_two_equal_power_fades_keep_the_power():
    out, into = (gains(Fade(0, 500, a, b, equal_power=True), 0, 500) for a, b in ((1.0, 0.0), (0.0, 1.0)))
    assert np.allclose(out**2 + into**2, 1.0, atol=1e-6)


def test_a_steady_fade_costs_nothing():
    assert STEADY.gains(12_345, 10) == 1.0


def test_a_fade_can_turn_back_where_it_is():
    down = Fade(0, 100, 1.0, 0.0)
    up = down.towards(40, 1.0, 100)
    assert up.value(39) == pytest.approx(down.value(40), abs=0.01)
    assert up.value(200) == 1.0


def test_volume_is_even_in_decibels_and_ends_in_silence():
    assert volume_factor(1.0) == 1.0
    assert volume_factor(0.0) == 0.0
    steps = [20 * np.log10(volume_factor(v)) for v in (0.9, 0.7, 0.5, 0.3)]
    assert np.allclose(np.diff(steps), -10.0)
    assert 0 < volume_factor(0.05) < volume_factor(0.1)
    assert volume_factor(7.0) == 1.0
