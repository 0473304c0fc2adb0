"""Tempo and key of synthesised music."""

from __future__ import annotations

import numpy as np
import pytest

from recommender import FloatArray
from recommender.content import MUSIC_SECONDS, RATE, describe_music

SAMPLES = round(MUSIC_SECONDS * RATE)
NOTES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
MAJOR, MINOR = ((0, 4, 7), (5, 9, 0), (7, 11, 2), (0, 4, 7)), ((0, 3, 7), (5, 8, 0), (7, 11, 2), (0, 3, 7))


def drums(bpm: float) -> FloatArray:
    """A kick on every beat, a snare on every other one, quiet hats between."""
    random = np.random.default_rng(0)
    time = np.arange(SAMPLES) / RATE
    beat = time % (60 / bpm)
    every_other = (time - 60 / bpm) % (120 / bpm)
    half = (time - 30 / bpm) % (60 / bpm)
    noise = random.normal(0, 1, SAMPLES)
    kick = np.sin(2 * np.pi * 60 * beat) * np.exp(-beat * 25)
    sound = kick + 0.4 * noise * np.exp(-every_other * 30) + 0.1 * noise * np.exp(-half * 60)
    return (0.3 * sound).astype(np.float32)


def chords(tonic: int, steps: tuple[tuple[int, ...], ...]) -> FloatArray:
    """One chord a second, five partials a note."""
    time = np.arange(RATE) / RATE
    sound = []
    for second in range(int(MUSIC_SECONDS)):
        chord = np.zeros(RATE)
        for step in steps[second % len(steps)]:
            pitch = 130.81 * 2 ** ((tonic + step) % 12 / 12)
            for partial in range(1, 6):
                chord += np.sin(2 * np.pi * pitch * partial * time) / partial**1.5
        sound.append(chord * np.exp(-time))
    return (0.1 * np.concatenate(sound)).astype(np.float32)


@pytest.mark.parametrize("bpm", [90, 104.5, 128, 150, 165])
def test_the_tempo_of_drums(bpm: float) -> None:
    assert describe_music(drums(bpm)).tempo == pytest.approx(bpm, rel=0.01)


def test_tempos_are_told_in_the_octave_around_120() -> None:
    assert describe_music(drums(64)).tempo == pytest.approx(128, rel=0.01)
    assert describe_music(drums(184)).tempo == pytest.approx(92, rel=0.01)


@pytest.mark.parametrize("tonic", [0, 3, 9, 11])
def test_the_key_of_a_cadence(tonic: int) -> None:
    assert describe_music(chords(tonic, MAJOR)).key == f"{NOTES[tonic]} major"
    assert describe_music(chords(tonic, MINOR)).key == f"{NOTES[tonic]} minor"


def test_noise_and_silence_have_neither() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, SAMPLES).astype(np.float32)
    assert describe_music(noise).tempo is None
    assert describe_music(noise).key == ""
    assert describe_music(np.zeros(SAMPLES, np.float32)).tempo is None


def test_a_short_stretch_tells_nothing() -> None:
    music = describe_music(drums(120)[: 5 * RATE])
    assert (music.tempo, music.key) == (None, "")


def test_loudness_does_not_matter() -> None:
    assert describe_music(drums(100) * np.float32(0.01)).tempo == describe_music(drums(100)).tempo
