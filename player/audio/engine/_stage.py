"""Who plays: plays get voices and places, begin, end, and are followed by others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from player.audio._events import Event
from player.audio._samples import db_to_factor
from player.audio._values import EndCause, Source
from player.audio.engine._ledger import Play
from player.audio.engine._pipeline import Pipeline
from player.audio.engine._timeline import Timeline, dead
from player.audio.engine._voice import Voice
from player.domain import PlayerState

logger = logging.getLogger(__name__)

LOOKAHEAD_S = 1.0
"""Sound decoded beyond what is mixed."""

ASK_NEXT_S = 15.0
"""Time before the end at which the next play is asked for."""

NO_SOUND = "there is no sound in it"


class Stage:
    """The plays of one engine. Used by the engine's thread only.

    Attributes:
        state: What the engine does.
        present: The play that is heard, or will be next.
        speed: Seconds of the source per second of output.
        ran_out: Whether it stopped because nothing followed.
        pausing: Whether it shall pause although it ran out: what is set now waits.
        moved: Whether the position jumped since it was last told.

    Args:
        pipeline: Where their sound goes.
        emit: Told every event.
        wake: Called from decoder threads when there is something to do.
        threaded: Whether voices decode in threads of their own; if not, `decode` does it.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        emit: Callable[[Event, object], None],
        wake: Callable[[], None],
        *,
        threaded: bool,
    ) -> None:
        self.state = PlayerState.STOPPED
        self.present: Play | None = None
        self.speed = 1.0
        self.ran_out = False
        self.pausing = False
        self.moved = False
        self._late = False
        self._pipeline = pipeline
        self._emit = emit
        self._wake = wake
        self._threaded = threaded
        self._voices: list[Voice] = []

    @property
    def timeline(self) -> Timeline:
        """Voices and their places."""
        return self._pipeline.mixer.timeline

    @property
    def newest_unheard(self) -> bool:
        """Whether the play that follows the present one is mixed already, but not heard."""
        if not self.timeline.lines:
            return False
        newest = self.timeline.lines[-1].voice.play
        return newest is not self.present and not newest.started

    @property
    def late(self) -> bool:
        """Whether the present play was set when the one before had ended, and was not heard yet."""
        return self._late and self.present is not None and not self.present.started

    # -- voices

    def voice(self, play: Play, start_s: float, after: Voice | None = None) -> Voice:
        """A new voice for a play, from a position on, decoding already; `after` another one without a gap."""
        voice = Voice(play, self._pipeline.rate, start_s, self.speed, self._lookahead(), self._wake)
        if after is not None:
            voice.join_after(after)
        if self._threaded:
            voice.start()
        self._voices.append(voice)
        return voice

    def decode(self) -> None:
        """Without threads: let the voices decode what they have room for."""
        if not self._threaded:
            for voice in self.timeline.voices():
                while voice.hungry:
                    voice.step()

    def sweep(self) -> None:
        """Forget voices that have come to rest."""
        self._voices = [v for v in self._voices if not v.finished]

    def join(self, timeout_s: float) -> None:
        """Wait for the decoders' threads, so long for each."""
        for voice in self._voices:
            if not voice.join(timeout_s):
                logger.warning("the decoder of %s does not come back", voice.play.source.path)

    # -- commands

    def begin(self, voice: Voice, *, paused: bool, late: bool = False) -> None:
        """Let a voice alone sound from now on; `late` where it was to follow one that has ended already."""
        self._late, self.pausing = late, False
        self.timeline.put(voice, self._pipeline.mixer.cursor)
        voice.look_ahead(self._lookahead() + self.timeline.crossfade)
        self.present, self.ran_out, self.moved = voice.play, False, True
        if voice.start_s > 0:
            self._pipeline.fade_in()
        else:
            self._pipeline.sound_at_once()
        self.change_state(PlayerState.PAUSED if paused else PlayerState.PLAYING)

    def withdraw(self) -> None:
        """Take a late play away, unless a part of it is about to be heard: as if it had not been set."""
        if self.late and self.timeline.lines[0].at >= self._pipeline.mixer.cursor:
            self.timeline.put_nothing()
            self.present, self.ran_out, self.moved = None, True, True
            self.change_state(PlayerState.STOPPED)

    def follow(self, source: Source, token: int, crossfade: int) -> None:
        """Let a play follow the newest one, over `crossfade` frames."""
        voice = self.timeline.following
        if voice is None or (voice.play.token, voice.play.source) != (token, source):
            newest = self.timeline.lines[-1].voice if self.timeline.lines and not crossfade else None
            voice = self.voice(Play(token, source), 0.0, newest)
        self.timeline.follow(voice, crossfade)
        if self.timeline.lines:
            self.timeline.lines[-1].voice.look_ahead(self._lookahead() + crossfade)

    def reseat(self, play: Play, position_s: float) -> None:
        """Let a play go on from a position with a new voice."""
        self._end_others(play)
        play.position_s = position_s
        voice = self.voice(play, position_s)
        voice.look_ahead(self._lookahead() + self.timeline.crossfade)
        if self.timeline.following is not None:
            self.timeline.following.join_after(voice)
        self.timeline.put(voice, self._pipeline.mixer.cursor)
        self._pipeline.fade_in()
        self.moved = True

    def set_gain(self, token: int, gain_db: float, frames: int) -> None:
        """Lead the plays with this token to another gain over so many frames from the cursor on."""
        cursor = self._pipeline.mixer.cursor
        for play in {voice.play for voice in self.timeline.voices()}:
            if play.token == token:
                play.source = replace(play.source, gain_db=gain_db)
                play.gain = play.gain.towards(cursor, db_to_factor(gain_db), frames)

    def renew_following(self) -> None:
        """Decode what follows anew, for another rate or speed."""
        following = self.timeline.following
        if following is not None:
            self.timeline.follow(self.voice(following.play, 0.0), self.timeline.crossfade)

    def end_all(self, cause: EndCause) -> None:
        """End what sounds; what follows keeps its voice."""
        present, self.present = self.present, None
        self._end_others(present)
        if present is not None:
            self.end(present, cause)

    def end(self, play: Play, cause: EndCause, message: str = "") -> None:
        """Tell the end of a play, once."""
        if not play.over:
            play.over = True
            # Not for the log file, which a private session must leave no trace in.
            logger.debug("%s: %s after %.1f s %s", play.source.path, cause.value, play.heard_s, message)
            self._emit(Event.ENDED, play.ending(cause, message))

    def _end_others(self, play: Play | None) -> None:
        """End the plays that fade out under this one. One that was not heard yet only loses its place."""
        for line in self.timeline.lines:
            if line.voice.play is not play and line.voice.play.started:
                self.end(line.voice.play, EndCause.FINISHED)

    def change_state(self, state: PlayerState) -> None:
        """Take a state, and tell it."""
        if state is not self.state:
            self.state = state
            self._emit(Event.STATE, state)

    # -- what was heard

    def settle(self, started: list[Play]) -> None:
        """Tell what began and what ended, in the order in which it was heard."""
        for play in started:
            self._finish(before=play)
            if play is not self.present:
                self.present, self.moved = play, True
            self._emit(Event.STARTED, play.token)
        self._check_following()
        self._finish(before=None)
        self._ask_next()

    def _finish(self, before: Play | None) -> None:
        """End the plays whose last frame was heard, up to the line of `before`.

        The last one may have ended in an earlier turn, while something still followed that then failed.
        """
        for line in self.timeline.lines:
            voice = line.voice
            if voice.play is before:
                return
            if line.end is None or self._pipeline.ledger.heard < line.end:
                continue
            last = line is self.timeline.lines[-1] and self.timeline.following is None
            if last and voice.play.started:
                self._ask_after(voice.play)  # it was too short to be asked about before, or what followed failed
            if voice.frames == 0 and (voice.error or voice.start_s == 0):
                self.end(voice.play, EndCause.ERROR, voice.error or NO_SOUND)
            else:
                self.end(voice.play, EndCause.FINISHED, voice.remark)
            if last:
                self._run_out()
                return

    def _run_out(self) -> None:
        self._end_others(None)  # an older one may still have been fading under a very short last one
        self.timeline.put_nothing()
        self.present, self.ran_out, self.moved = None, True, True
        self.change_state(PlayerState.STOPPED)

    def _check_following(self) -> None:
        """A following play that cannot be decoded ends before it began, and another one is asked for."""
        voice = self.timeline.following
        if voice is not None and dead(voice):
            self.timeline.follow(None, 0)
            self.end(voice.play, EndCause.ERROR, voice.error or NO_SOUND)
            if self.present is not None:
                self.present.asked = False

    def _ask_next(self) -> None:
        play = self.present
        if play is None or play.asked or not play.started or self.timeline.following is not None:
            return
        voice = self.timeline.lines[-1].voice
        if voice.play is not play:
            return
        near = play.duration_s is not None and play.duration_s - play.position_s < ASK_NEXT_S * self.speed
        if near or voice.complete or not self._pipeline.port.real_time:
            self._ask_after(play)

    def _ask_after(self, play: Play) -> None:
        if not play.asked:
            play.asked = True
            self._emit(Event.NEXT_WANTED, play.token)

    def _lookahead(self) -> int:
        return round(LOOKAHEAD_S * self._pipeline.rate)
