"""Starting and leaving the player."""

from __future__ import annotations

from dataclasses import dataclass, field

from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import Clock, SilentEngine
from player.domain import Origin, Track, TrackQuery
from player.paths import Profile
from player.storage import Database


@dataclass
class House:
    """One profile, and the player that runs in it now.

    Attributes:
        profile: Where all state is.
        db: The database, for looking at it from outside.
        qtbot: Waits.
        engine: The sound engine of the running player; its clock moves by `pass_time` alone.
    """

    profile: Profile
    db: Database
    qtbot: QtBot
    engine: SilentEngine | None = None
    running: App | None = None
    tracks: list[Track] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tracks = sorted(self.db.tracks.get(self.db.tracks.find(TrackQuery())), key=lambda track: track.path)

    def enter(self) -> App:
        """Start the player and wait until Up Next is filled."""
        self.engine = SilentEngine(Clock.MANUAL, rate=8_000)
        app = App(self.profile, audio=self.engine, background=False)
        self.running = app
        with self.qtbot.waitSignal(app.suggestions.suggested, timeout=60_000):
            app.start()
        return app

    def pass_time(self, milliseconds: int) -> None:
        """Let the music go on."""
        assert self.engine is not None
        self.engine.advance(milliseconds)

    def leave(self) -> None:
        """Quit the player, if it runs."""
        if self.running is not None:
            self.running.close()
            self.running = None

    def suggested(self) -> list[int]:
        """Up Next."""
        assert self.running is not None
        return [entry.track_id for entry in self.running.queue.entries() if entry.origin is Origin.SUGGESTED]
