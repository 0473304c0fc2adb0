"""The engine's heart: commands in, sound to the output, events out. It knows no Qt and no threads but its voices'.

Everything here runs on one thread, the engine's (or the test's, which calls `pump`).
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from player.audio._api import EndCause, PlayerState, Source
from player.audio._fades import volume_factor
from player.audio._ledger import Play
from player.audio._pipeline import FINISH_S, QUEUE_S, REFILL, Pipeline
from player.audio._port import Port
from player.audio._tempo import MAX_SPEED, MIN_SPEED
from player.audio._timeline import Line
from player.audio._voice import Voice
from player.domain import AudioError

logger = logging.getLogger(__name__)

LOOKAHEAD_S = 1.0
"""Sound decoded beyond what is mixed."""

ASK_NEXT_S = 15.0
"""Time before the end at which the next play is asked for."""

RETRY_S = 1.0
"""Between attempts to open a lost device again."""

MAX_CROSSFADE_MS = 12_000
LONGEST_NAP_S = 0.25
IDLE_NAP_S = 1.0

NO_SOUND = "there is no sound in it"
DEVICE_LOST = "The sound output went away; playback goes on when it or another one is there."


class Event(StrEnum):
    """What the engine tells, with the value that goes with it."""

    STARTED = "started"
    """Token."""
    ENDED = "ended"
    """`PlayEnded`."""
    NEXT_WANTED = "next_wanted"
    """Token."""
    STATE = "state"
    """`PlayerState`."""
    MOVED = "moved"
    """None: the position jumped, the present play changed, or its length became known."""
    DEVICE_FAILED = "device_failed"
    """Message for the user."""
    DEVICES = "devices"
    """`list[Device]`."""


@dataclass(frozen=True, slots=True)
class Now:
    """What is heard, as of one instant.

    Attributes:
        play: The present play.
        position_s: Position in its source.
        heard_s: Sound of it that reached the output.
        speed: Seconds of the source per second of the clock; 0 while the clock says nothing.
        at: `time.monotonic()` of the instant.
        silent: Whether nobody can hear it.
    """

    play: Play | None = None
    position_s: float = 0.0
    heard_s: float = 0.0
    speed: float = 0.0
    at: float = 0.0
    silent: bool = False


class Core:
    """Plays.

    Attributes:
        now: What is heard; replaced as a whole, so any thread may read it.

    Args:
        port: Where the sound goes.
        emit: Told every event, on the engine's thread.
        wake: Called from decoder threads when there is something to do.
        threaded: Whether voices decode in threads of their own; if not, `pump` does it.
    """

    def __init__(
        self, port: Port, emit: Callable[[Event, object], None], wake: Callable[[], None], *, threaded: bool = True
    ) -> None:
        self.now = Now()
        self._port = port
        self._pipeline = Pipeline(port)
        self._mixer = self._pipeline.mixer
        self._timeline = self._mixer.timeline
        self._emit = emit
        self._wake = wake
        self._threaded = threaded
        self._state = PlayerState.STOPPED
        self._present: Play | None = None
        self._voices: list[Voice] = []
        self._speed = 1.0
        self._ran_out = False  # stopped because nothing followed
        self._waiting = False  # plays on as soon as a device can be opened
        self._retry_at = 0.0
        self._moved = False  # the position jumped since it was published
        self._length_told: float | None = None

    # -- commands, as `AudioOutput` describes them

    def play(self, source: Source, token: int, at_ms: int, paused: bool) -> None:
        """Play now."""
        if self._present is not None and self._present.token == token:
            return
        self._end_all(EndCause.REPLACED)
        opened = self._open()
        voice = self._timeline.following
        if voice is not None and voice.play.token == token and at_ms == 0:
            self._timeline.following = None
        else:
            voice = self._voice(Play(token, source, at_ms / 1000), at_ms / 1000)
        self._begin(voice, paused=paused or not opened)
        self._waiting = not opened and not paused

    def set_next(self, source: Source | None, token: int, crossfade_ms: int) -> None:
        """What follows."""
        newest = self._timeline.lines[-1].voice.play if self._timeline.lines else None
        if newest is not self._present and newest is not None and not newest.started:
            self._take_back()
        if source is None:
            self._timeline.follow(None, 0)
            return
        voice = self._timeline.following
        if voice is None or (voice.play.token, voice.play.source) != (token, source):
            voice = self._voice(Play(token, source), 0.0)
        frames = round(max(0, min(crossfade_ms, MAX_CROSSFADE_MS)) / 1000 * self._pipeline.rate)
        if (
            self._timeline.lines
            and (end := self._timeline.lines[-1].end) is not None
            and self._mixer.cursor > end - frames
        ):
            self._take_back()  # the crossfade begins in what is queued already
        self._timeline.follow(voice, frames)
        if self._timeline.lines:
            self._timeline.lines[-1].voice.look_ahead(self._lookahead() + frames)
        if self._ran_out:
            self._timeline.following = None
            if self._open():
                self._begin(voice, paused=False)

    def pause(self) -> None:
        """Fall silent."""
        self._waiting = False
        if self._state is PlayerState.PLAYING:
            self._settle(self._fade_out())
            self._set_state(PlayerState.PAUSED)

    def resume(self) -> None:
        """Go on."""
        if self._state is not PlayerState.PAUSED:
            return
        if not self._open():
            self._waiting = True
            return
        self._waiting = False
        if self._present is not None and (self._present.started or self._present.position_s > 0):
            self._pipeline.fade_in()
        self._set_state(PlayerState.PLAYING)
        self._port.start()

    def stop(self) -> None:
        """End the present play, forget the next one."""
        self._end_all(EndCause.STOPPED)
        self._timeline.clear()
        self._present = None
        self._ran_out = self._waiting = False
        self._set_state(PlayerState.STOPPED)
        self._moved = True

    def seek(self, position_ms: int) -> None:
        """Jump within the present play."""
        play = self._present
        if play is None:
            return
        self._quiet()
        if self._present is not play:  # it ended in this very moment
            self._pipeline.fade_in()
            return
        position_s = max(0.0, position_ms / 1000)
        if play.duration_s is not None:
            position_s = min(position_s, play.duration_s)
        self._reseat(play, position_s)
        self._moved = True

    def set_volume(self, volume: float, muted: bool) -> None:
        """Another volume at once."""
        if self._state is PlayerState.PLAYING:
            self._take_back()
        factor = 0.0 if muted else volume_factor(volume)
        self._mixer.volume = self._mixer.volume.towards(self._mixer.cursor, factor, self._mixer.short_fade)

    def set_speed(self, speed: float) -> None:
        """Another speed from the present position on."""
        speed = max(MIN_SPEED, min(MAX_SPEED, speed))
        if speed == self._speed:
            return
        self._speed = speed
        if self._present is not None:
            self._quiet()
            self._reseat(self._present, self._present.position_s)
        self._renew_following()

    def set_equaliser(self, gains_db: tuple[float, ...]) -> None:
        """Other gains at once."""
        if self._state is PlayerState.PLAYING:
            self._take_back()
        self._mixer.set_equaliser(gains_db)

    def set_device(self, name: str) -> None:
        """Another device, from the exact position on."""
        self._port.use(name)
        if self._port.is_open:
            self._take_back()
            self._reopen()

    def close(self) -> None:
        """End everything and wait for the decoders."""
        self.stop()
        self._port.close()
        for voice in self._voices:
            if not voice.join(2.0):
                logger.warning("the decoder of %s does not come back", voice.play.source.path)

    # -- the engine's turn

    def pump(self) -> None:
        """One turn: watch the device, decode (where not threaded), mix, tell."""
        self._watch()
        if not self._threaded:
            self._decode()
        self._settle(self._pipeline.advance())
        if self._state is PlayerState.PLAYING:
            try:
                self._pipeline.fill()
                self._pipeline.finish()
            except AudioError as error:
                self._lose_device(str(error))
            self._settle(self._pipeline.advance())
        elif not self._port.queued():
            self._port.hold()
        devices = self._port.poll_devices()
        if devices is not None:
            self._emit(Event.DEVICES, devices)
        self._pipeline.forget()
        self._port.settle()
        self._publish()

    def nap(self) -> float:
        """Seconds until the next turn is due, unless woken."""
        if self._state is not PlayerState.PLAYING:
            return LONGEST_NAP_S if self._waiting or self._port.queued() else IDLE_NAP_S
        starving = self._pipeline.starving
        for voice in self._timeline.voices():
            voice.awaited = starving
        if not self._port.real_time:
            return LONGEST_NAP_S if starving else 0.0
        queued_s = self._pipeline.seconds_queued()
        over = self._timeline.over(self._mixer.cursor)
        due = [LONGEST_NAP_S, queued_s - (FINISH_S / 2 if over else QUEUE_S * REFILL)]
        for line in self._timeline.lines:
            due += [(edge - self._pipeline.ledger.heard) / self._pipeline.rate for edge in _edges(line)]
        return max(0.004, min(d for d in due if d > -0.02) + 0.001)

    def _decode(self) -> None:
        for voice in self._timeline.voices():
            while voice.hungry:
                voice.step()

    def _publish(self) -> None:
        play = self._present
        moving = self._state is PlayerState.PLAYING and self._port.real_time and self._port.queued() > 0
        self.now = Now(
            play,
            play.position_s if play else 0.0,
            play.heard_s if play else 0.0,
            self._speed if moving else 0.0,
            time.monotonic(),
            self._port.silent,
        )
        length = play.duration_s if play else None
        if self._moved or length != self._length_told:
            self._moved, self._length_told = False, length
            self._emit(Event.MOVED, None)
        self._voices = [v for v in self._voices if not v.finished]

    # -- plays begin and end

    def _begin(self, voice: Voice, *, paused: bool) -> None:
        self._timeline.put(voice, self._mixer.cursor)
        self._present = voice.play
        self._ran_out = False
        voice.look_ahead(self._lookahead() + self._timeline.crossfade)
        if voice.start_s > 0:
            self._pipeline.fade_in()
        else:
            self._pipeline.sound_at_once()
        self._set_state(PlayerState.PAUSED if paused else PlayerState.PLAYING)
        if not paused:
            self._port.start()
        self._moved = True

    def _quiet(self) -> None:
        """Nothing of the present sound is left to be heard."""
        if self._state is PlayerState.PLAYING:
            self._settle(self._fade_out())

    def _take_back(self) -> None:
        """What is queued will be mixed anew."""
        try:
            self._pipeline.take_back()
            self._settle(self._pipeline.advance())
        except AudioError as error:
            self._lose_device(str(error))

    def _fade_out(self) -> list[Play]:
        try:
            return self._pipeline.fade_out()
        except AudioError as error:
            self._lose_device(str(error))
            return []

    def _end_all(self, cause: EndCause) -> None:
        """End what sounds; what follows keeps its voice."""
        self._quiet()
        present, self._present = self._present, None
        for line in self._timeline.lines:
            if line.voice.play is not present:
                self._end(line.voice.play, EndCause.FINISHED)
        if present is not None:
            self._end(present, cause)

    def _end(self, play: Play, cause: EndCause, message: str = "") -> None:
        if not play.over and (play.started or cause is not EndCause.FINISHED):
            play.over = True
            logger.info("%s: %s after %.1f s %s", play.source.path, cause.value, play.heard_s, message)
            self._emit(Event.ENDED, play.ending(cause, message))

    def _reseat(self, play: Play, position_s: float) -> None:
        """Let the play go on from a position with a voice of its own."""
        for line in self._timeline.lines:
            if line.voice.play is not play:
                self._end(line.voice.play, EndCause.FINISHED)
        play.position_s = position_s
        voice = self._voice(play, position_s)
        voice.look_ahead(self._lookahead() + self._timeline.crossfade)
        self._timeline.put(voice, self._mixer.cursor)
        self._pipeline.fade_in()

    def _renew_following(self) -> None:
        """Decode what follows anew, for another rate or speed."""
        following = self._timeline.following
        if following is not None:
            self._timeline.follow(self._voice(following.play, 0.0), self._timeline.crossfade)

    def _voice(self, play: Play, start_s: float) -> Voice:
        voice = Voice(play, self._pipeline.rate, start_s, self._speed, self._lookahead(), self._wake)
        if self._threaded:
            voice.start()
        self._voices.append(voice)
        return voice

    def _lookahead(self) -> int:
        return round(LOOKAHEAD_S * self._pipeline.rate)

    # -- what was heard

    def _settle(self, started: list[Play]) -> None:
        """Tell what began and what ended, in the order in which it was heard."""
        for play in started:
            self._finish_lines(play)
            if play is not self._present:
                self._present = play
                self._moved = True
            self._emit(Event.STARTED, play.token)
        self._finish_lines(None)
        self._check_following()
        self._ask_next()

    def _finish_lines(self, before: Play | None) -> None:
        """End the plays whose last frame was heard, up to the line of `before`."""
        for line in self._timeline.lines:
            voice = line.voice
            if voice.play is before:
                return
            if line.end is None or self._pipeline.ledger.heard < line.end or voice.play.over:
                continue
            if voice.frames == 0 and (voice.error or not voice.play.started):
                self._end(voice.play, EndCause.ERROR, voice.error or NO_SOUND)
            elif not self._pipeline.ledger.holds(voice.play):
                voice.play.started = True
                self._end(voice.play, EndCause.FINISHED, voice.error)
            if line is self._timeline.lines[-1] and self._timeline.following is None:
                self._run_out()
                return

    def _run_out(self) -> None:
        self._present = None
        self._timeline.put_nothing()
        self._ran_out = True
        self._set_state(PlayerState.STOPPED)
        self._moved = True

    def _check_following(self) -> None:
        """A following play that cannot be decoded ends before it began, and another one is asked for."""
        voice = self._timeline.following
        if voice is not None and voice.complete and voice.frames == 0:
            self._timeline.follow(None, 0)
            self._end(voice.play, EndCause.ERROR, voice.error or NO_SOUND)
            if self._present is not None:
                self._present.asked = False

    def _ask_next(self) -> None:
        play = self._present
        if play is None or play.asked or not play.started or self._timeline.following is not None:
            return
        voice = self._timeline.lines[-1].voice
        if voice.play is not play:
            return
        near = play.duration_s is not None and play.duration_s - play.position_s < ASK_NEXT_S * self._speed
        if near or voice.complete or not self._port.real_time:
            play.asked = True
            self._emit(Event.NEXT_WANTED, play.token)

    def _set_state(self, state: PlayerState) -> None:
        if state is not self._state:
            self._state = state
            self._emit(Event.STATE, state)

    # -- the device

    def _open(self, *, allow_fallback: bool = True) -> bool:
        """Open an output if none is open; False, and told, if there is none."""
        if self._port.is_open:
            return True
        try:
            message = self._port.open(allow_fallback=allow_fallback)
        except AudioError as error:
            if not self._waiting:
                self._emit(Event.DEVICE_FAILED, str(error))
            return False
        if message:
            self._emit(Event.DEVICE_FAILED, message)
        if self._port.rate != self._pipeline.rate:
            self._mixer.set_rate(self._port.rate)
            if self._present is not None:
                self._reseat(self._present, self._present.position_s)
            self._renew_following()
        return True

    def _reopen(self) -> None:
        """Close the output, when it has played what could not be taken back, and open the one that is wanted now."""
        self._port.drain()
        self._settle(self._pipeline.advance())
        self._port.close()
        if self._open():
            if self._state is PlayerState.PLAYING:
                self._port.start()
        elif self._state is PlayerState.PLAYING:
            self._set_state(PlayerState.PAUSED)
            self._waiting = True

    def _watch(self) -> None:
        """Notice a lost device; open it again when it comes back."""
        if not self._port.alive():
            self._lose_device(DEVICE_LOST)
        if time.monotonic() < self._retry_at:
            return
        if self._waiting:
            self._retry_at = time.monotonic() + RETRY_S
            if self._open(allow_fallback=False):
                self.resume()
        elif self._port.on_fallback:
            self._retry_at = time.monotonic() + RETRY_S * 4
            if self._port.better_output():
                self._take_back()
                self._reopen()

    def _lose_device(self, message: str) -> None:
        playing = self._state is PlayerState.PLAYING
        with contextlib.suppress(AudioError):
            self._pipeline.take_back()
        self._settle(self._pipeline.advance())
        self._port.close()
        if playing and self._present is not None:
            self._waiting = True
            self._set_state(PlayerState.PAUSED)
            self._emit(Event.DEVICE_FAILED, message)
        self._retry_at = time.monotonic()


def _edges(line: Line) -> list[int]:
    """Output frames at which something is to be told."""
    return [line.at] + ([line.end] if line.end is not None else [])
