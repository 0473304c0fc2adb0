"""What one listener's last choices say beyond the weights: the linear parts of both heads move with every event.

People differ in which signal tells most about them. Fine-tuning finds that out at night; this finds it out on the
way, for nearly nothing, from the first choice on. Everything else of the network stays as it was trained.

- Which track: stochastic gradient steps on the log probability of what came (multinomial logit, McFadden 1973), among
  tracks heard before if it had been heard before, among the others if not. So the balance between the two, which the
  weights know from many people, stays untouched.
- Whether it is skipped: Bayesian logistic regression, updated event by event with a Gaussian posterior (Spiegelhalter
  & Lauritzen 1990), around what the weights say.

Features that the base logs cannot show (albums, sound, thumbs) are left alone: their weights are promises.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray
from recommender.models._features import COLUMN, FEATURE_NAMES, UNTRAINED

_STEP = np.float32(1e-3)
"""Nats per unit of gradient: 20 % of the gain is there after a hundred choices, most after a thousand."""
_FADE = np.float32(2e-4)
"""Part of a choice's weight lost with each later one: tastes drift, and nothing grows without bound."""
_PRECISION = 30.0
"""Of the prior of each skip weight."""

_LEARNED = np.array([name not in UNTRAINED for name in FEATURE_NAMES])
_NEVER = COLUMN["never"]

DoubleArray = npt.NDArray[np.float64]


class Habits:
    """Corrections of the weights for one listener; one thread.

    Attributes:
        choice: float32[F], added to the ranker's linear part, per standardised feature.
        skip: float64[F + H + 1], added to the skip head's linear part: features, context, bias.
    """

    def __init__(self, features: int, hidden: int) -> None:
        self.choice: FloatArray = np.zeros(features, np.float32)
        self.skip: DoubleArray = np.zeros(features + hidden + 1)
        self._covariance: DoubleArray = np.eye(len(self.skip)) / _PRECISION

    def chose(self, features: FloatArray, scores: FloatArray) -> None:
        """Learn from a choice.

        Args:
            features: float32[K, F], standardised; row 0 is what was chosen.
            scores: float32[K], nats, with these corrections and with the log of how many items each row stands for.
        """
        alike = np.flatnonzero(features[:, _NEVER] == features[0, _NEVER])
        if len(alike) < 2:
            return
        chance = np.exp(scores[alike] - scores[alike].max())
        expected = (chance / chance.sum()) @ features[alike]
        self.choice += _STEP * (features[0] - expected) * _LEARNED - _FADE * self.choice

    def ended(self, features: FloatArray, context: FloatArray, probability: float, *, skipped: bool) -> None:
        """Learn from how a play ended.

        Args:
            features: float32[F], standardised.
            context: float32[H].
            probability: P(skip) that was given to it, with these corrections.
            skipped: What came.
        """
        known = np.concatenate([features * _LEARNED, context, [1.0]]).astype(np.float64)
        doubt = self._covariance @ known
        sureness = probability * (1 - probability)
        self._covariance -= np.outer(doubt, doubt) * (sureness / (1 + sureness * float(known @ doubt)))
        self.skip += self._covariance @ known * (skipped - probability)

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """As named arrays, for a file."""
        return {"habits.choice": self.choice, "habits.skip": self.skip, "habits.covariance": self._covariance}

    def copy(self) -> Habits:
        """The same, learning apart."""
        other = Habits.__new__(Habits)
        other.choice, other.skip, other._covariance = self.choice.copy(), self.skip.copy(), self._covariance.copy()
        return other

    @classmethod
    def from_columns(cls, columns: Mapping[str, npt.NDArray[Any]], features: int, hidden: int) -> Self:
        """The reverse of `columns`.

        Raises:
            KeyError: One is missing.
            ValueError: They belong to another network, or are not numbers.
        """
        habits = cls(features, hidden)
        for name, values in habits.columns().items():
            found = columns[name]
            if found.shape != values.shape or found.dtype != values.dtype or not np.isfinite(found).all():
                raise ValueError(f"{name} does not fit this network")
            values[...] = found
        return habits
