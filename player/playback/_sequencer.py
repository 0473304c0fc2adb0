"""What follows what: keeps the sound engine supplied from the queue, and copes with what cannot be played."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from player.audio import AudioOutput
from player.domain import (
    EndReason,
    Ms,
    PlayFinished,
    QueueEntry,
    Settings,
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
from player.playback._words import in_words

logger = logging.getLogger(__name__)

MOST_FAILURES = 10
"""So many tracks in a row may fail before playing stops."""

GLIDE_MS = 2_500
"""So slowly a track that sounds is led to the gain that was found for it meanwhile."""


class Sequencer(QObject):
    """Starts what the queue says, sets ahead what follows, goes on at the end of a track.

    Signals:
        track_started(TrackStarted): The first sample of a track was heard.
        play_finished(PlayFinished): A track that had started has ended.
        problem(str): A sentence for the user.
        failed(Track): A track whose file was there did not play.
        idled(): What played is over or was ended, and nothing is about to start.

    Args:
        audio: The sound engine.
        queue: What to play.
        tracks: Looks up a track; None where it is not in the library any more.
        settings: Volume, gain and crossfade.
        long_tracks: Where long tracks were left.
        clock: The present instant, UTC ms.
        parent: Qt parent.
    """

    track_started = Signal(object)
    play_finished = Signal(object)
    problem = Signal(str)
    failed = Signal(object)
    idled = Signal()

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
        self._pausing = False
        self._last_words = ""  # to be said when what sounds is over
        self._follow_signals()

    def _follow_signals(self) -> None:
        self._audio.next_wanted.connect(lambda _token: self._prepare_next())
        self._audio.device_failed.connect(lambda message: self.problem.emit(in_words(message)))
        self._deck.taken_over.connect(self._queue.advance)
        self._deck.track_started.connect(self._on_track_started)
        self._deck.left.connect(self._on_left)
        self._deck.play_finished.connect(self._on_play_finished)
        self._deck.ran_out.connect(self._on_ran_out)
        self._deck.failed.connect(self._on_current_failed)
        self._deck.ahead_failed.connect(self._on_ahead_failed)
        self._queue.changed.connect(self._prepare_next)
        self._queue.modes_changed.connect(self._prepare_next)
        self._queue.play_requested.connect(self._on_play_requested)

    def gains_changed(self, *, over_ms: int = GLIDE_MS) -> None:
        """The loudness of tracks is known better now, or another one is wanted.

        What follows starts at its new gain; what sounds is led there slowly.
        """
        for play, glide_ms in ((self._deck.current, over_ms), (self._deck.ahead, 0)):
            track = self._tracks(play.track.id) if play is not None else None
            if play is None or track is None:
                continue
            source = _joins.source_of(track, self._settings, album=play.album)
            if source.gain_db != play.source.gain_db:
                self._deck.regain(play, source, over_ms=glide_ms)

    # Starting and following

    def _start(self, entry: QueueEntry, *, leaving: EndReason, at_ms: int | None = None, paused: bool = False) -> None:
        """Play `entry` now, or let it wait; what plays ends because of `leaving`."""
        track = self._tracks(entry.track_id)
        self._held_at, self._heard_out, self._pausing = None, False, paused
        if track is None or track.missing or not track.playable:
            self._queue.advance(entry)
            self._pass_over(track, leaving)
            return
        at = self._long_tracks.resume(track) if at_ms is None else at_ms
        album = self._in_album(entry, track)
        source = _joins.source_of(track, self._settings, album=album)
        reason = entry.start_reason
        self._deck.start(entry, track, source, reason=reason, leaving=leaving, at_ms=at, album=album, paused=paused)
        self._queue.advance(entry)
        self._try_again()
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
        album = self._in_album(entry, track)
        source = _joins.source_of(track, self._settings, album=album)
        fade = _joins.crossfade_ms(current.track, track, self._settings)
        self._deck.set_ahead(entry, track, source, crossfade_ms=fade, album=album)

    def _in_album(self, entry: QueueEntry, track: Track) -> bool:
        """Whether the album is played in order from the track before, or into the one after."""
        current = self._queue.current
        before = self._tracks(current.track_id) if current is not None and current.id != entry.id else None
        follower = next((other for other in self._queue.entries() if other.id != entry.id), None)
        after = self._tracks(follower.track_id) if follower is not None else None
        return (before is not None and _joins.album_goes_on(before, track)) or _joins.album_goes_on(track, after)

    def _end(self, reason: EndReason) -> None:
        """End what plays; nothing follows. A track skipped at the end of the queue was heard out."""
        self._heard_out = reason is EndReason.SKIPPED
        self._held_at = None
        self._deck.end(reason)
        self._try_again()
        self.idled.emit()

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
        """The engine has fallen silent at the end of a track: start what follows, unless nothing shall.

        A pause that came when the track was at its end already is kept: the next one waits.
        """
        entry = self._queue.peek()
        if entry is not None:
            self._start(entry, leaving=EndReason.FINISHED, paused=self._pausing)
            return
        self._heard_out = True
        if self._queue.stop_after_current:
            self._queue.set_modes(stop_after_current=False)
        words, self._last_words = self._last_words, ""
        if words:
            self.problem.emit(words)
        self.idled.emit()

    def _on_play_requested(self, entry: QueueEntry, position_ms: int) -> None:
        self._start(entry, leaving=EndReason.REPLACED, at_ms=position_ms or None)

    # What cannot be played

    def _pass_over(self, track: Track | None, leaving: EndReason) -> None:
        """The track that was to start now is known to be unplayable: say so and start the next one."""
        title = track.title if track is not None else self.tr("A track")
        self._on_failed(title, self._why_unplayable(track))
        entry = self._queue.peek(automatic=False)
        if self._failures and entry is not None:
            self._start(entry, leaving=leaving, paused=self._pausing)
        elif self._failures:
            self._end(leaving)

    def _on_failed(self, title: str, why: str) -> None:
        """A track cannot be played: say so. The next one follows by itself, unless too many have failed.

        What sounds is heard to its end, whatever fails behind it.
        """
        self._failures += 1
        logger.warning("cannot play %s: %s", title, why)
        if self._failures < MOST_FAILURES:
            self.problem.emit(self.tr("“{title}” cannot be played: {why}").format(title=title, why=in_words(why)))
            return
        text = self.tr("Stopped: {n} tracks in a row could not be played. “{title}”: {why}")
        text = text.format(n=self._failures, title=title, why=in_words(why))
        self._failures = 0
        if self._deck.sounding:
            self._last_words = text
            self._queue.set_modes(stop_after_current=True)
            return
        self.problem.emit(text)
        self._end(EndReason.ERROR)

    def _try_again(self) -> None:
        """Somebody goes on, or stops, before what sounds was at its end, which was to be the last."""
        if self._last_words:
            self._last_words = ""
            self._queue.set_modes(stop_after_current=False)

    def _on_current_failed(self, play: Play, why: str) -> None:
        self.failed.emit(play.track)
        self._on_failed(play.track.title, why)

    def _on_ahead_failed(self, play: Play, why: str) -> None:
        """The track set ahead cannot be played: say so and set the one after it ahead."""
        self.failed.emit(play.track)
        self._queue.drop(play.entry)
        self._on_failed(play.track.title, why)

    def _why_unplayable(self, track: Track | None) -> str:
        if track is None:
            return self.tr("it is not in the library any more")
        return self.tr("its file cannot be found") if track.missing else self._undecodable(track)

    def _undecodable(self, track: Track) -> str:
        return track.problem or self.tr("its file cannot be decoded")
