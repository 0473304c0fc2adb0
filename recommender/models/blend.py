"""The ranker: every signal of a candidate, weighed for the present context, as one score.

A linear part whose weights the context shifts, plus a small network for what signals say together. Reasons are read
from what the whole of it says with and without each group of features.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from recommender._api import FloatArray
from recommender._artefact import Artefact
from recommender.models._features import FEATURE_GROUPS
from recommender.models._network import CLIP, NetworkSpec
from recommender.models._sessions import session
from recommender.models.habits import Habits

NEGLIGIBLE = 0.02
"""A contribution of fewer nats is none: with an empty log rounding would be the largest."""

_COLUMNS = {
    group.value: np.flatnonzero([other is group for other in FEATURE_GROUPS]) for group in dict.fromkeys(FEATURE_GROUPS)
}
"""The features of each group."""


class Ranker:
    """Scores of candidates by one artefact's ranker and skip head.

    Raises:
        ArtefactError: The artefact lacks a graph or weights.
    """

    def __init__(self, artefact: Artefact, spec: NetworkSpec) -> None:
        self._ranker = session(artefact.graph("ranker"))
        self._skip = session(artefact.graph("skip"))
        self._weights = {name: artefact.tensor(name) for name in ("theta", "feature_mean", "feature_scale")}
        self._trained = spec.views(np.asarray(self._weights["theta"], np.float32))
        self._weights["theta"] = np.array(self._weights["theta"], np.float32)
        self._used = spec.views(self._weights["theta"])

    def follow(self, habits: Habits) -> None:
        """From now on as corrected for one listener."""
        features, hidden = len(self._trained["skip_linear"]), len(self._trained["skip_context"])
        for name, correction in (
            ("skip_linear", habits.skip[:features]),
            ("skip_context", habits.skip[features : features + hidden]),
            ("skip_bias", habits.skip[features + hidden :]),
        ):
            self._used[name][...] = self._trained[name] + correction

    def standardised(self, candidates: FloatArray) -> FloatArray:
        """Raw features, float32[K, F], as the graphs scale and clip them."""
        scaled = (candidates - self._weights["feature_mean"]) * self._weights["feature_scale"]
        return np.asarray(np.clip(scaled, -CLIP, CLIP), np.float32)

    def scores(self, candidates: FloatArray, context: FloatArray) -> FloatArray:
        """Scores in nats, float32[K], of raw candidate features float32[K, F] in a context float32[H]."""
        return self._run(self._ranker, "scores", candidates, context)

    def skip_probability(self, candidates: FloatArray, context: FloatArray) -> FloatArray:
        """P(the listener skips it when it comes next), float32[K]."""
        return self._run(self._skip, "probability", candidates, context)

    def contributions(self, candidates: FloatArray, context: FloatArray, usual: FloatArray) -> list[dict[str, float]]:
        """What each group of features adds to each candidate's score, against a usual candidate.

        The mean of what a group adds to a usual candidate and what is lost without it, so that what signals say
        together is shared: an estimate of the Shapley value (Shapley 1953; Lundberg & Lee 2017) from its two ends.

        Args:
            candidates: Raw features, float32[K, F].
            context: float32[H].
            usual: Raw features of a usual candidate, float32[F].
        """
        if not len(candidates):
            return []
        tables = [usual[None], candidates]
        for columns in _COLUMNS.values():
            alone, without = np.repeat(usual[None], len(candidates), axis=0), candidates.copy()
            alone[:, columns], without[:, columns] = candidates[:, columns], usual[columns]
            tables += [alone, without]
        scores = self.scores(np.concatenate(tables).astype(np.float32), context)
        base, whole, parts = scores[0], scores[1 : len(candidates) + 1], scores[len(candidates) + 1 :]
        ends = parts.reshape(len(_COLUMNS), 2, len(candidates))
        added = (ends[:, 0] - base + whole - ends[:, 1]) / 2
        added = np.where(np.abs(added) >= NEGLIGIBLE, added, 0)
        return [dict(zip(_COLUMNS, row, strict=True)) for row in added.T.tolist()]

    def _run(self, model: Any, output: str, candidates: FloatArray, context: FloatArray) -> FloatArray:
        feeds = self._weights | {"candidates": candidates, "context": context}
        return np.asarray(model.run([output], feeds)[0], np.float32)
