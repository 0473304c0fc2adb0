"""Fills Up Next and takes the listener's judgements."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from player.domain import (
    Origin,
    PlayFinished,
    ReasonText,
    Settings,
    StartReason,
    Suggestion,
    ThumbGiven,
    TrackId,
    TrackStarted,
    UtcMs,
    now_ms,
    utc_offset_minutes,
)
from player.paths import Profile
from player.recommending._ask import THUMBS, Ask, Judgement, seed_of_the_day
from player.recommending._asking import Asker
from player.recommending._keeper import Keeper
from player.recommending._ports import Queue, Transport
from player.recommending._queue_evidence import QueueEvidence
from player.recommending._status import LearningStatus, status
from player.storage import Database
from player.workers import Lane

logger = logging.getLogger(__name__)

FEW = 5
"""With fewer suggestions in the queue, a late answer is not waited for."""

QUEUED_MS = 400
"""When the user has queued something, the suggestions follow after so long."""

SETTLE_MS = 3_000
"""Changes of the library are taken up when they have paused for so long."""

FIRST_MS = 300
"""The same while the queue holds few suggestions, ms."""

_CHOSEN = (StartReason.PICKED, StartReason.ALBUM, StartReason.PLAYLIST)


class SuggestionService(QObject):
    """Asks the recommender what comes next, whenever something happened, and refills the queue.

    Scoring runs in the inference lane; nothing here waits. Questions are numbered and only the
    answer to the last one counts. Until the recommender is there, or when it fails, neighbours in
    the library fill the queue, and the question is asked again later.

    What the listener does reaches the recommender at once: plays and skips, thumbs, "not now". In a
    private session plays teach nothing; a thumb is an order and always counts.

    Signals:
        suggested(list[Suggestion]): The queue was refilled with these.
        status_changed(LearningStatus): What is being learned.
        focus_changed(): Up Next is close to other tracks now, or to none in particular; see `focus`.

    Args:
        db: The database.
        storage_lane: Where neighbours are looked up.
        inference_lane: Where the recommender lives.
        queue: What is filled.
        controller: What plays.
        profile: Where trained models are.
        settings: Adventurousness, size of Up Next, private session; later changes by `apply`.
        parent: Qt parent.
    """

    suggested = Signal(object)
    status_changed = Signal(object)
    focus_changed = Signal()

    def __init__(
        self,
        db: Database,
        storage_lane: Lane,
        inference_lane: Lane,
        queue: Queue,
        controller: Transport,
        profile: Profile,
        settings: Settings | None = None,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._inference = inference_lane
        self._queue = queue
        self._controller = controller
        self._settings = settings or Settings()
        self._keeper = Keeper(db, profile)
        self._seed = seed_of_the_day(now_ms())
        self._focus: tuple[TrackId, ...] = ()
        self._in_private: set[TrackStarted] = set()
        self._reasons: dict[TrackId, tuple[ReasonText, ...]] = {}
        self._plays, self._version, self._training = 0, "", False
        self._held = False
        self._held_by: TrackId | None = None
        self._asker = Asker(
            self._keeper, storage_lane, inference_lane, self._question, lambda: queue.suggested_count < FEW, self
        )
        self._asker.answered.connect(self._answered)
        self._asker.stood_in.connect(queue.refill)
        self._asker.learned.connect(self._learned)
        evidence = QueueEvidence(
            inference_lane, self._keeper, queue, controller, lambda: self._settings.private_session, self
        )
        evidence.queued.connect(lambda: self._asker.ask_within(QUEUED_MS))
        self._closed = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self.reload)
        controller.track_started.connect(self._on_started)
        controller.play_finished.connect(self._on_finished)

    # What is

    @property
    def status(self) -> LearningStatus:
        """What is being learned."""
        chosen = self._settings
        told = chosen.listenbrainz or chosen.lastfm
        private = chosen.private_session
        return status(self._plays, self._version, training=self._training, private=private, told=told)

    @property
    def focus(self) -> tuple[TrackId, ...]:
        """The tracks that Up Next is close to, as the listener asked for; empty without such a wish."""
        return self._focus

    def why(self, track_id: TrackId) -> tuple[ReasonText, ...]:
        """Why a track stands in the queue or plays; empty where the listener chose it."""
        entries = (*self._queue.entries(), *filter(None, [self._queue.current]), *reversed(self._queue.history))
        for entry in entries:
            if entry.track_id == track_id and entry.suggestion is not None:
                return entry.suggestion.reasons
        return self._reasons.get(track_id, ())

    def leanings(self, tracks: Sequence[TrackId], done: Callable[[dict[TrackId, float]], None]) -> None:
        """How likely the next choice is by the artist of each of these tracks, 0 to 1; `done` is told in this thread.

        Tracks that the recommender does not know are left out; all are, where there is no recommender.
        """

        def failed(error: Exception) -> None:
            logger.warning("the recommender does not say what it leans to: %s", error)
            done({})

        self._inference.submit(lambda: self._keeper.mind().artist_shares(tracks, now_ms()), done=done, failed=failed)

    def spread(self, count: int, done: Callable[[list[TrackId]], None]) -> None:
        """Ask for tracks far from each other in the library; `done` is told in this thread, of none where it fails."""
        ask = Ask(count, now_ms(), seed=self._seed + 1)

        def failed(error: Exception) -> None:
            logger.warning("no tracks to choose from: %s", error)
            done([])

        self._inference.submit(lambda: [one.track_id for one in self._keeper.neighbours(ask)], done=done, failed=failed)

    # What the listener says

    def learn_thumb(self, given: ThumbGiven, *, asks: bool = True) -> None:
        """Take up a thumb that is in the database, and ask again unless `asks` is False."""
        self._inference.submit(lambda: self._keeper.judged(given.track_id, THUMBS[given.value], given.at))
        if asks:
            self.ask()

    def hold(self) -> None:
        """Leave the suggestions as they are until the current track ends or the listener asks for something else."""
        current = self._queue.current
        self._held, self._held_by = True, current.track_id if current is not None else None
        self._asker.cancel()

    def learn_dismissals(self, track_ids: Sequence[TrackId], at: UtcMs) -> None:
        """Take up that tracks are put off, and ask again; that they are welcome again is learned by `reload`."""
        for track_id in track_ids:
            self._inference.submit(partial(self._keeper.judged, track_id, Judgement.NOT_NOW, at))
        self.ask()

    def more_like(self, track_ids: Sequence[TrackId]) -> None:
        """Fill Up Next with what is close to these tracks, until something else is picked; none ends that."""
        self._turn_to(tuple(track_ids))
        self.ask()

    def refresh(self) -> None:
        """Other suggestions, please."""
        self._seed += 1
        self._turn_to(())
        self.ask()

    def apply(self, settings: Settings) -> None:
        """Take changed settings."""
        before, self._settings = self._settings, settings
        if (before.adventurousness, before.up_next_size) != (settings.adventurousness, settings.up_next_size):
            self.ask()
        if _said(before) != _said(settings):
            self._tell_status()

    def close(self) -> None:
        """Ask no more, whatever still happens."""
        self._closed = True
        self._asker.close()
        self._settled.stop()

    # What happens around

    def library_changed(self) -> None:
        """Tracks came, went or were changed: the recommender takes them up when that has paused."""
        if self._closed:
            return
        if self._queue.suggested_count >= FEW:
            self._settled.start(SETTLE_MS)
        elif not self._settled.isActive():
            self._settled.start(FIRST_MS)  # the first music of a library: a long scan must not be waited for

    def reload(self) -> None:
        """Take up a changed library or model now; what changed is in the database by then."""
        self._forget()

    def begin_anew(self, *, heard: bool) -> None:
        """What was learned is deleted; with `heard`, what was heard lately counts no more either."""
        if heard:
            if self._controller.playing is not None:
                self._in_private.add(self._controller.playing)
            self._turn_to(())
            self._inference.submit(self._keeper.forget_heard)
        self._forget()

    def set_training(self, training: bool) -> None:
        """Whether the model is being trained now, for the status line."""
        if training != self._training:
            self._training = training
            self._tell_status()

    def _turn_to(self, focus: tuple[TrackId, ...]) -> None:
        if focus != self._focus:
            self._focus = focus
            self.focus_changed.emit()

    def _forget(self) -> None:
        self._inference.submit(self._keeper.forget)
        self._ask_by_itself()

    def _on_started(self, event: TrackStarted) -> None:
        if event.reason in _CHOSEN:
            self._turn_to(())
        if self._settings.private_session:
            self._in_private.add(event)
        self._held = self._held and event.track_id == self._held_by
        self._ask_by_itself()

    def _on_finished(self, event: PlayFinished) -> None:
        if event.start in self._in_private:
            self._in_private.remove(event.start)
        else:
            offset = utc_offset_minutes(event.start.started_at)
            self._inference.submit(lambda: self._keeper.heard(event, offset))
        self._held = self._held and event.start.track_id != self._held_by
        self._ask_by_itself()

    # Questions and answers

    def ask(self) -> None:
        """Ask for suggestions, once for all that happens in this turn of the event loop."""
        self._held = False
        self._asker.ask()

    def _ask_by_itself(self) -> None:
        if not self._held:
            self._asker.ask()

    def _question(self) -> Ask:
        playing = self._controller.playing
        current = self._queue.current
        entries = self._queue.entries()
        return Ask(
            self._settings.up_next_size,
            now_ms(),
            playing=playing.track_id if playing is not None else None,
            queued=tuple(entry.track_id for entry in entries if entry.origin is Origin.USER),
            exclude=(current.track_id,) if current is not None else (),
            adventurousness=self._settings.adventurousness,
            seed=self._seed,
            focus=self._focus,
        )

    def _answered(self, suggestions: list[Suggestion]) -> None:
        self._reasons = {one.track_id: one.reasons for one in suggestions}
        self._queue.refill(suggestions)
        self.suggested.emit(suggestions)

    def _learned(self, plays: int, version: str) -> None:
        if (plays, version) != (self._plays, self._version):
            self._plays, self._version = plays, version
            self._tell_status()

    def _tell_status(self) -> None:
        self.status_changed.emit(self.status)


def _said(settings: Settings) -> tuple[bool, ...]:
    """The settings that the status speaks of."""
    return settings.private_session, settings.listenbrainz, settings.lastfm
