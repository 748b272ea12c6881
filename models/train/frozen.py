"""The encoder's lower layers, which the training leaves as they are."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import torch
from torch import Tensor, nn

from align.encoder import load_reference
from align.encoder.windows import token_spans, token_vectors
from align.manifest import find_manifest
from align.vectors import TokenVectors, Vectors
from models.train.network import Shape


class Frozen:
    """The default encoder up to its token layer, and the layers above it to begin with."""

    def __init__(self, cache: Path | None = None) -> None:
        """Load the encoder; what lies above its token layer is cut off, since nobody asks it."""
        manifest = find_manifest("e5-small")
        self._encoder = load_reference(manifest, cache or platformdirs.user_cache_path("veralign"))
        # The one place where the model behind the seam is needed: to take its upper layers.
        body: Any = self._encoder._model[0].model  # noqa: SLF001
        self._config = body.config
        self._tokenizer = self._encoder._model.tokenizer  # noqa: SLF001
        self._embeddings = body.embeddings
        self._layers = list(body.encoder.layer)
        self._depth = manifest.token_layer
        body.encoder.layer = body.encoder.layer[: self._depth]
        assert self._encoder.centre is not None  # noqa: S101 - the default encoder has one
        self.prior: Vectors = self._encoder.centre.token

    def encode(self, texts: Sequence[str]) -> Sequence[TokenVectors]:
        """Return the tokens of each text with their vectors.

        In bfloat16, which is twice as fast: the training minds less than that changes.
        """
        with torch.autocast("cpu", torch.bfloat16):
            return self._encoder.encode_tokens(texts).tokens if texts else ()

    def embed(self, text: str) -> TokenVectors:
        """Return the pieces of a text as they enter the lowest layer, in unit length."""
        pieces = self._tokenizer(text, return_offsets_mapping=True, add_special_tokens=False)
        spans, numbers = token_spans(text, 0, pieces["offset_mapping"])
        with torch.inference_mode():
            rows = self._embeddings(torch.tensor([pieces["input_ids"]]))[0, numbers]
        return token_vectors(spans, rows.float().numpy())

    def shape(self, layers: int) -> Shape:
        """Return the shape of a network that begins as the upper layers."""
        config = self._config
        heads, inner = config.num_attention_heads, config.intermediate_size
        return Shape(config.hidden_size, heads, inner, layers)

    def upper(self, count: int) -> tuple[list[dict[str, Tensor]], float]:
        """Return the states of the layers above, and the length of a vector between layers."""
        norm = self._layers[self._depth - 1].output.LayerNorm
        return self._states(self._layers[self._depth : self._depth + count], norm)

    def all_layers(self) -> tuple[list[dict[str, Tensor]], float]:
        """Return the states of all layers, and the length of a vector that enters the lowest."""
        return self._states(self._layers, self._embeddings.LayerNorm)

    def _states(
        self, layers: Sequence[nn.Module], before: nn.Module
    ) -> tuple[list[dict[str, Tensor]], float]:
        norm = before.state_dict()
        squares = norm["weight"].square().sum() + norm["bias"].square().sum()
        return [layer.state_dict() for layer in layers], float(np.sqrt(squares))
