"""Likeness: 0 as alike as any two, 1 the same."""

from __future__ import annotations

import numpy as np
import pytest

from recommender._vectors import unit_rows
from recommender.ranking._likeness import Likeness

AXES = np.eye(4, dtype=np.float32)


def test_the_same_is_one_and_strangers_are_nothing() -> None:
    assert Likeness([AXES]).to_row(1).tolist() == pytest.approx([0, 1, 0, 0], abs=1e-5)


def test_what_everything_has_in_common_does_not_count() -> None:
    shifted = unit_rows(AXES + 1)
    likeness = Likeness([shifted]).to_row(1)
    assert likeness[1] == pytest.approx(1, abs=1e-4)
    assert np.delete(likeness, 1) == pytest.approx([0, 0, 0], abs=1e-3)


def test_kinds_are_averaged() -> None:
    other = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], np.float32)
    by_both = Likeness([AXES, other]).to_row(0)
    assert by_both[0] == pytest.approx(1, abs=1e-5)
    assert 0.4 < by_both[1] <= 0.5
    assert by_both[2] == by_both[3] == 0


def test_unknown_rows_are_like_nothing() -> None:
    rows = AXES.copy()
    rows[2] = 0
    likeness = Likeness([rows])
    assert likeness.to_row(2).tolist() == [0, 0, 0, 0]
    assert likeness.to_row(0)[2] == 0


def test_others_by_mean_by_nearest_and_each() -> None:
    likeness = Likeness([AXES])
    others = [AXES[:2]]
    assert likeness.to_mean(others)[:2] == pytest.approx([0.707, 0.707], abs=0.01)
    assert likeness.to_nearest(others).tolist() == pytest.approx([1, 1, 0, 0], abs=1e-5)
    assert likeness.to_each(others).tolist() == [
        pytest.approx([1, 0], abs=1e-5),
        pytest.approx([0, 1], abs=1e-5),
        [0, 0],
        [0, 0],
    ]
