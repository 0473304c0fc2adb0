"""The queue: two layers, what the user does, what happens by itself."""

import pytest

from player.domain import Origin, QueueEntry, RepeatMode, StartReason
from player.playback import PlayQueue
from tests.playback.following import (
    Edits,
    Follower,
    entry_of,
    ids,
    play_through,
    suggestions,
    tracks,
)


def test_playing_an_album_queues_the_rest_of_it(queue: PlayQueue, follower: Follower) -> None:
    queue.play_now(ids(1, 2, 3, 4), start=1, reason=StartReason.ALBUM)
    assert queue.current is not None
    assert queue.current.track_id == 2
    assert tracks(queue) == [3, 4]
    assert {entry.start_reason for entry in queue.entries()} == {StartReason.ALBUM}
    assert follower.rows == list(queue.entries())


def test_picking_asks_the_controller_to_play(queue: PlayQueue) -> None:
    asked: list[tuple[QueueEntry, int]] = []
    queue.play_requested.connect(lambda entry, at: asked.append((entry, at)))
    queue.play_now(ids(5))
    assert [(entry.track_id, at) for entry, at in asked] == [(5, 0)]


def test_what_the_user_queued_stands_before_suggestions(queue: PlayQueue, follower: Follower) -> None:
    queue.refill(suggestions(10, 11))
    queue.add(ids(1, 2))
    queue.play_next(ids(3))
    assert tracks(queue) == [3, 1, 2, 10, 11]
    assert queue.user_count == 3
    assert queue.suggested_count == 2
    assert follower.rows == list(queue.entries())


def test_a_drop_among_suggestions_lands_behind_the_users(queue: PlayQueue) -> None:
    queue.add(ids(1))
    queue.refill(suggestions(10, 11))
    queue.add(ids(2), at=2)
    assert tracks(queue) == [1, 2, 10, 11]


def test_refill_changes_suggestions_only_and_keeps_identities(queue: PlayQueue, follower: Follower) -> None:
    queue.add(ids(1))
    queue.refill(suggestions(10, 11, 12))
    kept = entry_of(queue, 11)
    follower.steps.clear()
    queue.refill(suggestions(11, 12, 13))
    assert tracks(queue) == [1, 11, 12, 13]
    assert entry_of(queue, 11) == kept
    assert follower.steps == ["remove", "insert"]


def test_refill_leaves_out_what_sounds_or_is_queued(queue: PlayQueue) -> None:
    queue.play_now(ids(1))
    queue.add(ids(2))
    queue.refill(suggestions(1, 2, 3, 3))
    assert tracks(queue) == [2, 3]


def test_pinned_suggestions_keep_their_row(queue: PlayQueue, follower: Follower) -> None:
    queue.refill(suggestions(10, 11, 12))
    queue.pin(entry_of(queue, 11), True)
    queue.refill(suggestions(20, 21, 22))
    assert tracks(queue) == [20, 11, 21, 22]
    queue.pin(entry_of(queue, 11), False)
    queue.refill(suggestions(20, 21))
    assert tracks(queue) == [20, 21]
    assert follower.rows == list(queue.entries())


def test_a_moved_suggestion_stays(queue: PlayQueue) -> None:
    queue.refill(suggestions(10, 11, 12))
    queue.move(entry_of(queue, 12), 0)
    queue.refill(suggestions(20, 21))
    assert tracks(queue) == [12, 20, 21]


def test_a_suggestion_moved_among_the_users_becomes_one_of_them(queue: PlayQueue) -> None:
    queue.add(ids(1, 2))
    queue.refill(suggestions(10))
    queue.move(entry_of(queue, 10), 1)
    queue.refill([])
    assert tracks(queue) == [1, 10, 2]
    assert queue.entries()[1].origin is Origin.USER


def test_the_users_entries_stay_before_suggestions_when_moved(queue: PlayQueue, follower: Follower) -> None:
    queue.add(ids(1, 2, 3))
    queue.refill(suggestions(10))
    queue.move(entry_of(queue, 1), 9)
    assert tracks(queue) == [2, 3, 1, 10]
    assert follower.steps[-1] == "move"


