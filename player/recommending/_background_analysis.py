"""Analysis of new tracks in the background: a first share at once, the rest while nobody uses the computer."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from player.domain import KnownError, TrackId, now_ms
from player.recommending._analysing import AnalysisReport, Ear, Wanted, analyse_some, lacking
from player.recommending._ask import EXTRACTOR, seed_of_the_day
from player.recommending._gate import Gate
from player.recommending._ports import Queue, Transport
from player.storage import Database
from player.workers import Lane

logger = logging.getLogger(__name__)

LOOK_MS = 60_000
SOON_MS = 500
"""What plays and what follows often change several times in a row."""
ROUND = 10
"""Tracks between two moments at which results are taken up."""
FIRST_SHARE = 200
"""Sounds of a library that are analysed whether somebody uses the computer or not: enough to tell its kinds apart."""
BATTERY_SHARE = 20
"""Likewise on battery, or where power is to be saved."""
NEXT = 10
"""Places of the queue that are analysed before everything else."""
TAKEN_UP_LATER = 200
"""Tracks between two moments at which results are taken up, after the first share: that costs a large library."""


class BackgroundAnalysis(QObject):
    """Analyses what plays and what follows, then a spread of the library, then the rest, in a child of low priority.

    The spread is far apart in tags: the first suggestions by sound are about all of the library, not about one folder
    of it. What plays and follows is analysed always; the first share at once; the rest on mains power while the
    computer is idle.

    Signals:
        progress(int, int): Sounds of the library analysed, and all of them.
        analysed(AnalysisReport): Some more tracks were analysed: take them up.
        running_changed(bool): It works, or it rests.
        failed(str): It cannot work; a sentence for the user. It is tried again at the next start.

    Args:
        db: The database.
        storage_lane: Where writes run.
        gate: When the computer may be used.
        queue: What follows; None where nothing does.
        transport: What plays; likewise.
        parent: Qt parent.
    """

    progress = Signal(int, int)
    analysed = Signal(object)
    running_changed = Signal(bool)
    failed = Signal(str)

    def __init__(
        self,
        db: Database,
        storage_lane: Lane,
        *,
        gate: Gate | None = None,
        queue: Queue | None = None,
        transport: Transport | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._storage = storage_lane
        self._gate = gate or Gate()
        self._queue = queue
        self._transport = transport
        self._lane = Lane("analysis", self)
        self._ear = Ear()
        self._spread = Spread(db)
        self._busy = self._running = self._closed = False
        self._pending = _NOTHING
        self.done_of = (0, 0)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.look)

    @property
    def running(self) -> bool:
        """Whether tracks are being analysed."""
        return self._running

    def start(self) -> None:
        """Look now, and from now on every minute and whenever the queue changes."""
        if not self._timer.isActive():
            self._timer.start()
            if self._queue is not None:
                self._queue.changed.connect(self.look_soon)
        self.look()

    def look_soon(self) -> None:
        """Tracks came or the queue changed: see in a moment what to analyse."""
        if self._timer.isActive() and not self._soon.isActive():
            self._soon.start()

    def library_changed(self) -> None:
        """Tracks came or went: the spread is another one."""
        self._lane.submit(self._spread.forget)
        self.look_soon()

    def look(self) -> None:
        """Analyse some tracks, if there are any to be analysed now, and go on until there are none."""
        if self._busy or self._closed:
            return
        self._busy = True
        idle, powered = self._gate.idle(), self._gate.powered()
        share = None if idle else FIRST_SHARE if powered else BATTERY_SHARE
        self._lane.submit(partial(self._round, self._first(), share), done=self._done, failed=self._on_failed)

    def close(self) -> None:
        """Stop at once; the track at hand is analysed again another time."""
        self._closed = True
        self._timer.stop()
        self._soon.stop()
        self._ear.stop()
        self._lane.submit(self._ear.rest)
        self._lane.close()

    def _first(self) -> list[TrackId]:
        """What plays and what follows."""
        playing = self._transport.playing if self._transport is not None else None
        entries = self._queue.entries()[:NEXT] if self._queue is not None else ()
        return [*([playing.track_id] if playing is not None else []), *(entry.track_id for entry in entries)]

    def _round(self, first: Sequence[TrackId], share: int | None) -> tuple[AnalysisReport, int, int]:
        """Runs in the analysis lane."""
        done, everything = self._db.features.counts(EXTRACTOR)
        wanted = self._wanted(first, share, done) if done < everything or share is None else []
        if not wanted:
            self._ear.rest()
            return _NOTHING, done, everything
        self.progress.emit(done, everything)  # in the lane; the signal goes to the GUI thread by itself
        report = analyse_some(
            self._db,
            self._ear,
            wanted,
            write=self._storage.call,
            progress=lambda count: self.progress.emit(done + count, everything),
        )
        return report, *self._db.features.counts(EXTRACTOR)

    def _wanted(self, first: Sequence[TrackId], share: int | None, done: int) -> list[Wanted]:
        """What to analyse next: in the first share by content only, its loudness can wait."""
        tracks = self._db.features.lacking_among(first, EXTRACTOR)
        if len(tracks) < ROUND and done < FIRST_SHARE and (share is None or done < share):
            tracks += self._db.features.lacking_among(self._spread.tracks(), EXTRACTOR)
        wanted = {track.audio_key: Wanted(track, content=True, loudness=False) for track in tracks}
        if len(wanted) < ROUND and share is None:
            wanted = {one.track.audio_key: one for one in lacking(self._db, ROUND)} | wanted
        return list(wanted.values())[:ROUND]

    def _done(self, answer: tuple[AnalysisReport, int, int]) -> None:
        report, *done_of = answer
        self._busy = False
        self.done_of = (done_of[0], done_of[1])
        some = bool(report.analysed or report.failed)
        self._pending = self._pending.plus(report)
        often = done_of[0] <= FIRST_SHARE or not some
        if self._pending.analysed >= (1 if often else TAKEN_UP_LATER) or self._pending.failed:
            pending, self._pending = self._pending, _NOTHING
            self.analysed.emit(pending)
        if some != self._running:
            self._running = some
            self.running_changed.emit(some)
        if some and not self._ear.stopped:
            self.look()

    def _on_failed(self, error: Exception) -> None:
        self._timer.stop()  # `_busy` stays, so it is not tried again
        logger.error("the analysis failed", exc_info=error)
        if self._running:
            self._running = False
            self.running_changed.emit(False)
        self.failed.emit(str(error) if isinstance(error, KnownError) else self.tr("Tracks cannot be analysed."))


_NOTHING = AnalysisReport(0, (), 0, 0.0)


class Spread:
    """Tracks of the library far from each other in tags, in the order in which a tour of it would play them.

    Used in the analysis lane only.

    Args:
        db: The database.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._tracks: list[TrackId] | None = None

    def forget(self) -> None:
        """The library has changed."""
        self._tracks = None

    def tracks(self) -> list[TrackId]:
        """The first `FIRST_SHARE` of them."""
        if self._tracks is None:
            self._tracks = _tour(self._db, FIRST_SHARE)
        return self._tracks


def _tour(db: Database, count: int) -> list[TrackId]:
    from player.recommending._snapshot import snapshot_of  # noqa: PLC0415 - numpy and SciPy take their time
    from recommender import coldstart, ranking  # noqa: PLC0415 - likewise

    now = now_ms()
    snapshot = snapshot_of(db, db.tracks.catalogue(), now, sound=False)
    tour = coldstart.ColdStart.of(snapshot, ranking.Listener.of(snapshot), lambda _request: snapshot.available.copy())
    request = ranking.RankRequest(count, now, seed=seed_of_the_day(now))
    return [TrackId(int(snapshot.item_ids[one.item])) for one in tour.suggest(request)]
