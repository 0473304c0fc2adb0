"""Faster or slower with the pitch kept: WSOLA with alignment finer than a sample.

W. Verhelst, M. Roelands, "An overlap-add technique based on waveform similarity (WSOLA) for high quality time-scale
modification of speech", ICASSP 1993. Pieces of the source overlap by half. Each is taken from near where the speed puts
it, there where it goes on best from the piece before. Aligned to whole samples, as FFmpeg's `atempo` does, a tone of
1 kHz keeps a residual of -32 dB.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from player.audio._samples import CHANNELS, Samples, silence

MIN_SPEED, MAX_SPEED = 0.5, 2.0

HOP_S = 0.03
"""Half the length of a piece."""

SEARCH_S = 0.012
"""Maximum distance of a piece from where the speed puts it: more than half a period of the lowest tones."""

_MARGIN = 64
"""Samples around a piece that carry what shifting it by a part of a sample takes from outside."""


class Tempo:
    """Stretches a stream of blocks.

    Args:
        rate: Sample rate in Hz.
        speed: Seconds of the source per second of output, 0.5 to 2.
    """

    def __init__(self, rate: int, speed: float) -> None:
        self._speed = speed
        self._hop = round(HOP_S * rate)
        self._search = round(SEARCH_S * rate)
        self._fall = np.cos(np.arange(self._hop) / self._hop * np.pi / 2).astype(np.float32)[:, None] ** 2
        self._source: Samples = silence(0)
        self._first = 0  # place in the source of the first sample kept
        self._taken = 0  # samples of the source seen so far
        self._made = 0  # samples given out
        self._last = -1.0 * self._hop  # place of the piece before
        self._tail: Samples | None = None  # its second half

    def push(self, samples: Samples) -> list[Samples]:
        """Sound in, stretched sound out, with some delay."""
        self._source = np.concatenate([self._source, samples])
        self._taken += len(samples)
        return self._pieces()

    def finish(self) -> list[Samples]:
        """What is left inside at the end."""
        wanted = round(self._taken / self._speed) - self._made
        beyond = silence(round(self._hop * (3 + self._speed)) + 2 * self._search + 2 * _MARGIN)
        blocks = self.push(beyond)
        rest = np.concatenate(blocks)[:wanted] if blocks else silence(0)
        return [rest] if len(rest) else []

    def _pieces(self) -> list[Samples]:
        blocks: list[Samples] = []
        hop = self._hop
        while True:
            nominal = self._made * self._speed
            if round(nominal) + self._search + 2 * hop + _MARGIN + 1 > self._first + len(self._source):
                return blocks
            place = self._aligned(nominal) if self._tail is not None else 0.0
            piece = self._cut(place, 2 * hop)
            head = piece[:hop]
            blocks.append(head if self._tail is None else self._tail * self._fall + head * (1 - self._fall))
            self._tail, self._last = piece[hop:], place
            self._made += hop
            self._forget(round(min(self._made * self._speed - self._search, place + hop)) - _MARGIN - 1)

    def _aligned(self, nominal: float) -> float:
        """Place near `nominal` from which the sound goes on best from the piece before, in samples."""
        target = self._mono(round(self._last) + self._hop, self._hop)
        low = max(round(nominal) - self._search, 0)
        region = self._mono(low, self._hop + 2 * self._search + 1)
        size = 1 << (len(region) + self._hop - 1).bit_length()
        products = np.fft.irfft(np.fft.rfft(region, size) * np.fft.rfft(target, size).conj(), size)
        products = products[: len(region) - self._hop + 1]
        squares = np.concatenate([[0.0], np.cumsum(region**2)])
        energy = squares[self._hop :] - squares[: -self._hop]
        likeness = products / np.sqrt(energy + 1e-9)
        best = int(np.argmax(likeness))
        return low + best + _vertex(likeness, best) + (self._last - round(self._last))

    def _mono(self, start: int, count: int) -> NDArray[np.float64]:
        part = self._source[max(0, start - self._first) : max(0, start - self._first) + count]
        mono: NDArray[np.float64] = part.sum(axis=1, dtype=np.float64)
        return mono

    def _cut(self, place: float, count: int) -> Samples:
        """Samples from a place between two samples on."""
        whole = int(np.floor(place))
        part = place - whole
        if part < 1e-4:
            return self._source[whole - self._first :][:count]
        start = whole - self._first - _MARGIN
        missing = max(0, -start)
        around = self._source[max(0, start) : start + count + 2 * _MARGIN]
        around = np.concatenate([np.zeros((missing, CHANNELS), np.float32), around])
        slope = np.sin(np.arange(_MARGIN) / _MARGIN * np.pi / 2)[:, None] ** 2  # no edge that would ring
        shaped = around.astype(np.float64)
        shaped[:_MARGIN] *= slope
        shaped[-_MARGIN:] *= slope[::-1]
        turns = np.exp(2j * np.pi * np.fft.rfftfreq(len(shaped)) * part)[:, None]
        moved = np.fft.irfft(np.fft.rfft(shaped, axis=0) * turns, len(shaped), axis=0)
        return moved[_MARGIN : _MARGIN + count].astype(np.float32)

    def _forget(self, before: int) -> None:
        drop = min(max(0, before - self._first), len(self._source))
        self._source = self._source[drop:]
        self._first += drop


def _vertex(values: NDArray[np.float64], at: int) -> float:
    """Distance of the highest point from sample `at`, by a parabola through it and its neighbours."""
    if not 0 < at < len(values) - 1:
        return 0.0
    left, middle, right = values[at - 1 : at + 2]
    bend = left - 2 * middle + right
    return float((left - right) / (2 * bend)) if bend < 0 else 0.0
