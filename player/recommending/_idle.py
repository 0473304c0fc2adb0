"""Learning while nobody needs the computer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from player.domain import KnownError, Settings, UtcMs, now_ms
from player.paths import Profile
from player.recommending._gate import Gate, Hindrance
from player.recommending._training import BusyError, StoppedError, Training, TrainingReport
from player.storage import Database
from player.workers import Lane

logger = logging.getLogger(__name__)

LOOK_MS = 60_000
WATCH_MS = 2_000
FIRST_PLAYS = 100
"""With fewer plays there is nothing to learn from."""
NEW_PLAYS = 50
"""So many plays since the last training make the next one worth while."""
PAUSE_MS = 6 * 3_600_000


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether a training runs, and if not, what the next one waits for.

    Attributes:
        training: One runs now.
        off: Training by itself is turned off.
        private: A private session runs, in which nothing is learned.
        plays: So many more plays are wanted first.
        rests_ms: So long it waits, since the last one was lately.
        hindrance: What speaks against it now.
    """

    training: bool = False
    off: bool = False
    private: bool = False
    plays: int = 0
    rests_ms: int = 0
    hindrance: Hindrance | None = None


class IdleTrainer(QObject):
    """Trains the model when there is enough new to learn and the gate is open; stops when it closes.

    The training runs in a child process of low priority, watched from a lane of its own.

    Signals:
        started(): A training has begun.
        progress(str, float): Stage of the training and the share of its time that has passed, 0 to 1.
        finished(TrainingReport): It is over; the report says whether another model is in use now.
        failed(str): It could not be trained; a sentence for the user.
        stopped(): It was stopped before it had finished.
        looked(): Once a minute: what `outlook` tells may be another thing now.

    Args:
        db: The database.
        storage_lane: Where writes run.
        profile: Where models are kept.
        settings: Whether to train at all; later changes by `apply`.
        gate: When the computer may be used.
        clock: The present instant.
        parent: Qt parent.
    """

    started = Signal()
    progress = Signal(str, float)
    finished = Signal(object)
    failed = Signal(str)
    stopped = Signal()
    looked = Signal()

    def __init__(
        self,
        db: Database,
        storage_lane: Lane,
        profile: Profile,
        settings: Settings | None = None,
        *,
        gate: Gate | None = None,
        clock: Callable[[], UtcMs] = now_ms,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._storage = storage_lane
        self._profile = profile
        self._settings = settings or Settings()
        self._gate = gate or Gate()
        self._clock = clock
        self._lane = Lane("training", self)
        self._afterwards: list[Callable[[], None]] = []
        self._training: Training | None = None
        self._asked_for = False
        self._look = QTimer(self)
        self._look.timeout.connect(self.look)
        self._look.start(LOOK_MS)

    @property
    def training(self) -> bool:
        """Whether a training runs."""
        return self._training is not None

    def apply(self, settings: Settings) -> None:
        """Take changed settings; turning idle training off stops one that runs by itself."""
        self._settings = settings
        if not settings.idle_training and not self._asked_for:
            self.stop()

    def train_now(self) -> None:
        """Train now, whatever the gate says; `finished` or `failed` follows."""
        self._asked_for = True
        self._begin()

    def stop(self) -> None:
        """Stop a training that runs; it ends within a second."""
        if self._training is not None:
            self._training.stop()

    def when_idle(self, then: Callable[[], None]) -> None:
        """Stop what runs, and call `then` when it has ended and registers nothing any more."""
        if self._training is None:
            then()
        else:
            self._afterwards.append(then)
            self.stop()

    def look(self) -> None:
        """See whether to begin, or to stop; by itself every minute, during a training every two seconds."""
        if self._training is not None:
            if not self._asked_for and not self._gate.idle():
                self.stop()
        elif self._settings.idle_training and not self._settings.private_session and self._gate.idle():
            self._storage.submit(self._missing, done=self._begin_if)
        self.looked.emit()

    def outlook(self, then: Callable[[Outlook], None]) -> None:
        """Call `then` with whether a training runs, or what the next one waits for."""

        def tell(missing: tuple[int, int]) -> None:
            settings = self._settings
            off, private = not settings.idle_training, settings.private_session
            then(Outlook(self.training, off, private, *missing, hindrance=self._gate.hindrance()))

        self._storage.submit(self._missing, done=tell)

    def close(self) -> None:
        """Stop what runs and wait for its end."""
        self._look.stop()
        self.stop()
        self._lane.close()

    def _missing(self) -> tuple[int, int]:
        """What is missing for a training to be worth while: plays, and milliseconds of rest. In the storage lane."""
        plays = self._db.plays.count()
        at, learned = self._db.models.last_training()
        wanted = max(FIRST_PLAYS - plays, NEW_PLAYS - (plays - learned), 0)
        return wanted, max(PAUSE_MS - (self._clock() - at), 0)

    def _begin_if(self, missing: tuple[int, int]) -> None:
        if not any(missing) and self._gate.idle():
            self._asked_for = False
            self._begin()

    def _begin(self) -> None:
        if self._training is not None:
            return
        training = Training(self._db, self._profile, write=self._storage.call, progress=self._tell)
        self._training = training
        self._look.start(WATCH_MS)
        self.started.emit()
        self._lane.submit(lambda: self._run(training), done=self._done, failed=self._on_failed)

    def _run(self, training: Training) -> TrainingReport:
        """Runs in the training lane."""
        report = training.run()
        at = UtcMs(self._clock())
        self._storage.call(lambda: self._db.models.note_training(at, self._db.plays.count()))
        return report

    def _tell(self, line: dict[str, Any]) -> None:
        """A line of the child, in the training lane; the signal goes to the GUI thread by itself."""
        total = line.get("total") or 0
        self.progress.emit(str(line.get("stage", "")), line.get("done", 0) / total if total else 0.0)

    def _done(self, report: TrainingReport) -> None:
        self._rest()
        self.finished.emit(report)
        self._go_on()

    def _on_failed(self, error: Exception) -> None:
        asked_for = self._asked_for
        self._rest()
        if isinstance(error, StoppedError) or (isinstance(error, BusyError) and not asked_for):
            self.stopped.emit()
        else:
            logger.error("the training failed", exc_info=error)
            known = isinstance(error, KnownError)
            self.failed.emit(str(error) if known else self.tr("The training failed; the log file says why."))
        self._go_on()

    def _go_on(self) -> None:
        """Call what has waited for the end of the training."""
        waiting, self._afterwards = self._afterwards, []
        for then in waiting:
            then()

    def _rest(self) -> None:
        self._training = None
        self._asked_for = False
        self._look.start(LOOK_MS)
