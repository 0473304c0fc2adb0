"""The ranker: every signal of a candidate, weighed for the present context, as one score.

A linear part whose weights the context shifts, plus a small network for what signals say together. The linear
part is what reasons are read from: its contributions add up to most of the score.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from recommender._api import FloatArray
from recommender._artefact import Artefact
from recommender.models._features import FEATURE_GROUPS
from recommender.models._network import CLIP, NetworkSpec
from recommender.models._sessions import session

NEGLIGIBLE = 0.02
"""A contribution of fewer nats is none: with an empty log rounding would be the largest."""

# Plain words: asking an enum for its value is slow where it is done a thousand times for each queue.
_GROUPS = tuple(group.value for group in FEATURE_GROUPS)


class Ranker:
    """Scores of candidates by one artefact's ranker and skip head.

    Raises:
        ArtefactError: The artefact lacks a graph or weights.
    """

    def __init__(self, artefact: Artefact, spec: NetworkSpec) -> None:
        self._ranker = session(artefact.graph("ranker"))
        self._skip = session(artefact.graph("skip"))
        self._weights = {name: artefact.tensor(name) for name in ("theta", "feature_mean", "feature_scale")}
        views = spec.views(np.asarray(self._weights["theta"], np.float32))
        self._linear, self._gate = views["rank_linear"], views["rank_gate"]

    def scores(self, candidates: FloatArray, context: FloatArray) -> FloatArray:
        """Scores in nats, float32[K], of raw candidate features float32[K, F] in a context float32[H]."""
        return self._run(self._ranker, "scores", candidates, context)

    def skip_probability(self, candidates: FloatArray, context: FloatArray) -> FloatArray:
        """P(the listener skips it when it comes next), float32[K]."""
        return self._run(self._skip, "probability", candidates, context)

    def contributions(self, candidates: FloatArray, context: FloatArray, usual: FloatArray) -> list[dict[str, float]]:
        """What each group of features adds to each candidate's score, against a usual candidate.

        Args:
            candidates: Raw features, float32[K, F].
            context: float32[H].
            usual: Raw features of a usual candidate, float32[F].
        """
        weights = self._linear + context @ self._gate
        parts = (self._standardised(candidates) - self._standardised(usual[None])) * weights
        return [_by_group(row) for row in parts]

    def _standardised(self, raw: FloatArray) -> FloatArray:
        scaled = (raw - self._weights["feature_mean"]) * self._weights["feature_scale"]
        return np.asarray(np.clip(scaled, -CLIP, CLIP), np.float32)

    def _run(self, model: Any, output: str, candidates: FloatArray, context: FloatArray) -> FloatArray:
        feeds = self._weights | {"candidates": candidates, "context": context}
        return np.asarray(model.run([output], feeds)[0], np.float32)


def _by_group(parts: FloatArray) -> dict[str, float]:
    sums: dict[str, float] = {}
    for group, value in zip(_GROUPS, parts.tolist(), strict=True):
        sums[group] = sums.get(group, 0.0) + value
    return {group: value if abs(value) >= NEGLIGIBLE else 0.0 for group, value in sums.items()}
