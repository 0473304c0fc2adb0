"""The fewest steps from one order to another."""

import random

from hypothesis import given
from hypothesis import strategies as st

from player.domain import EntryId, Origin, QueueEntry, StartReason, TrackId
from player.playback._list_diff import MOST_MOVES, Insert, Move, Remove, perform, plan


def entries(*numbers: int) -> list[QueueEntry]:
    return [QueueEntry(EntryId(n), TrackId(n), Origin.USER, StartReason.QUEUED) for n in numbers]


@given(
    st.lists(st.integers(0, 30), unique=True),
    st.lists(st.integers(0, 30), unique=True),
)
def test_steps_lead_from_any_order_to_any_other(old: list[int], new: list[int]) -> None:
    rows = entries(*old)
    for step in plan(rows, entries(*new)):
        perform(rows, step)
    assert rows == entries(*new)


def test_one_row_to_the_end_is_one_move() -> None:
    assert plan(entries(1, 2, 3, 4), entries(2, 3, 4, 1)) == [Move(0, 3)]


def test_one_row_to_the_front_is_one_move() -> None:
    assert plan(entries(1, 2, 3, 4), entries(4, 1, 2, 3)) == [Move(3, 0)]


def test_neighbouring_rows_come_and_go_together() -> None:
    assert plan(entries(1, 2, 3, 4), entries(1, 4)) == [Remove(1, 2)]
    assert plan(entries(1, 4), entries(1, 2, 3, 4)) == [Insert(1, tuple(entries(2, 3)))]


def test_what_is_the_same_takes_no_step() -> None:
    assert plan(entries(1, 2), entries(1, 2)) == []


def test_a_thorough_shuffle_is_shown_anew() -> None:
    old = list(range(4 * MOST_MOVES))
    new = random.Random(1).sample(old, len(old))
    assert plan(entries(*old), entries(*new)) == [Remove(0, len(old) - 1), Insert(0, tuple(entries(*new)))]
