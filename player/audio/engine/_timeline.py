"""Which voice sounds when: voices laid out on the axis of output frames, joined without a gap or faded over.

Nothing here depends on how often or in what portions it is asked, and the last voice can be taken off again as
long as it was not heard.
"""

from __future__ import annotations

from dataclasses import dataclass

from player.audio.engine._fades import STEADY, Fade
from player.audio.engine._voice import Voice

READY_S = 0.05
"""A voice with that much sound decoded can begin."""


@dataclass(slots=True)
class Line:
    """A voice and its place.

    Attributes:
        voice: Where the sound comes from.
        at: Output frame of the voice's frame 0.
        fade_in: Gain at its beginning.
        fade_out: Gain at its end.
        crossfade: Overlap that was wanted at its beginning, in frames.
    """

    voice: Voice
    at: int
    fade_in: Fade = STEADY
    fade_out: Fade = STEADY
    crossfade: int = 0

    @property
    def end(self) -> int | None:
        """Output frame behind its last one; None while the decoder has not seen it."""
        return self.at + self.voice.frames if self.voice.complete else None


class Timeline:
    """Voices in the order in which they begin.

    Attributes:
        lines: Voices with a place; two overlap in a crossfade. The last one is the newest.
        following: What comes after the last one, without a place yet.
        crossfade: Overlap wanted at that join, in frames.
        lookahead: Frames that must be decoded behind what is mixed.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.following: Voice | None = None
        self.crossfade = 0
        self.lookahead = 0

    def put(self, voice: Voice, at: int) -> None:
        """Let this voice alone sound from frame `at`."""
        self.put_nothing()
        self.lines = [Line(voice, at)]

    def put_nothing(self) -> None:
        """Nothing sounds."""
        for line in self.lines:
            line.voice.cancel()
        self.lines = []

    def clear(self) -> None:
        """Nothing sounds and nothing follows."""
        self.put_nothing()
        self.follow(None, 0)

    def follow(self, voice: Voice | None, crossfade: int) -> None:
        """What comes after the last voice; an earlier answer is dropped."""
        if self.following is not None and self.following is not voice:
            self.following.cancel()
        self.following, self.crossfade = voice, crossfade if voice else 0

    def take_following(self) -> Voice | None:
        """What follows, which follows no more."""
        voice, self.following, self.crossfade = self.following, None, 0
        return voice

    def room(self, cursor: int, *, patient: bool = False) -> int:
        """Frames that can be mixed from `cursor` on; 0: wait for a decoder, or the end.

        Gives the following voice its place when its time has come. Where it is not decoded yet, the crossfade
        is shortened, unless there is time to be `patient`. One without sound gets none: another one may be set.
        """
        while self.lines:
            line = self.lines[-1]
            end = line.end
            if end is None:
                return max(0, line.at + line.voice.frames - max(self.crossfade, self.lookahead) - cursor)
            if self.following is None or dead(self.following):
                return max(0, end - cursor)
            join = max(end - self._overlap(line, end, self.following), cursor)
            if cursor < join:
                return join - cursor
            if not ready(self.following):
                return 0 if patient else max(0, end - cursor)
            self._join(line, self.following, join, max(0, end - join))
        return 0

    def over(self, cursor: int) -> bool:
        """Whether all voices are at their end."""
        return all(line.end is not None and cursor >= line.end for line in self.lines)

    def rewind(self, cursor: int) -> None:
        """Sound from `cursor` on will be mixed again: a voice that begins there or later loses its place."""
        while len(self.lines) > 1 and self.lines[-1].at >= cursor:
            taken = self.lines.pop()
            self.lines[-1].fade_out = STEADY
            self.following, self.crossfade = taken.voice, taken.crossfade

    def prune(self, before: int) -> None:
        """Voices that ended before this frame, and sound before it, are not needed any more."""
        for line in self.lines[:-1]:
            if line.end is not None and line.end <= before:
                line.voice.cancel()
                self.lines.remove(line)
        for line in self.lines:
            line.voice.forget(before - line.at)

    def voices(self) -> list[Voice]:
        """All voices that need sound, the most urgent first."""
        return [line.voice for line in self.lines] + ([self.following] if self.following else [])

    def _overlap(self, line: Line, end: int, following: Voice) -> int:
        """The crossfade wanted, but no more than half of a short track, and not into the last crossfade."""
        overlap = min(self.crossfade, end - max(line.at, line.fade_in.start + line.fade_in.frames))
        length = following.expected_frames
        return max(0, overlap if length is None else min(overlap, length // 2))

    def _join(self, line: Line, voice: Voice, at: int, overlap: int) -> None:
        new = Line(voice, at, crossfade=self.crossfade)
        if overlap:
            line.fade_out = Fade(at, overlap, 1.0, 0.0, equal_power=True)
            new.fade_in = Fade(at, overlap, 0.0, 1.0, equal_power=True)
        self.lines.append(new)
        self.following, self.crossfade = None, 0


def ready(voice: Voice) -> bool:
    """Whether the voice can begin to sound."""
    return voice.complete or voice.frames >= READY_S * voice.rate


def dead(voice: Voice) -> bool:
    """Whether the voice is at its end without a sound."""
    return voice.complete and voice.frames == 0
