"""The composition root: builds the parts in order, connects them, closes them in reverse."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from player import importing
from player.application import (
    Changes,
    DailyBackup,
    ExchangeOperations,
    FeedbackService,
    ForgetOperations,
    Kind,
    LibraryOperations,
    ListeningQueries,
    ModelOperations,
    OperationRunner,
    PlaylistOperations,
    QueueOperations,
    SettingsStore,
    TagOperations,
    UndoHistory,
)
from player.application.waveforms import Waveforms
from player.audio import AudioOutput, Program, open_engine
from player.desktop import ArtFiles, Desktop
from player.domain import ProfileError, ScanReport, Settings, TrackStarted
from player.importing import Exchange
from player.library import Library, TrackLookup
from player.paths import Profile, version
from player.playback import Controller, PlayQueue, QueueKeeper, SleepTimer, remembered_positions
from player.recommending import (
    AnalysisReport,
    BackgroundAnalysis,
    Forgetter,
    Forgetting,
    Gate,
    IdleTrainer,
    LoudnessAhead,
    ModelExchange,
    Recorder,
    SuggestionService,
    TrainingReport,
    close_crashed_plays,
    playing,
)
from player.scrobbling import Scrobbling
from player.storage import DamagedError, Database, restore_database
from player.workers import Collector, Interrupts, Lane, child_command, child_environment

logger = logging.getLogger(__name__)

QUIET_START_MS = 15_000
"""Delay of background work after the start."""

LAST_WRITES_S = 30.0
"""At the end so long is waited for the last play and the queue to be written: more than a slow disk needs."""

LAST_ANSWER_S = 15.0
"""How long the scoring at hand is waited for at the end, s: on a busy machine a first one takes seconds."""

MOST_AHEAD = 60
"""Tracks of the queue that are looked up together."""

SCREENLESS = ("offscreen", "minimal")
"""Platforms of Qt on which nobody could answer a box."""


class _Closable(Protocol):
    """A part that holds something: a thread, a file, a device."""

    def close(self) -> None:
        """Let go of it."""


Closable = TypeVar("Closable", bound=_Closable)


class App(QObject):
    """The running player without its window.

    Parts are built in the order of their dependencies and closed in reverse, each exactly once.

    Signals:
        problem(str): A sentence for the user.
        shown(): Somebody wants to see the window.
        quitting(): The player shall end.

    Args:
        profile: Where the user's state is; its folders exist.
        audio: The sound engine; None opens the default one. It is closed by `close`.
        background: Whether to watch folders, train and analyse by itself.
        parent: Qt parent.

    Raises:
        ProfileError: the database cannot be used.
    """

    problem = Signal(str)
    shown = Signal()
    quitting = Signal()

    def __init__(
        self,
        profile: Profile,
        *,
        audio: AudioOutput | None = None,
        background: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.profile = profile
        self._closing = ExitStack()
        try:
            self._build(audio, background=background)
        except BaseException:
            self._closing.close()
            raise

    def _build(self, audio: AudioOutput | None, *, background: bool) -> None:
        self._build_ground()
        self._build_playback(audio)
        self._build_learning()
        self.library = self._closed_later(Library(self.db, self.storage_lane, watch=background, parent=self))
        self._build_operations()
        self._files = self._closed_later(Lane("files", self))
        self._exchange = self._closed_later(Exchange(self.db, self.storage_lane, self))
        model_exchange = self._closed_later(
            ModelExchange(
                self.db,
                self.storage_lane,
                self.profile,
                lambda ids: importing.names_of(self.db, ids),
                lambda: importing.finder(self.db),
                self,
            )
        )
        self.exchange = ExchangeOperations(self.operations, self._exchange, model_exchange, self.library, self)
        self._build_scrobbling()
        self.art = ArtFiles(self.profile.cache / "art", self.library.cover, self._files, self)
        self.desktop = self._closed_later(
            Desktop(
                self.profile.data,
                self.controller,
                self.track,
                self.feedback,
                self.history,
                self.queue_operations,
                cover=self.art.file,
                announces=lambda: self.settings.value.announce_tracks,
                parent=self,
            )
        )
        self._build_background(background=background)
        self._connect()

    def _closed_later(self, part: Closable) -> Closable:
        """Register a part to be closed before everything built so far."""
        self._closing.callback(part.close)
        return part

    def _build_ground(self) -> None:
        """Database, lanes, settings."""
        self.db = self._closed_later(Database.open(self.profile.database))
        self._closing.enter_context(playing(self.profile))
        close_crashed_plays(self.db, self.profile)
        self.storage_lane = Lane("storage", self)
        self._closing.callback(self.storage_lane.close, LAST_WRITES_S)
        self.inference_lane = Lane("inference", self)
        self._closing.callback(partial(self.inference_lane.close, LAST_ANSWER_S, finish=False))
        self.operations = OperationRunner(self.storage_lane, self)
        self.history = UndoHistory(self)
        self.settings = SettingsStore(self.db, self.storage_lane, self.history, self)

    def _build_playback(self, audio: AudioOutput | None) -> None:
        """Queue, sound, transport, log. The transport is closed first: its last play is then logged and saved."""
        settings = self.settings.value
        self.queue = PlayQueue(parent=self)
        self.track = self._closed_later(
            TrackLookup(self.db, lambda: [entry.track_id for entry in self.queue.entries()[:MOST_AHEAD]], self)
        )
        sound = Program(child_command("player.audio.engine"), child_environment())
        self.audio = audio or open_engine(device=settings.output_device, program=sound, parent=self)
        positions = remembered_positions(self.db)
        self.controller = Controller(self.audio, self.queue, self.track, settings, long_tracks=positions, parent=self)
        self.sleep = SleepTimer(self.controller, parent=self)
        self.keeper = self._closed_later(QueueKeeper(self.controller, self.db, self.storage_lane, parent=self))
        self.recorder = self._closed_later(
            Recorder(
                self.controller,
                self.db,
                self.storage_lane,
                private=lambda: self.settings.value.private_session,
                parent=self,
            )
        )
        self._closed_later(self.controller)
        self._closing.callback(self.sleep.cancel)

    def _build_learning(self) -> None:
        self.suggestions = self._closed_later(
            SuggestionService(
                self.db,
                self.storage_lane,
                self.inference_lane,
                self.queue,
                self.controller,
                self.profile,
                self.settings.value,
                parent=self,
            )
        )

    def _build_operations(self) -> None:
        """What the user can do."""
        self.feedback = FeedbackService(
            self.operations, self.history, self.db, self.suggestions, self.queue, self.controller, self
        )
        self.queue_operations = QueueOperations(self.history, self.queue, self.library, self.feedback, self)
        self.playlists = PlaylistOperations(self.operations, self.history, self.db, self)
        self.library_operations = LibraryOperations(
            self.operations, self.history, self.library, self.queue_operations, self
        )
        self.models = ModelOperations(self.operations, self.history, self.db, self)
        self.listening = ListeningQueries(self.operations, self.db, self)
        self.waveforms = self._closed_later(Waveforms(self.profile.cache / "waveforms", self))
        self.tags = TagOperations(self.operations, self.history, self.library, self)

    def _build_scrobbling(self) -> None:
        self.scrobbling = self._closed_later(
            Scrobbling(
                self.db,
                self.storage_lane,
                self.settings.value,
                owner=str(self.profile.data),
                version=version(),
                parent=self,
            )
        )

    def _build_background(self, *, background: bool) -> None:
        """What works by itself while nothing else needs the computer."""
        power = self.desktop.power
        gate = Gate(self.desktop.idle_ms, power.on_mains, saving=power.saving, metered=power.metered)
        self.trainer = self._closed_later(
            IdleTrainer(self.db, self.storage_lane, self.profile, self.settings.value, gate=gate, parent=self)
        )
        self.forgetter = Forgetter(
            self.db,
            self.storage_lane,
            self.profile,
            self.trainer,
            self.recorder,
            self.suggestions,
            self.keeper.forget,
            parent=self,
        )
        self.forgetting = ForgetOperations(self.operations, self.history, self.forgetter, self)
        self.loudness = self._closed_later(
            LoudnessAhead(
                self.db,
                self.storage_lane,
                self.queue,
                self.controller,
                self.track,
                wanted=lambda: background and self.settings.value.gain_mode != "off",
                parent=self,
            )
        )
        self.analysis = self._closed_later(
            BackgroundAnalysis(
                self.db,
                self.storage_lane,
                gate=gate,
                queue=self.queue,
                transport=self.controller,
                parent=self,
            )
        )
        self.backup = self._closed_later(DailyBackup(self.db, parent=self))
        self._background = background
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.analysis.start)
        self._closing.callback(self._later.stop)

    def _connect(self) -> None:
        self.settings.changed.connect(self._on_settings)
        self.controller.volume_changed.connect(lambda volume, muted: self.settings.note(volume=volume, muted=muted))
        self.library.changed.connect(self.suggestions.library_changed)
        self.library.changed.connect(self.analysis.library_changed)
        self.library.scan_finished.connect(self._on_scanned)
        self.library.not_watched.connect(self._on_not_watched)
        self.controller.failed.connect(self.library.look_into)
        self.library_operations.failed.connect(self.problem)
        self.forgetting.forgotten.connect(self._on_forgotten)
        self.controller.track_started.connect(self._tell_what_plays)
        self.loudness.measured.connect(self._on_measured)
        self.recorder.logged.connect(self.scrobbling.look)
        self.recorder.logged.connect(lambda: self.operations.announce(Changes.of(Kind.PLAYS)))
        self.recorder.problem.connect(self.problem)
        self.operations.changed.connect(self._on_changes)
        self.trainer.started.connect(lambda: self.suggestions.set_training(True))
        self.trainer.stopped.connect(lambda: self.suggestions.set_training(False))
        self.trainer.failed.connect(self._on_training_failed)
        self.trainer.finished.connect(self._on_trained)
        self.analysis.analysed.connect(self._on_analysed)
        self.analysis.failed.connect(self.problem)
        self.backup.problem.connect(self.problem)
        self.art.ready.connect(self.desktop.refresh)
        self.audio.priority_wanted.connect(self.desktop.power.prefer)
        self.desktop.open_requested.connect(self.open)
        self.desktop.raise_requested.connect(self.shown)
        self.desktop.quit_requested.connect(self.quitting)

    def start(self) -> None:
        """Bring the last run's queue back, fill Up Next, look after the library. After the window is shown."""
        self.keeper.restore()
        self.suggestions.ask()
        self.scrobbling.start()
        if self._background:
            self.library.scan()
            self.backup.start()
            self._later.start(QUIET_START_MS)

    def open(self, paths: Sequence[str], play: bool = True, at: int | None = None) -> None:
        """Play files and folders, or only queue them, before row `at`; unknown files come into the library."""
        self.library_operations.open(paths, play, at)

    def close(self) -> None:
        """Close every part, the last one first. What plays is logged as quit; the queue is saved."""
        self._closing.close()

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.THUMBS, Kind.TRACKS):
            self.track.forget()
            self.desktop.refresh()
        if changes.touches(Kind.TRACKS):
            self.suggestions.library_changed()
        if changes.touches(Kind.HISTORY, Kind.LEARNED):
            self.suggestions.reload()
            self.library.refresh()

    def _on_settings(self, settings: Settings) -> None:
        self.controller.apply(settings)
        self.suggestions.apply(settings)
        self.trainer.apply(settings)
        self.scrobbling.apply(settings)

    def _on_scanned(self, report: ScanReport) -> None:
        if report.added or report.updated:
            self._exchange.claim()
        if report.added and self._background:
            self._later.start(0)

    def _on_forgotten(self, what: Forgetting) -> None:
        if what is Forgetting.EVERYTHING:
            self.scrobbling.reload()

    def _tell_what_plays(self, event: TrackStarted) -> None:
        if not self.settings.value.private_session:
            self.scrobbling.playing_now(self.track(event.track_id))

    def _on_trained(self, report: TrainingReport) -> None:
        self.suggestions.set_training(False)
        if report.promoted:
            self.suggestions.reload()

    def _on_training_failed(self, text: str) -> None:
        self.suggestions.set_training(False)
        self.problem.emit(text)

    def _on_not_watched(self) -> None:
        self.problem.emit(
            self.tr("Your music has too many folders to watch; changes in them are noticed by the hourly scan.")
        )

    def _on_measured(self) -> None:
        self.track.forget()
        self.controller.gains_changed()

    def _on_analysed(self, report: AnalysisReport) -> None:
        if report.analysed:
            self.suggestions.library_changed()


