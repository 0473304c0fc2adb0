"""The training step as one ONNX graph: forward, backward, clipping, Adam; and a second graph that only measures.

Built from standard operators at development time (see `_builder`) for one `NetworkSpec`, whose module describes
the network, the batch and the loss. Parameters are one flat vector, so that the host never names them.

Inputs beside the batch: `theta`, `m`, `v`, `anchor`, `rate` [P]; scalars `step_size` (learning rate over 1 - b1^t),
`second` (sqrt(1 - b2^t)), `pull` (learning rate x strength of the pull towards `anchor`), `clip` (largest norm of
the gradient). `rate` multiplies the step of each parameter: 0 leaves it where it is.
Adam: Kingma & Ba 2015; decoupled decay, here towards the anchor: Loshchilov & Hutter 2019.
"""

from __future__ import annotations

from math import prod

from recommender.models import NetworkSpec
from recommender.training._builder import END, INT64, Pen
from recommender.training._lstm import LstmPass, backward, forward

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8

Parts = dict[str, str]


def train_step(spec: NetworkSpec) -> bytes:
    """Outputs `theta_next`, `m_next`, `v_next` [P], `loss`, `rank_loss`, `skip_loss`, `norm` and `gradient` [P]."""
    pen = Pen()
    theta = pen.input("theta", [spec.size])
    net = _Network(pen, spec, theta)
    net.losses()
    gradient = _flatten(pen, spec, net.gradients())
    pen.output("gradient", gradient, [spec.size])
    _adam(pen, spec, theta, gradient)
    return pen.model("train_step")


def measure(spec: NetworkSpec) -> bytes:
    """Outputs `scores` [S, K] (with log weights) and `skip_logits` [S] of a batch."""
    pen = Pen()
    net = _Network(pen, spec, pen.input("theta", [spec.size]))
    pen.output("scores", net.scores, ["S", "K"])
    pen.output("skip_logits", net.skip_logits, ["S"])
    return pen.model("measure")


