"""Faster or slower with the pitch kept: FFmpeg's `atempo` filter."""

from __future__ import annotations

from fractions import Fraction

import av
import av.error
import av.filter
import numpy as np

from player.audio._samples import Samples

MIN_SPEED, MAX_SPEED = 0.5, 2.0


class Tempo:
    """Stretches a stream of blocks.

    Args:
        rate: Sample rate in Hz.
        speed: Seconds of the source per second of output, 0.5 to 2.
    """

    def __init__(self, rate: int, speed: float) -> None:
        self._rate = rate
        self._graph = av.filter.Graph()
        self._input = self._graph.add_abuffer(
            sample_rate=rate, format="flt", layout="stereo", time_base=Fraction(1, rate)
        )
        tempo = self._graph.add("atempo", f"{speed:.4f}")
        self._output = self._graph.add("abuffersink")
        self._input.link_to(tempo)
        tempo.link_to(self._output)
        self._graph.configure()
        self._position = 0

    def push(self, samples: Samples) -> list[Samples]:
        """Sound in, stretched sound out, with some delay."""
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate = self._rate
        frame.pts, frame.time_base = self._position, Fraction(1, self._rate)
        self._position += len(samples)
        self._input.push(frame)
        return self._pull()

    def finish(self) -> list[Samples]:
        """What is left inside at the end."""
        self._input.push(None)
        return self._pull()

    def _pull(self) -> list[Samples]:
        blocks: list[Samples] = []
        while True:
            try:
                frame = self._output.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return blocks
            if isinstance(frame, av.AudioFrame):
                blocks.append(frame.to_ndarray().reshape(-1, 2).astype(np.float32, copy=False))
