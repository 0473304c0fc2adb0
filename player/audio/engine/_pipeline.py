"""Mixer, books and output joined: sound goes down, can be taken back, and every frame is accounted for."""

from __future__ import annotations

from player.audio.engine._fades import STEADY, Fade
from player.audio.engine._ledger import Ledger, Play
from player.audio.engine._mixer import BLOCK, Mixer
from player.audio.engine._port import Port

QUEUE_S = 1.2
"""Sound kept in the output's queue: more than the interpreter is ever held."""

REFILL = 0.75
"""Share of the queue below which it is filled up."""

PATIENCE_S = 0.4
"""With more than that queued a crossfade waits for the next track's decoder."""

PRIME_S = 0.3
"""So much is queued before the device begins to drain it: the interpreter may be held right at the beginning."""

FINISH_S = 0.1
"""So long before the end the output is told that nothing follows."""

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
        queued = self.port.queued()
        over = timeline.following is None and timeline.over(self.mixer.cursor)
        if over or queued > QUEUE_S * REFILL * self.rate:
            return False
        return not timeline.room(self.mixer.cursor, patient=queued > PATIENCE_S * self.rate)

    @property
    def primed(self) -> bool:
        """Whether enough is queued, or all there is, for the device to begin."""
        return self.port.queued() >= PRIME_S * self.rate or self.mixer.timeline.over(self.mixer.cursor)

    def fill(self) -> None:
        """Fill the output's queue up, if it is low.

        Raises:
            AudioError: the device is gone.
        """
        full = round(QUEUE_S * self.rate)
        if self.port.queued() > full * REFILL:
            return
        for _ in range(BLOCKS_PER_TURN):
            queued = self.port.queued()
            if queued >= full or not self._write(BLOCK, patient=queued > PATIENCE_S * self.rate):
                break

    def finish(self) -> None:
        """See that the last bit is played out when nothing follows."""
        timeline = self.mixer.timeline
        near = self.port.queued() < FINISH_S * self.rate
        if near and not self._finishing and timeline.following is None and timeline.over(self.mixer.cursor):
            self._finishing = True
            self.port.finish()

    def advance(self) -> list[Play]:
        """Book what left the output; returns the plays that began to sound."""
        return self.ledger.advance(self.ledger.written - self.port.queued())

    def forget(self) -> None:
        """Free what was heard; the ends of plays must have been told."""
        self.mixer.forget(self.ledger.heard)

    def take_back(self) -> None:
        """Take back what was not heard, to mix it anew.

        What is about to be heard, and the tail of a fade, which is booked already, stay.

        Raises:
            AudioError: the device is gone.
        """
        waiting = self.ledger.written - self.ledger.heard
        if waiting > 0:
            self.ledger.take_back(self.port.take_back(waiting))
            self.mixer.rewind(self.ledger.written)
            self._finishing = False

    def drop(self) -> None:
        """What the output still holds is lost with it: it was not heard, and will be mixed anew."""
        self.ledger.take_back(self.ledger.written - self.ledger.heard)
        self.mixer.rewind(self.ledger.written)
        self._finishing = False

    def fade_out(self) -> list[Play]:
        """Fall silent within a few ms, all of them booked as heard; returns the plays that began to sound.

        What follows does not begin in these: the fade ends where the present track does.

        Raises:
            AudioError: the device is gone.
        """
        self.take_back()
        mixer = self.mixer
        left = mixer.short_fade
        mixer.transport = mixer.transport.towards(mixer.cursor, 0.0, left)
        following, mixer.timeline.following = mixer.timeline.following, None
        try:
            while left > 0 and (frames := self._write(left)):
                left -= frames
        finally:
            mixer.timeline.following = following
        return self.ledger.advance(self.ledger.written)

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

    def _write(self, limit: int, *, patient: bool = False) -> int:
        mixed = self.mixer.mix(limit, patient=patient)
        if mixed is None:
            return 0
        for portion in mixed.portions:
            self.ledger.record(portion)
        self.ledger.written += len(mixed.samples)
        self._finishing = False
        self.port.write(mixed.samples)
        return len(mixed.samples)