class _Network:
    """The forward pass, and after `losses` the backward pass."""

    def __init__(self, pen: Pen, spec: NetworkSpec, theta: str) -> None:
        self.pen, self.spec = pen, spec
        self.p = _unflatten(pen, spec, theta)
        self.events = pen.input("events", ["B", "L", spec.events])
        self.at = pen.input("at", ["S"], INT64)
        self.x = pen.input("candidates", ["S", "K", spec.features])
        self.log_weight = pen.input("log_weight", ["S", "K"])
        shape = pen.op("Shape", self.events)
        self.batch, self.length = pen.slice(shape, [0], [1], 0), pen.slice(shape, [1], [2], 0)
        self._sequence()
        self._rank()
        self._skip()

    def _sequence(self) -> None:
        pen, spec, p = self.pen, self.spec, self.p
        steps = pen.op("Transpose", self.events, perm=[1, 0, 2])
        padded = pen.concat(pen.zeros([spec.kernel - 1], self.batch, [spec.events]), steps, axis=0)
        taps = [pen.slice(padded, [tap], pen.add(self.length, [tap]), 0) for tap in range(spec.kernel)]
        self.windows = pen.flat(pen.concat(*taps, axis=-1), spec.kernel * spec.events)
        self.conv = pen.op("Relu", pen.gemm(self.windows, p["conv_w"], p["conv_b"]))
        inputs = pen.reshape(self.conv, pen.concat(self.length, self.batch, [spec.channels], axis=0))
        self.lstm: LstmPass = forward(pen, inputs, p, self.batch, spec.hidden)
        by_stretch = pen.flat(pen.op("Transpose", self.lstm.hidden, perm=[1, 0, 2]), spec.hidden)
        self.h = pen.op("Gather", by_stretch, self.at, axis=0)

    def _rank(self) -> None:
        pen, p = self.pen, self.p
        self.slope = pen.gemm(self.h, p["rank_gate"], p["rank_linear"])
        linear = pen.matmul(self.x, pen.op("Unsqueeze", self.slope, [2]))
        context = pen.op("Unsqueeze", pen.gemm(self.h, p["rank_h"], p["rank_b"]), [1])
        self.first = pen.op("Relu", pen.add(pen.matmul(self.x, p["rank_x"]), context))
        self.second = pen.op("Relu", pen.add(pen.matmul(self.first, p["rank_w2"]), p["rank_b2"]))
        column = pen.op("Unsqueeze", p["rank_out"], [1])
        raw = pen.op("Squeeze", pen.add(linear, pen.matmul(self.second, column)), [2])
        self.scores = pen.add(raw, self.log_weight)

    def _skip(self) -> None:
        pen, p = self.pen, self.p
        self.came = pen.op("Gather", self.x, 0, axis=1)
        mixed = pen.add(pen.gemm(self.came, p["skip_x"], p["skip_b"]), pen.matmul(self.h, p["skip_h"]))
        self.skip_hidden = pen.op("Relu", mixed)
        parts = [
            pen.matmul(left, pen.op("Unsqueeze", p[name], [1]))
            for left, name in ((self.skip_hidden, "skip_out"), (self.came, "skip_linear"), (self.h, "skip_context"))
        ]
        logit = pen.add(pen.add(pen.add(*parts[:2]), parts[2]), p["skip_bias"])
        self.skip_logits = pen.op("Squeeze", logit, [1])

    def losses(self) -> None:
        """Both losses, and the gradients by the scores and by the skip logits."""
        pen = self.pen
        rank_weight, skip_target, skip_weight = (
            pen.input(name, ["S"]) for name in ("rank_weight", "skip_target", "skip_weight")
        )
        share = pen.input("skip_share", [])
        weight = pen.op("Div", rank_weight, pen.add(pen.total(rank_weight), 1e-6))
        logs = pen.op("LogSoftmax", self.scores, axis=1)
        rank_loss = pen.op("Neg", pen.total(pen.mul(weight, pen.op("Gather", logs, 0, axis=1))))
        probability = pen.op("Exp", logs)
        came = pen.sub(pen.slice(probability, [0], [1], 1), 1.0)
        error = pen.concat(came, pen.slice(probability, [1], [END], 1), axis=1)
        self.by_scores = pen.mul(error, pen.op("Unsqueeze", weight, [1]))

        weight = pen.op("Div", skip_weight, pen.add(pen.total(skip_weight), 1e-6))
        entropy = pen.sub(pen.op("Softplus", self.skip_logits), pen.mul(skip_target, self.skip_logits))
        skip_loss = pen.total(pen.mul(weight, entropy))
        by_skip = pen.mul(pen.sub(pen.op("Sigmoid", self.skip_logits), skip_target), pen.mul(weight, share))
        self.by_skip = pen.op("Unsqueeze", by_skip, [1])
        pen.output("loss", pen.add(rank_loss, pen.mul(share, skip_loss)), [])
        pen.output("rank_loss", rank_loss, [])
        pen.output("skip_loss", skip_loss, [])

    def gradients(self) -> Parts:
        """Gradient of the loss by every parameter, by name."""
        found, by_h = self._back_rank()
        skip, more = self._back_skip()
        return found | skip | self._back_sequence(self.pen.add(by_h, more))

    def _back_rank(self) -> tuple[Parts, str]:
        pen, spec, p = self.pen, self.spec, self.p
        width = spec.rank_hidden
        d = pen.op("Unsqueeze", self.by_scores, [2])
        by_slope = pen.op("Squeeze", pen.matmul(pen.op("Transpose", self.x, perm=[0, 2, 1]), d), [2])
        second = pen.flat(self.second, width)
        flat_d = pen.flat(d, 1)
        by_second = pen.where_positive(second, pen.mul(flat_d, pen.op("Unsqueeze", p["rank_out"], [0])))
        first = pen.flat(self.first, width)
        by_first = pen.where_positive(first, pen.gemm(by_second, p["rank_w2"], tb=True))
        shape = pen.op("Shape", self.first)
        by_context = pen.total(pen.reshape(by_first, shape), [1])
        found = {
            "rank_linear": pen.total(by_slope, [0]),
            "rank_gate": pen.gemm(self.h, by_slope, ta=True),
            "rank_x": pen.gemm(pen.flat(self.x, spec.features), by_first, ta=True),
            "rank_h": pen.gemm(self.h, by_context, ta=True),
            "rank_b": pen.total(by_context, [0]),
            "rank_w2": pen.gemm(first, by_second, ta=True),
            "rank_b2": pen.total(by_second, [0]),
            "rank_out": pen.gemm(second, flat_d, ta=True),
        }
        by_h = pen.add(pen.gemm(by_slope, p["rank_gate"], tb=True), pen.gemm(by_context, p["rank_h"], tb=True))
        return found, by_h

    def _back_skip(self) -> tuple[Parts, str]:
        pen, p, d = self.pen, self.p, self.by_skip
        by_hidden = pen.where_positive(self.skip_hidden, pen.mul(d, pen.op("Unsqueeze", p["skip_out"], [0])))
        found = {
            "skip_x": pen.gemm(self.came, by_hidden, ta=True),
            "skip_h": pen.gemm(self.h, by_hidden, ta=True),
            "skip_b": pen.total(by_hidden, [0]),
            "skip_out": pen.gemm(self.skip_hidden, d, ta=True),
            "skip_linear": pen.gemm(self.came, d, ta=True),
            "skip_context": pen.gemm(self.h, d, ta=True),
            "skip_bias": pen.total(d),
        }
        direct = pen.mul(d, pen.op("Unsqueeze", p["skip_context"], [0]))
        return found, pen.add(direct, pen.gemm(by_hidden, p["skip_h"], tb=True))

    def _back_sequence(self, by_h: str) -> Parts:
        pen, spec, p = self.pen, self.spec, self.p
        places = pen.mul(self.length, self.batch)
        empty = pen.zeros(places, [spec.hidden])
        spread = pen.op("ScatterND", empty, pen.op("Unsqueeze", self.at, [1]), by_h, reduction="add")
        spread = pen.reshape(spread, pen.concat(self.batch, self.length, [spec.hidden], axis=0))
        spread = pen.op("Transpose", spread, perm=[1, 0, 2])
        by_gates = pen.flat(backward(pen, spread, self.lstm, p, self.batch, spec.hidden), 4 * spec.hidden)
        by_conv = pen.where_positive(self.conv, pen.matmul(by_gates, p["lstm_w"]))
        return {
            "lstm_w": pen.gemm(by_gates, self.conv, ta=True),
            "lstm_r": pen.gemm(by_gates, pen.flat(self.lstm.before, spec.hidden), ta=True),
            "lstm_b": pen.total(by_gates, [0]),
            "conv_w": pen.gemm(self.windows, by_conv, ta=True),
            "conv_b": pen.total(by_conv, [0]),
        }


