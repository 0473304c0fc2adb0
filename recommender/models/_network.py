"""Shape of the network: its parameters by name in one flat float32 vector, and the batch it trains on.

One network serves every listener, because it reads no ids:

- sequence: event features ``e`` -> causal Conv1D (kernel ``kernel``, ReLU) -> LSTM -> context ``h``
- ranker: candidate features ``x`` with ``h`` ->
  ``x . (rank_linear + h @ rank_gate) + relu(relu(x @ rank_x + h @ rank_h + rank_b) @ rank_w2 + rank_b2) . rank_out``
- skip head: logit of P(skip) =
  ``relu(x @ skip_x + h @ skip_h + skip_b) . skip_out + x . skip_linear + h . skip_context + skip_bias``

``e`` and ``x`` arrive standardised: ``clip((raw - mean) * scale, -CLIP, CLIP)``. Means and scales are constants of an
artefact, not parameters.

Training batch (all float32 but ``at``), for S samples out of B stretches of L successive events:

=============  ==========  ====================================================================
``events``     [B, L, E]   stretches of one listener's history, oldest first, zero state at start
``at``         [S] int64   ``b * L + t`` of the last event seen before the sample
``candidates`` [S, K, F]   candidate 0 is what came next
``log_weight`` [S, K]      log of how many tracks a candidate stands for; PAD where there is none
``rank_weight`` [S]        weight in the ranking loss; 0 when what came next was a skip
``skip_target`` [S]        1 when it was a skip
``skip_weight`` [S]        weight in the skip loss; 0 when the outcome is not known
``skip_share`` scalar      weight of the skip loss against the ranking loss
=============  ==========  ====================================================================

Ranking loss: cross entropy of candidate 0 under ``softmax(score + log_weight)``, the mean by ``rank_weight``;
skip loss: binary cross entropy of the skip logit of candidate 0, the mean by ``skip_weight``
(both means divide by sum of weights + 1e-6). LSTM gates are in ONNX order i, o, f, c.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from recommender._api import FloatArray
from recommender.models._features import (
    COLUMN,
    EVENT_COLUMN,
    EVENT_FEATURES,
    FEATURE_NAMES,
    UNTRAINED,
    UNTRAINED_EVENT,
)

CLIP = 5.0
"""Standardised features are clipped to this many deviations."""
PAD = -60.0
"""Log weight of a candidate that is not there."""


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """Dimensions of the network.

    Attributes:
        events: Features of an event (E).
        features: Features of a candidate (F).
        kernel: Width of the causal convolution, in events.
        channels: Its outputs (C).
        hidden: LSTM state and context (H).
        rank_hidden: Width of both hidden layers of the ranker (R).
        skip_hidden: Width of the skip head's hidden layer.
    """

    events: int = len(EVENT_FEATURES)
    features: int = len(FEATURE_NAMES)
    kernel: int = 3
    channels: int = 32
    hidden: int = 32
    rank_hidden: int = 48
    skip_hidden: int = 24

    def parameters(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Names and shapes in the order of the flat vector.

        ``conv_w`` has its rows tap by tap, the oldest first: ``[x(t-2); x(t-1); x(t)]``.
        ``lstm_w`` and ``lstm_r`` are as ONNX wants them, ``[4H, C]`` and ``[4H, H]``; ``lstm_b`` is the input bias.
        """
        return (
            ("conv_w", (self.kernel * self.events, self.channels)),
            ("conv_b", (self.channels,)),
            ("lstm_w", (4 * self.hidden, self.channels)),
            ("lstm_r", (4 * self.hidden, self.hidden)),
            ("lstm_b", (4 * self.hidden,)),
            ("rank_linear", (self.features,)),
            ("rank_gate", (self.hidden, self.features)),
            ("rank_x", (self.features, self.rank_hidden)),
            ("rank_h", (self.hidden, self.rank_hidden)),
            ("rank_b", (self.rank_hidden,)),
            ("rank_w2", (self.rank_hidden, self.rank_hidden)),
            ("rank_b2", (self.rank_hidden,)),
            ("rank_out", (self.rank_hidden,)),
            ("skip_x", (self.features, self.skip_hidden)),
            ("skip_h", (self.hidden, self.skip_hidden)),
            ("skip_b", (self.skip_hidden,)),
            ("skip_out", (self.skip_hidden,)),
            ("skip_linear", (self.features,)),
            ("skip_context", (self.hidden,)),
            ("skip_bias", (1,)),
        )

    @property
    def size(self) -> int:
        """Length of the flat vector."""
        return sum(prod(shape) for _, shape in self.parameters())

    def views(self, theta: FloatArray) -> dict[str, FloatArray]:
        """Name -> view (no copy) into the flat vector of `size` float32.

        Raises:
            ValueError: The vector has another length.
        """
        if theta.shape != (self.size,):
            raise ValueError(f"expected {self.size} parameters, got {theta.shape}")
        views: dict[str, FloatArray] = {}
        start = 0
        for name, shape in self.parameters():
            end = start + prod(shape)
            views[name] = theta[start:end].reshape(shape)
            start = end
        return views

    def initial(self, seed: int = 0) -> FloatArray:
        """Random start: uniform by fan-in, gates' forget bias 1, zero for gates into the ranker and unseen inputs."""
        random = np.random.default_rng(seed)
        theta = np.zeros(self.size, np.float32)
        parts = self.views(theta)
        fan_in = {
            "conv_w": self.kernel * self.events,
            "lstm_w": self.hidden,
            "lstm_r": self.hidden,
            "rank_x": self.features + self.hidden,
            "rank_h": self.features + self.hidden,
            "rank_w2": self.rank_hidden,
            "rank_out": self.rank_hidden,
            "skip_x": self.features + self.hidden,
            "skip_h": self.features + self.hidden,
            "skip_out": self.skip_hidden,
        }
        for name, fan in fan_in.items():
            parts[name][...] = random.uniform(-1, 1, parts[name].shape) / np.sqrt(fan)
        parts["lstm_b"][2 * self.hidden : 3 * self.hidden] = 1.0
        taps = parts["conv_w"].reshape(self.kernel, self.events, self.channels)
        taps[:, [EVENT_COLUMN[name] for name in sorted(UNTRAINED_EVENT)]] = 0.0
        for name in ("rank_x", "skip_x"):
            parts[name][[COLUMN[feature] for feature in sorted(UNTRAINED)]] = 0.0
        return theta
