"""Rows compared by cosine."""

from __future__ import annotations

import numpy as np
import pytest

from recommender._vectors import nearest, top, unit_rows


def test_rows_get_length_one_and_zeros_stay() -> None:
    unit = unit_rows(np.array([[3, 4], [0, 0]], np.float32))
    assert unit.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0]]


def test_top_orders_ties_by_place() -> None:
    scores = np.array([1, 3, 2, 3, 2, 2], np.float32)
    assert top(scores, 4).tolist() == [1, 3, 2, 4]
    assert top(scores, 99).tolist() == [1, 3, 2, 4, 5, 0]
    assert top(scores, 0).tolist() == []
    assert top(scores[:0], 3).tolist() == []


def test_top_is_a_full_sort() -> None:
    scores = np.random.default_rng(0).integers(0, 30, 500).astype(np.float32)
    assert top(scores, 100).tolist() == np.argsort(-scores, kind="stable")[:100].tolist()


def test_nearest_leaves_out_the_start_and_the_unknown() -> None:
    unit = unit_rows(np.array([[1, 0], [1, 0.1], [0, 0], [0, 1]], np.float32))
    items, cosines = nearest(unit, np.array([0], np.int32), 9)
    assert items.tolist() == [1, 3]
    assert cosines[0] > 0.99
    assert len(nearest(unit, np.array([2], np.int32), 9)[0]) == 0