def test_several_entries_move_together_and_keep_their_order(queue: PlayQueue, follower: Follower) -> None:
    queue.add(ids(1, 2, 3, 4, 5))
    queue.gather([entry_of(queue, 5), entry_of(queue, 2)], 3)
    assert tracks(queue) == [1, 3, 2, 5, 4]
    queue.gather([entry_of(queue, 1), entry_of(queue, 3)], 5)
    assert tracks(queue) == [2, 5, 4, 1, 3]
    assert follower.rows == list(queue.entries())


def test_of_several_entries_each_goes_as_far_as_its_layer_allows(queue: PlayQueue, follower: Follower) -> None:
    queue.add(ids(1, 2, 3))
    queue.refill(suggestions(10, 11, 12))
    queue.gather([entry_of(queue, 1), entry_of(queue, 10)], 5)
    assert tracks(queue) == [2, 3, 1, 11, 10, 12]
    queue.gather([entry_of(queue, 3), entry_of(queue, 12)], 0)
    assert tracks(queue) == [3, 12, 2, 1, 11, 10]
    assert queue.user_count == 4
    queue.refill(suggestions(20, 21, 22))
    assert tracks(queue) == [3, 12, 2, 1, 20, 10, 21, 22]
    assert follower.rows == list(queue.entries())


def test_clearing_leaves_the_suggestions(queue: PlayQueue) -> None:
    queue.add(ids(1, 2))
    queue.refill(suggestions(10))
    queue.clear()
    assert tracks(queue) == [10]


def test_tracks_leave_the_queue_as_they_sound(queue: PlayQueue) -> None:
    queue.play_now(ids(1, 2))
    queue.refill(suggestions(10))
    assert play_through(queue, 3) == [2, 10]
    assert [entry.track_id for entry in queue.history] == [1, 2]
    assert tracks(queue) == []


def test_picking_a_track_leaves_what_was_queued_by_hand(queue: PlayQueue) -> None:
    queue.play_now(ids(1, 2, 3), reason=StartReason.ALBUM)
    queue.add(ids(8, 9))
    queue.play_now(ids(4, 5), reason=StartReason.ALBUM)
    assert tracks(queue) == [8, 9, 5]


def test_jumping_passes_over_the_album_but_not_over_the_users_own(queue: PlayQueue) -> None:
    queue.play_now(ids(1, 2, 3, 4), reason=StartReason.ALBUM)
    queue.play_next(ids(9))
    queue.jump(entry_of(queue, 3))
    assert queue.current is not None
    assert queue.current.track_id == 3
    assert tracks(queue) == [9, 4]


def test_jumping_to_a_suggestion_leaves_the_rest(queue: PlayQueue) -> None:
    queue.play_now(ids(1))
    queue.add(ids(2))
    queue.refill(suggestions(10, 11))
    queue.jump(entry_of(queue, 11))
    assert tracks(queue) == [2, 10]


def test_going_back_and_on_again_gives_the_same_track(queue: PlayQueue) -> None:
    queue.play_now(ids(1))
    queue.refill(suggestions(10, 11))
    play_through(queue)
    back = queue.go_back()
    assert back is not None
    assert (back.track_id, back.start_reason) == (1, StartReason.PREVIOUS)
    queue.refill(suggestions(20))
    assert play_through(queue) == [10]


def test_there_is_nothing_before_the_first_track(queue: PlayQueue) -> None:
    queue.play_now(ids(1))
    assert queue.go_back() is None


def test_repeat_one_repeats_what_ends_by_itself(queue: PlayQueue) -> None:
    queue.play_now(ids(1, 2))
    queue.set_modes(repeat=RepeatMode.ONE)
    assert play_through(queue, 2) == [1, 1]
    following = queue.peek(automatic=False)
    assert following is not None
    assert following.track_id == 2


