"""The engine's heart: commands in, sound to the output, events out. It knows no Qt.

Everything here runs on one thread, the engine's (or the test's, which calls `pump`).
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from player.audio._events import Event
from player.audio._tempo import MAX_SPEED, MIN_SPEED
from player.audio._values import EndCause, Heard, Now, SignalPath, Source
from player.audio.engine._fades import volume_factor
from player.audio.engine._ledger import Play
from player.audio.engine._pipeline import FINISH_S, QUEUE_S, REFILL, Pipeline
from player.audio.engine._port import Port
from player.audio.engine._signal_path import signal_path
from player.audio.engine._stage import Stage
from player.audio.engine._timeline import Line
from player.domain import AudioError, PlayerState

RETRY_S = 1.0
"""Between attempts to open a lost device again."""

MAX_CROSSFADE_MS = 12_000
LONGEST_NAP_S = 0.25
IDLE_NAP_S = 4.0
JOIN_S = 2.0

WAITS = "Playback goes on when there is one."
DEVICE_LOST = "The sound output went away; playback goes on when it or another one is there."


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
        self._emit = emit
        self._outbox: list[tuple[Event, object]] = []  # told when `now` says the same
        self._pipeline = Pipeline(port)
        self._mixer = self._pipeline.mixer
        self._timeline = self._mixer.timeline
        self._stage = Stage(self._pipeline, self._note, wake, threaded=threaded)
        self._waiting = False  # plays on as soon as a device can be opened
        self._retry_at = 0.0
        self._length_told: float | None = None
        self._path_told: SignalPath | None = None
        self._since_s = 0.0  # position from which sound has gone on without a jump

    # -- commands, as `AudioOutput` describes them

    def play(self, source: Source, token: int, at_ms: int, paused: bool) -> None:
        """Play now."""
        stage = self._stage
        if stage.present is not None and stage.present.token == token:
            return
        self._quiet()
        stage.end_all(EndCause.REPLACED)
        self._waiting = False
        opened = paused or self._open()  # nothing is opened for a play that waits
        prepared = self._timeline.following
        if prepared is not None and prepared.play.token == token and at_ms == 0:
            voice = self._timeline.take_following() or prepared
        else:
            voice = stage.voice(Play(token, source, at_ms / 1000), at_ms / 1000)
        self._waiting = not opened
        stage.begin(voice, paused=paused or not opened)

    def restore(
        self, source: Source, token: int, position_s: float, heard_s: float, started: bool, paused: bool
    ) -> None:
        """Go on with a play of another engine, which is gone, where that left it. Nothing else plays here yet."""
        opened = paused or self._open()
        voice = self._stage.voice(Play(token, source, position_s, heard_s=heard_s, started=started), position_s)
        self._waiting = not opened
        self._stage.begin(voice, paused=paused or not opened)

    def run_out(self) -> None:
        """Stand as after the last play of another engine, which is gone: what is set to follow begins at once."""
        self._stage.ran_out = True

    def set_next(self, source: Source | None, token: int, crossfade_ms: int) -> None:
        """What follows."""
        if self._stage.newest_unheard or self._stage.late:
            self._take_back()
        present = self._stage.present
        if source is not None and present is not None and present.token == token:
            return  # it has begun to sound meanwhile
        self._stage.withdraw()
        if source is None:
            self._timeline.follow(None, 0)
            return
        crossfade = round(max(0, min(crossfade_ms, MAX_CROSSFADE_MS)) / 1000 * self._pipeline.rate)
        end = self._timeline.lines[-1].end if self._timeline.lines else None
        if end is not None and self._mixer.cursor > end - crossfade:
            self._take_back()  # the crossfade begins in what is queued already
        self._stage.follow(source, token, crossfade)
        if self._stage.ran_out:
            pausing = self._stage.pausing
            opened = pausing or self._open()  # which may renew what follows
            if voice := self._timeline.take_following():
                self._waiting = not opened
                self._stage.begin(voice, paused=pausing or not opened, late=True)

    def pause(self) -> None:
        """Fall silent."""
        self._waiting = False
        if self._stage.state is PlayerState.PLAYING:
            self._quiet()
            if self._stage.state is PlayerState.PLAYING:  # it did not end in this very moment
                self._stage.change_state(PlayerState.PAUSED)
        self._stage.pausing = self._stage.ran_out

    def resume(self) -> None:
        """Go on."""
        stage = self._stage
        stage.pausing = False
        if stage.state is not PlayerState.PAUSED:
            return
        self._waiting = False  # whoever asks is told again
        self._waiting = not self._open()
        if self._waiting:
            return
        if stage.present is not None and (stage.present.started or stage.present.position_s > 0):
            self._pipeline.fade_in()
        stage.change_state(PlayerState.PLAYING)

    def stop(self) -> None:
        """End the present play, forget the next one."""
        self._quiet()
        stage = self._stage
        stage.end_all(EndCause.STOPPED)
        self._timeline.clear()
        stage.ran_out = stage.pausing = self._waiting = False
        stage.moved = True
        stage.change_state(PlayerState.STOPPED)

    def seek(self, position_ms: int) -> None:
        """Jump within the present play; where it is over, and only what follows is late, nothing can be done."""
        play = self._stage.present
        if play is None or play.over:
            return
        self._quiet()
        if self._stage.present is not play:  # it ended in this very moment
            self._pipeline.fade_in()
            return
        position_s = max(0.0, position_ms / 1000)
        if play.duration_s is not None:
            position_s = min(position_s, play.duration_s)
        self._stage.reseat(play, position_s)

    def set_volume(self, volume: float, muted: bool) -> None:
        """Another volume at once."""
        self._take_back()
        factor = 0.0 if muted else volume_factor(volume)
        frames = self._mixer.short_fade if self._stage.state is PlayerState.PLAYING else 0
        self._mixer.volume = self._mixer.volume.towards(self._mixer.cursor, factor, frames)

    def set_gain(self, token: int, gain_db: float, over_ms: int) -> None:
        """Another gain of a play."""
        self._take_back()
        self._stage.set_gain(token, gain_db, round(over_ms / 1000 * self._pipeline.rate))

    def set_speed(self, speed: float) -> None:
        """Another speed from the present position on."""
        speed = max(MIN_SPEED, min(MAX_SPEED, speed))
        stage = self._stage
        if speed == stage.speed:
            return
        self._quiet()
        stage.speed = speed
        if stage.present is not None:
            stage.reseat(stage.present, stage.present.position_s)
        stage.renew_following()

    def set_equaliser(self, gains_db: tuple[float, ...], preamp_db: float) -> None:
        """Other gains at once."""
        self._take_back()
        self._mixer.set_equaliser(gains_db, preamp_db)

    def set_device(self, name: str) -> None:
        """Another device, from the exact position on."""
        self._port.use(name)
        if self._port.is_open:
            self._reopen()

    def close(self) -> None:
        """End everything and wait for the decoders."""
        self.stop()
        self._port.shut()
        self._publish()
        self._stage.join(JOIN_S)

    # -- the engine's turn

    def pump(self) -> None:
        """One turn: watch the device, decode (where not threaded), mix, tell."""
        self._watch()
        self._stage.decode()
        self._stage.settle(self._pipeline.advance())
        if self._stage.state is PlayerState.PLAYING:
            self._fill()
        elif not self._port.queued():
            self._port.hold()
        self._pipeline.forget()
        self._port.settle()
        self._stage.sweep()
        devices = self._port.poll_devices()
        if devices is not None:
            self._note(Event.DEVICES, devices)
        if self._port.better_place:
            self._reopen()
        self._publish()

    def nap(self) -> float:
        """Seconds until the next turn is due, unless woken."""
        if self._stage.state is not PlayerState.PLAYING:
            return LONGEST_NAP_S if self._waiting or self._port.running else IDLE_NAP_S
        voices = self._timeline.voices()
        for voice in voices:
            voice.awaited = True  # before the question: sound that comes after the answer must wake this thread
        starving = self._pipeline.starving
        for voice in voices:
            voice.awaited = starving
        if not self._port.real_time:
            return LONGEST_NAP_S if starving else 0.0
        over = self._timeline.over(self._mixer.cursor)
        due = [LONGEST_NAP_S, self._pipeline.seconds_queued() - (FINISH_S / 2 if over else QUEUE_S * REFILL)]
        for line in self._timeline.lines:
            due += [(edge - self._pipeline.ledger.heard) / self._pipeline.rate for edge in _edges(line)]
        return max(0.004, min(d for d in due if d > -0.02) + 0.001)

    def _fill(self) -> None:
        try:
            self._pipeline.fill()
            if self._pipeline.primed:
                self._port.start()
            self._pipeline.finish()
        except AudioError as error:
            self._lose_device(str(error))
        self._stage.settle(self._pipeline.advance())

    def _publish(self) -> None:
        stage, play = self._stage, self._stage.present
        moving = stage.state is PlayerState.PLAYING and self._port.real_time and self._port.queued() > 0
        others = [line for line in self._timeline.lines if line.voice.play is not play and not line.voice.play.over]
        present = [line for line in self._timeline.lines if line.voice.play is play]
        if play is not None and (stage.moved or not moving):
            self._since_s = play.position_s
        self.now = Now(
            self._report(play, present[0] if present else None) if play else None,
            tuple(self._report(line.voice.play, line) for line in others),
            stage.speed if moving else 0.0,
            time.monotonic(),
            self._port.silent,
            self._port.latency_s if moving else 0.0,
            self._since_s,
        )
        length = play.duration_s if play else None
        if stage.moved or length != self._length_told:
            stage.moved, self._length_told = False, length
            self._note(Event.MOVED, None)
        path = signal_path(present[0], self._mixer, self._port, stage.speed) if present else None
        if path is None and play is not None and self._path_told is not None and self._path_told.token == play.token:
            path = self._path_told  # a new voice of the same play opens its file again
        if path != self._path_told:
            self._path_told = path
            self._note(Event.SIGNAL_PATH, path)
        outbox, self._outbox = self._outbox, []
        for event, value in outbox:
            self._emit(event, value)

    def _report(self, play: Play, line: Line | None) -> Heard:
        complete = line is not None and line.end is not None and self._mixer.cursor >= line.end
        return self._pipeline.ledger.report(play, self._pipeline.rate, complete=complete)

    def _note(self, event: Event, value: object) -> None:
        self._outbox.append((event, value))

    def _quiet(self) -> None:
        """Nothing of the present sound is left to be heard."""
        if self._stage.state is PlayerState.PLAYING:
            try:
                self._stage.settle(self._pipeline.fade_out())
            except AudioError as error:
                self._lose_device(str(error))

    def _take_back(self) -> None:
        """What is queued will be mixed anew."""
        if self._stage.state is PlayerState.PLAYING:
            try:
                self._pipeline.take_back()
                self._stage.settle(self._pipeline.advance())
            except AudioError as error:
                self._lose_device(str(error))

    # -- the device

    def _open(self) -> bool:
        """Open an output if none is open; False, and told, if there is none."""
        if self._port.is_open:
            return True
        try:
            message = self._port.open()
        except AudioError as error:
            if not self._waiting:
                self._note(Event.DEVICE_FAILED, f"{error} {WAITS}")
            return False
        if message:
            self._note(Event.DEVICE_FAILED, message)
        if self._port.rate != self._pipeline.rate:
            self._mixer.set_rate(self._port.rate)
            if self._stage.present is not None:
                self._stage.reseat(self._stage.present, self._stage.present.position_s)
            self._stage.renew_following()
        return True

    def _reopen(self) -> None:
        """Close the output, when it has played what cannot be taken back, and open the one that is wanted now."""
        self._take_back()
        self._port.settle()
        self._port.drain()
        self._stage.settle(self._pipeline.advance())
        self._pipeline.drop()
        self._port.close()
        playing = self._stage.state is PlayerState.PLAYING
        if not self._open() and playing:
            self._waiting = True
            self._stage.change_state(PlayerState.PAUSED)

    def _watch(self) -> None:
        """Notice a lost device; open it again when it comes back."""
        if not self._port.alive():
            self._lose_device(DEVICE_LOST)
        if self._stage.state is not PlayerState.PAUSED:
            self._waiting = False  # what waited has failed, and nothing followed
        if time.monotonic() < self._retry_at:
            return
        if self._waiting:
            self._retry_at = time.monotonic() + RETRY_S
            if self._open():
                self.resume()

    def _lose_device(self, message: str) -> None:
        playing = self._stage.state is PlayerState.PLAYING
        with contextlib.suppress(AudioError):
            self._pipeline.take_back()
        self._stage.settle(self._pipeline.advance())
        self._pipeline.drop()
        self._port.close()
        if playing and self._stage.present is not None:
            self._waiting = True
            self._stage.change_state(PlayerState.PAUSED)
            self._note(Event.DEVICE_FAILED, message)
        self._retry_at = time.monotonic()


def _edges(line: Line) -> list[int]:
    """Output frames at which something is to be told."""
    return [line.at] + ([line.end] if line.end is not None else [])
