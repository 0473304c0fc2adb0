"""The transport: plays what the queue says and reports what was heard."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from player.audio import AudioOutput, EndCause, PlayEnded, PlayerState
from player.domain import (
    EndReason,
    Ms,
    PlayFinished,
    QueueEntry,
    Settings,
    StartReason,
    Track,
    TrackId,
    TrackStarted,
    UtcMs,
    now_ms,
)
from player.playback import _joins
from player.playback._positions import LongTracks
from player.playback._queue import PlayQueue

logger = logging.getLogger(__name__)

RESTART_MS = 3_000
"""From this position on, "previous" begins the track again."""

MOST_FAILURES = 5
"""So many tracks in a row may fail before playing stops."""


@dataclass(slots=True)
class _Play:
    """One play given to the sound engine.

    Attributes:
        token: Its name there; later plays have higher ones.
        entry: The entry of the queue it plays.
        track: The track.
        reason: Why it starts.
        started: The event, once its first sample was heard.
        leaving: Why we end it, where we do.
        at_ms: Where it begins.
    """

    token: int
    entry: QueueEntry
    track: Track
    reason: StartReason
    started: TrackStarted | None = None
    leaving: EndReason | None = None
    at_ms: int = 0


class Controller(QObject):
    """Play, pause, seek, next, previous; the state machine between the queue and the sound engine.

    The engine speaks of plays by token. A play is *current* from the moment it is asked for; the
    one *set ahead* becomes current when the engine reports its first sample, so that tracks join
    without a gap and a late change of the queue still counts. Every play that was heard gives
    exactly one `track_started` and one `play_finished`; during a crossfade two plays overlap.

    A track that cannot be played is named by `problem` and the next one starts; after
    `MOST_FAILURES` in a row playing stops, so that an unplugged disk does not race through the
    queue. All methods run on the GUI thread and return at once.

    Signals:
        track_started(TrackStarted): The first sample of a track was heard.
        play_finished(PlayFinished): A track that had started has ended.
        position_changed(int, int): Position and length in ms.
        state_changed(PlayerState): Playing, paused or stopped.
        track_changed(Track | None): Another track is the current one.
        problem(str): A sentence for the user.
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
        self._plays: dict[int, _Play] = {}
        self._token = 0
        self._current: _Play | None = None
        self._next: _Play | None = None
        self._failures = 0
        self._started_count = 0
        self._held_at: Ms | None = None
        self._heard_out = False
        self._volume = self._settings.volume
        self._muted = self._settings.muted
        self._speed = 1.0
        self._connect()
        self._apply_sound()

    def _connect(self) -> None:
        self._audio.started.connect(self._on_started)
        self._audio.ended.connect(self._on_ended)
        self._audio.next_wanted.connect(lambda _token: self._prepare_next())
        self._audio.position_changed.connect(self.position_changed)
        self._audio.state_changed.connect(self.state_changed)
        self._audio.device_failed.connect(self.problem)
        self._queue.changed.connect(self._prepare_next)
        self._queue.modes_changed.connect(self._prepare_next)
        self._queue.current_changed.connect(self._on_current_changed)
        self._queue.play_requested.connect(self._on_play_requested)
        self._queue.set_position_source(lambda: self.position_ms)

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
    def current_track(self) -> Track | None:
        """The track that sounds, or would when `play` is called; fresh from the library."""
        entry = self._queue.current
        return self._tracks(entry.track_id) if entry is not None else None

    @property
    def position_ms(self) -> Ms:
        """Position in the current track."""
        if self._held_at is not None:
            return self._held_at
        return self._audio.position_ms if self._current is not None else Ms(0)

    @property
    def playing(self) -> TrackStarted | None:
        """The event of the play that sounds now; None in silence."""
        return self._current.started if self._current is not None else None

    @property
    def listened_ms(self) -> Ms:
        """Sound of the present play heard so far."""
        return self._audio.listened_ms if self._current is not None else Ms(0)

    @property
    def volume(self) -> float:
        """Perceptual volume, 0 to 1."""
        return self._volume

    @property
    def muted(self) -> bool:
        """Whether the sound is off."""
        return self._muted

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
        if self._audio.state is PlayerState.PAUSED:
            self._audio.resume()
        elif self._audio.state is PlayerState.STOPPED:
            entry = self._queue.current
            if entry is None or self._heard_out:
                entry = self._queue.peek(automatic=False) or entry
            if entry is not None:
                reason = StartReason.RESTORED if self._held_at else entry.start_reason
                self._start(entry, leaving=EndReason.REPLACED, at_ms=self._held_at, reason=reason)

    def pause(self) -> None:
        """Fall silent and keep the position."""
        if self._audio.state is PlayerState.PLAYING:
            self._audio.pause()

    def play_pause(self) -> None:
        """Pause what plays, else play."""
        if self._audio.state is PlayerState.PLAYING:
            self.pause()
        else:
            self.play()

    def stop(self) -> None:
        """Stop; the track stays the current one and begins anew."""
        self._end(EndReason.STOPPED)

    def next(self) -> None:
        """Skip to what comes next; at the end of the queue, stop."""
        entry = self._queue.peek(automatic=False)
        if entry is not None:
            self._start(entry, leaving=EndReason.SKIPPED)
        else:
            self._end(EndReason.SKIPPED)

    def previous(self) -> None:
        """Begin the track again; within its first three seconds, go back to the one before."""
        entry = self._queue.go_back() if self.position_ms < RESTART_MS else None
        if entry is not None:
            self._start(entry, leaving=EndReason.PREVIOUS)
        else:
            self.seek(0)

    def seek(self, position_ms: int) -> None:
        """Go on from `position_ms` of the current track, clipped to its length."""
        if self._current is not None:
            self._audio.seek(position_ms)
        elif self._held_at is not None:
            self.hold(position_ms)

    def seek_by(self, delta_ms: int) -> None:
        """Go forwards or backwards by `delta_ms`."""
        self.seek(max(0, self.position_ms + delta_ms))

    def hold(self, position_ms: int) -> None:
        """After a restart: the queue's current track will begin at `position_ms` when `play` is called."""
        self._held_at = Ms(position_ms)
        track = self.current_track
        self.position_changed.emit(position_ms, track.duration_ms if track else 0)

    def close(self) -> None:
        """End what plays, logged as quit, and close the sound engine. Call once, last."""
        self._mark_leaving(EndReason.QUIT)
        if self._current is not None:
            self._held_at = self._audio.position_ms
        self._audio.close()

    # Sound

    def set_volume(self, volume: float) -> None:
        """Perceptual volume, clipped to 0 to 1; turning it up ends a mute."""
        self._set_sound(min(max(volume, 0.0), 1.0), muted=self._muted and volume <= self._volume)

    def set_muted(self, muted: bool) -> None:
        """Turn the sound off or on."""
        self._set_sound(self._volume, muted=muted)

    def set_speed(self, speed: float) -> None:
        """Playback speed, clipped to 0.5 to 2."""
        self._speed = min(max(speed, 0.5), 2.0)
        self._audio.set_speed(self._speed)
        self.speed_changed.emit(self._speed)

    def set_crossfade_ms(self, crossfade_ms: int) -> None:
        """Length of the crossfade, 0 to 12,000; never within an album in order."""
        self.apply(_with_crossfade(self._settings, crossfade_ms))

    def apply(self, settings: Settings) -> None:
        """Take changed settings: volume, equaliser and device at once, gain and crossfade from the next track on."""
        before, self._settings = self._settings, settings
        if (settings.volume, settings.muted) != (before.volume, before.muted):
            self._set_sound(settings.volume, muted=settings.muted)
        if settings.equaliser != before.equaliser:
            self._audio.set_equaliser(settings.equaliser)
        if settings.output_device != before.output_device:
            self._audio.set_device(settings.output_device)
        if settings.crossfade_ms != before.crossfade_ms:
            self._forget_next()
            self._prepare_next()

    def _apply_sound(self) -> None:
        self._audio.set_volume(self._volume, muted=self._muted)
        if self._settings.equaliser:
            self._audio.set_equaliser(self._settings.equaliser)
        if self._settings.output_device:
            self._audio.set_device(self._settings.output_device)

    def _set_sound(self, volume: float, *, muted: bool) -> None:
        if (volume, muted) != (self._volume, self._muted):
            self._volume, self._muted = volume, muted
            self._audio.set_volume(volume, muted=muted)
            self.volume_changed.emit(volume, muted)

    # Starting and ending plays

    def _start(
        self,
        entry: QueueEntry,
        *,
        leaving: EndReason,
        at_ms: int | None = None,
        reason: StartReason | None = None,
    ) -> None:
        """Play `entry` now; what plays ends because of `leaving`."""
        track = self._tracks(entry.track_id)
        if track is None or track.missing or not track.playable:
            self._queue.advance(entry)
            self._failed(track, _why_unplayable(track))
            return
        self._mark_leaving(leaving)
        at = self._long_tracks.resume(track) if at_ms is None else at_ms
        play = self._new_play(entry, track, reason or entry.start_reason, at)
        self._current, self._next = play, None
        self._held_at, self._heard_out = None, False
        self._audio.play(_joins.source_of(track, self._settings, album=self._in_album(track)), play.token, at_ms=at)
        self._queue.advance(entry)
        self._prepare_next()

    def _new_play(self, entry: QueueEntry, track: Track, reason: StartReason, at_ms: int = 0) -> _Play:
        self._token += 1
        play = _Play(self._token, entry, track, reason, at_ms=at_ms)
        self._plays[play.token] = play
        return play

    def _prepare_next(self) -> None:
        """Tell the engine what follows, if that has changed. A track that needs a position is left for later."""
        if self._current is None or self._current.leaving is not None:
            return
        entry = self._queue.peek()
        if self._next is not None and entry is not None and self._next.entry.id == entry.id:
            return
        self._forget_next()
        track = self._tracks(entry.track_id) if entry is not None else None
        if entry is None or track is None or track.missing or not track.playable or self._long_tracks.resume(track):
            return
        play = self._new_play(entry, track, entry.start_reason)
        self._next = play
        goes_on = _joins.album_goes_on(self._current.track, track)
        source = _joins.source_of(track, self._settings, album=goes_on or self._in_album(track))
        fade = _joins.crossfade_ms(self._current.track, track, self._settings)
        self._audio.set_next(source, play.token, crossfade_ms=fade)

    def _forget_next(self) -> None:
        if self._next is not None:
            self._next = None
            self._audio.set_next(None)

    def _in_album(self, track: Track) -> bool:
        """Whether the album goes on after this track, so that the album's gain fits."""
        entry = self._queue.peek(automatic=False)
        return _joins.album_goes_on(track, self._tracks(entry.track_id) if entry is not None else None)

    def _mark_leaving(self, reason: EndReason) -> None:
        for play in self._plays.values():
            if play.leaving is None and (play.started is not None or play is self._current):
                play.leaving = reason

    def _end(self, reason: EndReason) -> None:
        """End what plays; nothing follows."""
        self._mark_leaving(reason)
        self._next = None
        self._heard_out = reason is EndReason.SKIPPED
        self._held_at = None
        if self._current is not None:
            self._current = None
            self._audio.stop()

    # What the engine says

    def _on_started(self, token: int) -> None:
        play = self._plays.get(token)
        if play is None or play.started is not None:
            return
        suggestion = play.entry.suggestion if play.reason is StartReason.UP_NEXT else None
        play.started = TrackStarted(
            play.track.id,
            self._clock(),
            play.track.duration_ms,
            play.reason,
            self._started_count,
            suggestion.model_version if suggestion else None,
            suggestion.score if suggestion else None,
        )
        self._started_count += 1
        if self._current is not None and token > self._current.token:
            self._take_over(play)
        self.track_started.emit(play.started)
        self._prepare_next()

    def _take_over(self, play: _Play) -> None:
        """The play set ahead has begun: it is the current one now."""
        self._current, self._next = play, self._next if self._next is not play else None
        for token in [t for t, other in self._plays.items() if t < play.token and other.started is None]:
            del self._plays[token]
        self._queue.advance(play.entry)

    def _on_ended(self, ended: PlayEnded) -> None:
        play = self._plays.pop(ended.token, None)
        if play is None:
            return
        if play.started is not None:
            self._report(play, play.started, ended)
        if play is self._current:
            self._current_ended(play, ended)
        elif play.started is None and ended.cause is EndCause.ERROR:
            self._next_failed(play, ended.message)

    def _report(self, play: _Play, started: TrackStarted, ended: PlayEnded) -> None:
        finished = ended.cause is EndCause.FINISHED
        reason = _REASONS[ended.cause] if finished or play.leaving is None else play.leaving
        self._long_tracks.left(play.track, ended.position_ms, finished=finished)
        if ended.cause is not EndCause.ERROR:
            self._failures = 0
        self.play_finished.emit(PlayFinished(started, self._clock(), ended.listened_ms, reason, ended.message))

    def _current_ended(self, play: _Play, ended: PlayEnded) -> None:
        if ended.cause is EndCause.ERROR:
            self._failed(play.track, ended.message)
        elif ended.cause is EndCause.FINISHED and self._audio.state is PlayerState.STOPPED:
            self._follow()
        elif ended.cause is EndCause.STOPPED:
            self._current = self._next = None

    def _follow(self) -> None:
        """The engine has fallen silent at the end of a track: start what follows, unless nothing shall."""
        entry = self._queue.peek()
        self._current = self._next = None
        if entry is not None:
            self._start(entry, leaving=EndReason.FINISHED)
            return
        self._heard_out = True
        if self._queue.stop_after_current:
            self._queue.set_modes(stop_after_current=False)

    def _failed(self, track: Track | None, why: str) -> None:
        """The current track cannot be played: say so and go on, within limits."""
        self._failures += 1
        title = track.title if track is not None else self.tr("A track")
        logger.warning("cannot play %s: %s", track.path if track is not None else "a lost track", why)
        entry = self._queue.peek(automatic=False)
        if self._failures >= MOST_FAILURES:
            self.problem.emit(
                self.tr("Stopped: {n} tracks in a row could not be played. “{title}”: {why}").format(
                    n=self._failures, title=title, why=why
                )
            )
            self._failures = 0
            self._end(EndReason.ERROR)
            return
        self.problem.emit(self.tr("“{title}” cannot be played: {why}").format(title=title, why=why))
        if entry is not None and not self._queue.stop_after_current:
            self._start(entry, leaving=EndReason.ERROR)
        else:
            self._end(EndReason.ERROR)

    def _next_failed(self, play: _Play, why: str) -> None:
        """The track set ahead cannot be opened: say so, and set the one after it ahead."""
        self._failures += 1
        self.problem.emit(self.tr("“{title}” cannot be played: {why}").format(title=play.track.title, why=why))
        if self._next is play:
            self._next = None
        if self._failures < MOST_FAILURES:
            self._queue.drop(play.entry)

    def _on_current_changed(self, entry: QueueEntry | None) -> None:
        self.track_changed.emit(self._tracks(entry.track_id) if entry is not None else None)

    def _on_play_requested(self, entry: QueueEntry, position_ms: int) -> None:
        self._start(entry, leaving=EndReason.REPLACED, at_ms=position_ms or None)


_REASONS = {
    EndCause.FINISHED: EndReason.FINISHED,
    EndCause.REPLACED: EndReason.REPLACED,
    EndCause.STOPPED: EndReason.STOPPED,
    EndCause.ERROR: EndReason.ERROR,
}


def _why_unplayable(track: Track | None) -> str:
    if track is None:
        return "it is not in the library any more"
    return "its file cannot be found" if track.missing else "its file cannot be decoded"


def _with_crossfade(settings: Settings, crossfade_ms: int) -> Settings:
    return replace(settings, crossfade_ms=min(max(crossfade_ms, 0), 12_000))
