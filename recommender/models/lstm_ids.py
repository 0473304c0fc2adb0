"""An LSTM over track ids, trained on one person's history alone: shown for comparison, used for nothing.

One listener hardly ever gives it enough events per track (README of the base weights has the figures). Sampled
softmax, truncated backpropagation through time and Adam in plain numpy.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recommender._api import Event, EventKind, FloatArray, IntArray

_WIDTH = 48
_LENGTH = 24
_BATCH = 16
_NEGATIVES = 400
_EPOCHS = 30
_RATE = 5e-3
_CLIP = 1.0


def _sigmoid(x: FloatArray) -> FloatArray:
    return np.asarray(0.5 * (np.tanh(0.5 * x) + 1.0), np.float32)


class LstmIds:
    """The model. Follows the `Model` protocol.

    Args:
        size: Items (N).
        events: What it is trained on; plays only are used.
        seed: Of the weights and the samples.
        epochs: Passes over the plays.
    """

    name = "lstm_ids"

    def __init__(self, size: int, events: Sequence[Event], *, seed: int = 0, epochs: int = _EPOCHS) -> None:
        self._random = np.random.default_rng(seed)
        width = _WIDTH
        self._weights: dict[str, FloatArray] = {
            "table": self._random.normal(0, 0.1, (size, width)).astype(np.float32),
            "bias": np.zeros(size, np.float32),
            "input": self._uniform(width, 4 * width),
            "hidden": self._uniform(width, 4 * width),
            "gates": np.concatenate([np.zeros(2 * width), np.ones(width), np.zeros(width)]).astype(np.float32),
        }
        self._moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in self._weights.items()}
        self._steps = 0
        plays = np.array([event.item for event in events if event.kind == EventKind.PLAYED], np.int32)
        for _ in range(epochs if len(plays) > _LENGTH else 0):
            self._epoch(plays)
        self._recent: list[int] = []
        for item in plays[-_LENGTH:].tolist():
            self._recent.append(item)

    def observe(self, event: Event) -> None:
        """Remember a play; nothing else counts."""
        if event.kind == EventKind.PLAYED:
            self._recent = [*self._recent[1 - _LENGTH :], event.item]

    def scores(self, now: int) -> FloatArray:
        """Score of every item after the last plays, float32[N]."""
        weights = self._weights
        if not self._recent:
            return weights["bias"].copy()
        hidden = self._forward(np.array([self._recent], np.int32))[0][-1]
        return np.asarray(weights["table"] @ hidden[0] + weights["bias"], np.float32)

    def _uniform(self, rows: int, columns: int) -> FloatArray:
        return np.asarray(self._random.uniform(-1, 1, (rows, columns)) / np.sqrt(rows), np.float32)

    def _epoch(self, plays: IntArray) -> None:
        offset = int(self._random.integers(0, _LENGTH))
        starts = np.arange(offset, len(plays) - _LENGTH - 1, _LENGTH)
        starts = self._random.permutation(starts)
        for first in range(0, len(starts), _BATCH):
            rows = starts[first : first + _BATCH, None] + np.arange(_LENGTH + 1)
            window = plays[rows]
            self._step(window[:, :-1], window[:, 1:])

    def _forward(self, items: IntArray) -> tuple[list[FloatArray], list[tuple[FloatArray, ...]]]:
        """Hidden states after each step, and what the backward pass needs; items int32[B, L]."""
        weights, width = self._weights, _WIDTH
        hidden = cell = np.zeros((len(items), width), np.float32)
        outputs: list[FloatArray] = []
        kept: list[tuple[FloatArray, ...]] = []
        for step in range(items.shape[1]):
            entry = weights["table"][items[:, step]]
            gates = entry @ weights["input"] + hidden @ weights["hidden"] + weights["gates"]
            enter, leave, keep = (_sigmoid(gates[:, part * width : (part + 1) * width]) for part in range(3))
            fresh = np.tanh(gates[:, 3 * width :])
            before, old = hidden, cell
            cell = keep * cell + enter * fresh
            bent = np.tanh(cell)
            hidden = leave * bent
            outputs.append(hidden)
            kept.append((entry, before, old, enter, leave, keep, fresh, bent))
        return outputs, kept

    def _step(self, items: IntArray, targets: IntArray) -> None:
        outputs, kept = self._forward(items)
        count, length = items.shape
        hidden = np.stack(outputs, axis=1).reshape(-1, _WIDTH)
        wanted = targets.reshape(-1)
        negatives = self._random.choice(targets.reshape(-1), _NEGATIVES).astype(np.int32)
        sampled = np.concatenate([negatives, self._random.integers(0, len(self._weights["bias"]), _NEGATIVES // 2)])
        table, bias = self._weights["table"], self._weights["bias"]
        logits = hidden @ table[sampled].T + bias[sampled]
        logits[wanted[:, None] == sampled] = -1e9
        own = (hidden * table[wanted]).sum(axis=1) + bias[wanted]
        joined = np.concatenate([own[:, None], logits], axis=1)
        joined = np.exp(joined - joined.max(axis=1, keepdims=True))
        joined /= joined.sum(axis=1, keepdims=True) * len(wanted)
        joined[:, 0] -= np.float32(1 / len(wanted))
        gradient = {name: np.zeros_like(value) for name, value in self._weights.items()}
        own_part, rest = joined[:, :1], joined[:, 1:]
        toward = own_part * table[wanted] + rest @ table[sampled]
        np.add.at(gradient["table"], wanted, own_part * hidden)
        np.add.at(gradient["table"], sampled, rest.T @ hidden)
        np.add.at(gradient["bias"], wanted, own_part[:, 0])
        np.add.at(gradient["bias"], sampled, rest.sum(axis=0))
        self._backward(items, kept, toward.reshape(count, length, _WIDTH), gradient)
        self._adam(gradient)

    def _backward(
        self,
        items: IntArray,
        kept: list[tuple[FloatArray, ...]],
        toward: FloatArray,
        gradient: dict[str, FloatArray],
    ) -> None:
        weights = self._weights
        d_hidden = d_cell = np.zeros((len(items), _WIDTH), np.float32)
        for step in range(items.shape[1] - 1, -1, -1):
            entry, before, old, enter, leave, keep, fresh, bent = kept[step]
            d_hidden = d_hidden + toward[:, step]
            d_cell = d_cell + d_hidden * leave * (1 - bent * bent)
            d_gates = np.concatenate(
                [
                    d_cell * fresh * enter * (1 - enter),
                    d_hidden * bent * leave * (1 - leave),
                    d_cell * old * keep * (1 - keep),
                    d_cell * enter * (1 - fresh * fresh),
                ],
                axis=1,
            )
            gradient["input"] += entry.T @ d_gates
            gradient["hidden"] += before.T @ d_gates
            gradient["gates"] += d_gates.sum(axis=0)
            np.add.at(gradient["table"], items[:, step], d_gates @ weights["input"].T)
            d_hidden = d_gates @ weights["hidden"].T
            d_cell = d_cell * keep

    def _adam(self, gradient: dict[str, FloatArray]) -> None:
        self._steps += 1
        norm = float(np.sqrt(sum(float((part * part).sum()) for part in gradient.values())))
        shrink = np.float32(min(1.0, _CLIP / (norm + 1e-9)))
        step = np.float32(_RATE * np.sqrt(1 - 0.999**self._steps) / (1 - 0.9**self._steps))
        for name, part in gradient.items():
            first, second = self._moments[name]
            shrunk = part * shrink
            first += np.float32(0.1) * (shrunk - first)
            second += np.float32(0.001) * (shrunk * shrunk - second)
            self._weights[name] -= step * first / (np.sqrt(second) + np.float32(1e-8))
