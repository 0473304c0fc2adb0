"""The books: which play's sound lies in which output frames, and how much of it was heard.

All counting is in output frames. A stretch of frames belongs to one play; stretches of two plays overlap in a
crossfade. What the output has not taken yet can be struck out again.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from player.audio._samples import db_to_factor
from player.audio._values import EndCause, Heard, PlayEnded, Source, to_ms
from player.audio.engine._fades import Fade


class Play:
    """One start of one source; survives seeks and changes of speed.

    Attributes:
        token: The caller's name for it.
        source: What plays.
        gain: What its sound is multiplied by, over the output frames.
        heard_s: Sound of it that reached the output, in seconds of the source.
        position_s: Where in the source the listener is, in seconds from the source's start.
        duration_s: Length, None while unknown.
        started: Whether a sample of it reached the output.
        over: Whether its end was told.
        asked: Whether the next play was asked for.
    """

    def __init__(
        self, token: int, source: Source, position_s: float = 0.0, *, heard_s: float = 0.0, started: bool = False
    ) -> None:
        self.token = token
        self.source = source
        factor = db_to_factor(source.gain_db)
        self.gain = Fade(0, 0, factor, factor)
        self.heard_s = heard_s
        self.position_s = position_s
        self.duration_s = source.duration_ms / 1000 if source.duration_ms > 0 else None
        self.started = started
        self.over = False
        self.asked = False

    def ending(self, cause: EndCause, message: str = "") -> PlayEnded:
        """What is told when it is over."""
        return PlayEnded(self.token, cause, to_ms(self.heard_s), to_ms(self.position_s), message)


@dataclass(slots=True)
class Portion:
    """Output frames that carry one play.

    Attributes:
        play: Whose sound it is.
        start: First output frame.
        frames: How many.
        source_s: Position in the source of the first frame, in seconds.
        step_s: Seconds of the source per frame.
    """

    play: Play
    start: int
    frames: int
    source_s: float
    step_s: float

    def continued_by(self, other: Portion) -> bool:
        """Whether the other one goes on where this one ends, on the output and in the source."""
        jump_s = other.source_s - (self.source_s + self.frames * self.step_s)
        return other.start == self.start + self.frames and self.step_s == other.step_s and abs(jump_s) < self.step_s / 2


class Ledger:
    """Books over the output frames of one engine.

    Attributes:
        written: Frames given to the output and not taken back.
        heard: Frames that left the output.
    """

    def __init__(self) -> None:
        self.written = 0
        self.heard = 0
        self._portions: deque[Portion] = deque()

    def record(self, portion: Portion) -> None:
        """Frames about to be written carry this part of a play; call in the order of their beginning."""
        last = next((p for p in reversed(self._portions) if p.play is portion.play), None)
        if last is not None and last.continued_by(portion):
            last.frames += portion.frames
        else:
            self._portions.append(replace(portion))

    def take_back(self, frames: int) -> None:
        """Strike the last `frames` out."""
        self.written -= frames
        for portion in self._portions:
            portion.frames = min(portion.frames, self.written - portion.start)
        self._portions = deque(p for p in self._portions if p.frames > 0)

    def report(self, play: Play, rate: int, *, complete: bool) -> Heard:
        """Return what was heard of a play, and how much of it is queued at so many frames a second."""
        queued = [portion for portion in self._portions if portion.play is play]
        begins = max(0, queued[0].start - self.heard) / rate if queued else 0.0
        return Heard(
            play.token,
            play.started,
            play.duration_s,
            play.position_s,
            play.heard_s,
            begins,
            sum(portion.frames for portion in queued) / rate,
            complete,
        )

    def advance(self, heard: int) -> list[Play]:
        """The output has taken all frames before `heard`; returns the plays that began to sound, in order."""
        self.heard = max(self.heard, min(heard, self.written))
        started: list[Play] = []
        keep: deque[Portion] = deque()
        while self._portions and self._portions[0].start < self.heard:
            portion = self._portions.popleft()
            _book(portion, min(portion.frames, self.heard - portion.start))
            if not portion.play.started:
                portion.play.started = True
                started.append(portion.play)
            if portion.frames:
                keep.append(portion)
        self._portions.extendleft(reversed(keep))
        return started


def _book(portion: Portion, frames: int) -> None:
    play = portion.play
    play.heard_s += frames * portion.step_s
    portion.start += frames
    portion.frames -= frames
    portion.source_s += frames * portion.step_s
    play.position_s = portion.source_s
