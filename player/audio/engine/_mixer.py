"""From voices to blocks for the output: gain, fades, equaliser, volume, limiter.

Blocks depend on absolute frame numbers and on a small state (equaliser memory, limiter gain) kept for the start
of each block that may still have to be mixed again. So taking sound back from the output and mixing it anew, with
another volume or another next track, continues exactly.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from player.audio._equaliser import Equaliser, Memory
from player.audio._limiter import Limiter, LimiterState
from player.audio._samples import Samples, silence
from player.audio.engine._fades import STEADY, Fade
from player.audio.engine._ledger import Portion
from player.audio.engine._timeline import Line, Timeline

BLOCK = 2_048
"""Most frames mixed at once."""

SHORT_FADE_S = 0.008
"""Fades that only keep a cut from clicking."""


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    frame: int
    memory: Memory | None
    limiter: LimiterState | None


@dataclass(frozen=True, slots=True)
class Mixed:
    """One block, and whose sound is in it."""

    samples: Samples
    portions: list[Portion]


class Mixer:
    """Mixes the voices of a timeline.

    Attributes:
        timeline: The voices and their places.
        cursor: Output frame to be mixed next.
        volume: Volume as a factor, over frames.
        transport: Fades of pause, seek and stop, over frames.

    Args:
        rate: Output rate in Hz.
    """

    def __init__(self, rate: int) -> None:
        self.timeline = Timeline()
        self.cursor = 0
        self._block = 0  # where the block begins that is mixed next; before the cursor if it is mixed again
        self.volume = STEADY
        self.transport = STEADY
        self._rate = rate
        self._gains_db: tuple[float, ...] = ()
        self._preamp_db = 0.0
        self._equaliser: Equaliser | None = None
        self._memory: Memory | None = None
        self._former: tuple[Equaliser | None, Memory | None] = (None, None)
        self._changed = STEADY  # from the former equaliser to the present one
        self._limiter = Limiter(rate)
        self._limited: LimiterState | None = None
        self.timeline.lookahead = self._limiter.lookahead
        self._checkpoints: deque[_Checkpoint] = deque()

    @property
    def rate(self) -> int:
        """Output rate in Hz."""
        return self._rate

    @property
    def equalised(self) -> bool:
        """Whether the equaliser filters."""
        return self._equaliser is not None

    @property
    def short_fade(self) -> int:
        """Frames of a fade that keeps a cut from clicking."""
        return round(SHORT_FADE_S * self._rate)

    def set_rate(self, rate: int) -> None:
        """Mix at another rate from now on; the voices must be replaced."""
        self._rate = rate
        self._limiter, self._limited = Limiter(rate), None
        self.timeline.lookahead = self._limiter.lookahead
        self.set_equaliser(self._gains_db, self._preamp_db)

    def set_equaliser(self, gains_db: tuple[float, ...], preamp_db: float = 0.0) -> None:
        """Other gains from the cursor on; all 0 dB is bypass."""
        if self._block < self.cursor:  # bring the filters' memory to the cursor
            self._mix(self._block, self.cursor - self._block)
        self._gains_db, self._preamp_db = gains_db, preamp_db
        self._former = (self._equaliser, self._memory)
        self._changed = Fade(self.cursor, self.short_fade, 0.0, 1.0)
        wanted = any(gains_db) or preamp_db
        self._equaliser = Equaliser(gains_db, self._rate, preamp_db) if wanted else None
        self._memory = self._equaliser.rest() if self._equaliser else None
        self._checkpoints.clear()
        self._block = self.cursor

    def mix(self, limit_frames: int = BLOCK, *, patient: bool = False) -> Mixed | None:
        """The next block, at most so long; None where a decoder must be waited for, or at the end.

        `patient`: see `Timeline.room`.
        """
        new = min(self.timeline.room(self.cursor, patient=patient), limit_frames)
        again = self.cursor - self._block
        frames = min(again + new, BLOCK)
        if new <= 0:
            return None
        self._checkpoints.append(_Checkpoint(self._block, self._memory, self._limited))
        mixed = _behind(self._mix(self._block, frames), self.cursor, again)
        self._block += frames
        self.cursor = self._block
        for line in self.timeline.lines:
            line.voice.used(self.cursor - line.at)
        return mixed

    def rewind(self, cursor: int) -> None:
        """Go back to output frame `cursor`, which was mixed before and was not heard.

        The block in which it lies will be mixed again as a whole, and its first part thrown away: so nothing
        but what has been changed will differ.
        """
        self.timeline.rewind(cursor)
        if cursor >= self.cursor:
            return
        self._block = self.cursor = cursor
        while self._checkpoints:
            point = self._checkpoints.pop()
            self._memory, self._limited = point.memory, point.limiter
            if point.frame <= cursor:
                self._block = point.frame
                break
        for line in self.timeline.lines:
            line.voice.used(max(0, cursor - line.at))

    def forget(self, heard: int) -> None:
        """Nothing before output frame `heard` will be mixed again."""
        while len(self._checkpoints) > 1 and self._checkpoints[1].frame <= heard:
            self._checkpoints.popleft()
        first = self._checkpoints[0].frame if self._checkpoints else self._block
        self.timeline.prune(min(heard, first))

    def _mix(self, at: int, frames: int) -> Mixed:
        """Mix a block; what comes after it is mixed as far as the limiter must look ahead, and thrown away."""
        length = frames + self._limiter.lookahead
        portions: list[Portion] = []
        total: Samples | None = None
        altered = False
        for line in self.timeline.lines:
            start = max(at, line.at)
            stop = min(at + length, line.at + line.voice.frames)
            if start >= stop:
                continue
            plain = line.voice.read(start - line.at, stop - start)
            block = _faded(plain, line, start)
            altered = altered or total is not None or block is not plain
            offset = start - at
            if total is None and len(block) == length:
                total = block
            else:
                total = silence(length) if total is None else total.copy()
                total[offset : offset + len(block)] += block
            if start < at + frames:
                source_s = line.voice.start_s + (start - line.at) * line.voice.step_s
                inside = min(len(block), at + frames - start)
                portions.append(Portion(line.voice.play, start, inside, source_s, line.voice.step_s))
        return Mixed(self._finish(silence(length) if total is None else total, at, frames, altered=altered), portions)

    def _finish(self, samples: Samples, at: int, frames: int, *, altered: bool) -> Samples:
        head, rest = samples[:frames], samples[frames:]
        block = self._coloured(head, at)
        memories = self._memory, self._former
        ahead = self._coloured(rest, at + frames)
        self._memory, self._former = memories
        altered = altered or block is not head or ahead is not rest
        block, self._limited = self._limiter.process(block, ahead, self._limited, between=altered)
        return block

    def _coloured(self, samples: Samples, at: int) -> Samples:
        samples = self._equalise(samples, at)
        for fade in (self.volume, self.transport):
            samples = _apply(samples, fade, at)
        return samples

    def _equalise(self, samples: Samples, at: int) -> Samples:
        """Filtered samples; after a change the new sound is faded in over the old one."""
        new, self._memory = _filter(samples, self._equaliser, self._memory)
        if self._changed.over(at):
            return new
        former, memory = self._former
        old, memory = _filter(samples, former, memory)
        self._former = (former, memory)
        share = self._changed.gains(at, len(samples))
        return old + (new - old) * share


def _behind(mixed: Mixed, cursor: int, again: int) -> Mixed:
    """A block without its first part, which had been mixed, and heard, before."""
    if not again:
        return mixed
    portions = []
    for p in mixed.portions:
        cut = max(0, cursor - p.start)
        if cut < p.frames:
            portions.append(Portion(p.play, p.start + cut, p.frames - cut, p.source_s + cut * p.step_s, p.step_s))
    return Mixed(mixed.samples[again:], portions)


def _filter(samples: Samples, equaliser: Equaliser | None, memory: Memory | None) -> tuple[Samples, Memory | None]:
    if equaliser is None or memory is None:
        return samples, memory
    return equaliser.process(samples, memory)


def _faded(samples: Samples, line: Line, at: int) -> Samples:
    """A line's part of a block with its gain and fades; the same object where these are 1."""
    for fade in (line.voice.play.gain, line.fade_in, line.fade_out):
        samples = _apply(samples, fade, at)
    return samples


def _apply(samples: Samples, fade: Fade, at: int) -> Samples:
    gains = fade.gains(at, len(samples))
    if isinstance(gains, float):
        return samples if gains == 1.0 else samples * np.float32(gains)
    return samples * gains
