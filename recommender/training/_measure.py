"""How well parameters predict held-out samples: ranks estimated from the drawn candidates.

A drawn candidate stands for as many items as its log weight says; the rank of what came is 1 plus the items
that the candidates above it stand for (an unbiased estimate of the rank in the whole library).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, LongArray
from recommender.models import Samples, session
from recommender.training._batches import batches

HITS = 10
RECIPROCAL = 20
SIZE = 256


@dataclass(frozen=True, slots=True)
class Measured:
    """Held-out figures of one model.

    Attributes:
        losses: float32[n], minus the log probability of what came, for each sample that was a play.
        ranks: float32[n], estimated rank of what came.
        skip_auc: Area under the curve of P(skip), None without both outcomes.
    """

    losses: FloatArray
    ranks: FloatArray
    skip_auc: float | None

    def reciprocal(self) -> FloatArray:
        """Return 1 / rank of what came, 0 beyond `RECIPROCAL`; float32[n]."""
        return np.asarray(np.where(self.ranks <= RECIPROCAL, 1 / self.ranks, 0), np.float32)

    def figures(self) -> dict[str, float]:
        """For reports: loss, hr10, mrr20, plays and, where known, skip_auc; empty without plays."""
        if not len(self.ranks):
            return {}
        figures = {
            "loss": float(self.losses.mean()),
            "hr10": float((self.ranks <= HITS).mean()),
            "mrr20": float(self.reciprocal().mean()),
            "plays": float(len(self.ranks)),
        }
        if self.skip_auc is not None:
            figures["skip_auc"] = self.skip_auc
        return {name: round(value, 6) for name, value in figures.items()}


class Meter:
    """Measures parameters with the forward graph.

    Args:
        graph: The serialised measuring graph.
    """

    def __init__(self, graph: bytes) -> None:
        self._session = session(graph)

    def measure(self, theta: FloatArray, samples: Samples, chosen: LongArray) -> Measured:
        """Figures of `theta` on the chosen (standardised) samples."""
        losses, ranks, logits, skipped = [], [], [], []
        for batch in batches(samples, chosen, SIZE, None):
            feeds = {name: batch[name] for name in ("events", "at", "candidates", "log_weight")}
            scores, logit = self._session.run(["scores", "skip_logits"], {"theta": theta, **feeds})
            plays = batch["rank_weight"] > 0
            losses.append(_loss(scores)[plays])
            ranks.append(_rank(scores, batch["log_weight"])[plays])
            known = batch["skip_weight"] > 0
            logits.append(logit[known])
            skipped.append(batch["skip_target"][known] > 0)
        if not losses:
            nothing = np.zeros(0, np.float32)
            return Measured(nothing, nothing, None)
        return Measured(
            np.concatenate(losses), np.concatenate(ranks), auc(np.concatenate(logits), np.concatenate(skipped))
        )


def auc(scores: npt.NDArray[np.floating[Any]], positive: npt.NDArray[np.bool_]) -> float | None:
    """Chance that a positive scores above a negative, ties counting half (Mann & Whitney 1947); None without both."""
    positives = int(np.count_nonzero(positive))
    negatives = len(positive) - positives
    if not positives or not negatives:
        return None
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[inverse]
    return float((ranks[positive].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def _loss(scores: FloatArray) -> FloatArray:
    peak = scores.max(axis=1)
    total = np.log(np.exp(scores - peak[:, None]).sum(axis=1))
    return np.asarray(peak + total - scores[:, 0], np.float32)


def _rank(scores: FloatArray, log_weight: FloatArray) -> npt.NDArray[Any]:
    plain = scores - log_weight
    stands_for = np.exp(log_weight)
    above = np.where(plain > plain[:, :1], stands_for, np.where(plain == plain[:, :1], stands_for / 2, 0))
    return np.asarray(1 + above[:, 1:].sum(axis=1), np.float32)
