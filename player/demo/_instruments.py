"""The sounds the demo's band can make: one note or one stroke each, mono, about -6 dBFS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]
Tone: TypeAlias = Callable[[float, float, int], Samples]
"""(frequency in Hz, length in s, sample rate in Hz) -> samples."""

TAU = 2 * np.pi


def _time(seconds: float, rate: int) -> Samples:
    time: Samples = (np.arange(int(seconds * rate)) / rate).astype(np.float32)
    return time


def _envelope(time: Samples, attack: float, release: float) -> Samples:
    """Rises for `attack` s, stays, falls for the last `release` s."""
    end = time[-1] if len(time) else 0.0
    level: Samples = np.clip(time / attack, 0, 1) * np.clip((end - time) / release, 0, 1)
    return level


def _finished(wave: Any) -> Samples:
    samples: Samples = np.asarray(wave, np.float32)
    return samples


def _partials(hz: float, rate: int, count: int) -> range:
    """Numbers of the harmonics that stay well below half the sample rate."""
    return range(1, max(2, min(count + 1, int(rate * 0.45 / hz))))


def pad(hz: float, seconds: float, rate: int) -> Samples:
    """Slow strings: three detuned rows of soft harmonics."""
    time = _time(seconds, rate)
    wave = np.zeros_like(time)
    for detune in (0.997, 1.0, 1.0031):
        for number in _partials(hz, rate, 5):
            wave += np.sin(TAU * hz * detune * number * time + number) / number**1.6
    return _finished(0.13 * wave * _envelope(time, min(0.6, seconds / 3), min(0.8, seconds / 2)))


def keys(hz: float, seconds: float, rate: int) -> Samples:
    """An electric piano: a bell-like modulator that dies away over a warm carrier."""
    time = _time(seconds, rate)
    bell = 1.4 * np.exp(-time * 7) * np.sin(TAU * hz * 2 * time)
    wave = np.sin(TAU * hz * time + bell) * np.exp(-time * 1.6) * (1 + 0.15 * np.sin(TAU * 5 * time))
    return _finished(0.42 * wave * _envelope(time, 0.004, 0.05))


def piano(hz: float, seconds: float, rate: int) -> Samples:
    """Struck strings: slightly stretched harmonics, the higher the sooner gone."""
    time = _time(seconds, rate)
    wave = np.zeros_like(time)
    for number in _partials(hz, rate, 7):
        stretched = hz * number * (1 + 0.0004 * number**2)
        wave += np.sin(TAU * stretched * time) * np.exp(-time * (0.9 + 0.7 * number)) / number**1.2
    return _finished(0.4 * wave * _envelope(time, 0.003, 0.08))


def pluck(hz: float, seconds: float, rate: int) -> Samples:
    """A plucked string: bright at first, dull soon."""
    time = _time(seconds, rate)
    wave = np.zeros_like(time)
    for number in _partials(hz, rate, 9):
        wave += np.sin(TAU * hz * number * time) * np.exp(-time * (2.2 + 1.9 * number)) / number
    return _finished(0.42 * wave * _envelope(time, 0.002, 0.04))


def flute(hz: float, seconds: float, rate: int) -> Samples:
    """A breathy lead with a vibrato that comes late."""
    time = _time(seconds, rate)
    vibrato = 0.012 * np.clip(time * 2, 0, 1) * np.sin(TAU * 5.2 * time)
    phase = TAU * hz * (time + vibrato / 5.2)
    wave = np.sin(phase) + 0.22 * np.sin(2 * phase) + 0.07 * np.sin(3 * phase)
    return _finished(0.3 * wave * _envelope(time, 0.05, 0.09))


def square(hz: float, seconds: float, rate: int) -> Samples:
    """A chip's square wave, without harmonics that would fold back."""
    time = _time(seconds, rate)
    wave = np.zeros_like(time)
    for number in _partials(hz, rate, 15)[::2]:
        wave += np.sin(TAU * hz * number * time) / number
    return _finished(0.28 * wave * _envelope(time, 0.002, 0.02) * np.exp(-time * 1.5))


def glass(hz: float, seconds: float, rate: int) -> Samples:
    """A glassy bell: inharmonic frequency modulation."""
    time = _time(seconds, rate)
    ring = 2.2 * np.exp(-time * 3) * np.sin(TAU * hz * 3.51 * time)
    wave = np.sin(TAU * hz * time + ring) * np.exp(-time * 2.4)
    return _finished(0.34 * wave * _envelope(time, 0.002, 0.06))


def bass(hz: float, seconds: float, rate: int) -> Samples:
    """A round bass."""
    time = _time(seconds, rate)
    wave = np.sin(TAU * hz * time) + 0.35 * np.sin(TAU * 2 * hz * time) + 0.12 * np.sin(TAU * 3 * hz * time)
    return _finished(0.42 * wave * _envelope(time, 0.006, 0.04) * np.exp(-time * 1.1))


def acid(hz: float, seconds: float, rate: int) -> Samples:
    """A sharp synthetic bass whose harmonics close quickly."""
    time = _time(seconds, rate)
    wave = np.zeros_like(time)
    for number in _partials(hz, rate, 16):
        wave += np.sin(TAU * hz * number * time) / number * np.exp(-time * number * 1.6)
    return _finished(0.36 * wave * _envelope(time, 0.003, 0.02))


TONES: dict[str, Tone] = {
    "pad": pad,
    "keys": keys,
    "piano": piano,
    "pluck": pluck,
    "flute": flute,
    "square": square,
    "glass": glass,
    "bass": bass,
    "acid": acid,
}


def stroke(name: str, rate: int, rng: np.random.Generator) -> Samples:
    """One stroke of the drum `name`: kick, snare, hat, shaker, rim, dum or tek.

    Raises:
        KeyError: there is no such drum.
    """
    seconds, start_hz, end_hz, tone_decay, noise, noise_decay = _DRUMS[name]
    time = _time(seconds, rate)
    sweep = end_hz * time + (start_hz - end_hz) * (1 - np.exp(-time * 32)) / 32
    hiss = np.diff(rng.standard_normal(len(time) + 1)) if start_hz == 0 else rng.standard_normal(len(time))
    wave = np.sin(TAU * sweep) * np.exp(-time * tone_decay) + noise * hiss * np.exp(-time * noise_decay)
    return _finished(0.6 * wave * _envelope(time, 0.001, 0.01))


# Length in s, pitch at the start and at the end in Hz, its decay, level of noise, its decay (1/s).
_DRUMS = {
    "kick": (0.35, 190.0, 47.0, 9.0, 0.02, 90.0),
    "snare": (0.22, 260.0, 180.0, 24.0, 0.32, 20.0),
    "hat": (0.07, 0.0, 0.0, 1.0, 0.16, 60.0),
    "shaker": (0.09, 0.0, 0.0, 1.0, 0.1, 38.0),
    "rim": (0.06, 900.0, 760.0, 70.0, 0.05, 90.0),
    "dum": (0.4, 130.0, 84.0, 9.0, 0.02, 60.0),
    "tek": (0.1, 520.0, 430.0, 45.0, 0.2, 60.0),
}
