"""Taking changes back, past queues, and surviving a restart."""

from collections.abc import Callable

import pytest

from player.domain import QueueEntry, RepeatMode, SavedQueue, StartReason
from player.playback import PlayQueue
from tests.playback.following import Edits, Follower, entry_of, ids, play_through, suggestions, tracks


def filled(queue: PlayQueue) -> PlayQueue:
    queue.play_now(ids(1, 2, 3), reason=StartReason.ALBUM)
    queue.add(ids(7))
    queue.refill(suggestions(10, 11))
    return queue


CHANGES = [
    lambda queue: queue.add(ids(5)),
    lambda queue: queue.play_next(ids(5)),
    lambda queue: queue.remove([entry_of(queue, 2)]),
    lambda queue: queue.move(entry_of(queue, 7), 0),
    lambda queue: queue.move(entry_of(queue, 11), 1),
    lambda queue: queue.gather([entry_of(queue, 7), entry_of(queue, 11)], 0),
    lambda queue: queue.clear(),
    lambda queue: queue.play_now(ids(40, 41)),
    lambda queue: queue.jump(entry_of(queue, 3)),
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_can_be_taken_back(
    queue: PlayQueue, edits: Edits, follower: Follower, change: Callable[[PlayQueue], None]
) -> None:
    before = tracks(filled(queue))
    playing = queue.current
    change(queue)
    assert edits.text
    edits.undo()
    assert tracks(queue) == before
    assert queue.current == playing
    assert follower.rows == list(queue.entries())


def test_undo_goes_back_step_by_step(queue: PlayQueue, edits: Edits) -> None:
    for track in range(3):
        queue.add(ids(track))
    edits.undo()
    edits.undo()
    assert tracks(queue) == [0]
    edits.undo()
    edits.undo()
    assert tracks(queue) == []
    assert edits.text == ""


def test_taking_a_pick_back_goes_on_where_the_other_track_was(queue: PlayQueue, edits: Edits) -> None:
    asked: list[tuple[QueueEntry, int]] = []
    queue.play_now(ids(1, 2), reason=StartReason.ALBUM)
    queue.set_position_source(lambda: 61_000)
    queue.play_now(ids(9))
    queue.play_requested.connect(lambda entry, at: asked.append((entry, at)))
    edits.undo()
    assert [(entry.track_id, at) for entry, at in asked] == [(1, 61_000)]
    assert tracks(queue) == [2]


def test_what_was_played_since_is_not_queued_again(queue: PlayQueue, edits: Edits) -> None:
    queue.play_now(ids(1, 2, 3, 4), reason=StartReason.ALBUM)
    queue.remove([entry_of(queue, 3)])
    play_through(queue)
    edits.undo()
    assert tracks(queue) == [3, 4]


def test_a_suggestion_brought_back_stays(queue: PlayQueue, edits: Edits) -> None:
    queue.refill(suggestions(10, 11, 12))
    queue.remove([entry_of(queue, 11)])
    edits.undo()
    queue.refill(suggestions(20, 21))
    assert tracks(queue) == [20, 11, 21]


def test_a_refill_is_nothing_to_take_back(queue: PlayQueue, edits: Edits) -> None:
    queue.refill(suggestions(10))
    assert edits.text == ""


def test_replaced_and_cleared_queues_can_be_brought_back(queue: PlayQueue, edits: Edits) -> None:
    left: list[SavedQueue] = []
    queue.left.connect(left.append)
    queue.play_now(ids(1, 2, 3), reason=StartReason.ALBUM)
    queue.play_now(ids(50, 51), reason=StartReason.ALBUM)
    queue.clear()
    assert list(queue.past_queues()) == left[::-1]
    queue.bring_back(1)
    assert queue.current is not None
    assert queue.current.track_id == 1
    assert tracks(queue) == [2, 3]
    edits.undo()
    assert queue.current.track_id == 50


def test_a_queue_survives_a_restart(queue: PlayQueue) -> None:
    filled(queue).set_modes(repeat=RepeatMode.ALL, shuffle=True)
    queue.set_position_source(lambda: 1_234)
    saved = queue.saved()
    again = PlayQueue(seed=7)
    follower = Follower(again)
    again.restore(saved, queue.past_queues())
    assert again.entries() == queue.entries() == tuple(follower.rows)
    assert again.current == queue.current
    assert (again.repeat, again.shuffle) == (RepeatMode.ALL, True)
    assert saved.position_ms == 1_234
    again.set_modes(shuffle=False)
    assert [track for track in tracks(again) if track < 5] == [2, 3]


def test_entries_after_a_restart_have_identities_of_their_own(queue: PlayQueue) -> None:
    filled(queue)
    again = PlayQueue()
    again.restore(queue.saved())
    again.add(ids(60, 61))
    every = [entry.id for entry in again.entries()]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_taken_back_can_be_made_again(
    queue: PlayQueue, edits: Edits, follower: Follower, change: Callable[[PlayQueue], None]
) -> None:
    filled(queue)
    change(queue)
    after, playing = tracks(queue), queue.current
    edits.undo()
    edits.redo()
    assert tracks(queue) == after
    assert queue.current == playing
    edits.undo()
    edits.redo()
    assert tracks(queue) == after
    assert follower.rows == list(queue.entries())


def test_a_removal_made_again_leaves_the_suggestions_that_came_since(queue: PlayQueue, edits: Edits) -> None:
    queue.refill(suggestions(10, 11, 12))
    queue.remove([entry_of(queue, 11)])
    edits.undo()
    queue.refill(suggestions(20, 21, 22))
    assert tracks(queue) == [20, 11, 21, 22]
    edits.redo()
    assert tracks(queue) == [20, 21, 22]


def test_a_pick_made_again_plays_from_its_beginning(queue: PlayQueue, edits: Edits) -> None:
    asked: list[tuple[int, int]] = []
    queue.play_now(ids(1, 2), reason=StartReason.ALBUM)
    queue.play_now(ids(9))
    edits.undo()
    queue.play_requested.connect(lambda entry, at: asked.append((entry.track_id, at)))
    edits.redo()
    assert asked == [(9, 0)]
