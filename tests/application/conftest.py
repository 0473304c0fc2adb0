"""Operations on a real database, a real queue and a real recommender, with silent sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.application import Changes, FeedbackService, OperationRunner, QueueOperations, UndoHistory
from player.domain import Settings, Track
from player.library import Library
from player.paths import Profile
from player.playback import PlayQueue
from player.recommending import SuggestionService
from player.storage import Database
from player.workers import Lane
from tests.recommending.listening import Listener
from tests.recommending.world import World


@dataclass
class Setting:
    """A listener with everything they can do.

    Attributes:
        world: The library and its past.
        listener: Queue, transport and sound.
        storage: The storage lane.
        runner: Runs the writes.
        history: Undo and redo.
        feedback: Thumbs and the like.
        queue: What is done to the queue.
        suggestions: The recommender.
        changes: What was announced.
        problems: What could not be done.
        qtbot: Waits.
    """

    world: World
    listener: Listener
    storage: Lane
    runner: OperationRunner
    history: UndoHistory
    feedback: FeedbackService
    queue: QueueOperations
    suggestions: SuggestionService
    changes: list[Changes]
    problems: list[str]
    qtbot: QtBot

    @property
    def db(self) -> Database:
        """The database."""
        return self.world.db

    @property
    def entries(self) -> PlayQueue:
        """The queue itself."""
        return self.listener.queue

    def wait_for(self, number: int) -> Changes:
        """Wait until so many changes were announced; the last of them."""
        self.qtbot.waitUntil(lambda: len(self.changes) >= number, timeout=30_000)
        assert len(self.changes) == number
        return self.changes[-1]

    def play(self, *tracks: Track) -> None:
        """Pick tracks and wait until Up Next is filled."""
        with self.qtbot.waitSignal(self.suggestions.suggested, timeout=30_000):
            self.entries.play_now([track.id for track in tracks])
            self.listener.pass_time(100)

    @property
    def playing(self) -> int | None:
        """The track that plays."""
        started = self.listener.controller.playing
        return started.track_id if started is not None else None


@pytest.fixture
def setting(database: Database, tmp_path: Path, profile: Profile, qtbot: QtBot) -> Iterator[Setting]:
    """A small library that was listened to for two days."""
    world = World(database)
    world.live(days=2)
    listener = Listener(world.db, tmp_path)
    storage, inference = Lane("test storage"), Lane("test inference")
    library = Library(world.db, storage, watch=False)
    suggestions = SuggestionService(
        world.db, storage, inference, listener.queue, listener.controller, profile, Settings(up_next_size=10)
    )
    runner, history = OperationRunner(storage), UndoHistory()
    feedback = FeedbackService(runner, history, world.db, suggestions, listener.queue, listener.controller)
    queue = QueueOperations(history, listener.queue, library, feedback)
    changes: list[Changes] = []
    problems: list[str] = []
    runner.changed.connect(changes.append)
    runner.failed.connect(problems.append)
    yield Setting(world, listener, storage, runner, history, feedback, queue, suggestions, changes, problems, qtbot)
    listener.controller.close()
    for part in (suggestions, library, inference, storage):
        part.close()
