"""Runs the training graph: parameters and Adam's moments in, one step further out. NumPy and ONNX Runtime only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray
from recommender.models import session

BETA1, BETA2 = 0.9, 0.999
"""As built into the graph."""

Batch = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class StepSettings:
    """Knobs of every step.

    Attributes:
        pull: Strength of the pull towards the anchor, in parts of the learning rate.
        clip: Largest norm of the gradient.
        skip_share: Weight of the skip loss against the ranking loss.
    """

    pull: float = 0.0
    clip: float = 1.0
    skip_share: float = 0.3


class Trainer:
    """One training run.

    Args:
        graph: The serialised training graph.
        theta: float32[P], where to start; not changed.
        settings: Knobs.
        rate: float32[P], factor on each parameter's step; all 1 by default.

    Attributes:
        theta: float32[P], the parameters now.
    """

    def __init__(
        self, graph: bytes, theta: FloatArray, settings: StepSettings | None = None, rate: FloatArray | None = None
    ) -> None:
        self._session = session(graph)
        self._settings = settings or StepSettings()
        self.restart(theta, rate=rate)

    def restart(self, theta: FloatArray, settings: StepSettings | None = None, rate: FloatArray | None = None) -> None:
        """Begin anew from `theta`, which is the anchor, too; building a session is what costs time."""
        self._settings = settings or self._settings
        self.theta = theta
        self._m, self._v = np.zeros_like(theta), np.zeros_like(theta)
        self._anchor = theta
        self._rate = np.ones_like(theta) if rate is None else rate
        self._count = 0

    def step(self, batch: Batch, learning_rate: float) -> float:
        """One step on one batch; returns its loss before the step."""
        self._count += 1
        # Worked out in float64 here: 1 - b2^t loses its digits in float32. ONNX Runtime wants 0-d arrays as scalars.
        scalars = {
            "step_size": learning_rate / (1 - BETA1**self._count),
            "second": (1 - BETA2**self._count) ** 0.5,
            "pull": learning_rate * self._settings.pull,
            "clip": self._settings.clip,
            "skip_share": self._settings.skip_share,
        }
        feeds = {
            **batch,
            "theta": self.theta,
            "m": self._m,
            "v": self._v,
            "anchor": self._anchor,
            "rate": self._rate,
            **{name: np.array(value, np.float32) for name, value in scalars.items()},
        }
        names = ["theta_next", "m_next", "v_next", "loss"]
        self.theta, self._m, self._v, loss = self._session.run(names, feeds)
        return float(loss)
