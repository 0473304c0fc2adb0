"""The network's graphs in ONNX: one step of the sequence model, the ranker, the skip head.

The weights are an input (the flat vector of `NetworkSpec`), so that the same three files serve the base
weights and everything a listener's computer trains later.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from recommender.models import CLIP, NetworkSpec
from recommender.training import training_graphs

OPSET = 18
IR_VERSION = 10
_END = np.iinfo(np.int64).max


class GraphBuilder:
    """Adds nodes one by one; every operator returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Any, dtype: type[np.generic] = np.int64) -> str:
        """An array as an initializer."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, dtype), name))
        return name

    def scalar(self, value: float) -> str:
        """A float32 scalar as an initializer."""
        return self.constant(value, np.float32)

    def add(self, operator: str, *inputs: str, name: str | None = None, **attributes: Any) -> str:
        """A node with one output."""
        return self.add_many(operator, inputs, [name or f"{operator.lower()}_{len(self.nodes)}"], **attributes)[0]

    def add_many(self, operator: str, inputs: Sequence[str], outputs: list[str], **attributes: Any) -> list[str]:
        """A node with outputs of given names."""
        self.nodes.append(helper.make_node(operator, list(inputs), outputs, **attributes))
        return outputs

    def model(self, name: str, inputs: dict[str, list[Any]], outputs: dict[str, list[Any]]) -> bytes:
        """The checked model, serialised; shapes by name, all float32."""
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info(key, TensorProto.FLOAT, shape) for key, shape in inputs.items()],
            [helper.make_tensor_value_info(key, TensorProto.FLOAT, shape) for key, shape in outputs.items()],
            self.constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
        onnx.checker.check_model(model, full_check=True)
        return bytes(model.SerializeToString())


def graphs(spec: NetworkSpec) -> dict[str, bytes]:
    """Name -> model, all that an artefact brings: "sequence", "ranker", "skip", and those of `recommender.training`."""
    inference = {"sequence": sequence_graph(spec), "ranker": ranker_graph(spec), "skip": skip_graph(spec)}
    return inference | training_graphs(spec)


def sequence_graph(spec: NetworkSpec) -> bytes:
    """``theta, event_mean, event_scale, events [1, L, E], tail, h, c`` -> ``context [1, L, H]`` and the new state.

    ``tail`` [1, kernel - 1, E] holds the last standardised events: the part of the convolution that reaches back.
    """
    graph = GraphBuilder()
    part = _parameters(graph, spec)
    hidden, kernel = spec.hidden, spec.kernel
    standard = _standardised(graph, "events", "event_mean", "event_scale")
    padded = graph.add("Concat", "tail", standard, axis=1)
    graph.add(
        "Slice", padded, graph.constant([1 - kernel]), graph.constant([_END]), graph.constant([1]), name="tail_out"
    )
    # [kernel * E, C] tap by tap -> [C, E, kernel]
    taps = graph.add("Reshape", part["conv_w"], graph.constant([kernel, spec.events, spec.channels]))
    filters = graph.add("Transpose", taps, perm=[2, 1, 0])
    across = graph.add("Transpose", padded, perm=[0, 2, 1])
    convolved = graph.add("Relu", graph.add("Conv", across, filters, part["conv_b"], kernel_shape=[kernel]))
    steps = graph.add("Transpose", convolved, perm=[2, 0, 1])
    first = graph.constant([0])
    zeros = graph.constant(np.zeros(4 * hidden), np.float32)
    weights = [graph.add("Unsqueeze", part[name], first) for name in ("lstm_w", "lstm_r")]
    bias = graph.add("Unsqueeze", graph.add("Concat", part["lstm_b"], zeros, axis=0), first)
    output = graph.add_many(
        "LSTM", [steps, *weights, bias, "", "h", "c"], ["lstm_y", "h_out", "c_out"], hidden_size=hidden
    )[0]
    graph.add("Transpose", graph.add("Squeeze", output, graph.constant([1])), perm=[1, 0, 2], name="context")
    state = {"tail": [1, kernel - 1, spec.events], "h": [1, 1, hidden], "c": [1, 1, hidden]}
    return graph.model(
        "sequence",
        {
            "theta": [spec.size],
            "event_mean": [spec.events],
            "event_scale": [spec.events],
            "events": [1, "L", spec.events],
            **state,
        },
        {"context": [1, "L", hidden], **{f"{name}_out": shape for name, shape in state.items()}},
    )


def ranker_graph(spec: NetworkSpec) -> bytes:
    """``theta, feature_mean, feature_scale, candidates [K, F], context [H]`` -> ``scores [K]``, in nats."""
    graph = GraphBuilder()
    part = _parameters(graph, spec)
    standard = _standardised(graph, "candidates", "feature_mean", "feature_scale")
    weights = graph.add("Add", part["rank_linear"], graph.add("MatMul", "context", part["rank_gate"]))
    linear = graph.add("MatMul", standard, weights)
    shift = graph.add("Add", graph.add("MatMul", "context", part["rank_h"]), part["rank_b"])
    first = graph.add("Relu", graph.add("Gemm", standard, part["rank_x"], shift))
    second = graph.add("Relu", graph.add("Gemm", first, part["rank_w2"], part["rank_b2"]))
    graph.add("Add", linear, graph.add("MatMul", second, part["rank_out"]), name="scores")
    return graph.model("ranker", _candidate_inputs(spec), {"scores": ["K"]})


def skip_graph(spec: NetworkSpec) -> bytes:
    """``theta, feature_mean, feature_scale, candidates [K, F], context [H]`` -> ``probability [K]`` of a skip."""
    graph = GraphBuilder()
    part = _parameters(graph, spec)
    standard = _standardised(graph, "candidates", "feature_mean", "feature_scale")
    shift = graph.add("Add", graph.add("MatMul", "context", part["skip_h"]), part["skip_b"])
    inner = graph.add("Relu", graph.add("Gemm", standard, part["skip_x"], shift))
    own = graph.add(
        "Add", graph.add("MatMul", inner, part["skip_out"]), graph.add("MatMul", standard, part["skip_linear"])
    )
    rest = graph.add("Add", graph.add("MatMul", "context", part["skip_context"]), part["skip_bias"])
    graph.add("Sigmoid", graph.add("Add", own, rest), name="probability")
    return graph.model("skip", _candidate_inputs(spec), {"probability": ["K"]})


def _candidate_inputs(spec: NetworkSpec) -> dict[str, list[Any]]:
    return {
        "theta": [spec.size],
        "feature_mean": [spec.features],
        "feature_scale": [spec.features],
        "candidates": ["K", spec.features],
        "context": [spec.hidden],
    }


def _standardised(graph: GraphBuilder, raw: str, mean: str, scale: str) -> str:
    scaled = graph.add("Mul", graph.add("Sub", raw, mean), scale)
    return graph.add("Clip", scaled, graph.scalar(-CLIP), graph.scalar(CLIP))


def _parameters(graph: GraphBuilder, spec: NetworkSpec) -> dict[str, str]:
    """The flat vector cut into its parameters."""
    shapes = spec.parameters()
    sizes = [prod(shape) for _, shape in shapes]
    pieces = graph.add_many("Split", ["theta", graph.constant(sizes)], [f"flat_{name}" for name, _ in shapes], axis=0)
    return {
        name: piece if len(shape) == 1 else graph.add("Reshape", piece, graph.constant(shape))
        for piece, (name, shape) in zip(pieces, shapes, strict=True)
    }
