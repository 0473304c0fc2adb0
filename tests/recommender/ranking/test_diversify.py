"""Picking one after the other."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.ranking._diversify import Candidates, Picker
from recommender.ranking._likeness import Likeness

ALL = np.ones(4, np.bool_)


def candidates(scores: list[float], artist: list[int], album: list[int] | None = None) -> Candidates:
    size = len(scores)
    return Candidates(
        items=np.arange(size, dtype=np.int32),
        scores=np.array(scores, np.float32),
        new=np.zeros(size, np.bool_),
        artist=np.array(artist, np.int32),
        album=np.array(album or [-1] * size, np.int32),
        recording=np.arange(size, dtype=np.int32),
        likeness=Likeness([]),
    )


def order(picker: Picker, count: int = 4) -> list[int]:
    picked = (picker.pick(ALL) for _ in range(count))
    return [found[0] for found in picked if found is not None]


def test_without_anything_in_common_scores_decide() -> None:
    assert order(Picker(candidates([1, 3, 2, 0], [0, 1, 2, 3]), [], [], 5.0)) == [1, 2, 0, 3]


def test_an_artist_waits_unless_it_is_far_better() -> None:
    assert order(Picker(candidates([3, 2.9, 2, 0], [0, 0, 1, 2]), [], [], 5.0)) == [0, 2, 3, 1]
    assert order(Picker(candidates([30, 29, 2, 0], [0, 0, 1, 2]), [], [], 5.0))[:2] == [0, 1]


def test_what_came_before_counts() -> None:
    assert order(Picker(candidates([3, 2, 1, 0], [7, 1, 2, 3]), [7], [-1], 5.0)) == [1, 2, 0, 3]
    assert order(Picker(candidates([3, 2, 1, 0], [7, 1, 2, 3]), [7], [-1], 0.0))[0] == 0


def test_albums_are_spaced_too() -> None:
    assert order(Picker(candidates([3, 2.9, 2.5, 0], [0, 1, 2, 3], [5, 5, 6, 7]), [], [], 5.0))[:2] == [0, 2]


def test_tracks_without_an_artist_are_not_alike() -> None:
    assert order(Picker(candidates([3, 2.9, 2.5, 0], [-1, -1, 2, 3]), [-1], [-1], 5.0))[:2] == [0, 1]


def test_variety_is_told_where_a_clearly_better_score_was_passed_over() -> None:
    picker = Picker(candidates([9, 8, 4, 0], [0, 0, 1, 2]), [], [], 9.0)
    assert [picker.pick(ALL) for _ in range(2)] == [(0, False), (2, True)]


def test_only_what_is_among_the_asked_is_picked() -> None:
    picker = Picker(candidates([3, 2, 1, 0], [0, 1, 2, 3]), [], [], 5.0)
    assert picker.pick(np.array([False, False, True, False])) == (2, pytest.approx(False))
    assert picker.pick(np.array([False, False, True, False])) is None


def test_a_pool_is_left_for_what_is_clearly_better_where_that_is_allowed() -> None:
    pool = np.array([False, True, True])

    def pick(scores: list[float], *, strictly: bool) -> int:
        blank = Likeness([])
        own = np.arange(3, dtype=np.int32)
        candidates = Candidates(own, np.array(scores, np.float32), pool, own, own, own, blank)
        found = Picker(candidates, [], [], 0.0).pick(pool, strictly=strictly)
        assert found is not None
        return found[0]

    assert pick([9.0, 1.0, 2.0], strictly=True) == 2
    assert pick([9.0, 1.0, 2.0], strictly=False) == 0
    assert pick([3.0, 1.0, 2.0], strictly=False) == 2
