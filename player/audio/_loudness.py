"""Loudness of a file after EBU R128 (ITU-R BS.1770-4), measured by FFmpeg's `ebur128` filter. Qt-free.

What is measured is what the engine plays: trimmed, mono on both sides, mixed down to stereo.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import av
import av.error
import av.filter
import numpy as np
from numpy.typing import NDArray

from player.audio._decoder import Decoder
from player.audio._gain import REFERENCE_LUFS
from player.audio._samples import Samples
from player.domain import FileError, Gain

SILENCE_LUFS = -70.0
"""The absolute gate: nothing is quieter."""

LOWEST_RATE, HIGHEST_RATE = 8_000, 192_000
"""Rates in Hz that the filter is given as they are."""

_OFFSET = 0.691
_RELATIVE_GATE = 10.0


@dataclass(frozen=True, slots=True)
class Loudness:
    """What was measured.

    Attributes:
        lufs: Integrated loudness in LUFS; -70 for silence.
        true_peak: Highest value between samples too (four times oversampled), 1.0 is full scale.
        blocks: Power of every 400 ms block, each 100 ms; float32, any length. An album's loudness gates over
            the blocks of all its tracks.
    """

    lufs: float
    true_peak: float
    blocks: NDArray[np.float32]

    @property
    def gain(self) -> Gain:
        """As ReplayGain 2.0 track gain."""
        if self.lufs <= SILENCE_LUFS:
            return Gain(track_db=0.0, track_peak=self.true_peak)
        return Gain(track_db=REFERENCE_LUFS - self.lufs, track_peak=self.true_peak)


def measure(path: str, *, start_ms: int = 0, end_ms: int | None = None) -> Loudness:
    """Measure a file, or a part of it: some 150 times as fast as it plays.

    Raises:
        FileError: nothing in it can be decoded.
    """
    decoder = Decoder(path, None)
    if not LOWEST_RATE <= decoder.rate <= HIGHEST_RATE:
        decoder.close()
        decoder = Decoder(path, 48_000)
    try:
        if start_ms:
            decoder.seek(start_ms / 1000)
        left = None if end_ms is None else round((end_ms - start_ms) / 1000 * decoder.rate)
        meter = _Meter(decoder.rate)
        while (block := decoder.read()) is not None and (left is None or left > 0):
            meter.push(block if left is None else block[:left])
            left = None if left is None else left - len(block)
    finally:
        decoder.close()
    return meter.result(path)


def album_lufs(tracks: Sequence[Loudness]) -> float:
    """Integrated loudness of several tracks as one programme, in LUFS."""
    return gated_lufs(np.concatenate([t.blocks for t in tracks])) if tracks else SILENCE_LUFS


def gated_lufs(blocks: NDArray[np.float32]) -> float:
    """Integrated loudness of block powers: BS.1770-4, absolute gate -70 LUFS, relative gate -10 LU."""
    powers = blocks.astype(np.float64)
    powers = powers[powers > 10.0 ** ((SILENCE_LUFS + _OFFSET) / 10.0)]
    if not len(powers):
        return SILENCE_LUFS
    powers = powers[powers > powers.mean() / _RELATIVE_GATE]
    return float(10.0 * math.log10(powers.mean()) - _OFFSET)


class _Meter:
    """FFmpeg's filter and what it tells every 100 ms."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._position = 0
        self._powers: list[float] = []
        self._last: dict[str, str] = {}
        graph = av.filter.Graph()
        self._input = graph.add_abuffer(sample_rate=rate, format="flt", layout="stereo", time_base=Fraction(1, rate))
        meter = graph.add("ebur128", "metadata=1:framelog=quiet:peak=true")
        self._output = graph.add("abuffersink")
        self._input.link_to(meter)
        meter.link_to(self._output)
        graph.configure()
        self._graph = graph  # its parts do not keep it alive

    def push(self, samples: Samples) -> None:
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate = self._rate
        frame.pts, frame.time_base = self._position, Fraction(1, self._rate)
        self._position += len(samples)
        self._input.push(frame)
        self._pull()

    def result(self, path: str) -> Loudness:
        if not self._position:
            raise FileError(path, "there is no sound in it")
        self._input.push(None)
        self._pull()
        blocks = np.array(self._powers, np.float32)
        peaks = [float(v) for k, v in self._last.items() if ".true_peaks_ch" in k]
        return Loudness(gated_lufs(blocks), max(peaks, default=0.0), blocks)

    def _pull(self) -> None:
        while True:
            try:
                frame = self._output.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if "lavfi.r128.M" in frame.metadata:
                self._last = dict(frame.metadata)
                momentary = float(self._last["lavfi.r128.M"])
                if momentary > SILENCE_LUFS - 50.0:
                    self._powers.append(10.0 ** ((momentary + _OFFSET) / 10.0))
