"""A player without a window: queue, transport, log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication

from player.audio import open_engine
from player.cli._session import clock_text, say
from player.cli._terminal import HELP, Keys, StatusLine
from player.domain import AudioError, PlayerState, PlayFinished, Suggestion, ThumbGiven, TrackId, TrackStarted, now_ms
from player.library import TrackLookup
from player.paths import Profile
from player.playback import Controller, PlayQueue
from player.recommending import LoudnessAhead, Recorder, close_crashed_plays, playing, suggest_now
from player.storage import Database
from player.workers import Interrupts, Lane

SEEK_MS = 5_000
VOLUME_STEP = 0.05
RADIO_AHEAD = 20
"""Suggestions asked for at once by `--radio`."""
RADIO_LEAST = 5
"""Suggestions left in the queue at which more are asked for."""

NO_OUTPUT = "No sound output can be opened. segue doctor says more; --output null plays without one."


class Jukebox:
    """Plays tracks one after the other and ends by itself, or at the first Ctrl+C.

    On a terminal it shows a line with the position and obeys keys.

    Attributes:
        problems: What went wrong, in sentences.
        interrupted: Whether Ctrl+C ended it.

    Args:
        database: The profile's database.
        profile: The profile.
        output: Where the sound goes.
        speed: As fast as it sounds, or as fast as it decodes.
        quiet: Whether to print nothing about what plays.
        radio: Whether to go on with suggestions.
    """

    def __init__(
        self,
        database: Database,
        profile: Profile,
        output: Literal["default", "null"],
        speed: Literal["realtime", "max"],
        *,
        quiet: bool,
        radio: bool = False,
    ) -> None:
        self.problems: list[str] = []
        self.interrupted = False
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
        self._radio = Lane("inference") if radio else None
        self._asking = False
        self._status = StatusLine()
        self._played: list[dict[str, Any]] = []
        self._heard = False
        self._mute = False

    def play(self, tracks: Sequence[TrackId]) -> list[dict[str, Any]]:
        """Play to the end; tells what was played and for how long.

        Raises:
            AudioError: no sound output can be opened.
        """
        interrupts = Interrupts()
        interrupts.interrupted.connect(self._interrupt)
        keys = Keys(self._on_key) if not self._quiet else None
        if keys is not None and keys.active and self._status.shown:
            self._status.show(HELP)
        self._recorder.problem.connect(self._on_problem)
        self._controller.problem.connect(self._on_problem)
        self._controller.track_started.connect(self._on_started)
        self._controller.play_finished.connect(self._on_finished)
        self._controller.state_changed.connect(self._on_state)
        self._controller.idled.connect(self._on_idle)
        self._controller.position_changed.connect(lambda _at, _length: self._show_position())
        try:
            with playing(self._profile):
                close_crashed_plays(self._database, self._profile)
                self._queue.play_now(tracks)
                if self._controller.busy:  # at least one is known to be there
                    self._app.exec()
                self._controller.close()
                if self._loudness is not None:
                    self._loudness.close()
                if self._radio is not None:
                    self._radio.close()
                self._lane.close()
        finally:
            if keys is not None:
                keys.close()
            self._status.clear()
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

    def _interrupt(self) -> None:
        self.interrupted = True
        self._app.quit()

    def _on_key(self, key: str) -> None:
        controller = self._controller
        actions: dict[str, Callable[[], object]] = {
            " ": controller.play_pause,
            "q": self._app.quit,
            "left": lambda: controller.seek(max(controller.position_ms - SEEK_MS, 0)),
            "right": lambda: controller.seek(controller.position_ms + SEEK_MS),
            ">": controller.next,
            "n": controller.next,
            "<": controller.previous,
            "p": controller.previous,
            "9": lambda: controller.set_volume(controller.volume - VOLUME_STEP),
            "0": lambda: controller.set_volume(controller.volume + VOLUME_STEP),
            "m": lambda: controller.set_muted(not controller.muted),
            "+": lambda: self._give_thumb(1),
            "-": lambda: self._give_thumb(-1),
        }
        if key in actions:
            actions[key]()
            self._show_position()

    def _give_thumb(self, value: int) -> None:
        """Thumb what plays; a thumb down skips it."""
        track = self._controller.current_track
        if track is None:
            return
        given = ThumbGiven(track.id, value, now_ms(), track.id)
        self._lane.submit(lambda: self._database.thumbs.give(given))
        self._track.forget()
        if value < 0:
            self._controller.next()

    def _show_position(self) -> None:
        track = self._controller.current_track
        if track is None or self._quiet or not self._status.shown:
            return
        state = "" if self._controller.state is PlayerState.PLAYING else f"  [{self._controller.state}]"
        position, length = clock_text(self._controller.position_ms), clock_text(track.duration_ms)
        volume = f"{self._controller.volume:.0%}" if not self._controller.muted else "muted"
        self._status.show(f"{position} / {length}  {track.artist or '-'} - {track.title}  volume {volume}{state}")

    def _ask_for_more(self) -> None:
        """Fill the queue with suggestions, where few are left."""
        if self._radio is None or self._asking or len(self._queue.entries()) >= RADIO_LEAST:
            return
        self._asking = True
        current = self._controller.current_track
        after = [current.id] if current is not None else []
        self._radio.submit(
            lambda: suggest_now(
                self._database,
                self._profile,
                RADIO_AHEAD,
                after,
                adventurousness=self._settings.adventurousness,
            ),
            done=self._refill,
            failed=self._on_no_suggestions,
        )

    def _refill(self, suggestions: Sequence[Suggestion]) -> None:
        self._asking = False
        self._queue.refill(suggestions)
        self._go_on_or_end()

    def _on_no_suggestions(self, error: Exception) -> None:
        self._asking = False
        self._on_problem(str(error))
        self._go_on_or_end()

    def _go_on_or_end(self) -> None:
        """After a track shorter than the time that choosing takes, silence has come before the suggestions."""
        if not self._controller.busy:
            self._controller.play() if self._queue.entries() else self._app.quit()

    def _on_idle(self) -> None:
        if not self._asking:
            self._app.quit()

    def _on_problem(self, text: str) -> None:
        self.problems.append(text)

    def _on_started(self, event: TrackStarted) -> None:
        self._heard = True
        track = self._track(event.track_id)
        if track is not None and not self._quiet:
            self._status.clear()
            say(f"{track.artist or '-'} - {track.title} ({clock_text(event.duration_ms)})")
        self._ask_for_more()

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
