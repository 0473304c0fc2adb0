"""Metrics of a full ranking: where the track that came stood among all tracks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from recommender import training
from recommender._api import FloatArray

_HITS = 10
_RECIPROCAL = 20

Doubles = npt.NDArray[np.float64]


def rank_of(scores: FloatArray, item: int) -> float:
    """Rank of an item, from 1; items with equal scores share their mean rank."""
    own = scores[item]
    return float(np.count_nonzero(scores > own)) + (float(np.count_nonzero(scores == own)) + 1) / 2


def hit_rate(ranks: Doubles) -> float:
    """HR@10: share of ranks up to 10; NaN without any."""
    return float(np.mean(ranks <= _HITS)) if len(ranks) else float("nan")


def ndcg(ranks: Doubles) -> float:
    """NDCG@10 with one relevant item; NaN without any."""
    return float(np.mean(np.where(ranks <= _HITS, 1 / np.log2(ranks + 1), 0))) if len(ranks) else float("nan")


def reciprocal_rank(ranks: Doubles) -> float:
    """MRR@20; NaN without any."""
    return float(np.mean(np.where(ranks <= _RECIPROCAL, 1 / ranks, 0))) if len(ranks) else float("nan")


def auc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Area under the ROC curve (`recommender.training.auc`); NaN with one class only."""
    area = training.auc(np.asarray(scores, np.float64), np.asarray(positive, np.bool_))
    return float("nan") if area is None else area
