"""The transport: plays what the queue says and reports what was heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from player.audio import AudioOutput, PlayerState
from player.domain import (
    EndReason,
    Ms,
    Settings,
    StartReason,
    Track,
    TrackId,
    TrackStarted,
    UtcMs,
    now_ms,
)
from player.playback._positions import LongTracks
from player.playback._queue import PlayQueue
from player.playback._sequencer import Sequencer

RESTART_MS = 3_000
"""From this position on, "previous" begins the track again."""

MOST_CROSSFADE_MS = 12_000
REGAIN_MS = 200
"""So fast a gain that the user chooses is taken."""


class Controller(Sequencer):
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
        failed(Track): A track whose file was there did not play.
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

    position_changed = Signal(int, int)
    state_changed = Signal(object)
    track_changed = Signal(object)
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
        super().__init__(audio, queue, tracks, settings, long_tracks=long_tracks, clock=clock, parent=parent)
        self._speed = 1.0
        audio.position_changed.connect(self.position_changed)
        audio.state_changed.connect(self.state_changed)
        queue.current_changed.connect(lambda _entry: self.track_changed.emit(self.current_track))
        queue.set_position_source(lambda: self.position_ms)
        audio.set_volume(self._settings.volume, muted=self._settings.muted)
        audio.set_equaliser(*_equaliser(self._settings))
        audio.set_device(self._settings.output_device)

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
        self._pausing = False
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
        self._pausing = self.busy
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
        if self.position_ms >= RESTART_MS or not self.go_back():
            self.seek(0)

    def go_back(self, position_ms: int | None = None) -> bool:
        """Go back to the track before, however much of this one was heard; False where there is none.

        Args:
            position_ms: Where it goes on; None: where a track that was picked would begin.
        """
        entry = self._queue.go_back()
        if entry is not None:
            self._start(entry, leaving=EndReason.PREVIOUS, at_ms=position_ms)
        return entry is not None

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
            self._deck.forget_ahead()
            self._prepare_next()
            self.gains_changed(over_ms=REGAIN_MS)


def _equaliser(settings: Settings) -> tuple[tuple[float, ...], float]:
    """Gains of the bands and before them, in dB."""
    return (settings.equaliser, settings.equaliser_preamp_db) if settings.equaliser_on else ((), 0.0)


def _joining(settings: Settings) -> tuple[str, float, int]:
    """The settings that decide how the next track joins this one."""
    return settings.gain_mode, settings.preamp_db, settings.crossfade_ms
