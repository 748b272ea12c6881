"""Any sentence-transformers model as an encoder; the one file that imports torch."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors import SafetensorError

from align.encoder.windows import Encoded, Offsets, cut, join, token_spans, token_vectors
from align.errors import ModelError
from align.manifest import Manifest
from align.vectors import Centre, Embedding, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor
    from transformers import PretrainedConfig

BATCH_TOKENS = 4096
"""Most tokens, padding included, that go through the model at once: it bounds the memory."""

_UNLOADABLE = (ImportError, LookupError, OSError, RuntimeError, SafetensorError, ValueError)
"""What sentence-transformers raises for a folder that is no model, or a damaged one."""


class SentenceEncoder:
    """A sentence-transformers model behind the `Encoder` protocol.

    Texts that are longer than the model's window are cut into windows at word borders; their vector
    is the token-weighted mean of the windows' vectors, so that nothing is silently cut off.
    """

    def __init__(
        self, model: "SentenceTransformer", manifest: Manifest, centre: Centre | None
    ) -> None:
        """Take a loaded model; `load_encoder` is the usual way to get one."""
        self._model = model
        self._manifest = manifest
        self._centre = centre
        config: PretrainedConfig = model[0].model.config  # type: ignore[assignment, union-attr] # torch types modules as tensors
        config.output_hidden_states = True
        depth = int(config.num_hidden_layers)
        layer = manifest.token_layer
        self._layer = layer if 0 <= layer <= depth else max(1, round(depth * 0.6))
        window = model.max_seq_length or int(getattr(config, "max_position_embeddings", 512))
        prompt_tokens = len(self._token_spans(manifest.prompt)) if manifest.prompt else 0
        self._window = max(8, int(window) - prompt_tokens - 2)

    @property
    def identity(self) -> str:
        """Name and revision, for the report's signature."""
        return self._manifest.identity

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of the languages the encoder knows; empty if nobody has said."""
        return self._manifest.languages

    @property
    def centre(self) -> Centre | None:
        """Mean vectors of texts at large; None if nobody has computed them."""
        return self._centre

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text, float32, shape (n, d). No text, no rows."""
        return self.encode_tokens(texts).sentences

    def encode_tokens(self, texts: Sequence[str]) -> Embedding:
        """Return one unit row per text, and the tokens of each text with their vectors.

        Args:
            texts: Any strings; an empty one gets the vector of the bare prompt and no tokens.
        """
        windows = [
            (i, span)
            for i, text in enumerate(texts)
            for span in cut(text, self._token_spans(text), self._window)
        ]
        # Counted and not guessed where to cut: a character may be several tokens.
        windows.sort(key=lambda window: -len(window[1]))
        pieces = [span.of(texts[i]) for i, span in windows]
        encoded = []
        for batch in self._batches(pieces):
            places = [(windows[k][0], windows[k][1].start) for k in batch]
            encoded += self._forward(places, [pieces[k] for k in batch])
        encoded.sort(key=lambda window: (window.text, window.start))
        return join(encoded, len(texts), self._model.get_embedding_dimension() or 0)

    def _token_spans(self, text: str) -> Offsets:
        tokenizer = self._model.tokenizer
        encoded = tokenizer(
            text,
            add_special_tokens=False,
            return_offsets_mapping=True,
            truncation=False,
            verbose=False,
        )
        return [(int(a), int(b)) for a, b in encoded["offset_mapping"]]

    def _batches(self, pieces: Sequence[str]) -> Iterator[list[int]]:
        # Pieces come longest first, so the first of a batch sets its width.
        batch: list[int] = []
        width = 0
        for k, piece in enumerate(pieces):
            if not batch:
                width = min(len(piece) // 2 + 16, self._window)
            if batch and (len(batch) + 1) * width > BATCH_TOKENS:
                yield batch
                batch, width = [], min(len(piece) // 2 + 16, self._window)
            batch.append(k)
        if batch:
            yield batch

    def _forward(self, places: Sequence[tuple[int, int]], pieces: Sequence[str]) -> list[Encoded]:
        import torch

        prompt = self._manifest.prompt
        features = self._model.tokenizer(
            [prompt + piece for piece in pieces],
            padding=True,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
            return_tensors="pt",
        )
        offsets = features.pop("offset_mapping").numpy()
        special = features.pop("special_tokens_mask").numpy()
        with torch.inference_mode():
            output: dict[str, Tensor] = self._model(dict(features))
        sentences = output["sentence_embedding"].float().numpy()
        layer = output["all_layer_embeddings"][self._layer].float().numpy()
        # A special token has no length, and so no span.
        offsets[special == 1] = 0
        encoded = []
        for row, ((text, start), piece) in enumerate(zip(places, pieces, strict=True)):
            spans, rows = token_spans(piece, len(prompt), offsets[row].tolist())
            tokens = token_vectors(spans, layer[row, rows])
            encoded.append(Encoded(text, start, sentences[row], len(spans), tokens))
        return encoded


def _import_libraries() -> "type[SentenceTransformer]":
    # transformers announces each load and each missing optional file; a command's output is not
    # the place for it. Telemetry and update checks would need a network that a desk may not have.
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer


def load_folder(place: str, manifest: Manifest, centre: Centre | None) -> SentenceEncoder:
    """Load a model.

    Args:
        place: A folder, or a name of the Hub.
        manifest: Says which encoder it is, its prompt and its layer for tokens.
        centre: Mean vectors of texts at large, if somebody has computed them.

    Raises:
        ModelError: It is not there, is not sound, or has no layers.
    """
    local = Path(place).is_dir()
    try:
        model = _import_libraries()(
            place,
            device="cpu",
            revision=None if local else manifest.revision,
            local_files_only=local,
        )
    except _UNLOADABLE as error:
        raise ModelError(
            f"The encoder {manifest.name!r} cannot be loaded.",
            where=place,
            fix=f"It must be a sentence-transformers folder. ({_first_line(error)})"
            if local
            else f"It is downloaded on first use, which needs a network. ({_first_line(error)})",
        ) from error
    if not hasattr(model[0], "model"):
        raise ModelError(
            f"The encoder {manifest.name!r} cannot be loaded.",
            where=place,
            fix="It must be a transformer: a table of static vectors has no layers to look into.",
        )
    return SentenceEncoder(model.eval(), manifest, centre)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
