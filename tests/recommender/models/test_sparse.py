"""Scores of few items out of many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.models import distinct
from recommender.models._sparse import SparseScores

SIZES = (10, 3000)
"""Small enough to be marked one by one, and so large that few items are sorted."""


@given(st.sampled_from(SIZES), st.lists(st.lists(st.integers(0, 9), max_size=30), max_size=4))
def test_distinct_gives_each_item_once_ascending(size: int, parts: list[list[int]]) -> None:
    found = distinct([np.array(part, np.int32) for part in parts], size)
    assert found.dtype == np.int32
    assert found.tolist() == sorted({item for part in parts for item in part})


@pytest.mark.parametrize("size", SIZES)
def test_touched_follows_what_is_added_raised_and_cleared(size: int) -> None:
    scores = SparseScores(size)
    assert scores.touched().tolist() == []
    scores.add(np.array([7, 3, 7], np.int32), np.array([1.0, 2.0, 1.5]))
    assert scores.touched().tolist() == [3, 7]
    assert scores.top(5).tolist() == [7, 3]
    scores.add(np.array([1], np.int32), np.array([9.0]))
    assert scores.touched().tolist() == [1, 3, 7]
    assert scores.top(2).tolist() == [1, 7]
    scores.raise_to(np.array([5], np.int32), np.array([0.5]))
    assert scores.touched().tolist() == [1, 3, 5, 7]
    scores.clear()
    assert scores.touched().tolist() == []
    assert not scores.values.any()
    scores.add(np.array([4], np.int32), np.array([1.0]))
    assert scores.touched().tolist() == [4]


@pytest.mark.parametrize("size", SIZES)
def test_an_item_added_with_nothing_is_not_touched(size: int) -> None:
    scores = SparseScores(size)
    scores.add(np.array([2, 6], np.int32), np.array([0.0, 1.0]))
    assert scores.touched().tolist() == [6]
