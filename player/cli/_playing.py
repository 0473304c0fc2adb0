"""A player without a window: queue, transport, log."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication

from player.audio import PlayerState, open_engine
from player.cli._session import clock_text, say
from player.domain import AudioError, PlayFinished, TrackId, TrackStarted
from player.library import TrackLookup
from player.paths import Profile
from player.playback import Controller, PlayQueue
from player.recommending import LoudnessAhead, Recorder, close_crashed_plays, playing
from player.storage import Database
from player.workers import Interrupts, Lane

NO_OUTPUT = "No sound output can be opened. segue doctor says more; --output null plays without one."


class Jukebox:
    """Plays tracks one after the other and ends by itself, or at the first Ctrl+C.

    Attributes:
        problems: What went wrong, in sentences.
    """

    def __init__(
        self,
        database: Database,
        profile: Profile,
        output: Literal["default", "null"],
        speed: Literal["realtime", "max"],
        *,
        quiet: bool,
    ) -> None:
        self.problems: list[str] = []
        self._database = database
        self._profile = profile
        self._quiet = quiet
        self._app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
        self._audio = open_engine(output, speed=speed)
        self._queue = PlayQueue()
        self._track = TrackLookup(database)
        self._settings = database.settings.load()
        self._controller = Controller(self._audio, self._queue, self._track, self._settings)
        self._lane = Lane("storage")
        self._recorder = Recorder(self._controller, database, self._lane)
        self._loudness = self._listen_ahead() if output == "default" else None  # nobody hears the other one
        self._played: list[dict[str, Any]] = []
        self._heard = False
        self._mute = False

    def play(self, tracks: Sequence[TrackId]) -> list[dict[str, Any]]:
        """Play to the end; tells what was played and for how long.

        Raises:
            AudioError: no sound output can be opened.
        """
        interrupts = Interrupts()
        interrupts.interrupted.connect(self._app.quit)
        self._recorder.problem.connect(self._on_problem)
        self._controller.problem.connect(self._on_problem)
        self._controller.track_started.connect(self._on_started)
        self._controller.play_finished.connect(self._on_finished)
        self._controller.state_changed.connect(self._on_state)
        self._controller.idled.connect(self._app.quit)
        try:
            with playing(self._profile):
                close_crashed_plays(self._database, self._profile)
                self._queue.play_now(tracks)
                if self._controller.busy:  # at least one is known to be there
                    self._app.exec()
                self._controller.close()
                if self._loudness is not None:
                    self._loudness.close()
                self._lane.close()
        finally:
            interrupts.close()
        if self._mute:
            raise AudioError(NO_OUTPUT)
        return self._played

    def _listen_ahead(self) -> LoudnessAhead:
        loudness = LoudnessAhead(
            self._database,
            self._lane,
            self._queue,
            self._controller,
            self._track,
            wanted=lambda: self._settings.gain_mode != "off",
        )
        loudness.measured.connect(self._track.forget)
        loudness.measured.connect(self._controller.gains_changed)
        return loudness

    def _on_problem(self, text: str) -> None:
        self.problems.append(text)

    def _on_started(self, event: TrackStarted) -> None:
        self._heard = True
        track = self._track(event.track_id)
        if track is not None and not self._quiet:
            say(f"{track.artist or '-'} - {track.title} ({clock_text(event.duration_ms)})")

    def _on_finished(self, event: PlayFinished) -> None:
        track = self._track(event.start.track_id)
        self._played.append(
            {
                "id": event.start.track_id,
                "path": track.path if track is not None else None,
                "listened_ms": event.listened_ms,
                "reason": event.reason.value,
            }
        )

    def _on_state(self, state: PlayerState) -> None:
        if state is PlayerState.PAUSED and not self._heard:  # nobody else pauses: there is no output to begin with
            self._mute = True
            self._app.quit()
