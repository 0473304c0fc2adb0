"""A voice: one play's decoded sound, ahead of the mixer and a little behind it.

The decoder may run in a thread of its own (`start`) or be driven step by step (`step`), which makes tests exact.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable

import numpy as np

from player.audio._convert import Edge
from player.audio._decoder import Decoder
from player.audio._file import StreamInfo
from player.audio._samples import Samples, silence
from player.audio._tempo import Tempo
from player.audio.engine._ledger import Play
from player.domain import FileError

logger = logging.getLogger(__name__)


def _nothing(_token: int) -> None:
    """Nobody wants to know."""


decoding: Callable[[int], None] = _nothing
"""Told by every decoder's thread, before it begins, the token of its play: the sound process notes it for a crash."""

LEAST_MISSING_S, LEAST_MISSING_SHARE = 2.0, 0.05
"""A file that ends so much before its stated end is incomplete."""


class Voice:
    """Decoded sound of one play from a position on, at the output's rate and speed.

    Frames count from the voice's beginning. The decoder's side adds at the end, the mixer reads anywhere behind
    it and lets go of what was heard.

    Attributes:
        play: What it belongs to.
        rate: Output rate in Hz.
        start_s: Position in the source of frame 0.
        step_s: Seconds of the source per frame.
        frames: Frames decoded so far.
        complete: Whether the end was reached.
        error: Why decoding ended early; the sound until then still counts.
        remark: What was wrong, although it played to its end.
        info: What its file says about itself, once it is open.
        awaited: Whether the mixer waits for sound of it, so that the next block wakes it.
        edge: How its sound ended, for the voice that goes on from it; None before, and where nothing was resampled.
        source_rate: Sample rate of its file in Hz; 0 until it was opened.

    Args:
        play: What to decode.
        rate: Output rate in Hz.
        start_s: Where in the source to begin.
        speed: Seconds of the source per second of output.
        lookahead: Frames to decode ahead of the mixer.
        wake: Called from the decoder's thread when the mixer waits for this voice.
    """

    def __init__(
        self, play: Play, rate: int, start_s: float, speed: float, lookahead: int, wake: Callable[[], None]
    ) -> None:
        self.play = play
        self.rate = rate
        self.start_s = start_s
        self.step_s = speed / rate
        self.frames = 0
        self.complete = False
        self.error = ""
        self.remark = ""
        self.info: StreamInfo | None = None
        self.awaited = True
        self.edge: Edge | None = None
        self.source_rate = 0
        self._after: Voice | None = None
        self._waiters: list[Voice] = []
        self._speed = speed
        self._lookahead = lookahead
        self._wake = wake
        self._blocks: deque[Samples] = deque()
        self._first = 0  # frame of the first block kept
        self._mixed = 0  # frames the mixer has used
        self._cancelled = False
        self._decoder: Decoder | None = None
        self._tempo: Tempo | None = None
        self._source_left: int | None = None  # frames of a cue range still to come, before the change of speed
        self._room = threading.Condition()
        self._thread: threading.Thread | None = None

    # -- the mixer's side

    def read(self, start: int, frames: int) -> Samples:
        """Frames from `start`; they must be decoded and not forgotten."""
        with self._room:
            blocks, at = list(self._blocks), self._first
        parts: list[Samples] = []
        for block in blocks:
            low, high = max(start - at, 0), min(start + frames - at, len(block))
            if low < high:
                parts.append(block[low:high])
            at += len(block)
            if at >= start + frames:
                break
        if not parts:
            return silence(0)
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def used(self, until: int) -> None:
        """The mixer needs what lies behind frame `until`, plus the look-ahead."""
        with self._room:
            self._mixed = until
            self._room.notify_all()

    def forget(self, before: int) -> None:
        """Frames before this one will not be read again."""
        with self._room:
            while self._blocks and self._first + len(self._blocks[0]) <= before:
                self._first += len(self._blocks.popleft())

    def look_ahead(self, frames: int) -> None:
        """Decode that far ahead from now on."""
        with self._room:
            self._lookahead = frames
            self._room.notify_all()

    def join_after(self, voice: Voice) -> None:
        """Go on from the end of another voice, if both are resampled from one rate: then its end is waited for.

        Of no effect once this one has sound.
        """
        if not self.frames and self.start_s == 0 and not self.play.source.start_ms and self._speed == 1.0:
            self._after = voice
            voice._waiters.append(self)

    def replace_end(self, samples: Samples) -> None:
        """Take other frames for the last ones, now that it is known what follows, unless they are mixed already."""
        with self._room:
            samples = samples[-min(len(samples), self.frames) :]
            left = self.frames - len(samples)
            if not self.complete or self._mixed > left or self._first > left or not len(samples):
                return
            kept = np.concatenate(self._blocks)[: left - self._first]
            self._blocks = deque([kept, samples])

    def cancel(self) -> None:
        """No more of it is wanted."""
        with self._room:
            self._cancelled = True
            self._room.notify_all()
        self._release()
        if self._thread is None:
            self._close()

    @property
    def expected_frames(self) -> int | None:
        """How long it will be in all: exact at the end, before that as the file claims; None where it does not."""
        if self.complete:
            return self.frames
        if self.play.duration_s is None:
            return None
        return max(self.frames, round((self.play.duration_s - self.start_s) / self.step_s))

    @property
    def finished(self) -> bool:
        """Whether nothing of it runs any more."""
        return self._decoder is None and (self._thread is None or not self._thread.is_alive())

    def join(self, timeout_s: float) -> bool:
        """Wait for the decoder's thread to end; False when it did not."""
        if self._thread is not None:
            self._thread.join(timeout_s)
            return not self._thread.is_alive()
        return True

    # -- the decoder's side

    def start(self) -> None:
        """Decode in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="segue-decoder", daemon=True)
        self._thread.start()

    @property
    def hungry(self) -> bool:
        """Whether a step would do something useful now."""
        if self.complete or self._cancelled or self._waits:
            return False
        return self.frames - self._mixed < self._lookahead

    @property
    def _waits(self) -> bool:
        """Whether it must know first how the voice before ends."""
        after = self._after
        if after is None or self._decoder is None or after.complete or after._cancelled:
            return False
        return self.source_rate != self.rate and after.source_rate in (0, self.source_rate)

    def _release(self) -> None:
        """Let go on what waits for the end of this one."""
        for voice in self._waiters:
            with voice._room:
                voice._room.notify_all()

    def step(self) -> None:
        """Decode one block."""
        try:
            blocks = self._decode()
        except FileError as error:
            self._finish(error.why)
        except Exception as error:  # the border of the decoder's thread: a fault in it must not be silence for ever
            logger.exception("the decoder failed on %s", self.play.source.path)
            self._finish(f"{type(error).__name__}: {error}")
        else:
            if blocks is None:
                self._finish("")
            elif blocks:
                self._add(blocks)

    def _run(self) -> None:
        decoding(self.play.token)
        while True:
            with self._room:
                while not self.hungry and not self.complete and not self._cancelled:
                    self._room.wait()
            if self.complete or self._cancelled:
                break
            self.step()
        self._close()

    def _decode(self) -> list[Samples] | None:
        decoder = self._decoder or self._open()
        if self._waits:
            return []
        after = self._after
        if after is not None and not self.frames and after.edge is not None:
            decoder.go_on_from(after.edge)
        self._after = None
        block = decoder.read()
        if after is not None and decoder.patch is not None:
            after.replace_end(decoder.patch)
        if block is not None and self._source_left is not None:
            block = block[: self._source_left]
            self._source_left -= len(block)
        if block is None or not len(block):
            rest, self._tempo = (self._tempo.finish() if self._tempo else []), None
            if rest:
                self._add(rest)
            return None
        return self._tempo.push(block) if self._tempo else [block]

    def _open(self) -> Decoder:
        source, rate = self.play.source, self.rate
        self._decoder = decoder = Decoder(source.path, rate)
        self.source_rate = decoder.info.rate
        self.info = decoder.info
        begin_s = source.start_ms / 1000
        if begin_s + self.start_s > 0:
            decoder.seek(begin_s + self.start_s)
        if source.end_ms is not None:
            first = round((begin_s + self.start_s) * rate)
            self._source_left = max(0, round(source.end_ms / 1000 * rate) - first)
            self.play.duration_s = source.end_ms / 1000 - begin_s
        elif decoder.info.duration_s is not None:
            self.play.duration_s = max(0.0, decoder.info.duration_s - begin_s)
        if self._speed != 1.0:
            self._tempo = Tempo(rate, self._speed)
        return decoder

    def _add(self, blocks: list[Samples]) -> None:
        with self._room:
            self._blocks.extend(blocks)
            self.frames += sum(len(b) for b in blocks)
        if self.awaited:
            self._wake()

    def _finish(self, error: str) -> None:
        damage = error or self._damage()
        if damage:
            logger.warning("%s: %s", self.play.source.path, damage)
        remark = "; ".join(filter(None, (damage, self._missing())))
        if self._decoder is not None and not error and self._speed == 1.0 and self._source_left is None:
            self.edge = self._decoder.edge
        self._close()
        with self._room:
            self.error, self.remark = error, remark
            self.complete = True
            if self.frames or (self.start_s == 0 and not error):
                self.play.duration_s = self.start_s + self.frames * self.step_s  # now it is known exactly
        self._release()
        self._wake()

    def _damage(self) -> str:
        count = self._decoder.errors if self._decoder else 0
        return f"{count} damaged {'part was' if count == 1 else 'parts were'} passed over" if count else ""

    def _missing(self) -> str:
        """How much earlier the sound ended than the file says it does; files that only guess are off by less."""
        stated = self.play.duration_s if self._decoder is not None and self._source_left != 0 else None
        missing = (stated or 0.0) - (self.start_s + self.frames * self.step_s)
        if stated is None or missing < max(LEAST_MISSING_S, LEAST_MISSING_SHARE * stated):
            return ""
        return f"it ended {missing:.0f} s before the end that it states"

    def _close(self) -> None:
        decoder, self._decoder = self._decoder, None
        if decoder is not None:
            decoder.close()
