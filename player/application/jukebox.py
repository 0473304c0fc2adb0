"""A player without a window: queue, transport and log, until what it was given has been played."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from player.application._changes import OperationRunner
from player.application._feedback import FeedbackService
from player.application._undo import UndoHistory
from player.audio import Source, open_engine
from player.domain import AudioError, PlayerState, Suggestion, ThumbGiven, TrackId, TrackStarted, Unreadable, UtcMs
from player.library import TrackLookup, open_files
from player.paths import Profile
from player.playback import Controller, PlayQueue
from player.recommending import LoudnessAhead, Recorder, close_crashed_plays, playing, suggest_now
from player.storage import Database
from player.workers import Interrupts, Lane

RADIO_AHEAD = 20
"""Suggestions asked for at once by a radio."""
RADIO_LEAST = 5
"""Suggestions left in the queue at which more are asked for."""

NO_OUTPUT = "No sound output can be opened. segue doctor says more; --output null plays without one."


class Jukebox(QObject):
    """Plays tracks one after the other, logs the plays, and ends by itself.

    Signals:
        started(TrackStarted): A track plays now.

    Attributes:
        controller: The transport.
        track: Looks up a track.
        feedback: Thumbs for what plays.
        history: Undo and redo.
        problems: What went wrong, in sentences.
        interrupted: Whether Ctrl+C ended it.

    Args:
        profile: The profile.
        application: Whose event loop runs while it plays.
        output: Where the sound goes.
        speed: As fast as it sounds, or as fast as it decodes.
        radio: Whether to go on with suggestions.

    Raises:
        ProfileError: the profile's database cannot be used.
    """

    started = Signal(object)

    def __init__(
        self,
        profile: Profile,
        application: QCoreApplication,
        output: Literal["default", "null"],
        speed: Literal["realtime", "max"],
        *,
        radio: bool = False,
    ) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.interrupted = False
        self._profile = profile
        self._application = application
        self._db = Database.open(profile.database)
        self._queue = PlayQueue()
        self.track = TrackLookup(self._db)
        self._settings = self._db.settings.load()
        self.controller = Controller(open_engine(output, speed=speed), self._queue, self.track, self._settings)
        self._lane = Lane("storage")
        runner = OperationRunner(self._lane, self)
        runner.changed.connect(lambda _changes: self.track.forget())
        runner.failed.connect(self.problems.append)
        self.history = UndoHistory(self)
        self.feedback = FeedbackService(
            runner, self.history, self._db, _NoLearner(self), self._queue, self.controller, self
        )
        self._recorder = Recorder(self.controller, self._db, self._lane)
        self._loudness = self._measure_ahead() if output == "default" else None  # nobody hears the other one
        self._radio = Lane("inference") if radio else None
        self._asking = False
        self._heard = False
        self._mute = False

    def find(self, files: Sequence[str]) -> tuple[list[TrackId], list[Unreadable]]:
        """Look up files, folders and playlists; unknown files come into the library. Blocks."""
        return open_files(self._db, files)

    def play(self, tracks: Sequence[TrackId]) -> None:
        """Play to the end, until Ctrl+C, or until the application's event loop is told to quit.

        Raises:
            AudioError: no sound output can be opened.
        """
        self._recorder.problem.connect(self.problems.append)
        self.controller.problem.connect(self.problems.append)
        self.controller.track_started.connect(self._on_started)
        self.controller.state_changed.connect(self._on_state)
        self.controller.idled.connect(self._on_idle)
        interrupts = Interrupts()
        interrupts.interrupted.connect(self._interrupt)
        try:
            with playing(self._profile):
                close_crashed_plays(self._db, self._profile)
                self._queue.play_now(tracks)
                if self.controller.busy:  # at least one is known to be there
                    self._application.exec()
                self.controller.close()
                for part in (self._loudness, self._radio):
                    if part is not None:
                        part.close()
                self._lane.close()
        finally:
            interrupts.close()
        if self._mute:
            raise AudioError(NO_OUTPUT)

    def _interrupt(self) -> None:
        self.interrupted = True
        self._application.quit()

    def close(self) -> None:
        """Close what `play` has not closed."""
        self.controller.close()
        self._lane.close()
        if self._radio is not None:
            self._radio.close()
        self._db.close()

    def _measure_ahead(self) -> LoudnessAhead:
        loudness = LoudnessAhead(
            self._db,
            self._lane,
            self._queue,
            self.controller,
            self.track,
            wanted=lambda: self._settings.gain_mode != "off",
        )
        loudness.measured.connect(self.track.forget)
        loudness.measured.connect(self.controller.gains_changed)
        return loudness

    def _ask_for_more(self) -> None:
        """Fill the queue with suggestions if few are left."""
        if self._radio is None or self._asking or len(self._queue.entries()) >= RADIO_LEAST:
            return
        self._asking = True
        current = self.controller.current_track
        after = [current.id] if current is not None else []
        adventurousness = self._settings.adventurousness
        self._radio.submit(
            lambda: suggest_now(self._db, self._profile, RADIO_AHEAD, after, adventurousness=adventurousness),
            done=self._refill,
            failed=self._on_no_suggestions,
        )

    def _refill(self, suggestions: Sequence[Suggestion]) -> None:
        self._asking = False
        self._queue.refill(suggestions)
        self._go_on_or_end()

    def _on_no_suggestions(self, error: Exception) -> None:
        self._asking = False
        self.problems.append(str(error))
        self._go_on_or_end()

    def _go_on_or_end(self) -> None:
        """After a track shorter than the time that choosing takes, silence has come before the suggestions."""
        if not self.controller.busy:
            self.controller.play() if self._queue.entries() else self._application.quit()

    def _on_idle(self) -> None:
        if not self._asking:
            self._application.quit()

    def _on_started(self, event: TrackStarted) -> None:
        self._heard = True
        self.started.emit(event)
        self._ask_for_more()

    def _on_state(self, state: PlayerState) -> None:
        if state is PlayerState.PAUSED and not self._heard:  # nobody else pauses: there is no output to begin with
            self._mute = True
            self._application.quit()


class _NoLearner(QObject):
    """No recommender runs: what is said about tracks is read from the log by the next one."""

    focus_changed = Signal()
    suggested = Signal(object)
    focus: tuple[TrackId, ...] = ()

    def learn_thumb(self, given: ThumbGiven, *, asks: bool = True) -> None:
        """Nothing learns now."""

    def hold(self) -> None:
        """Nothing is chosen now."""

    def learn_dismissals(self, track_ids: Sequence[TrackId], at: UtcMs) -> None:
        """Nothing learns now."""

    def more_like(self, track_ids: Sequence[TrackId]) -> None:
        """Nothing is chosen now."""

    def reload(self) -> None:
        """Nothing is loaded."""


def try_output(application: QCoreApplication, silence: Path, patience_ms: int) -> str:
    """Play a silent file through the default output; returns why none could be opened, empty if one was."""
    engine = open_engine()
    problems: list[str] = []
    engine.device_failed.connect(problems.append)
    engine.state_changed.connect(lambda state: application.quit() if state is not PlayerState.PLAYING else None)
    engine.play(Source(str(silence)), 1)
    patience = QTimer()
    patience.setSingleShot(True)
    patience.timeout.connect(application.quit)
    patience.start(patience_ms)
    application.exec()
    patience.stop()
    engine.close()
    return problems[0] if problems else ""