def _unflatten(pen: Pen, spec: NetworkSpec, theta: str) -> Parts:
    shapes = spec.parameters()
    pieces = pen.split(theta, [prod(shape) for _, shape in shapes], axis=0)
    return {
        name: piece if len(shape) == 1 else pen.reshape(piece, list(shape))
        for (name, shape), piece in zip(shapes, pieces, strict=True)
    }


def _flatten(pen: Pen, spec: NetworkSpec, parts: Parts) -> str:
    return pen.concat(*(pen.reshape(parts[name], [-1]) for name, _ in spec.parameters()), axis=0)


def _adam(pen: Pen, spec: NetworkSpec, theta: str, gradient: str) -> None:
    m, v, anchor, rate = (pen.input(name, [spec.size]) for name in ("m", "v", "anchor", "rate"))
    step_size, second, pull, clip = (pen.input(name, []) for name in ("step_size", "second", "pull", "clip"))
    norm = pen.op("Sqrt", pen.total(pen.mul(gradient, gradient)))
    pen.output("norm", norm, [])
    clipped = pen.mul(gradient, pen.op("Min", 1.0, pen.op("Div", clip, pen.add(norm, 1e-6))))
    m_next = pen.add(pen.mul(m, BETA1), pen.mul(clipped, 1 - BETA1))
    v_next = pen.add(pen.mul(v, BETA2), pen.mul(pen.mul(clipped, clipped), 1 - BETA2))
    deviation = pen.add(pen.op("Div", pen.op("Sqrt", v_next), second), EPSILON)
    step = pen.op("Div", pen.mul(m_next, step_size), deviation)
    step = pen.add(step, pen.mul(pen.sub(theta, anchor), pull))
    pen.output("theta_next", pen.sub(theta, pen.mul(step, rate)), [spec.size])
    pen.output("m_next", m_next, [spec.size])
    pen.output("v_next", v_next, [spec.size])
