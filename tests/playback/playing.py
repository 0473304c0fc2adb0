"""A whole player without a library: real files, the silent engine under a manual clock, everything it reports."""

import wave
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from player.audio import Clock, SilentEngine
from player.domain import AlbumId, Ms, PlayFinished, Settings, StartReason, Track, TrackId, TrackStarted, UtcMs
from player.playback import Controller, LongTracks, PlayQueue
from tests.playback.following import Edits

RATE = 8_000


def tone(path: Path, milliseconds: int) -> Path:
    """A mono WAV file with a quiet tone."""
    time = np.arange(RATE * milliseconds // 1000) / RATE
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((4_000 * np.sin(2 * np.pi * 440 * time)).astype("<i2").tobytes())
    return path


class Player:
    """Queue, controller and engine, and what they said.

    Attributes:
        library: Tracks by id; tests change it.
        edits: The user's changes of the queue.
        settings: The settings in force.
        started: Events in order.
        finished: Events in order.
        problems: Sentences for the user.
    """

    def __init__(
        self, folder: Path, *, settings: Settings | None = None, long_tracks: LongTracks | None = None
    ) -> None:
        self.folder = folder
        self.library: dict[TrackId, Track] = {}
        self.engine = SilentEngine(Clock.MANUAL, rate=RATE)
        self.queue = PlayQueue(seed=1)
        self.edits = Edits(self.queue)
        self.settings = settings or Settings()
        clock: Callable[[], UtcMs] = map(UtcMs, count(1_000)).__next__
        self.controller = Controller(
            self.engine, self.queue, self.library.get, self.settings, long_tracks=long_tracks, clock=clock
        )
        self.started: list[TrackStarted] = []
        self.finished: list[PlayFinished] = []
        self.problems: list[str] = []
        self.controller.track_started.connect(self.started.append)
        self.controller.play_finished.connect(self.finished.append)
        self.controller.problem.connect(self.problems.append)

    def track(self, milliseconds: int = 1_000, **values: Any) -> TrackId:
        """A new track with a file of its own."""
        number = len(self.library) + 1
        path = tone(self.folder / f"{number}.wav", milliseconds)
        track = Track(TrackId(number), str(path), f"Track {number}", duration_ms=Ms(milliseconds))
        self.library[track.id] = replace(track, **values)
        return track.id

    def tracks(self, amount: int, milliseconds: int = 1_000) -> list[TrackId]:
        """Some tracks."""
        return [self.track(milliseconds) for _ in range(amount)]

    def album(self, amount: int, milliseconds: int = 1_000) -> list[TrackId]:
        """Tracks of one album in order."""
        return [self.track(milliseconds, album_id=AlbumId(1), track_no=number + 1) for number in range(amount)]

    def broken(self) -> TrackId:
        """A track whose file holds no sound."""
        track_id = self.track()
        Path(self.library[track_id].path).write_bytes(b"no sound at all")
        return track_id

    def set(self, **values: Any) -> None:
        """Change settings."""
        self.settings = replace(self.settings, **values)
        self.controller.apply(self.settings)

    def play(self, *track_ids: TrackId, reason: StartReason = StartReason.PICKED) -> None:
        """Pick tracks and let them begin."""
        self.queue.play_now(track_ids, reason=reason)
        self.pass_time(20)

    def pass_time(self, milliseconds: int) -> None:
        """Let the clock go on."""
        self.engine.advance(milliseconds)

    @property
    def heard(self) -> list[int]:
        """The tracks that began, in order."""
        return [int(event.track_id) for event in self.started]

    @property
    def endings(self) -> list[tuple[int, str]]:
        """The tracks that ended, and why."""
        return [(int(event.start.track_id), event.reason.value) for event in self.finished]
