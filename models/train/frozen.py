"""The encoder's lower layers, which the training leaves as they are."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import torch
from torch import Tensor
from torch.nn import ModuleList

from align.encoder import _tokens as token_vectors
from align.encoder import load_encoder
from align.manifest import find_manifest
from align.vectors import TokenVectors, Vectors
from models.train.network import Shape

LOWER = 3
"""The layer whose vectors still know the word well; the network reads it beside the token layer."""
_BATCH = 48
_LONGEST = 510


class Frozen:
    """The default encoder up to its token layer, and the layers above it to begin with."""

    def __init__(self, cache: Path | None = None) -> None:
        """Load the encoder; what lies above its token layer is cut off, since nobody asks it."""
        manifest = find_manifest("e5-small")
        self._encoder = load_encoder(manifest, cache or platformdirs.user_cache_path("veralign"))
        # The one place where the model behind the seam is needed: to take its upper layers.
        self._body: Any = self._encoder._model[0].model  # noqa: SLF001
        self._tokenizer: Any = self._encoder._model.tokenizer  # noqa: SLF001
        self._prompt = manifest.prompt
        self._config = self._body.config
        self._layers = list(self._body.encoder.layer)
        self._depth = manifest.token_layer
        self._body.encoder.layer = self._body.encoder.layer[: self._depth]
        assert self._encoder.centre is not None  # noqa: S101 - the default encoder has one
        self.prior: Vectors = self._encoder.centre.token

    def encode(self, texts: Sequence[str]) -> Sequence[TokenVectors]:
        """Return the tokens of each text with their vectors.

        In bfloat16 where the processor has it: the training minds less than that changes.
        """
        return self._encode(texts, self._depth)

    def lower(self, texts: Sequence[str]) -> Sequence[TokenVectors]:
        """Return the tokens of each text with their vectors from the lower layer."""
        return self._encode(texts, LOWER)

    def _encode(self, texts: Sequence[str], depth: int) -> Sequence[TokenVectors]:
        self._body.encoder.layer = ModuleList(self._layers[:depth])
        order = sorted(range(len(texts)), key=lambda k: len(texts[k]))
        found: dict[int, TokenVectors] = {}
        for start in range(0, len(order), _BATCH):
            part = order[start : start + _BATCH]
            with torch.autocast("cpu", torch.bfloat16):
                tokens = self._forward([texts[k] for k in part])
            found |= dict(zip(part, tokens, strict=True))
        return [found[k] for k in range(len(texts))]

    def _forward(self, texts: Sequence[str]) -> list[TokenVectors]:
        features = self._tokenizer(
            [self._prompt + text for text in texts],
            padding=True,
            truncation=True,
            max_length=_LONGEST,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
            return_tensors="pt",
        )
        offsets = features.pop("offset_mapping").numpy()
        special = features.pop("special_tokens_mask").numpy()
        with torch.inference_mode():
            states = self._body(**features).last_hidden_state.float().numpy()
        return [
            token_vectors(text, len(self._prompt), offsets[k], special[k], states[k])
            for k, text in enumerate(texts)
        ]

    def shape(self, layers: int, lower: int) -> Shape:
        """Return the shape of a network that begins as the upper layers."""
        config = self._config
        heads, inner = config.num_attention_heads, config.intermediate_size
        return Shape(config.hidden_size, heads, inner, layers, lower)

    def upper(self, count: int) -> tuple[list[dict[str, Tensor]], float]:
        """Return the states of the layers above, and the length of a vector between layers."""
        return self._states(self._depth, count), self._length(self._depth)

    def lowest(self, count: int) -> tuple[list[dict[str, Tensor]], float]:
        """Return the states of the layers that follow the lower one, and a vector's length there."""
        return self._states(LOWER, count), self._length(LOWER)

    def _states(self, first: int, count: int) -> list[dict[str, Tensor]]:
        return [layer.state_dict() for layer in self._layers[first : first + count]]

    def _length(self, layer: int) -> float:
        norm = self._layers[layer - 1].output.LayerNorm.state_dict()
        return float(np.sqrt(norm["weight"].square().sum() + norm["bias"].square().sum()))