def test_repeat_all_plays_the_users_round_again_before_suggestions(queue: PlayQueue) -> None:
    queue.play_now(ids(1, 2, 3), start=1, reason=StartReason.ALBUM)
    queue.refill(suggestions(10))
    queue.set_modes(repeat=RepeatMode.ALL)
    assert play_through(queue, 5) == [3, 1, 2, 3, 1]


def test_ending_repeat_all_takes_its_entries_out_and_takes_them_up_again(queue: PlayQueue) -> None:
    queue.play_now(ids(1, 2))
    queue.set_modes(repeat=RepeatMode.ALL)
    play_through(queue)
    assert tracks(queue) == [1, 2]
    queue.set_modes(repeat=RepeatMode.OFF)
    assert tracks(queue) == []
    queue.set_modes(repeat=RepeatMode.ALL)
    assert sorted(set(tracks(queue))) == [1, 2]


def test_shuffle_plays_every_track_once_a_round(queue: PlayQueue) -> None:
    queue.set_modes(shuffle=True, repeat=RepeatMode.ALL)
    queue.play_now(ids(*range(10)), start=4, reason=StartReason.PLAYLIST)
    first = [4, *play_through(queue, 9)]
    second = play_through(queue, 10)
    assert sorted(first) == sorted(second) == list(range(10))
    assert first[1:] != sorted(first[1:])
    assert first[-1] != second[0]


def test_shuffle_leaves_what_was_queued_by_hand(queue: PlayQueue) -> None:
    queue.play_now(ids(*range(8)), reason=StartReason.ALBUM)
    queue.play_next(ids(50))
    queue.add(ids(51))
    queue.set_modes(shuffle=True)
    assert tracks(queue)[0] == 50
    assert tracks(queue)[-1] == 51
    assert tracks(queue)[1:-1] != list(range(1, 8))


def test_ending_shuffle_brings_the_natural_order_back(queue: PlayQueue, follower: Follower) -> None:
    queue.play_now(ids(*range(8)), reason=StartReason.ALBUM)
    queue.set_modes(shuffle=True)
    play_through(queue, 2)
    queue.set_modes(shuffle=False)
    assert tracks(queue) == sorted(tracks(queue))
    assert follower.rows == list(queue.entries())


def test_stopping_after_the_current_track_stops_once(queue: PlayQueue) -> None:
    queue.play_now(ids(1, 2))
    queue.set_modes(stop_after_current=True)
    assert queue.peek() is None
    play = queue.peek(automatic=False)
    assert play is not None
    queue.advance(play)
    assert not queue.stop_after_current


def test_modes_are_announced_once(queue: PlayQueue) -> None:
    told: list[bool] = []
    queue.modes_changed.connect(lambda: told.append(True))
    queue.set_modes(shuffle=True, repeat=RepeatMode.ONE)
    queue.set_modes(shuffle=True, repeat=RepeatMode.ONE)
    assert told == [True]


def test_a_track_that_cannot_be_played_is_dropped_without_a_trace(queue: PlayQueue, edits: Edits) -> None:
    queue.add(ids(1, 2))
    queue.drop(queue.entries()[0])
    assert tracks(queue) == [2]
    assert len(edits.done) == 1


def test_in_a_very_long_queue_one_row_changes_at_a_time(queue: PlayQueue, follower: Follower) -> None:
    queue.play_now(ids(*range(20_000)), reason=StartReason.PLAYLIST)
    follower.steps.clear()
    play_through(queue, 2)
    queue.remove([queue.entries()[7_000].id])
    queue.move(queue.entries()[9_000].id, 8_000)
    assert follower.steps == ["remove", "remove", "remove", "move"]
    assert follower.rows == list(queue.entries())


@pytest.mark.parametrize("amount", [0, 1, 5])
def test_nothing_to_play_changes_nothing(queue: PlayQueue, amount: int) -> None:
    queue.add(ids(*range(amount)))
    before = queue.entries()
    queue.play_now([])
    queue.add([])
    assert queue.entries() == before
