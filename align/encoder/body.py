"""The transformer of the embedded encoder as an ONNX graph, written from its 4-bit weights.

The blocks stay what they are: ONNX Runtime multiplies by them in float32, so that the vectors are
those of the weights file. Words come as vectors, looked up outside, so that the graph needs no copy
of the largest table; every hidden layer can be asked for.
"""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from align.e5s1 import BLOCK, Weights

_OPSET, _IR = 18, 10
_EXACT = 1
"""MatMulNBits' accuracy level that computes in float32. Level 4, int8, is hardly faster with blocks
of 32, and moves sentences by up to .00011 of their cosine."""
_OWN = "com.microsoft"


def write_body(weights: Weights, path: Path) -> None:
    """Write the graph.

    Inputs are `words`, float32 (batch, tokens, hidden), word, position and type vectors added up;
    `lengths`, int32 (batch,); and `shares`, float32 (batch, tokens), each token's part of the mean.
    Outputs are `sentence`, the mean of the last layer, not of unit length, and `layer0` and so on.
    """
    onnx.save(_Graph(weights).model(), path)


class _Graph:
    """A graph in the making: nodes in order, and their constants."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        shape = self._weights.shape
        layer = self._normalised("words", "emb.ln", "layer0")
        for k in range(shape.layers):
            layer = self._layer(k, layer)
        one = self._constant("one", np.array([1]))
        row = self._node("Unsqueeze", ["shares", one], "row")
        self._node("Squeeze", [self._node("MatMul", [row, layer], "mean"), one], "sentence")
        real, whole = TensorProto.FLOAT, TensorProto.INT32
        info = helper.make_tensor_value_info
        sizes: list[str | int | None] = ["batch", "tokens", shape.hidden]
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                info("words", real, sizes),
                info("lengths", whole, sizes[:1]),
                info("shares", real, sizes[:2]),
            ],
            [
                info("sentence", real, [sizes[0], sizes[2]]),
                *(info(f"layer{k}", real, sizes) for k in range(shape.layers + 1)),
            ],
            self._constants,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OWN, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR)

    def _layer(self, k: int, given: str) -> str:
        parts = [self._product(given, f"l{k}.{part}") for part in "qkv"]
        attention = self._node(
            "MultiHeadAttention",
            [*parts, "", "lengths"],
            f"l{k}.attention",
            num_heads=self._weights.shape.heads,
        )
        sum_ = self._node("Add", [self._product(attention, f"l{k}.ao"), given], f"l{k}.sum")
        middle = self._normalised(sum_, f"l{k}.aln", f"l{k}.middle")
        inner = self._node("Gelu", [self._product(middle, f"l{k}.fi")], f"l{k}.inner")
        sum_ = self._node("Add", [self._product(inner, f"l{k}.fo"), middle], f"l{k}.total")
        return self._normalised(sum_, f"l{k}.oln", f"layer{k + 1}")

    def _product(self, given: str, part: str) -> str:
        scales, weights = self._weights.tensors[f"{part}.w"].blocks()
        bias = self._plain(f"{part}.b")
        rows = len(bias)
        # ONNX Runtime wants neighbours in one byte, where the file has the halves of a block.
        pairs = (weights[:, 0::2] | (weights[:, 1::2] << 4)).reshape(rows, -1, BLOCK // 2)
        inputs = [
            self._constant(f"{part}.w", pairs),
            self._constant(f"{part}.scales", scales),
            "",
            "",
            self._constant(f"{part}.b", bias),
        ]
        return self._node(
            "MatMulNBits",
            [given, *inputs],
            f"{part}.product",
            N=rows,
            K=pairs.shape[1] * BLOCK,
            bits=4,
            block_size=BLOCK,
            accuracy_level=_EXACT,
        )

    def _normalised(self, given: str, part: str, output: str) -> str:
        constants = [self._constant(f"{part}.{k}", self._plain(f"{part}.{k}")) for k in "wb"]
        epsilon = self._weights.layer_norm_epsilon
        return self._node("LayerNormalization", [given, *constants], output, epsilon=epsilon)

    def _plain(self, name: str) -> NDArray[np.float32]:
        return self._weights.tensors[name].values()

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, kind: str, inputs: list[str], output: str, **attributes: float) -> str:
        domain = _OWN if kind in {"MatMulNBits", "MultiHeadAttention", "Gelu"} else ""
        node = helper.make_node(kind, inputs, [output], domain=domain)
        node.attribute.extend(helper.make_attribute(*item) for item in attributes.items())
        self._nodes.append(node)
        return output