class FaultReporter:
    """Catches what nobody caught: logged with its traceback, and told to the user in a sentence.

    Args:
        tell: Told the sentence.
    """

    def __init__(self, tell: Any) -> None:
        self._tell = tell
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._report
        threading.excepthook = _report_thread

    def close(self) -> None:
        """Put back what was there before."""
        sys.excepthook, threading.excepthook = self._before

    def _report(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, traceback)
            return
        logger.error("a fault of our own", exc_info=(kind, error, traceback))
        text = QCoreApplication.translate("App", "Something went wrong inside Segue ({0}). The log file says more.")
        self._tell(text.format(kind.__name__))


def _report_thread(fault: threading.ExceptHookArgs) -> None:
    """A thread has died of a fault: logged; what it was for says itself that no answer comes."""
    name = fault.thread.name if fault.thread is not None else "a thread"
    logger.error("%s died of a fault of our own", name, exc_info=fault.exc_value)


def run_window(profile: Profile, paths: Sequence[str], hand_over: Callable[[], None]) -> int:
    """Run the player with its window until that is closed; returns the exit code.

    Args:
        profile: The profile; its folders exist.
        paths: Files and folders to play.
        hand_over: Called instead if a window runs with this profile already.

    Raises:
        ProfileError: the database cannot be used.
    """
    from player.ui.start import make_application, make_look  # noqa: PLC0415 - a player without a window needs none of it
    from player.ui.window_host import WindowHost  # noqa: PLC0415 - likewise

    application = make_application(sys.argv[:1])
    app = _opened(profile)
    try:
        if not app.desktop.acquire():
            hand_over()
            return 0
        host = WindowHost(application, app, make_look(application, app.settings.value, profile.cache))
        app.problem.connect(host.complain)
        faults = FaultReporter(host.complain)
        interrupts = Interrupts()
        interrupts.interrupted.connect(host.close)
        app.quitting.connect(host.close)
        app.shown.connect(host.bring_forward)
        app.desktop.appearance.changed.connect(host.follow_desktop)
        app.desktop.appearance.start()
        host.files_dropped.connect(app.open)
        host.files_queued.connect(lambda files, row: app.open(files, play=False, at=row))
        host.show()
        gc.freeze()
        collector = Collector()
        app.start()
        app.open(paths)
        code = application.exec()
        collector.close()
        faults.close()
        interrupts.close()
        host.dispose()
        return code
    finally:
        app.close()


def _opened(profile: Profile) -> App:
    """Build the player; where the database is damaged and nobody sees a terminal, offer to bring a copy back.

    Raises:
        ProfileError: the database cannot be used.
    """
    from player.ui.startup_problem import wants_copy  # noqa: PLC0415 - likewise

    try:
        return App(profile)
    except ProfileError as error:
        if (sys.stderr is not None and sys.stderr.isatty()) or os.environ.get("QT_QPA_PLATFORM") in SCREENLESS:
            raise
        copy = error.backup if isinstance(error, DamagedError) else None
        if not wants_copy(str(error), restorable=copy is not None) or copy is None:
            raise
        restore_database(profile.database, copy)
        return App(profile)
