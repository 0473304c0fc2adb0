"""The transport: plays what the queue says and reports what was heard."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from player.audio import AudioOutput, PlayerState
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
from player.playback._deck import Deck, Play
from player.playback._positions import LongTracks
from player.playback._queue import PlayQueue

logger = logging.getLogger(__name__)

RESTART_MS = 3_000
"""From this position on, "previous" begins the track again."""

MOST_FAILURES = 5
"""So many tracks in a row may fail before playing stops."""

MOST_CROSSFADE_MS = 12_000


class Controller(QObject):
    """Play, pause, seek, next, previous: between the queue and the sound engine.

    What comes next is set ahead in the engine as soon as it is known, so that tracks join without a
    gap, and set again when the queue changes, up to the last moment. Every play that was heard gives
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
        self._deck = Deck(audio, clock, self)
        self._failures = 0
        self._held_at: Ms | None = None
        self._heard_out = False
        self._speed = 1.0
        self._connect()
        audio.set_volume(self._settings.volume, muted=self._settings.muted)
        audio.set_equaliser(self._settings.equaliser)
        audio.set_device(self._settings.output_device)

    def _connect(self) -> None:
        self._audio.next_wanted.connect(lambda _token: self._prepare_next())
        self._audio.position_changed.connect(self.position_changed)
        self._audio.state_changed.connect(self.state_changed)
        self._audio.device_failed.connect(self.problem)
        self._deck.taken_over.connect(self._queue.advance)
        self._deck.track_started.connect(self._on_track_started)
        self._deck.left.connect(self._on_left)
        self._deck.play_finished.connect(self._on_play_finished)
        self._deck.ran_out.connect(self._on_ran_out)
        self._deck.failed.connect(lambda play, why: self._on_failed(play.track.title, why))
        self._deck.ahead_failed.connect(self._on_ahead_failed)
        self._queue.changed.connect(self._prepare_next)
        self._queue.modes_changed.connect(self._prepare_next)
        self._queue.current_changed.connect(lambda _entry: self.track_changed.emit(self.current_track))
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
    def busy(self) -> bool:
        """Whether a track plays, is paused, or is about to start; False once nothing follows."""
        return self._deck.current is not None

    @property
    def current_track(self) -> Track | None:
        """The track that sounds, or would when `play` is called; fresh from the library."""
        entry = self._queue.current
        return self._tracks(entry.track_id) if entry is not None else None

    @property
    def position_ms(self) -> Ms:
        """Position in the current track."""
        return self._deck.position_ms if self._held_at is None else self._held_at

    @property
    def playing(self) -> TrackStarted | None:
        """The event of the play that sounds now; None in silence."""
        return self._deck.current.started if self._deck.current is not None else None

    @property
    def listened_ms(self) -> Ms:
        """Sound of the present play heard so far."""
        return self._audio.listened_ms if self._deck.current is not None else Ms(0)

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
        if self._deck.current is not None:
            self._audio.resume()
        else:
            entry = self._queue.current
            if entry is None or self._heard_out:
                entry = self._queue.peek(automatic=False) or entry
            if entry is not None:
                held = self._held_at
                reason = entry.start_reason if held is None else StartReason.RESTORED
                self._start(replace(entry, start_reason=reason), leaving=EndReason.REPLACED, at_ms=held)

    def pause(self) -> None:
        """Fall silent and keep the position."""
        self._audio.pause()

    def play_pause(self) -> None:
        """Pause what plays, else play."""
        if self.state is PlayerState.PLAYING:
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
        if self._deck.current is not None:
            self._audio.seek(position_ms)
        elif self._held_at is not None:
            self.hold(position_ms)

    def seek_by(self, delta_ms: int) -> None:
        """Go forwards or backwards by `delta_ms`."""
        self.seek(max(0, self.position_ms + delta_ms))

    def hold(self, position_ms: int) -> None:
        """After a restart: the queue's current track will begin at `position_ms` when `play` is called."""
        track = self.current_track
        self._held_at = Ms(position_ms)
        self.position_changed.emit(position_ms, track.duration_ms if track else 0)

    def close(self) -> None:
        """End what plays, logged as quit, and close the sound engine. Call once, last.

        The position stays readable, so that the queue can be saved afterwards.
        """
        if self._deck.current is not None:
            self._held_at = self._deck.position_ms
        self._deck.close()

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

    def set_crossfade_ms(self, crossfade_ms: int) -> None:
        """Length of the crossfade, clipped to 0 to 12,000; never within an album in order."""
        self.apply(replace(self._settings, crossfade_ms=min(max(crossfade_ms, 0), MOST_CROSSFADE_MS)))

    def apply(self, settings: Settings) -> None:
        """Take changed settings: volume, equaliser and device at once, gain and crossfade from the next track on."""
        before, self._settings = self._settings, settings
        if (settings.volume, settings.muted) != (before.volume, before.muted):
            self._audio.set_volume(settings.volume, muted=settings.muted)
            self.volume_changed.emit(settings.volume, settings.muted)
        if settings.equaliser != before.equaliser:
            self._audio.set_equaliser(settings.equaliser)
        if settings.output_device != before.output_device:
            self._audio.set_device(settings.output_device)
        if _joining(settings) != _joining(before):
            self._deck.forget_ahead()
            self._prepare_next()

    # Starting and following

    def _start(self, entry: QueueEntry, *, leaving: EndReason, at_ms: int | None = None) -> None:
        """Play `entry` now; what plays ends because of `leaving`."""
        track = self._tracks(entry.track_id)
        self._held_at, self._heard_out = None, False
        if track is None or track.missing or not track.playable:
            self._queue.advance(entry)
            self._pass_over(track, leaving)
            return
        at = self._long_tracks.resume(track) if at_ms is None else at_ms
        source = _joins.source_of(track, self._settings, album=self._album_goes_on(track))
        self._deck.start(entry, track, source, reason=entry.start_reason, leaving=leaving, at_ms=at)
        self._queue.advance(entry)
        self._prepare_next()

    def _prepare_next(self) -> None:
        """Set what follows ahead, if that has changed.

        A long track that goes on where it was left cannot be set ahead; it starts when this one ends,
        and so does one that cannot be played, which is then named.
        """
        current, entry = self._deck.current, self._queue.peek()
        if current is None or current.leaving is not None:
            return
        if self._deck.ahead is not None and entry is not None and self._deck.ahead.entry.id == entry.id:
            return
        self._deck.forget_ahead()
        track = self._tracks(entry.track_id) if entry is not None else None
        if entry is None or track is None or track.missing or not track.playable or self._long_tracks.resume(track):
            return
        goes_on = _joins.album_goes_on(current.track, track)
        source = _joins.source_of(track, self._settings, album=goes_on or self._album_goes_on(track))
        fade = _joins.crossfade_ms(current.track, track, self._settings)
        self._deck.set_ahead(entry, track, source, crossfade_ms=fade)

    def _album_goes_on(self, track: Track) -> bool:
        entry = self._queue.peek(automatic=False)
        return _joins.album_goes_on(track, self._tracks(entry.track_id) if entry is not None else None)

    def _end(self, reason: EndReason) -> None:
        """End what plays; nothing follows. A track skipped at the end of the queue was heard out."""
        self._heard_out = reason is EndReason.SKIPPED
        self._held_at = None
        self._deck.end(reason)

    def _on_track_started(self, started: TrackStarted) -> None:
        self.track_started.emit(started)
        self._prepare_next()

    def _on_left(self, track: Track, position_ms: int, heard_out: bool) -> None:
        self._long_tracks.left(track, position_ms, finished=heard_out)
        if self._deck.ahead is not None and self._deck.ahead.track.id == track.id:
            self._deck.forget_ahead()
            self._prepare_next()

    def _on_play_finished(self, finished: PlayFinished) -> None:
        if finished.reason is not EndReason.ERROR:
            self._failures = 0
        self.play_finished.emit(finished)

    def _on_ran_out(self) -> None:
        """The engine has fallen silent at the end of a track: start what follows, unless nothing shall."""
        entry = self._queue.peek()
        if entry is not None:
            self._start(entry, leaving=EndReason.FINISHED)
            return
        self._heard_out = True
        if self._queue.stop_after_current:
            self._queue.set_modes(stop_after_current=False)

    def _on_play_requested(self, entry: QueueEntry, position_ms: int) -> None:
        self._start(entry, leaving=EndReason.REPLACED, at_ms=position_ms or None)

    # What cannot be played

    def _pass_over(self, track: Track | None, leaving: EndReason) -> None:
        """The track that was to start now is known to be unplayable: say so and start the next one."""
        title = track.title if track is not None else self.tr("A track")
        self._on_failed(title, self._why_unplayable(track))
        entry = self._queue.peek(automatic=False)
        if self._failures and entry is not None:
            self._start(entry, leaving=leaving)
        elif self._failures:
            self._end(leaving)

    def _on_failed(self, title: str, why: str) -> None:
        """A track cannot be played: say so. The next one follows by itself, unless too many have failed."""
        self._failures += 1
        logger.warning("cannot play %s: %s", title, why)
        if self._failures < MOST_FAILURES:
            self.problem.emit(self.tr("“{title}” cannot be played: {why}").format(title=title, why=why))
            return
        text = self.tr("Stopped: {n} tracks in a row could not be played. “{title}”: {why}")
        self.problem.emit(text.format(n=self._failures, title=title, why=why))
        self._failures = 0
        self._end(EndReason.ERROR)

    def _on_ahead_failed(self, play: Play, why: str) -> None:
        """The track set ahead cannot be played: say so and set the one after it ahead."""
        self._queue.drop(play.entry)
        self._on_failed(play.track.title, why)

    def _why_unplayable(self, track: Track | None) -> str:
        if track is None:
            return self.tr("it is not in the library any more")
        return self.tr("its file cannot be found") if track.missing else self.tr("its file cannot be decoded")


def _joining(settings: Settings) -> tuple[str, float, int]:
    """The settings that decide how the next track joins this one."""
    return settings.gain_mode, settings.preamp_db, settings.crossfade_ms
