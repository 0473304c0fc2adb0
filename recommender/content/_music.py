"""Tempo and key of a stretch of music, in NumPy.

Tempo: autocorrelation of the onset strength (spectral flux over groups of mel bands; Scheirer 1998). A period is told
from its double and half by nothing but habit: tempos are given in the octave around 120. Key: the mean chroma compared
with the profiles of the 24 keys (Krumhansl & Kessler 1982), by correlation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray
from recommender.content._mel import HOP, RATE, log_mel

MUSIC_SECONDS = 30.0
"""Length of a stretch that tempo and key are told from; a third of it is the least."""
SLOWEST, FASTEST = 25.0, 210.0
"""Periods looked at, in beats per minute: bars of a slow piece to beats of a fast one."""
USUAL_BPM = 120.0
"""Middle of the octave that tempos are told in: 85 to 170."""
GROUPS = 8
"""Groups of mel bands that are followed apart: a drum, a bass and a hat have periods of their own."""
CLEAR_BEAT = 0.2
"""Least autocorrelation of the onsets at the period."""
CLEAR_KEY = 0.55
"""Least correlation with the profile of the key."""
CONTRAST = 0.03
"""Least part of the sound that stands out of its surroundings as notes: noise has less."""

_FFT = 8192
_STEP = 4096
_LOWEST, _OCTAVES, _MARGIN = 48, 4, 6
"""C3, as a MIDI number, the octaves from there on, and the semitones around them."""
_TUNING_HZ = 440.0
_NOTES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)


@dataclass(frozen=True, slots=True)
class Music:
    """Tempo and key.

    Attributes:
        tempo: Beats per minute, 85 to 170; None without a clear beat.
        key: Like "A minor" or "E♭ major"; empty where no key is clear.
    """

    tempo: float | None
    key: str


def describe_music(samples: FloatArray) -> Music:
    """Tempo and key of one stretch.

    Args:
        samples: float32[n], mono, 16 kHz, best of `MUSIC_SECONDS`. Less than a third of that tells nothing; silence
            at its ends does not count.
    """
    samples = np.trim_zeros(np.asarray(samples, np.float32))
    if len(samples) < MUSIC_SECONDS / 3 * RATE:
        return Music(None, "")
    return Music(_tempo(samples), _key(samples))


def _tempo(samples: FloatArray) -> float | None:
    """The strongest period of the onsets, folded into the octave of usual tempos."""
    mel = log_mel(samples / np.abs(samples).max())
    rises = np.maximum(np.diff(mel, axis=0), 0).reshape(len(mel) - 1, GROUPS, -1).mean(axis=2)
    likeness = sum((_autocorrelation(rises[:, group].astype(np.float64)) for group in range(GROUPS)), np.zeros(1))
    if likeness[0] <= 0:
        return None
    likeness = likeness / (likeness[0] * (1 - np.arange(len(likeness)) / len(likeness)))
    per_minute = 60 * RATE / HOP
    lags = np.arange(int(per_minute / FASTEST), int(per_minute / SLOWEST) + 1)
    best = int(np.argmax(likeness[lags]))
    if likeness[lags[best]] < CLEAR_BEAT:
        return None
    before, here, after = likeness[lags[best] - 1 : lags[best] + 2]
    bend = before - 2 * here + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    tempo = float(per_minute / (lags[best] + np.clip(shift, -0.5, 0.5)))
    return round(tempo * 2.0 ** math.floor(math.log2(2 * USUAL_BPM / tempo / math.sqrt(2))), 1)


def _autocorrelation(rises: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    # What changes slower than a second is no beat; a beat is not exact to one frame.
    onsets = np.maximum(rises - np.convolve(rises, np.ones(63) / 63, "same"), 0)
    onsets = np.convolve(onsets, (0.25, 0.5, 0.25), "same")
    onsets -= onsets.mean()
    size = 1 << int(2 * len(onsets) - 1).bit_length()
    return np.fft.irfft(np.square(np.abs(np.fft.rfft(onsets, size))))[: len(onsets)]


def _key(samples: FloatArray) -> str:
    frames = np.lib.stride_tricks.sliding_window_view(samples, _FFT)[::_STEP] * np.hanning(_FFT)
    magnitude = np.abs(np.fft.rfft(frames, axis=1))
    # The square root keeps one loud note from speaking for all.
    notes = (np.sqrt(magnitude) @ _semitones()).mean(axis=0)
    # Music gets weaker upwards: against its surroundings, or else the lowest note of an octave always wins.
    around = np.convolve(notes, np.ones(13) / 13, "same")
    clear = np.maximum(notes - around, 0)[_MARGIN:-_MARGIN]
    if clear.sum() < CONTRAST * notes.sum():
        return ""
    chroma = clear.reshape(_OCTAVES, 12).sum(axis=0)
    found = [float(np.corrcoef(chroma, profile)[0, 1]) for profile in _profiles()]
    best = int(np.argmax(found))
    if found[best] < CLEAR_KEY:
        return ""
    return f"{_NOTES[best % 12]} {'major' if best < 12 else 'minor'}"


@cache
def _semitones() -> npt.NDArray[np.float64]:
    """Share of each FFT bin in each semitone, [bins, semitones], with a margin below `_LOWEST` and above the last."""
    hz = np.fft.rfftfreq(_FFT, 1 / RATE)
    semitone = 69 + 12 * np.log2(np.maximum(hz, 1e-3) / _TUNING_HZ)
    numbers = np.arange(_LOWEST - _MARGIN, _LOWEST + 12 * _OCTAVES + _MARGIN)
    table = np.exp(-0.5 * np.square((semitone[:, None] - numbers) / 0.2))
    return np.asarray(table / table.sum(axis=0))


@cache
def _profiles() -> tuple[npt.NDArray[np.float64], ...]:
    return tuple(np.roll(np.array(profile), tonic) for profile in (_MAJOR, _MINOR) for tonic in range(12))
