"""How much of the queue is new."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from recommender.ranking import discovery_share
from recommender.ranking._mix import LEAST_TRUST, by_success, discovery_slots, trust
from recommender.ranking._turn import turn


@pytest.mark.parametrize("own", [0.0, 0.26, 0.95])
def test_the_control_runs_from_nothing_new_over_ones_own_share(own: float) -> None:
    shares = [discovery_share(own, way) for way in np.linspace(-1, 1, 21)]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[10] == pytest.approx(own)
    assert shares[-1] >= 0.9
    assert discovery_share(own, 7) == shares[-1]


def test_slots_are_spread_and_begin_with_the_familiar() -> None:
    assert discovery_slots(0.25, 8) == [False, True, False, False, False, True, False, False]
    assert discovery_slots(0.0, 3) == [False] * 3
    assert discovery_slots(1.0, 3) == [True] * 3
    assert discovery_slots(0.3, 0) == []


def test_the_mixture_goes_on_from_what_came_before() -> None:
    assert discovery_slots(0.25, 4, [True, False]) == [False, False, False, True]
    assert discovery_slots(0.8, 4, [True, True]) == [False, True, True, True]


def test_what_was_missed_is_made_up_for_once() -> None:
    assert discovery_slots(0.25, 4, [False] * 10) == [True, False, False, True]


def test_every_beginning_of_the_queue_gets_newer_with_the_share() -> None:
    counts = [np.cumsum(discovery_slots(share, 20)) for share in np.linspace(0, 1, 50)]
    assert all((later >= earlier).all() for earlier, later in itertools.pairwise(counts))


def test_the_pool_that_is_skipped_less_gets_more() -> None:
    assert by_success(0.3, [], []) == pytest.approx(0.3)
    assert by_success(0.3, [True] * 3, []) < 0.2
    assert by_success(0.3, [False] * 3, [True] * 6) > 0.45
    assert by_success(0.0, [], [True] * 9) == 0
    shares = [by_success(share, [True], [True, False]) for share in np.linspace(0, 1, 9)]
    assert shares == sorted(shares)


def test_scores_are_believed_less_while_suggestions_are_skipped() -> None:
    assert trust(turn([]).doubt) == trust(turn([False] * 10).doubt) == trust(turn([True, False, False] * 3).doubt) == 1
    trusts = [trust(turn([False] * 10 + [True] * skips).doubt) for skips in range(6)]
    assert trusts == sorted(trusts, reverse=True)
    assert trusts[1] == 1 > trusts[2]
    assert trusts[4] == trusts[5] == pytest.approx(LEAST_TRUST)


def test_trust_comes_back_within_a_few_plays_however_long_the_row_of_skips() -> None:
    skips = [True] * 40
    assert trust(turn(skips + [False] * 3).doubt) < 1
    assert trust(turn(skips + [False] * 6).doubt) == 1


def test_a_turn_came_where_skips_began_to_prevail() -> None:
    usual = [False, True, False, False, True, False]
    assert turn([*usual, True, True, False]).since == 0
    turned = [*usual, True, True, False, True, True]
    assert turn(turned).since == len(usual)
    assert turn(turned + [False] * 20).since == len(usual)
    assert turn(turned + [False] * 4 + [True] * 3).since == len(turned) + 4
    assert turn([True] * 9).since == 0
