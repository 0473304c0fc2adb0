"""Mixer, books and output joined: sound goes down, can be taken back, and every frame is accounted for."""

from __future__ import annotations

from player.audio._fades import STEADY, Fade
from player.audio._ledger import Ledger, Play
from player.audio._mixer import BLOCK, Mixer
from player.audio._port import Port

QUEUE_S = 1.2
"""Sound kept in the output's queue: more than the interpreter is ever held."""

REFILL = 0.75
"""Share of the queue below which it is filled up."""

BLOCKS_PER_TURN = 64
"""Most blocks written before commands are looked at again."""

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
            if self.port.queued() >= full or not self._write(BLOCK):
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

    def take_back(self) -> list[Play]:
        """Take everything back that was not heard, to mix it anew; returns the plays that began to sound."""
        if self.ledger.written == self.ledger.heard:
            return []  # nothing, or the tail of a fade that shall be heard
        frames = min(self.port.clear(), self.ledger.written - self.ledger.heard)
        started = self.ledger.take_back(frames)
        self.mixer.rewind(self.ledger.written)
        self._finishing = False
        return started

    def fade_out(self) -> list[Play]:
        """Fall silent within a few ms, all of them booked as heard; returns the plays that began to sound.

        Raises:
            AudioError: the device is gone.
        """
        started = self.take_back()
        mixer = self.mixer
        left = mixer.short_fade
        mixer.transport = mixer.transport.towards(mixer.cursor, 0.0, left)
        while left > 0 and (frames := self._write(left)):
            left -= frames
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

    def _write(self, limit: int) -> int:
        mixed = self.mixer.mix(limit)
        if mixed is None:
            return 0
        for portion in mixed.portions:
            self.ledger.record(portion)
        self.ledger.written += len(mixed.samples)
        self._finishing = False
        self.port.write(mixed.samples)
        return len(mixed.samples)
