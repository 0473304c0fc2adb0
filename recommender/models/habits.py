"""What one listener skips beyond what the weights say: the linear part of the skip head moves with every event.

Bayesian logistic regression, updated event by event with a Gaussian posterior (Spiegelhalter & Lauritzen 1990), around
what the weights say. The posterior forgets: before each event its covariance grows a little (exponential forgetting;
West & Harrison 1997), so that what was learned years ago does not hold against a taste that has changed. Everything
else of the network stays as it was trained.

Features that the base logs cannot show (albums, sound, thumbs) are left alone: their weights are promises.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray
from recommender.models._features import FEATURE_NAMES, UNTRAINED

_PRECISION = 30.0
"""Of the prior of each skip weight."""
_FORGET = 1 / 2000
"""Part of the way back to the prior, of mean and precision, with each event: what was learned 1,400 events ago
counts half."""

_LEARNED = np.array([name not in UNTRAINED for name in FEATURE_NAMES])

DoubleArray = npt.NDArray[np.float64]


class Habits:
    """Corrections of the weights for one listener; one thread.

    Attributes:
        skip: float64[F + H + 1], added to the skip head's linear part: features, context, bias.
    """

    def __init__(self, features: int, hidden: int) -> None:
        self.skip: DoubleArray = np.zeros(features + hidden + 1)
        self._covariance: DoubleArray = np.eye(len(self.skip)) / _PRECISION

    def ended(self, features: FloatArray, context: FloatArray, probability: float, *, skipped: bool) -> None:
        """Learn from how a play ended.

        Args:
            features: float32[F], standardised.
            context: float32[H].
            probability: P(skip) that was given to it, with these corrections.
            skipped: What came.
        """
        known = np.concatenate([features * _LEARNED, context, [1.0]]).astype(np.float64)
        self._covariance += _FORGET * (np.eye(len(known)) / _PRECISION - self._covariance)
        self.skip *= 1 - _FORGET
        doubt = self._covariance @ known
        sureness = probability * (1 - probability)
        self._covariance -= np.outer(doubt, doubt) * (sureness / (1 + sureness * float(known @ doubt)))
        self.skip += self._covariance @ known * (skipped - probability)

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """As named arrays, for a file."""
        return {"habits.skip": self.skip, "habits.covariance": self._covariance}

    def copy(self) -> Habits:
        """The same, learning apart."""
        other = Habits.__new__(Habits)
        other.skip, other._covariance = self.skip.copy(), self._covariance.copy()
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
