"""Another sample rate: nothing audible is lost, nothing is added, and the time holds."""

import itertools

import numpy as np
import pytest

from player.audio import Source
from player.audio._decoder import Decoder
from tests.audio.sounds import RATE, encode, encode_channels, music
from tests.audio.test_decoder import decode, read
from tests.audio.test_engine import heard

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


def pieces(folder, sound, cuts, rate):
    """Files of a sound cut at frames."""
    edges = [0, *cuts, len(sound)]
    return [
        encode_channels(folder / f"{n}.wav", "pcm_f32le", "stereo", sound[start:stop], rate=rate)
        for n, (start, stop) in enumerate(itertools.pairwise(edges))
    ]


def play_in_a_row(engine, tape, paths):
    """Play files without a gap, to the end."""
    engine.next_wanted.connect(
        lambda token: engine.set_next(Source(paths[token]), token + 1) if token < len(paths) else None
    )
    engine.play(Source(paths[0]), 1)
    for _ in range(400):
        engine.advance(50)
        if len(tape.endings) == len(paths):
            return
    raise AssertionError("it does not end")


@pytest.mark.parametrize(("source", "target"), [(44_100, 48_000), (48_000, 44_100), (96_000, 44_100), (44_100, 96_000)])
def test_a_sound_cut_into_files_is_resampled_as_one(tmp_path, deck, source, target):
    """Each file used to begin with a filter full of silence, up to half a frame beside: -19 dB at the join."""
    t = np.arange(11 * source) / source
    sound = np.repeat(LEVEL * np.sin(2 * np.pi * 997 * t), 2).reshape(-1, 2).astype(np.float32)
    sound += 0.05 * np.random.default_rng(1).standard_normal(sound.shape).astype(np.float32)
    cuts = [3 * source + 137, 5 * source + 9_700, 8 * source + 5_001]
    whole = decode(encode_channels(tmp_path / "whole.wav", "pcm_f32le", "stereo", sound, rate=source), target)
    engine, tape = deck(target)
    play_in_a_row(engine, tape, pieces(tmp_path, sound, cuts, source))
    played = heard(engine)
    assert abs(len(played) - len(whole)) <= 1
    shortest = min(len(played), len(whole))
    assert np.abs(played[:shortest] - whole[:shortest]).max() < 1e-5
    lengths = np.diff([0, *cuts, len(sound)]) / source * 1_000
    assert [tape.endings[n].listened_ms for n in (1, 2, 3, 4)] == pytest.approx(list(lengths), abs=1.5)


def test_what_followed_and_was_taken_away_leaves_nothing_behind(tmp_path, deck):
    """The end of a track was made for one that follows no more: another one follows, at another rate."""
    sound = music(2.0)
    first, second = pieces(tmp_path, sound, [RATE], RATE)
    other = encode_channels(tmp_path / "other.wav", "pcm_f32le", "stereo", music(0.5, rate=32_000), rate=32_000)
    engine, tape = deck(48_000)
    engine.play(Source(first), 1)
    engine.set_next(Source(second), 2)
    engine.advance(950)
    engine.set_next(Source(other), 3)
    engine.advance(2_000)
    assert list(tape.endings) == [1, 3]
    alone = np.concatenate([decode(first, 48_000), decode(other, 48_000)])
    assert np.abs(heard(engine)[: len(alone)] - alone).max() < 0.1


@pytest.mark.parametrize("seconds", [0.1, 0.777, 1.5, 1.99])
def test_a_seek_gives_what_playing_there_would_have(tmp_path, seconds):
    path = encode(tmp_path / "x.flac", music(2.0))
    whole, decoder = decode(path, 48_000), Decoder(path, 48_000)
    decoder.seek(seconds)
    part = read(decoder)
    decoder.close()
    start = round(round(seconds * RATE) * 48_000 / RATE)
    assert len(part) == len(whole) - start
    assert np.abs(part - whole[start:]).max() < 1e-6


def test_tracks_of_a_cue_sheet_are_resampled_as_one(tmp_path, deck):
    path = encode(tmp_path / "album.flac", music(7.0))
    whole = decode(path, 48_000)
    engine, tape = deck(48_000)
    engine.play(Source(path, 3_333, 0, 3_333), 1)
    engine.set_next(Source(path, 3_667, 3_333, None), 2)
    engine.advance(8_000, step_ms=50)
    assert list(tape.endings) == [1, 2]
    played = heard(engine)
    assert len(played) == len(whole)
    assert np.abs(played - whole).max() < 1e-6
