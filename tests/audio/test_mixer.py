"""Blocks mixed, and mixed again."""

import numpy as np
import pytest

from player.audio import Source
from player.audio.engine._ledger import Play
from player.audio.engine._mixer import BLOCK, Mixer
from player.audio.engine._voice import Voice
from tests.audio.sounds import RATE, encode, music


@pytest.fixture
def mixer(tmp_path):
    """A mixer with half a second of music."""
    mixer = Mixer(RATE)
    path = encode(tmp_path / "x.wav", music(0.5))
    voice = Voice(Play(1, Source(path, gain_db=9.0)), RATE, 0.0, 1.0, RATE, lambda: None)
    while voice.hungry:
        voice.step()
    mixer.timeline.put(voice, 0)
    yield mixer
    voice.cancel()


def mix(mixer, frames=None):
    """Everything up to an output frame, or to the end."""
    parts = []
    while (frames is None or mixer.cursor < frames) and (
        mixed := mixer.mix(BLOCK if frames is None else frames - mixer.cursor)
    ):
        assert sum(p.frames for p in mixed.portions) == len(mixed.samples)
        parts.append(mixed.samples)
    return np.concatenate(parts)


def test_nothing_is_mixed_twice(mixer):
    assert len(mix(mixer)) == RATE // 2
    assert mixer.mix() is None


@pytest.mark.parametrize("back", [0, 1, 2_047, 2_048, 2_049, 5_000])
def test_mixing_again_gives_the_same(mixer, back):
    mixer.set_equaliser((3.0,) * 10)
    first = mix(mixer)
    mixer.rewind(len(first) - back)
    assert mixer.cursor == len(first) - back
    if back:
        assert np.array_equal(mix(mixer), first[-back:])


def test_portions_tell_the_position_in_the_source(mixer):
    mix(mixer, 10_000)
    mixer.rewind(7_001)
    portion = mixer.mix(500).portions[0]
    assert (portion.start, portion.frames) == (7_001, 500)
    assert portion.source_s == pytest.approx(7_001 / RATE)


def test_going_back_behind_a_change_of_the_equaliser_is_possible(mixer):
    """A lost device takes nothing more, so everything is taken back."""
    mix(mixer, 8_000)
    mixer.set_equaliser((6.0,) * 10)
    mix(mixer, 9_000)
    mixer.forget(7_500)
    mixer.rewind(7_500)
    assert mixer.cursor == 7_500
    assert len(mix(mixer)) == RATE // 2 - 7_500


def test_what_was_heard_cannot_be_mixed_again_but_the_rest_can(mixer):
    first = mix(mixer, 20_000)
    mixer.forget(15_000)
    mixer.rewind(15_000)
    assert np.array_equal(mix(mixer, 20_000), first[15_000:])


def test_what_is_to_be_mixed_again_is_kept_until_then(mixer):
    """The block in which the sound goes on begins before what was heard last; a lost device may stay away for long."""
    first = np.concatenate([mix(mixer, 1_000), mix(mixer, 20_000)])
    mixer.forget(17_000)
    mixer.rewind(17_000)
    mixer.forget(17_000)
    assert np.array_equal(mix(mixer, 20_000), first[17_000:])


def test_the_volume_moves_in_a_short_line(mixer):
    mix(mixer, 4_000)
    mixer.volume = mixer.volume.towards(mixer.cursor, 0.0, mixer.short_fade)
    rest = mix(mixer)
    assert np.abs(rest[: mixer.short_fade]).max() > 0
    assert not rest[mixer.short_fade :].any()


def test_another_rate_keeps_the_equaliser(mixer):
    mixer.set_equaliser((0.0,) * 9 + (6.0,))
    mixer.set_rate(48_000)
    assert mixer.rate == 48_000
    assert mixer.short_fade == 384
    assert len(mix(mixer)) == RATE // 2
