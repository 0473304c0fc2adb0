"""A pen for ONNX graphs: each operation is a method call that returns the name of its result.

Development time only: it needs the package `onnx`, which is not needed to run Segue.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

OPSET = 18
IR_VERSION = 10
"""Old enough for every onnxruntime of the supported range."""

FLOAT = TensorProto.FLOAT
INT64 = TensorProto.INT64
END = 2**31 - 1
"""Stands for "to the end" in Slice."""

Shape = Sequence[int | str]
Operand = str | float | Sequence[int] | npt.NDArray[Any]


class Pen:
    """Writes nodes of one graph.

    Args:
        prefix: Begins every name, so that names inside a Scan's body differ from those outside.
    """

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._nodes: list[NodeProto] = []
        self._constants: dict[tuple[str, tuple[int, ...], bytes], TensorProto] = {}
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []
        self._count = 0

    def input(self, name: str, shape: Shape, kind: int = FLOAT) -> str:
        """Declare an input of the graph."""
        self._inputs.append(helper.make_tensor_value_info(name, kind, list(shape)))
        return name

    def output(self, name: str, value: str, shape: Shape | None, kind: int = FLOAT) -> None:
        """Make a result an output of the graph."""
        self.name(value, name)
        self._outputs.append(helper.make_tensor_value_info(name, kind, None if shape is None else list(shape)))

    def name(self, value: str, name: str) -> None:
        """Give a result a further name."""
        self._nodes.append(helper.make_node("Identity", [value], [name]))

    def ops(self, kind: str, *operands: Operand, outputs: int, **attributes: Any) -> list[str]:
        """Write a node with several results; operands that are not names become constants."""
        names = [operand if isinstance(operand, str) else self._constant(operand) for operand in operands]
        results = [self._fresh(kind) for _ in range(outputs)]
        self._nodes.append(helper.make_node(kind, names, results, **attributes))
        return results

    def op(self, kind: str, *operands: Operand, **attributes: Any) -> str:
        """Write a node with one result."""
        return self.ops(kind, *operands, outputs=1, **attributes)[0]

    def add(self, a: Operand, b: Operand) -> str:
        """`a + b`."""
        return self.op("Add", a, b)

    def mul(self, a: Operand, b: Operand) -> str:
        """`a * b`."""
        return self.op("Mul", a, b)

    def sub(self, a: Operand, b: Operand) -> str:
        """`a - b`."""
        return self.op("Sub", a, b)

    def matmul(self, a: Operand, b: Operand) -> str:
        """`a @ b`."""
        return self.op("MatMul", a, b)

    def gemm(self, a: Operand, b: Operand, *bias: Operand, ta: bool = False, tb: bool = False) -> str:
        """`a @ b + bias` of matrices, transposed if asked."""
        return self.op("Gemm", a, b, *bias, transA=int(ta), transB=int(tb))

    def total(self, value: str, axes: Sequence[int] | None = None, *, keep: bool = False) -> str:
        """Sum over some axes, or over all."""
        return self.op("ReduceSum", value, *([] if axes is None else [list(axes)]), keepdims=int(keep))

    def reshape(self, value: str, shape: Operand) -> str:
        """The same numbers in another shape."""
        return self.op("Reshape", value, shape)

    def flat(self, value: str, last: int) -> str:
        """All leading axes as one: [..., last] -> [n, last]."""
        return self.reshape(value, [-1, last])

    def split(self, value: str, sizes: Sequence[int], axis: int = -1) -> list[str]:
        """Cut along an axis."""
        return self.ops("Split", value, list(sizes), outputs=len(sizes), axis=axis)

    def concat(self, *values: Operand, axis: int) -> str:
        """Join along an axis."""
        return self.op("Concat", *values, axis=axis)

    def slice(self, value: str, start: Operand, end: Operand, axis: int) -> str:
        """A range along an axis."""
        return self.op("Slice", value, start, end, [axis])

    def where_positive(self, value: str, gradient: str) -> str:
        """`gradient` where `value` is positive, else 0: backward of ReLU."""
        return self.mul(gradient, self.op("Cast", self.op("Greater", value, 0.0), to=FLOAT))

    def zeros(self, *dimensions: Operand) -> str:
        """Zeros of a shape given in pieces (vectors of int64)."""
        return self.op("Expand", 0.0, self.concat(*dimensions, axis=0))

    def body(self, name: str, inputs: Sequence[str], outputs: Sequence[str]) -> GraphProto:
        """This pen's nodes as the body of a Scan."""
        return helper.make_graph(
            self._nodes,
            name,
            [helper.make_tensor_value_info(one, FLOAT, None) for one in inputs],
            [helper.make_tensor_value_info(one, FLOAT, None) for one in outputs],
            list(self._constants.values()),
        )

    def model(self, name: str) -> bytes:
        """The checked graph, serialised; the same calls give the same bytes."""
        graph = helper.make_graph(self._nodes, name, self._inputs, self._outputs, list(self._constants.values()))
        model: ModelProto = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="segue"
        )
        checker.check_model(model, full_check=True)
        return bytes(model.SerializeToString(deterministic=True))

    def _constant(self, value: float | Sequence[int] | npt.NDArray[Any]) -> str:
        array = np.asarray(value)
        array = array.astype(np.float32 if array.dtype.kind == "f" else np.int64)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self._constants:
            self._constants[key] = numpy_helper.from_array(array, self._fresh("constant"))
        return str(self._constants[key].name)

    def _fresh(self, hint: str) -> str:
        self._count += 1
        return f"{self._prefix}{hint.lower()}_{self._count}"
