"""Someone who listens: a player over the silent engine whose tracks are in a real database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from player.audio import Clock, SilentEngine
from player.domain import Ms, Settings, Track, TrackId
from player.playback import Controller, PlayQueue
from player.storage import Database
from tests.playback.playing import RATE, tone


class Listener:
    """Queue, transport and engine. All tracks sound alike for two seconds.

    Args:
        db: Where the tracks are.
        folder: Where the sound is.
    """

    def __init__(self, db: Database, folder: Path) -> None:
        self._db = db
        self._sound = str(tone(folder / "sound.wav", 2_000))
        self.engine = SilentEngine(Clock.MANUAL, rate=RATE)
        self.queue = PlayQueue(seed=1)
        self.controller = Controller(self.engine, self.queue, self.track, Settings())

    def track(self, track_id: TrackId) -> Track | None:
        """A track of the database, with the sound."""
        track = next(iter(self._db.tracks.get([track_id])), None)
        return replace(track, path=self._sound, duration_ms=Ms(2_000)) if track is not None else None

    def pass_time(self, milliseconds: int) -> None:
        """Let the clock go on."""
        self.engine.advance(milliseconds)
