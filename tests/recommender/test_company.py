"""What was played around some tracks, counted once more plainly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from recommender._company import REACH, Company

SIZE = 30


def of(items: list[int], sessions: list[int], seeds: list[int]) -> Company:
    return Company.of(np.array(items, np.int32), np.array(sessions, np.int32), np.array(seeds, np.int32), SIZE)


def near(places: int) -> float:
    return math.exp(-places / REACH)


def test_each_play_counts_by_its_distance_in_the_session() -> None:
    found = of([9, 1, 0, 2, 3, 1, 4, 0], [0, 1, 1, 1, 1, 1, 2, 3], [0])
    expected = np.zeros(SIZE)
    expected[[1, 2, 3]] = near(1) + near(3), near(1), near(2)
    np.testing.assert_allclose(found.weight, expected, rtol=1e-5)
    assert found.sessions[[1, 2, 3, 4, 9, 0]].tolist() == [1, 1, 1, 0, 0, 0]


def test_nobody_keeps_company_with_what_was_never_played() -> None:
    for found in (of([], [], [0]), of([1, 2], [0, 0], [0]), of([0, 0], [0, 1], [0])):
        assert not found.weight.any()
        assert not found.excess.any()
        assert found.nearest(1) is None


def test_the_seed_it_was_played_around_most_is_named() -> None:
    found = of([0, 5, 1, 2, 3, 4, 5, 6, 7, 8, 1, 5], [0] * 2 + [1] * 10, [0, 1])
    assert found.nearest(5) == 1
    assert found.nearest(2) == 1
    assert found.nearest(29) is None


@pytest.mark.parametrize("seed", range(4))
def test_plain_counting_agrees(seed: int) -> None:
    random = np.random.default_rng(seed)
    sessions = np.sort(random.integers(0, 25, 300)).tolist()
    items = random.integers(0, SIZE, 300).tolist()
    seeds = random.choice(SIZE, 4, replace=False).tolist()
    weight = np.zeros(SIZE)
    together: list[set[int]] = [set() for _ in range(SIZE)]
    for place, item in enumerate(items):
        distances = [
            abs(place - other)
            for other in range(300)
            if items[other] in seeds and sessions[other] == sessions[place] and item not in seeds
        ]
        if distances:
            weight[item] += near(min(distances))
            together[item].add(sessions[place])
    found = of(items, sessions, seeds)
    np.testing.assert_allclose(found.weight, weight, rtol=1e-5)
    assert found.sessions.tolist() == [len(each) for each in together]


def test_what_is_played_everywhere_is_no_company_of_a_thousand_seeds_but_of_one_what_is_played_with_it_only() -> None:
    random = np.random.default_rng(1)
    rest = [random.permutation(np.arange(2, SIZE)).tolist()[:6] for _ in range(100)]
    items = [item for number, each in enumerate(rest) for item in ([0, 1, *each] if number % 10 == 0 else each)]
    sessions = [number for number, each in enumerate(rest) for _ in range(len(each) + 2 * (number % 10 == 0))]
    one = of(items, sessions, [0])
    assert one.excess.argmax() == 1
    assert one.excess[1] > 2 * np.delete(one.excess, 1).max()
    many = of(items, sessions, list(range(2, SIZE, 2)))
    assert many.weight[3::2].min() > 10 * many.excess.max()
