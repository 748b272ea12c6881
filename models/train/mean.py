"""Writes the mean of models that went on from each other: a model soup.

    python models/train/mean.py --out FOLDER/model.onnx ONE/model.onnx OTHER/model.onnx

Weights that a later run has moved lie in the same valley as those it began from, and between them
is often a better model than either (Wortsman et al., 2022, "Model soups").
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, average, and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("models", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    try:
        average(options.models, options.out)
    except ValueError as error:
        sys.exit(str(error))


def average(models: Sequence[Path], path: Path) -> None:
    """Write a model whose weights are the mean of those of `models`, in their precision.

    Raises:
        ValueError: The models are not of one network.
    """
    read = [onnx.load(str(model)) for model in models]
    weights = [
        {t.name: numpy_helper.to_array(t) for t in model.graph.initializer} for model in read
    ]
    for k, model in enumerate(models):
        is_alike = _shapes(weights[k]) == _shapes(weights[0])
        if not is_alike or read[k].graph.node != read[0].graph.node:
            raise ValueError(f"{model} is of another network than {models[0]}")
    for tensor in read[0].graph.initializer:
        first = weights[0][tensor.name]
        if first.dtype.kind == "f":
            mean = np.mean([own[tensor.name].astype(np.float64) for own in weights], axis=0)
            tensor.CopyFrom(numpy_helper.from_array(mean.astype(first.dtype), tensor.name))
    onnx.save(read[0], str(path))


def _shapes(weights: Mapping[str, NDArray[np.generic]]) -> dict[str, tuple[object, ...]]:
    return {name: (tensor.shape, tensor.dtype) for name, tensor in weights.items()}


if __name__ == "__main__":
    main()
