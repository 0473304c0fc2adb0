"""Metrics against hand-worked cases."""

import math

import numpy as np
import pytest

from recommender.evaluation._metrics import auc, hit_rate, ndcg, rank_of, reciprocal_rank


def test_ties_share_their_mean_rank():
    scores = np.array([5, 3, 3, 3, 1], np.float32)
    assert rank_of(scores, 0) == 1
    assert rank_of(scores, 2) == 3
    assert rank_of(scores, 4) == 5
    assert rank_of(np.zeros(9, np.float32), 4) == 5


def test_metrics_of_known_ranks():
    ranks = np.array([1, 10, 11, 20, 21], float)
    assert hit_rate(ranks) == pytest.approx(0.4)
    assert ndcg(ranks) == pytest.approx((1 + 1 / math.log2(11)) / 5)
    assert reciprocal_rank(ranks) == pytest.approx((1 + 0.1 + 1 / 11 + 0.05) / 5)


def test_nothing_measured_is_no_number():
    nothing = np.zeros(0)
    assert all(math.isnan(metric(nothing)) for metric in (hit_rate, ndcg, reciprocal_rank))


def test_auc_counts_ties_half():
    assert auc([0.9, 0.8, 0.1], [True, True, False]) == 1
    assert auc([0.5, 0.5], [True, False]) == 0.5
    assert auc([0.1, 0.9, 0.5, 0.5], [True, False, True, False]) == pytest.approx(0.125)
    assert math.isnan(auc([0.1], [True]))
