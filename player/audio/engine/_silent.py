"""The silent output: complete, and nobody hears it. For tests, machines without sound and the command line."""

from __future__ import annotations

import time
from collections import deque

import numpy as np

from player.audio._samples import Samples, silence
from player.audio._values import Clock, Device
from player.audio.engine._sink import Place


class SilentSink:
    """Takes frames and drops them, or keeps them for a test.

    Attributes:
        underrun_frames: Frames that the clock would have taken from an empty queue.

    Args:
        clock: What drains it.
        rate: Sample rate in Hz.
        record: Keep what was taken for `recording`.
    """

    name = "silence"
    silent = True
    latency_s = 0.0
    place = Place("", "float32", 24)

    def __init__(self, clock: Clock = Clock.REAL, *, rate: int = 44_100, record: bool = False) -> None:
        self.rate = rate
        self.real_time = clock is Clock.REAL
        self.underrun_frames = 0
        self._clock = clock
        self._record = record
        self._taken: list[Samples] = []
        self._queue: deque[Samples] = deque()
        self._frames = 0
        self._running = False
        self._since = 0.0

    def open(self, device: str) -> None:
        """Always possible."""
        self._queue.clear()
        self._frames = 0
        self._running = False

    def close(self) -> None:
        """Nothing to free."""
        self._running = False

    def write(self, block: Samples) -> None:
        """Append to the queue."""
        self._tick()
        self._queue.append(np.array(block, np.float32))
        self._frames += len(block)

    def queued(self) -> int:
        """Frames not taken yet."""
        self._tick()
        return self._frames

    def take_back(self, most: int) -> int:
        """Remove frames from the end of the queue; tells how many."""
        self._tick()
        frames = left = min(most, self._frames)
        self._frames -= frames
        while left > 0:
            block = self._queue.pop()
            if len(block) > left:
                self._queue.append(block[:-left])
            left -= min(left, len(block))
        return frames

    def settle(self) -> None:
        """Nothing to do: what was taken back is gone."""

    def start(self) -> None:
        """Let the clock run."""
        if not self._running:
            self._running, self._since = True, time.monotonic()

    def hold(self) -> bool:
        """Stop the clock."""
        self._tick()
        self._running = False
        return True

    def finish(self) -> None:
        """Nothing to do: the last frame is taken like any other."""

    def alive(self) -> bool:
        """Silence does not break."""
        return True

    def misplaced(self) -> bool:
        """There is nowhere else to go."""
        return False

    def devices(self) -> list[Device]:
        """There is only the default."""
        return []

    def consume(self, frames: int) -> None:
        """Manual clock: take so many frames if running."""
        if self._running:
            self._take(frames)

    def recording(self) -> Samples:
        """All that was taken so far."""
        return np.concatenate(self._taken) if self._taken else silence(0)

    def _tick(self) -> None:
        if not self._running:
            return
        if self._clock is Clock.MAX:
            self._take(self._frames)
        elif self._clock is Clock.REAL:
            frames = int((time.monotonic() - self._since) * self.rate)
            self._since += frames / self.rate
            self._take(frames)

    def _take(self, frames: int) -> None:
        while frames > 0 and self._queue:
            block = self._queue.popleft()
            if len(block) > frames:
                self._queue.appendleft(block[frames:])
                block = block[:frames]
            if self._record:
                self._taken.append(block)
            self._frames -= len(block)
            frames -= len(block)
        self.underrun_frames += frames
