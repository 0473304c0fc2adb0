"""An LSTM and its gradient from standard ONNX operators: one Scan forwards, one backwards.

Gates are in ONNX order i, o, f, c. Development time only (see `_builder`).
"""

from __future__ import annotations

from dataclasses import dataclass

from recommender.training._builder import Pen


@dataclass(frozen=True, slots=True)
class LstmPass:
    """Results of the forward pass, time first: [L, B, …].

    Attributes:
        hidden: h after each event, [L, B, H].
        before: h before each event.
        cell_before: c before each event.
        gates: Sigmoids of i, o, f, [L, B, 3H].
        input: tanh of the candidate gate, [L, B, H].
        squashed: tanh of c after each event.
    """

    hidden: str
    before: str
    cell_before: str
    gates: str
    input: str
    squashed: str


def forward(pen: Pen, inputs: str, weights: dict[str, str], batch: str, hidden: int) -> LstmPass:
    """Run over [L, B, C] from a zero state.

    Args:
        pen: Where to write.
        inputs: Inputs, time first.
        weights: Names of `lstm_w` [4H, C], `lstm_r` [4H, H], `lstm_b` [4H].
        batch: B as an int64 vector of one.
        hidden: H.
    """
    zero = pen.zeros(batch, [hidden])
    pen.name(pen.op("Transpose", weights["lstm_r"], perm=[1, 0]), "recurrent_transposed")
    projected = pen.matmul(inputs, pen.op("Transpose", weights["lstm_w"], perm=[1, 0]))
    projected = pen.add(projected, weights["lstm_b"])
    _, _, state, cell, gates, candidate, squashed = pen.ops(
        "Scan", zero, zero, projected, outputs=7, num_scan_inputs=1, body=_forward_body(hidden)
    )
    first = pen.op("Unsqueeze", zero, [0])
    before, cell_before = (pen.concat(first, pen.slice(value, [0], [-1], 0), axis=0) for value in (state, cell))
    return LstmPass(state, before, cell_before, gates, candidate, squashed)


def backward(pen: Pen, gradient: str, done: LstmPass, weights: dict[str, str], batch: str, hidden: int) -> str:
    """Gradient of the loss by the gates before their nonlinearities, [L, B, 4H], from that by `hidden`."""
    zero = pen.zeros(batch, [hidden])
    gate_i, gate_o, gate_f = pen.split(done.gates, [hidden] * 3)
    into_cell = pen.mul(gate_o, _one_minus_square(pen, done.squashed))
    slope = pen.mul(done.gates, pen.sub(1.0, done.gates))
    local = pen.mul(pen.concat(done.input, done.squashed, done.cell_before, axis=-1), slope)
    local = pen.concat(local, pen.mul(gate_i, _one_minus_square(pen, done.input)), axis=-1)
    pen.name(weights["lstm_r"], "recurrent")
    return pen.ops(
        "Scan",
        zero,
        zero,
        gradient,
        into_cell,
        local,
        gate_f,
        outputs=3,
        num_scan_inputs=4,
        body=_backward_body(),
        scan_input_directions=[1] * 4,
        scan_output_directions=[1],
    )[2]


def _one_minus_square(pen: Pen, value: str) -> str:
    return pen.sub(1.0, pen.mul(value, value))


def _forward_body(hidden: int) -> object:
    pen = Pen("forward_")
    gates = pen.add("projected", pen.matmul("h_in", "recurrent_transposed"))
    sigmoids, candidate = pen.split(gates, [3 * hidden, hidden])
    sigmoids, candidate = pen.op("Sigmoid", sigmoids), pen.op("Tanh", candidate)
    gate_i, gate_o, gate_f = pen.split(sigmoids, [hidden] * 3)
    cell = pen.add(pen.mul(gate_f, "c_in"), pen.mul(gate_i, candidate))
    squashed = pen.op("Tanh", cell)
    state = pen.mul(gate_o, squashed)
    kept = [pen.op("Identity", value) for value in (state, cell, sigmoids, candidate, squashed)]
    return pen.body("lstm_forward", ["h_in", "c_in", "projected"], [state, cell, *kept])


def _backward_body() -> object:
    pen = Pen("backward_")
    by_state = pen.add("by_hidden", "dh_in")
    by_cell = pen.add("dc_in", pen.mul(by_state, "into_cell"))
    by_gates = pen.mul(pen.concat(by_cell, by_state, by_cell, by_cell, axis=-1), "local")
    before = pen.matmul(by_gates, "recurrent")
    cell_before = pen.mul(by_cell, "forget")
    kept = pen.op("Identity", by_gates)
    inputs = ["dh_in", "dc_in", "by_hidden", "into_cell", "local", "forget"]
    return pen.body("lstm_backward", inputs, [before, cell_before, kept])
