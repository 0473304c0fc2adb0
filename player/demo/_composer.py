"""From a style and a seed to a piece of music."""

from __future__ import annotations

import numpy as np

from player.demo._instruments import TONES, Samples, stroke
from player.demo._styles import Style

_PAN = {"harmony": -0.25, "lead": 0.3, "low": 0.0, "drums": 0.06}
_LEVEL = {"harmony": 0.42, "lead": 0.6, "low": 0.75, "drums": 0.7}
# From this part of the piece on, these play.
_FORM = (
    (0.0, {"harmony"}),
    (0.1, {"harmony", "drums", "low"}),
    (0.25, {"harmony", "drums", "low", "lead"}),
    (0.5, {"harmony", "lead"}),
    (0.6, {"harmony", "drums", "low", "lead"}),
    (0.92, {"harmony", "lead"}),
)
_FADE_S = 1.2


class _Song:
    """One piece while it is being made: a mono bus for each part of the band."""

    def __init__(self, style: Style, seconds: float, rate: int, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._style = style
        self._rate = rate
        self._key = style.root + int(self._rng.integers(-4, 5))
        self._step_s = 15 / (style.bpm * (1 + self._rng.uniform(-0.04, 0.04)))
        self._chords = style.progressions[int(self._rng.integers(len(style.progressions)))]
        self._steps = style.beats * 4
        self._bars = max(4, round(seconds / (self._step_s * self._steps)))
        length = int((self._bars * self._steps * self._step_s + _FADE_S) * rate)
        self._buses = {part: np.zeros(length, np.float32) for part in _LEVEL}
        self._notes: dict[tuple[str, float, float], Samples] = {}
        self._motifs = [self._motif() for _ in range(3)]

    def play(self) -> Samples:
        """The whole piece, float32 [2, n], peak at -1 dBFS."""
        for bar in range(self._bars):
            playing = [parts for start, parts in _FORM if bar / self._bars >= start][-1]
            for part in sorted(playing):
                getattr(self, f"_play_{part}")(bar)
        return self._mix()

    def _motif(self) -> list[tuple[int, int]]:
        """A melody of two bars: (sixteenth, degree of the scale)."""
        degree = int(self._rng.integers(0, 5))
        notes = []
        for step in range(0, 2 * self._steps, 2):
            if self._rng.random() < self._style.density + (0.2 if step % 8 == 0 else 0):
                degree = int(np.clip(degree + self._rng.integers(-2, 3), -3, 9))
                notes.append((step, degree))
        return notes

    def _pitch(self, degree: int, octave: int = 0) -> float:
        scale = self._style.scale
        midi = self._key + scale[degree % len(scale)] + 12 * (degree // len(scale) + octave)
        return float(440 * 2 ** ((midi - 69) / 12))

    def _play_harmony(self, bar: int) -> None:
        root = self._chords[bar % len(self._chords)]
        strum = self._style.strum
        for start, end in zip(strum, (*strum[1:], self._steps), strict=True):
            for interval in (0, 2, 4, 6)[: 3 if len(self._style.scale) < 7 else 4]:
                self._note("harmony", self._style.harmony, bar, start, end - start + 1, self._pitch(root + interval))

    def _play_low(self, bar: int) -> None:
        if not self._style.low:
            return
        root = self._chords[bar % len(self._chords)]
        for number, step in enumerate(self._style.bass_steps):
            degree = root + (4 if number % 4 == 3 else 0)
            self._note("low", self._style.low, bar, step, 2, self._pitch(degree, -2 if self._style.root > 50 else -1))

    def _play_lead(self, bar: int) -> None:
        motif = self._motifs[(0, 0, 1, 0, 2)[(bar // 2) % 5]]
        root = self._chords[bar % len(self._chords)]
        for step, degree in motif:
            if step // self._steps == bar % 2:
                on_beat = step % 4 == 0
                pitch = self._pitch(degree + (root if on_beat and degree % 2 == 0 else 0), 1)
                self._note("lead", self._style.lead, bar, step % self._steps, 4 if on_beat else 3, pitch)

    def _play_drums(self, bar: int) -> None:
        for drum, pattern in self._style.drums.items():
            for step, mark in enumerate(pattern[: self._steps]):
                if mark != ".":
                    self._add("drums", self._stroke(drum), bar, step, 1.0 if mark == "x" else 0.45)

    def _note(self, part: str, tone: str, bar: int, step: int, steps: int, hz: float) -> None:
        key = (tone, hz, steps)
        if key not in self._notes:
            self._notes[key] = TONES[tone](hz, max(steps * self._step_s, 0.12) + 0.08, self._rate)
        self._add(part, self._notes[key], bar, step, 1.0 if step % 4 == 0 else 0.82)

    def _stroke(self, drum: str) -> Samples:
        key = (drum, 0.0, 0.0)
        if key not in self._notes:
            self._notes[key] = stroke(drum, self._rate, self._rng)
        return self._notes[key]

    def _add(self, part: str, sound: Samples, bar: int, step: int, level: float) -> None:
        late = self._style.swing * 2 if step % 4 == 2 else 0.0
        start = int((bar * self._steps + step + late) * self._step_s * self._rate)
        bus = self._buses[part]
        end = min(start + len(sound), len(bus))
        bus[start:end] += np.float32(level) * sound[: end - start]

    def _mix(self) -> Samples:
        self._echo()
        both = np.zeros((2, len(self._buses["lead"])), np.float32)
        for part, bus in self._buses.items():
            both[0] += np.float32(_LEVEL[part] * (1 - _PAN[part])) * bus
            both[1] += np.float32(_LEVEL[part] * (1 + _PAN[part])) * bus
        both[1, 441:] += np.float32(0.12) * self._buses["harmony"][:-441]
        both = np.tanh(both / max(float(np.abs(both).max()), 1e-6) * 1.3)
        fade = int(_FADE_S * self._rate)
        both[:, -fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
        return np.ascontiguousarray(both * np.float32(0.89 / np.abs(both).max()))

    def _echo(self) -> None:
        lead = self._buses["lead"]
        dry = lead.copy()
        for tap in (1, 2, 3):
            delay = int(3 * tap * self._step_s * self._rate)
            lead[delay:] += np.float32(self._style.echo**tap) * dry[:-delay]


def compose(style: Style, seconds: float, rate: int, seed: int) -> Samples:
    """Make a piece of about `seconds` in a style; the same seed makes the same piece.

    Returns:
        float32 [2, n] within -0.89 … 0.89.
    """
    return _Song(style, seconds, rate, seed).play()
