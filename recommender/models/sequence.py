"""The sequence model: what the last events say about what comes, as a context vector.

Causal Conv1D -> LSTM over id-free event features, run by ONNX Runtime. The state between events is the LSTM's
(h, c) and the tail of the convolution: one event costs one step, and stepping equals reading the whole sequence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender._api import FloatArray
from recommender._artefact import Artefact
from recommender.models._network import NetworkSpec
from recommender.models._sessions import session

NAME = "sequence"


@dataclass(frozen=True, slots=True)
class SequenceState:
    """Where a sequence stands.

    Attributes:
        tail: float32[1, kernel - 1, E], the last standardised events.
        h: float32[1, 1, H].
        c: float32[1, 1, H].
        context: float32[H], what the ranker reads.
    """

    tail: FloatArray
    h: FloatArray
    c: FloatArray
    context: FloatArray


class SequenceModel:
    """Steps of one artefact's sequence model; holds no state of a listener.

    Raises:
        ArtefactError: The artefact lacks the graph or the weights.
    """

    def __init__(self, artefact: Artefact, spec: NetworkSpec) -> None:
        self._spec = spec
        self._session = session(artefact.graph(NAME))
        self._weights = {name: artefact.tensor(name) for name in ("theta", "event_mean", "event_scale")}

    def start(self) -> SequenceState:
        """The state before the first event."""
        spec = self._spec
        zero = np.zeros((1, 1, spec.hidden), np.float32)
        return SequenceState(
            np.zeros((1, spec.kernel - 1, spec.events), np.float32), zero, zero, np.zeros(spec.hidden, np.float32)
        )

    def step(self, state: SequenceState, events: FloatArray) -> SequenceState:
        """Read raw event features, float32[L, E] (L >= 1), oldest first."""
        return self.contexts(state, events)[1]

    def contexts(self, state: SequenceState, events: FloatArray) -> tuple[FloatArray, SequenceState]:
        """The context after each of the events, float32[L, H], and the state after the last."""
        feeds = self._weights | {"events": events[None], "tail": state.tail, "h": state.h, "c": state.c}
        context, tail, h, c = self._session.run(["context", "tail_out", "h_out", "c_out"], feeds)
        return context[0], SequenceState(tail, h, c, context[0, -1])
