"""The transport: plays what the queue says and reports what was heard."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from player.audio import AudioOutput, PlayEnded
from player.domain import (
    EndReason,
    Ms,
    PlayerState,
    QueueEntry,
    Settings,
    StartReason,
    Track,
    TrackId,
    TrackStarted,
    UtcMs,
    now_ms,
)
from player.playback import _joins, _messages
from player.playback import _transport_values as t
from player.playback._positions import LongTracks
from player.playback._queue import PlayQueue
from player.playback._transport import step

logger = logging.getLogger(__name__)

RESTART_MS = 3_000
"""Position (ms) from which "previous" starts the track again instead of going back."""

REGAIN_MS = 200
"""Fade time (ms) when the user changes the gain."""

GLIDE_DB_PER_S = 0.2
"""Speed of the change of gain when the loudness of a track that sounds was measured meanwhile: none that is heard."""


class Controller(QObject):
    """Play, pause, seek, next, previous: between the queue and the sound engine.

    Holds a `TransportState`, passes what the user, the queue and the engine do to `step`, and runs the commands that
    it returns. What comes next is set ahead in the engine as soon as it is known, so that tracks join without a gap,
    and set again when the queue changes, up to the last moment. Every play that was heard gives exactly one
    `track_started` and one `play_finished`; during a crossfade two plays overlap.

    A track that cannot be played is named by `problem` and the next one starts; after `MAX_FAILURES` in a row
    playing stops, so that an unplugged disk does not race through the queue.

    All methods run on the GUI thread and return at once. An event that arrives while the commands of another one
    run (a slot calls back, the engine reports at once) is taken up after them.

    Signals:
        track_started(TrackStarted): The first sample of a track was heard.
        play_finished(PlayFinished): A track that had started has ended.
        position_changed(int, int): Position and length in ms.
        state_changed(PlayerState): Playing, paused or stopped.
        track_changed(Track | None): Another track is the current one.
        problem(str): A sentence for the user.
        failed(Track, str): A track whose file was there did not play, and what the engine said.
        idled(): What played is over or was ended, and nothing is about to start: `busy` is False.
        volume_changed(float, bool): Perceptual volume (0 to 1) and mute.
        speed_changed(float): Playback speed.

    Args:
        audio: The sound engine.
        queue: What to play.
        tracks: Looks up a track; None where it is not in the library any more.
        settings: Volume, gain and crossfade at the start; later changes by `apply`.
        long_tracks: Where long tracks were left.
        clock: The present instant, UTC ms.
        parent: Qt parent.
    """

    track_started = Signal(object)
    play_finished = Signal(object)
    position_changed = Signal(int, int)
    state_changed = Signal(object)
    track_changed = Signal(object)
    problem = Signal(str)
    failed = Signal(object, str)
    idled = Signal()
    volume_changed = Signal(float, bool)
    speed_changed = Signal(float)

    def __init__(
        self,
        audio: AudioOutput,
        queue: PlayQueue,
        tracks: Callable[[TrackId], Track | None],
        settings: Settings | None = None,
        *,
        long_tracks: LongTracks | None = None,
        clock: Callable[[], UtcMs] = now_ms,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._audio = audio
        self._queue = queue
        self._tracks = tracks
        self._settings = settings or Settings()
        self._long_tracks = long_tracks or LongTracks()
        self._clock = clock
        self._transport = t.TransportState(engine=audio.state)
        self._events: deque[t.Event] = deque()
        self._stepping = False
        self._speed = 1.0
        self._follow_signals()
        queue.set_position_source(lambda: self.position_ms)
        audio.set_volume(self._settings.volume, muted=self._settings.muted)
        audio.set_equaliser(*_equaliser(self._settings))
        audio.set_device(self._settings.output_device)

    def _follow_signals(self) -> None:
        audio, queue = self._audio, self._queue
        audio.started.connect(lambda token: self._dispatch(t.EngineStarted(token, self._clock())))
        audio.ended.connect(self._on_ended)
        audio.state_changed.connect(lambda state: self._dispatch(t.EngineStateChanged(state)))
        audio.next_wanted.connect(lambda _token: self._dispatch(t.QueueChanged()))
        audio.device_failed.connect(lambda message: self.problem.emit(_messages.translated(message)))
        audio.position_changed.connect(self.position_changed)
        audio.state_changed.connect(self.state_changed)
        queue.changed.connect(lambda: self._dispatch(t.QueueChanged()))
        queue.modes_changed.connect(lambda: self._dispatch(t.QueueChanged()))
        queue.play_requested.connect(self._on_play_requested)
        queue.current_changed.connect(lambda _entry: self.track_changed.emit(self.current_track))

    # What is

    @property
    def queue(self) -> PlayQueue:
        """What plays next."""
        return self._queue

    @property
    def state(self) -> PlayerState:
        """Playing, paused or stopped."""
        return self._audio.state

    @property
    def busy(self) -> bool:
        """Whether a track plays, is paused, or is about to start; False once nothing follows."""
        return self._transport.current is not None

    @property
    def current_track(self) -> Track | None:
        """The track that sounds, or would when `play` is called; fresh from the library."""
        entry = self._queue.current
        return self._tracks(entry.track_id) if entry is not None else None

    @property
    def position_ms(self) -> Ms:
        """Position in the current track."""
        held, current = self._transport.held_at, self._transport.current
        if held is not None:
            return held
        if current is None:
            return Ms(0)
        return self._audio.position_ms if current.started is not None else Ms(current.at_ms)

    @property
    def playing(self) -> TrackStarted | None:
        """The event of the play that sounds now; None in silence."""
        return self._transport.current.started if self._transport.current is not None else None

    @property
    def listened_ms(self) -> Ms:
        """Sound of the present play heard so far."""
        return self._audio.listened_ms if self._transport.current is not None else Ms(0)

    @property
    def volume(self) -> float:
        """Perceptual volume, 0 to 1."""
        return self._settings.volume

    @property
    def muted(self) -> bool:
        """Whether the sound is off."""
        return self._settings.muted

    @property
    def speed(self) -> float:
        """Playback speed, 1.0 is normal."""
        return self._speed

    @property
    def long_tracks(self) -> LongTracks:
        """Where long tracks were left."""
        return self._long_tracks

    # Transport

    def play(self) -> None:
        """Go on, or begin: with the current track, or the first of the queue when that one was heard out."""
        self._dispatch(t.PlayPressed())

    def pause(self) -> None:
        """Fall silent and keep the position."""
        self._dispatch(t.PausePressed())

    def play_pause(self) -> None:
        """Pause what plays, else play."""
        if self.state is PlayerState.PLAYING:
            self.pause()
        else:
            self.play()

    def stop(self) -> None:
        """Stop; the track stays the current one and starts from its beginning."""
        self._dispatch(t.StopPressed())

    def next(self) -> None:
        """Skip to what comes next; at the end of the queue, stop."""
        self._dispatch(t.NextPressed())

    def previous(self) -> None:
        """Start the track again; within its first three seconds, go back to the one before."""
        if self.position_ms >= RESTART_MS or not self.go_back():
            self.seek(0)

    def go_back(self, position_ms: int | None = None) -> bool:
        """Go back to the track before, however much of this one was heard; False where there is none.

        Args:
            position_ms: Where it goes on; None: where a track that was picked would begin.
        """
        entry = self._queue.go_back()
        if entry is not None:
            self._dispatch(t.StartRequested(self._candidate(entry), EndReason.PREVIOUS, position_ms))
        return entry is not None

    def seek(self, position_ms: int) -> None:
        """Go on from `position_ms` of the current track, clipped to its length."""
        self._dispatch(t.Sought(position_ms))

    def hold(self, position_ms: int) -> None:
        """After a restart: the queue's current track will begin at `position_ms` when `play` is called."""
        self._dispatch(t.Held(position_ms))

    def close(self) -> None:
        """End what plays, logged as quit, and close the sound engine. Call once, last.

        The position stays readable, so that the queue can be saved afterwards.
        """
        self._dispatch(t.Closing(self.position_ms))

    # Sound

    def set_volume(self, volume: float) -> None:
        """Perceptual volume, clipped to 0 to 1; turning it up ends a mute."""
        muted = self.muted and volume <= self.volume
        self.apply(replace(self._settings, volume=min(max(volume, 0.0), 1.0), muted=muted))

    def set_muted(self, muted: bool) -> None:
        """Turn the sound off or on."""
        self.apply(replace(self._settings, muted=muted))

    def set_speed(self, speed: float) -> None:
        """Playback speed, clipped to 0.5 to 2."""
        self._speed = min(max(speed, 0.5), 2.0)
        self._audio.set_speed(self._speed)
        self.speed_changed.emit(self._speed)

    def apply(self, settings: Settings) -> None:
        """Take changed settings: all at once, but for the crossfade, which is that of the next track."""
        before, self._settings = self._settings, settings
        if (settings.volume, settings.muted) != (before.volume, before.muted):
            self._audio.set_volume(settings.volume, muted=settings.muted)
            self.volume_changed.emit(settings.volume, settings.muted)
        if _equaliser(settings) != _equaliser(before):
            self._audio.set_equaliser(*_equaliser(settings))
        if settings.output_device != before.output_device:
            self._audio.set_device(settings.output_device)
        if _joining(settings) != _joining(before):
            self._dispatch(t.JoinChanged())
            self.gains_changed(over_ms=REGAIN_MS)

    def gains_changed(self, *, over_ms: int | None = None) -> None:
        """The loudness of tracks is known better now, or another one is wanted.

        What follows starts at its new gain; what sounds is led there within `over_ms`, or too slowly to be heard.
        """
        for play in (self._transport.current, self._transport.ahead):
            track = self._tracks(play.track.id) if play is not None else None
            if play is None or track is None:
                continue
            source = _joins.source_of(track, self._settings, album=play.album)
            if change_db := abs(source.gain_db - play.source.gain_db):
                slowly = round(change_db / GLIDE_DB_PER_S * 1_000) if over_ms is None else over_ms
                glide_ms = slowly if play is self._transport.current else 0
                self._dispatch(t.GainChanged(play.token, source, glide_ms))

    # Events in, commands out

    def _dispatch(self, event: t.Event) -> None:
        self._events.append(event)
        if self._stepping:
            return
        self._stepping = True
        try:
            while self._events:
                self._process(self._events.popleft())
        finally:
            self._stepping = False

    def _process(self, event: t.Event) -> None:
        """Step, and run the commands; the answer to a command that asks is processed before the next command."""
        self._transport, commands = step(self._transport, event)
        for command in commands:
            answer = self._run(command)
            if answer is not None:
                self._process(answer)

    def _run(self, command: t.Command) -> t.Event | None:  # noqa: PLR0912 - one row a kind of command
        match command:
            case t.PlayNow(source, token, at_ms, paused):
                self._audio.play(source, token, at_ms=at_ms, paused=paused)
            case t.SetNext(source, token, crossfade_ms):
                self._audio.set_next(source, token, crossfade_ms=crossfade_ms)
            case t.SetGain(token, gain_db, over_ms):
                self._audio.set_gain(token, gain_db, over_ms=over_ms)
            case t.Seek(position_ms):
                self._audio.seek(position_ms)
            case t.EngineCommand():
                getattr(self._audio, command.value)()
            case t.Advance(entry):
                self._queue.advance(entry)
            case t.Drop(entry):
                self._queue.drop(entry)
            case t.StopAfterCurrent(on):
                self._queue.set_modes(stop_after_current=on)
            case t.StartCurrent():
                return self._current_to_start(command)
            case t.StartNext():
                return self._next_to_start(command)
            case t.FindFollower():
                follower = self._queue.peek()
                return t.FollowerFound(self._candidate(follower) if follower is not None else None)
            case t.ReportStarted(started):
                self.track_started.emit(started)
            case t.ReportFinished(finished):
                self.play_finished.emit(finished)
            case t.RememberPosition(track, position_ms, finished):
                self._long_tracks.left(track, position_ms, finished=finished)
            case t.ReportUnplayable(track, message):
                self.failed.emit(track, message)
            case t.ReportFailure(failure):
                self._report(failure)
            case t.ReportPosition(position_ms):
                current = self.current_track
                self.position_changed.emit(position_ms, current.duration_ms if current else 0)
            case t.ReportIdle():
                self.idled.emit()
        return None

    def _on_ended(self, ended: PlayEnded) -> None:
        self._dispatch(t.EngineEnded(ended, self._clock()))

    def _on_play_requested(self, entry: QueueEntry, position_ms: int) -> None:
        self._dispatch(t.StartRequested(self._candidate(entry), EndReason.REPLACED, position_ms or None))

    # What the queue offers

    def _current_to_start(self, wanted: t.StartCurrent) -> t.Event | None:
        entry = self._queue.current
        if entry is None or wanted.passed:
            entry = self._queue.peek(automatic=False) or entry
        if entry is None:
            return None
        if wanted.at_ms is not None:
            entry = replace(entry, start_reason=StartReason.RESTORED)
        return t.StartRequested(self._candidate(entry), EndReason.REPLACED, wanted.at_ms)

    def _next_to_start(self, wanted: t.StartNext) -> t.Event:
        entry = self._queue.peek(automatic=wanted.automatic)
        if entry is None:
            return t.QueueExhausted(wanted.leaving, wanted.automatic)
        return t.StartRequested(self._candidate(entry), wanted.leaving, paused=wanted.paused)

    def _candidate(self, entry: QueueEntry) -> t.Candidate:
        """Look an entry up in the library, as it would follow the current play."""
        track = self._tracks(entry.track_id)
        if track is None or track.missing or not track.playable:
            return t.Candidate(entry, track, None)
        album = self._in_album(entry, track)
        current = self._transport.current
        return t.Candidate(
            entry,
            track,
            _joins.source_of(track, self._settings, album=album),
            album,
            self._long_tracks.resume(track),
            _joins.crossfade_ms(current.track, track, self._settings) if current is not None else 0,
        )

    def _in_album(self, entry: QueueEntry, track: Track) -> bool:
        """Whether the album is played in order from the track before, or into the one after."""
        current = self._queue.current
        before = self._tracks(current.track_id) if current is not None and current.id != entry.id else None
        follower = next((other for other in self._queue.entries() if other.id != entry.id), None)
        after = self._tracks(follower.track_id) if follower is not None else None
        return (before is not None and _joins.album_goes_on(before, track)) or _joins.album_goes_on(track, after)

    def _report(self, failure: t.Failure) -> None:
        title, cause = _messages.title_and_cause(failure)
        logger.warning("cannot play %s: %s", title, failure.message or cause)
        self.problem.emit(_messages.failure(failure))


def _equaliser(settings: Settings) -> tuple[tuple[float, ...], float]:
    """Gains of the bands and before them, in dB."""
    return (settings.equaliser, settings.equaliser_preamp_db) if settings.equaliser_on else ((), 0.0)


def _joining(settings: Settings) -> tuple[str, float, int]:
    """The settings that decide how the next track joins this one."""
    return settings.gain_mode, settings.preamp_db, settings.crossfade_ms
