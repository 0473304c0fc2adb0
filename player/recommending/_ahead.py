"""The loudness of what plays next, measured before it plays."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from player.domain import Track, TrackId
from player.recommending._analysing import Ear, Wanted, store
from player.recommending._ports import Queue, Transport
from player.storage import Database
from player.workers import Lane

logger = logging.getLogger(__name__)

AHEAD = 3
"""So many tracks that follow are measured."""

MOST = 40
"""And so many of the album that plays, so that all of it gets one gain."""

LONGEST_MS = 2 * 3_600_000
"""Longer tracks are left to the background: measuring takes about a hundredth of their length."""

REST_MS = 100
"""The queue often changes several times in a row."""


class LoudnessAhead(QObject):
    """Measures what plays and what follows, where neither tags nor an earlier measurement tell its gain (EBU R128).

    Nothing is done while nothing plays. A child process of low priority decodes, without the sound model, and lives
    only as long as there is something to measure. What it measures is kept where the background analysis keeps
    it, so nothing is measured twice; files are never written.

    Signals:
        measured(): The loudness of a track that plays or follows is known now.

    Args:
        db: The database.
        storage_lane: Where writes run.
        queue: What follows.
        transport: What plays.
        track: Looks up a track as it is now; None where it is not in the library.
        wanted: Whether gain is used at all.
        parent: Qt parent.
    """

    measured = Signal()

    def __init__(
        self,
        db: Database,
        storage_lane: Lane,
        queue: Queue,
        transport: Transport,
        track: Callable[[TrackId], Track | None],
        *,
        wanted: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._storage = storage_lane
        self._queue = queue
        self._transport = transport
        self._track = track
        self._is_wanted = wanted
        self._ear = Ear(content=False)
        self._lane = Lane("loudness", self)
        self._tried: set[str] = set()
        self._busy = self._closed = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST_MS)
        self._soon.timeout.connect(self.look)
        queue.changed.connect(self._look_soon)
        transport.track_started.connect(lambda _event: self._look_soon())

    def look(self) -> None:
        """Measure the first track that lacks it, then the next one, until all that follow have it."""
        if self._busy or self._transport.playing is None or not self._is_wanted():
            return
        track = next((track for track in self._following() if self._lacks(track)), None)
        if track is None:
            self._lane.submit(self._ear.rest)
            return
        assert track.audio_key is not None  # else it would not lack anything
        self._tried.add(track.audio_key)
        self._busy = True
        self._lane.submit(partial(self._measure, track), done=self._done, failed=self._on_failed)

    def close(self) -> None:
        """Stop at once."""
        self._closed = True
        self._soon.stop()
        self._ear.stop()
        self._lane.submit(self._ear.rest)
        self._lane.close()

    def _look_soon(self) -> None:
        if not self._closed and not self._soon.isActive():
            self._soon.start()

    def _following(self) -> list[Track]:
        """What plays, what follows, in order, then the rest of the album that the next track continues."""
        entries = self._queue.entries()[:MOST]
        following = [track for entry in entries if (track := self._track(entry.track_id)) is not None]
        playing = self._transport.current_track
        tracks = [*([playing] if playing is not None else []), *following[:AHEAD]]
        if playing is None or playing.album_id is None or playing.album_id not in {t.album_id for t in following[:1]}:
            return tracks
        return [*tracks, *(track for track in following[AHEAD:] if track.album_id == playing.album_id)]

    def _lacks(self, track: Track) -> bool:
        usable = track.playable and not track.missing and track.duration_ms <= LONGEST_MS
        fresh = track.audio_key is not None and track.audio_key not in self._tried
        return usable and fresh and track.gain.track_db is None

    def _measure(self, track: Track) -> bool:
        """Runs in the loudness lane; tells whether the loudness is known now."""
        known = self._db.features.loudness(str(track.audio_key))
        if known is not None:  # the background came first, or it was tried in vain
            return known.lufs is not None
        wanted = Wanted(track, content=False, loudness=True)
        answer = self._ear.listen(wanted)
        if answer is None:
            return False
        self._storage.call(partial(store, self._db, [(wanted, answer)]))
        return answer.get("lufs") is not None

    def _done(self, known: bool) -> None:
        self._busy = False
        if known:
            self.measured.emit()
        self.look()

    def _on_failed(self, error: Exception) -> None:
        """The child cannot work at all: tracks then start at a guess; `_busy` stays, so it is not tried again."""
        logger.error("loudness cannot be measured ahead of play", exc_info=error)
