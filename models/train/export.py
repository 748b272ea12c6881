"""Writes the verifier's network as ONNX, its weights in half precision, and reads them again."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from align.verifier import MARKS
from models.train.network import Network

OPSET = 18
_SMALL = 1024
"""Tensors with fewer numbers stay in full precision: they cost nothing."""


def export(network: Network, path: Path) -> None:
    """Write the network; batch and length are free, and weights are cast up when it is loaded."""
    network.eval()
    side = torch.ones(2, 12, dtype=torch.int64)
    side[:, 0], side[:, 6:], side[1, 10:] = 0, 2, -1
    example = (torch.randn(2, 12, network.shape.dimension), side, torch.rand(2, 12, MARKS))
    batch, length = torch.export.Dim("batch", min=1), torch.export.Dim("length", min=8)
    free = {0: batch, 1: length}
    torch.onnx.export(
        network,
        example,
        str(path),
        dynamo=True,
        input_names=["vectors", "side", "marks"],
        output_names=["tokens", "pairs"],
        opset_version=OPSET,
        dynamic_shapes=(free, free, free),
        external_data=False,
        verbose=False,
    )
    halve(path)


def halve(path: Path) -> None:
    """Store the large tensors of a model in half precision, each with a cast in front."""
    model = onnx.load(str(path))
    kept, casts = [], []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < _SMALL:
            kept.append(tensor)
            continue
        name = f"{tensor.name}.half"
        kept.append(numpy_helper.from_array(values.astype(np.float16), name))
        casts.append(helper.make_node("Cast", [name], [tensor.name], to=TensorProto.FLOAT))
    nodes = casts + list(model.graph.node)
    del model.graph.initializer[:], model.graph.node[:], model.graph.value_info[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def weights(path: Path, network: Network) -> dict[str, Tensor]:
    """Return the weights of a model that `export` wrote, under the names of the network.

    The exporter turns the matrices of linear layers and forgets their names, but neither their
    order nor those of everything else.

    Raises:
        ValueError: The model is of another network.
    """
    stored = {
        tensor.name.removesuffix(".half"): torch.from_numpy(
            numpy_helper.to_array(tensor).astype(np.float32)
        )
        for tensor in onnx.load(str(path)).graph.initializer
        if tensor.data_type in (TensorProto.FLOAT, TensorProto.FLOAT16)
    }
    turned = iter([t for name, t in stored.items() if name.startswith("val_") and t.ndim > 1])
    found = {}
    for name, weight in network.state_dict().items():
        tensor = stored.get(name)
        if tensor is None:
            tensor = next(turned, torch.zeros(0, 0)).T.contiguous()
        if tensor.shape != weight.shape:
            raise ValueError(f"{name} is {tuple(tensor.shape)}, not {tuple(weight.shape)}")
        found[name] = tensor
    return found
