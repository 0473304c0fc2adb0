"""Mixer, books and output joined: sound goes down, can be taken back, and every frame is accounted for."""

from __future__ import annotations

import numpy as np

from player.audio._fades import STEADY, Fade
from player.audio._ledger import Ledger, Play
from player.audio._mixer import BLOCK, Mixer
from player.audio._port import Port
from player.audio._samples import Samples, silence

QUEUE_S = 1.2
"""Sound kept in the output's queue: more than the interpreter is ever held."""

REFILL = 0.75
"""Share of the queue below which it is filled up."""

BLOCKS_PER_TURN = 64
"""Most blocks written before commands are looked at again."""

MOST_TAILS = 16
"""Fades remembered when they follow each other faster than they are heard."""

UNKNOWN_RATE = 44_100
"""Hz, until an output was opened."""


class Pipeline:
    """Owns the mixer and the books and keeps them in step with the output's queue.

    Attributes:
        port: The output.
        mixer: Where the sound is made.
        ledger: What was heard. `mixer.cursor` always equals `ledger.written`.
    """

    def __init__(self, port: Port) -> None:
        self.port = port
        self.mixer = Mixer(UNKNOWN_RATE)
        self.ledger = Ledger()
        self._finishing = False
        self._tail = silence(0)  # the last fade, booked as heard before it was

    @property
    def rate(self) -> int:
        """Output rate in Hz."""
        return self.mixer.rate

    @property
    def starving(self) -> bool:
        """Whether the queue wants sound that no decoder has yet."""
        timeline = self.mixer.timeline
        hungry = self.port.queued() < QUEUE_S * REFILL * self.rate
        return hungry and not timeline.room(self.mixer.cursor) and not timeline.over(self.mixer.cursor)

    def fill(self) -> None:
        """Fill the output's queue up, if it is low.

        Raises:
            AudioError: the device is gone.
        """
        full = round(QUEUE_S * self.rate)
        if self.port.queued() > full * REFILL:
            return
        for _ in range(BLOCKS_PER_TURN):
            if self.port.queued() >= full or self._write(BLOCK) is None:
                break
        timeline = self.mixer.timeline
        if timeline.over(self.mixer.cursor) and timeline.following is None and not self._finishing:
            self._finishing = True
            self.port.finish()

    def advance(self) -> list[Play]:
        """Book what left the output; returns the plays that began to sound."""
        return self.ledger.advance(self.ledger.written - self.port.queued())

    def forget(self) -> None:
        """Free what was heard; the ends of plays must have been told."""
        self.mixer.forget(self.ledger.heard)

    def take_back(self, *, lost: bool = False) -> list[Play]:
        """Take everything back that was not heard, to mix it anew; returns the plays that began to sound.

        Args:
            lost: Whether the device is gone, so that it cannot even play a fade to its end.

        Raises:
            AudioError: the device is gone.
        """
        if self.ledger.written == self.ledger.heard:
            return []  # nothing, or the tail of a fade that shall be heard
        cleared, frames = self.port.clear(), self.ledger.written - self.ledger.heard
        if cleared > frames and not lost:
            self.port.write(self._tail[max(0, len(self._tail) - (cleared - frames)) :])
        frames = min(cleared, frames)
        started = self.ledger.take_back(frames)
        self.mixer.rewind(self.ledger.written)
        self._finishing = False
        return started

    def fade_out(self) -> list[Play]:
        """Fall silent within a few ms, all of them booked as heard; returns the plays that began to sound.

        What follows does not begin in these: the fade ends where the present track does.

        Raises:
            AudioError: the device is gone.
        """
        started = self.take_back()
        mixer = self.mixer
        left = mixer.short_fade
        mixer.transport = mixer.transport.towards(mixer.cursor, 0.0, left)
        following, mixer.timeline.following = mixer.timeline.following, None
        tail = [self._tail[-MOST_TAILS * left :]] if self.ledger.written == self.ledger.heard else [silence(0)]
        try:
            while left > 0 and (block := self._write(left)) is not None:
                tail.append(block)
                left -= len(block)
        finally:
            mixer.timeline.following = following
        self._tail = np.concatenate(tail)
        return started + self.ledger.advance(self.ledger.written)

    def fade_in(self) -> None:
        """Rise from silence within a few ms from here on."""
        mixer = self.mixer
        mixer.transport = Fade(mixer.cursor, mixer.short_fade, 0.0, 1.0)

    def sound_at_once(self) -> None:
        """No fade from here on."""
        self.mixer.transport = STEADY

    def seconds_queued(self) -> float:
        """Time until the output's queue runs dry."""
        return self.port.queued() / self.rate

    def _write(self, limit: int) -> Samples | None:
        mixed = self.mixer.mix(limit)
        if mixed is None:
            return None
        for portion in mixed.portions:
            self.ledger.record(portion)
        self.ledger.written += len(mixed.samples)
        self._finishing = False
        self.port.write(mixed.samples)
        return mixed.samples
