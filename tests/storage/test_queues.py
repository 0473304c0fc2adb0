"""The queue that survives a restart, and past queues."""

from __future__ import annotations

from dataclasses import replace

import pytest

from player.domain import (
    EntryId,
    Ms,
    Origin,
    QueueEntry,
    ReasonKind,
    ReasonText,
    RepeatMode,
    SavedQueue,
    StartReason,
    Suggestion,
    TrackId,
    UtcMs,
)
from player.storage import Database
from player.storage.listening._queues import PAST_QUEUES
from tests.storage.songs import NOW, song, store


def entry(number: int, track_id: int, **more: object) -> QueueEntry:
    facts = {"origin": Origin.USER, "start_reason": StartReason.QUEUED, **more}
    return QueueEntry(EntryId(number), TrackId(track_id), **facts)


@pytest.fixture
def queue(database: Database) -> SavedQueue:
    """A queue with everything in it."""
    keys = store(database, *(song(f"/{at}") for at in range(4)))
    reasons = (ReasonText(ReasonKind.FOLLOWS, "Usually follows “x”", 0.75), ReasonText(ReasonKind.NEW, "New", 0.25))
    suggestion = Suggestion(keys[3], 1.5, reasons, "m1")
    return SavedQueue(
        entries=(
            entry(5, keys[2], pinned=True),
            entry(6, keys[2]),
            entry(7, keys[3], origin=Origin.SUGGESTED, start_reason=StartReason.UP_NEXT, suggestion=suggestion),
        ),
        current=entry(4, keys[1]),
        position_ms=Ms(61_000),
        history=(entry(1, keys[0]), entry(2, keys[1])),
        repeat=RepeatMode.ALL,
        shuffle=True,
        stop_after_current=True,
        saved_at=NOW,
    )


def test_a_queue_comes_back_as_it_was(database: Database, queue: SavedQueue) -> None:
    assert database.queue.load() is None
    database.queue.save(queue)
    assert database.queue.load() == queue


def test_saving_again_replaces(database: Database, queue: SavedQueue) -> None:
    database.queue.save(queue)
    database.queue.save(SavedQueue())
    assert database.queue.load() == SavedQueue()


def test_past_queues_newest_first(database: Database, queue: SavedQueue) -> None:
    database.queue.save(queue)
    for at in range(PAST_QUEUES + 3):
        database.queue.remember(replace(queue, saved_at=UtcMs(at)))
    past = database.queue.past()
    assert [remembered.saved_at for remembered in past] == list(range(PAST_QUEUES + 2, 2, -1))
    assert database.queue.past(1) == [replace(queue, saved_at=UtcMs(PAST_QUEUES + 2))]
    assert database.queue.load() == queue


def test_only_the_end_of_a_long_history_is_kept(database: Database, queue: SavedQueue) -> None:
    history = tuple(entry(at, 1) for at in range(600))
    database.queue.save(replace(queue, history=history))
    assert database.queue.load().history == history[-500:]


def test_a_long_queue(database: Database, queue: SavedQueue) -> None:
    entries = tuple(entry(at, 1 + at % 4) for at in range(5_000))
    database.queue.save(replace(queue, entries=entries))
    assert database.queue.load().entries == entries
