"""The plays given to the sound engine: which one sounds, which one is set ahead, what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from player.audio import AudioOutput, EndCause, PlayEnded, PlayerState, Source
from player.domain import EndReason, Ms, PlayFinished, QueueEntry, StartReason, Track, TrackStarted, UtcMs

_REASONS = {
    EndCause.FINISHED: EndReason.FINISHED,
    EndCause.REPLACED: EndReason.REPLACED,
    EndCause.STOPPED: EndReason.STOPPED,
    EndCause.ERROR: EndReason.ERROR,
}


@dataclass(slots=True)
class Play:
    """One play given to the engine.

    Attributes:
        token: Its name there; later plays have higher ones.
        entry: The entry of the queue it plays.
        track: The track.
        source: What the engine was given for it.
        album: Whether it plays among its album's tracks in order.
        reason: Why it starts.
        at_ms: Where it begins.
        started: The event, once its first sample was heard.
        leaving: Why we end it, where we do.
    """

    token: int
    entry: QueueEntry
    track: Track
    source: Source
    reason: StartReason
    at_ms: int = 0
    album: bool = False
    started: TrackStarted | None = None
    leaving: EndReason | None = None


class Deck(QObject):
    """Turns the engine's tokens and causes into events, each exactly once.

    A play is *current* from the moment it is asked for. The one set *ahead* becomes current when
    the engine reports its first sample: then the engine has decided, whatever was said meanwhile.
    Between two tracks that fade into each other both plays are open, and each ends by itself.
    Also when the current play ends before the engine has heard of the one set ahead, or fails, the
    engine goes on with that one by itself; it may have done so even where that one was forgotten meanwhile.

    Signals:
        track_started(TrackStarted): The first sample of a play was heard.
        play_finished(PlayFinished): A play that had started has ended.
        left(Track, int, bool): Where (ms) a track was left, and whether it was heard to its end.
        taken_over(QueueEntry): The play set ahead has become the current one.
        ran_out(): The current play is over, nothing was set ahead, and the engine fell silent.
        failed(Play, str): The current play cannot be played, and why; `ran_out` follows where nothing else does.
        ahead_failed(Play, str): The play set ahead cannot be played, and why.

    Args:
        audio: The sound engine.
        clock: The present instant, UTC ms.
        parent: Qt parent.
    """

    track_started = Signal(object)
    play_finished = Signal(object)
    left = Signal(object, int, bool)
    taken_over = Signal(object)
    ran_out = Signal()
    failed = Signal(object, str)
    ahead_failed = Signal(object, str)

    def __init__(self, audio: AudioOutput, clock: Callable[[], UtcMs], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._audio = audio
        self._clock = clock
        self._plays: dict[int, Play] = {}
        self._token = 0
        self._heard = 0
        self._over = False
        self._ended = False  # by us: what the engine has begun meanwhile it ends as well
        self.current: Play | None = None
        self.ahead: Play | None = None
        audio.started.connect(self._on_started)
        audio.ended.connect(self._on_ended)
        audio.state_changed.connect(lambda _state: self._check_ran_out())

    @property
    def position_ms(self) -> Ms:
        """Position in the current play, where it begins until it is heard; 0 without one."""
        if self.current is None:
            return Ms(0)
        return self._audio.position_ms if self.current.started is not None else Ms(self.current.at_ms)

    @property
    def sounding(self) -> bool:
        """Whether the current play was heard and is not at its end."""
        return self.current is not None and self.current.started is not None and not self._over

    def start(
        self,
        entry: QueueEntry,
        track: Track,
        source: Source,
        *,
        reason: StartReason,
        leaving: EndReason,
        at_ms: int,
        album: bool = False,
        paused: bool = False,
    ) -> None:
        """Play now, from `at_ms` on; what plays ends because of `leaving`, what was set ahead is forgotten."""
        self._mark(leaving)
        prepared = self.ahead
        if prepared is not None and prepared.entry.id == entry.id and at_ms == 0:
            prepared.reason = reason
        else:
            self.forget_ahead()
            prepared = self._new(entry, track, source, reason, album=album)
        prepared.at_ms = at_ms
        self.current, self.ahead, self._over, self._ended = prepared, None, False, False
        self._audio.play(source, prepared.token, at_ms=at_ms, paused=paused)

    def set_ahead(
        self, entry: QueueEntry, track: Track, source: Source, *, crossfade_ms: int, album: bool = False
    ) -> None:
        """What follows the current play without a gap, in place of what was set ahead before."""
        self.ahead = self._new(entry, track, source, entry.start_reason, album=album)
        self._audio.set_next(source, self.ahead.token, crossfade_ms=crossfade_ms)

    def forget_ahead(self) -> None:
        """Nothing follows the current play."""
        if self.ahead is not None:
            self.ahead = None
            self._audio.set_next(None)

    def regain(self, play: Play, source: Source, *, over_ms: int) -> None:
        """Lead a play that was given to the engine to the gain of `source`."""
        play.source = source
        self._audio.set_gain(play.token, source.gain_db, over_ms=over_ms)

    def end(self, reason: EndReason) -> None:
        """End the current play because of `reason`; nothing follows, nor what the engine may have begun meanwhile."""
        self._mark(reason)
        self.current, self.ahead, self._over, self._ended = None, None, False, True
        self._audio.stop()

    def close(self) -> None:
        """End the current play as quit and close the engine."""
        self._mark(EndReason.QUIT)
        self._audio.close()
        self.current = self.ahead = None

    def _new(self, entry: QueueEntry, track: Track, source: Source, reason: StartReason, *, album: bool) -> Play:
        self._token += 1
        play = Play(self._token, entry, track, source, reason, album=album)
        self._plays[play.token] = play
        return play

    def _mark(self, reason: EndReason) -> None:
        for play in self._plays.values():
            if play.leaving is None and (play.started is not None or play is self.current):
                play.leaving = reason

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
            self._heard,
            suggestion.model_version if suggestion else None,
            suggestion.score if suggestion else None,
        )
        self._heard += 1
        if token > self.current.token if self.current is not None else not self._ended:
            self._take_over(play)
        self.track_started.emit(play.started)

    def _take_over(self, play: Play) -> None:
        self.current, self._over = play, False
        if self.ahead is play:
            self.ahead = None
        for token in [t for t, other in self._plays.items() if t < play.token and other.started is None]:
            del self._plays[token]
        self.taken_over.emit(play.entry)

    def _on_ended(self, ended: PlayEnded) -> None:
        play = self._plays.pop(ended.token, None)
        if play is None:
            return
        if play.started is not None:
            self._report(play, play.started, ended)
        if play is self.current:
            self._current_ended(play, ended)
        elif play is self.ahead and ended.cause is EndCause.ERROR:
            self.ahead = None
            self.ahead_failed.emit(play, ended.message)
        self._check_ran_out()

    def _report(self, play: Play, started: TrackStarted, ended: PlayEnded) -> None:
        by_itself = ended.cause in (EndCause.FINISHED, EndCause.ERROR)
        reason = _REASONS[ended.cause] if by_itself or play.leaving is None else play.leaving
        self.left.emit(play.track, int(ended.position_ms), ended.cause is EndCause.FINISHED)
        self.play_finished.emit(PlayFinished(started, self._clock(), ended.listened_ms, reason, ended.message))

    def _current_ended(self, play: Play, ended: PlayEnded) -> None:
        if ended.cause in (EndCause.FINISHED, EndCause.ERROR):
            self._over = True
        if ended.cause is EndCause.ERROR:
            self.failed.emit(play, ended.message)

    def _check_ran_out(self) -> None:
        """The engine tells the end of a play and its falling silent in either order."""
        if self._over and self.ahead is None and self._audio.state is PlayerState.STOPPED:
            self.current, self._over = None, False
            self.ran_out.emit()
