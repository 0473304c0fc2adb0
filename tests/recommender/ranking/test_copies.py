"""Copies of one recording, and tracks that cannot be played, in the queue."""

from __future__ import annotations

import numpy as np
import pytest

from recommender import Event, EventKind, Plays, PlaySource, Snapshot
from recommender.ranking import Listener, QueueRanker, RankRequest

SIZE = 30
NOW = 1_000_000_000_000
MINUTE = 60_000


def ranked(
    events: tuple[Event, ...] = (),
    *,
    available: np.ndarray | None = None,
    scores: np.ndarray | None = None,
    **request: object,
) -> list[int]:
    """The queue of a library in which 20 to 29 are copies of 0 to 9."""
    copy_of = np.arange(SIZE)
    copy_of[20:] -= 20
    snapshot = Snapshot.build(np.arange(SIZE), artist=np.arange(SIZE) % 20, copy_of=copy_of, available=available)
    listener = Listener.of(snapshot)
    for event in events:
        listener.observe(event)
    items = np.arange(SIZE, dtype=np.int32)
    wanted = np.zeros(SIZE, np.float32) if scores is None else scores
    found = QueueRanker(snapshot, listener).rank(items, wanted, RankRequest(SIZE, NOW, **request))  # type: ignore[arg-type]
    return [choice.item for choice in found]


def test_a_recording_comes_once() -> None:
    queue = ranked()
    assert len(queue) == 20
    assert {item % 20 for item in queue} == set(range(20))


@pytest.mark.parametrize("heard", [3, 23])
def test_a_copy_of_what_was_refused_in_this_session_stays_out(heard: int) -> None:
    queue = ranked((Event(heard, EventKind.SKIPPED, NOW - 4 * MINUTE, 3 * MINUTE, PlaySource.SUGGESTED),))
    assert not {3, 23} & set(queue)


@pytest.mark.parametrize("request_", [{"queued": (24,)}, {"playing": 4}, {"exclude": (24,)}])
def test_a_copy_of_what_stands_in_the_queue_or_sounds_stays_out(request_: dict[str, object]) -> None:
    assert not {4, 24} & set(ranked(**request_))


@pytest.mark.parametrize("kind", [EventKind.THUMB_DOWN, EventKind.DISMISSED])
def test_a_judgement_of_one_copy_leaves_out_the_other(kind: EventKind) -> None:
    assert not {5, 25} & set(ranked((Event(25, kind, NOW),)))
    assert not {5, 25} & set(ranked((Event(5, kind, NOW),)))


def test_of_two_copies_the_better_one_comes() -> None:
    scores = np.zeros(SIZE, np.float32)
    scores[26] = 9.0
    assert ranked(scores=scores)[0] == 26


def test_plays_of_a_copy_count_for_both() -> None:
    snapshot = Snapshot.build([1, 2], copy_of=[0, 0], plays=Plays.build([1, 1, 0], [0, MINUTE, 2 * MINUTE]))
    assert Listener.of(snapshot).played(np.array([0, 1], np.int32)).tolist() == [3, 3]


def test_what_cannot_be_played_is_never_suggested_but_its_copy_is() -> None:
    available = np.ones(SIZE, np.bool_)
    available[[7, 12]] = False
    queue = ranked(available=available)
    assert not {7, 12} & set(queue)
    assert 27 in queue
