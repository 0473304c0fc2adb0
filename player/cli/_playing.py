"""The terminal of `segue play`: what plays, a line with the position, keys."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication

from player.application.jukebox import Jukebox
from player.cli._session import clock_text, say
from player.cli._terminal import HELP, Keys, StatusLine
from player.domain import PlayerState, PlayFinished, TrackStarted
from player.paths import Profile

SEEK_MS = 5_000
VOLUME_STEP = 0.05


class TerminalPlayer:
    """Plays files and shows it on a terminal; ends by itself, or at the first Ctrl+C.

    Attributes:
        problems: What went wrong, in sentences.
        interrupted: Whether Ctrl+C ended it.

    Args:
        profile: The profile.
        output: Where the sound goes.
        speed: As fast as it sounds, or as fast as it decodes.
        quiet: Whether to print nothing about what plays.
        radio: Whether to go on with suggestions.

    Raises:
        ProfileError: the profile's database cannot be used.
    """

    def __init__(
        self,
        profile: Profile,
        output: Literal["default", "null"],
        speed: Literal["realtime", "max"],
        *,
        quiet: bool,
        radio: bool = False,
    ) -> None:
        self.problems: list[str] = []
        self.interrupted = False
        self._quiet = quiet
        self._app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
        self._jukebox = Jukebox(profile, self._app, output, speed, radio=radio)
        self._controller = self._jukebox.controller
        self._status = StatusLine()
        self._played: list[dict[str, Any]] = []

    def play(self, files: Sequence[str]) -> list[dict[str, Any]]:
        """Play files to the end; tells what was played and for how long.

        Raises:
            AudioError: no sound output can be opened.
        """
        try:
            tracks, unreadable = self._jukebox.find(files)
            self.problems = [f"{file.path}: {file.why}" for file in unreadable]
            if tracks:
                self._run(lambda: self._jukebox.play(tracks))
                self.interrupted = self._jukebox.interrupted
                self.problems += self._jukebox.problems
            elif not self.problems:
                self.problems = ["There is no music in there."]
        finally:
            self._jukebox.close()
        return self._played

    def _run(self, play: Callable[[], None]) -> None:
        keys = Keys(self._on_key) if not self._quiet else None
        if keys is not None and keys.active and self._status.shown:
            self._status.show(HELP)
        self._jukebox.started.connect(self._on_started)
        self._controller.play_finished.connect(self._on_finished)
        self._controller.position_changed.connect(lambda _at, _length: self._show_position())
        try:
            play()
        finally:
            if keys is not None:
                keys.close()
            self._status.clear()

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
            "+": lambda: self._jukebox.feedback.thumb_playing(1),
            "-": lambda: self._jukebox.feedback.thumb_playing(-1),
        }
        if key in actions:
            actions[key]()
            self._show_position()

    def _show_position(self) -> None:
        track = self._controller.current_track
        if track is None or self._quiet or not self._status.shown:
            return
        state = "" if self._controller.state is PlayerState.PLAYING else f"  [{self._controller.state}]"
        position, length = clock_text(self._controller.position_ms), clock_text(track.duration_ms)
        volume = f"{self._controller.volume:.0%}" if not self._controller.muted else "muted"
        self._status.show(f"{position} / {length}  {track.artist or '-'} - {track.title}  volume {volume}{state}")

    def _on_started(self, event: TrackStarted) -> None:
        track = self._jukebox.track(event.track_id)
        if track is not None and not self._quiet:
            self._status.clear()
            say(f"{track.artist or '-'} - {track.title} ({clock_text(event.duration_ms)})")

    def _on_finished(self, event: PlayFinished) -> None:
        track = self._jukebox.track(event.start.track_id)
        self._played.append(
            {
                "id": event.start.track_id,
                "path": track.path if track is not None else None,
                "listened_ms": event.listened_ms,
                "reason": event.reason.value,
            }
        )
