"""Text to vectors: the Encoder protocol, and the one place that loads models and imports torch."""

import json
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import platformdirs
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from align import e5s1
from align.bitext import Span
from align.errors import ModelError
from align.manifest import Manifest, sha256, verify, verify_centre
from align.vectors import Centre, Embedding, TokenVectors, Vectors, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor
    from transformers import PretrainedConfig

log = logging.getLogger(__name__)

BATCH_TOKENS = 4096
"""Most tokens, padding included, that go through the model at once: it bounds the memory."""

_SEAL = "veralign.json"

_UNLOADABLE = (ImportError, LookupError, OSError, RuntimeError, SafetensorError, ValueError)
"""What sentence-transformers raises for a folder that is no model, or a damaged one."""


class Encoder(Protocol):
    """What the pipeline needs of a sentence encoder."""

    @property
    def identity(self) -> str:
        """Name and revision, for the report's signature."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of the languages the encoder knows; empty if nobody has said."""

    @property
    def centre(self) -> Centre | None:
        """Mean vectors of texts at large; None if nobody has computed them."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text, float32, shape (n, d)."""

    def encode_tokens(self, texts: Sequence[str]) -> Embedding:
        """Return the same rows, and the tokens of each text with their vectors."""


class SentenceEncoder:
    """A sentence-transformers model behind the `Encoder` protocol.

    Texts that are longer than the model's window are cut into windows at word borders; their vector
    is the token-weighted mean of the windows' vectors, so that nothing is silently cut off.
    """

    def __init__(self, model: "SentenceTransformer", manifest: Manifest) -> None:
        """Take a loaded model; `load_encoder` is the usual way to get one."""
        self._model = model
        self._manifest = manifest
        self._centre = _load_centre(manifest)
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
        windows = [(i, window) for i, text in enumerate(texts) for window in self._windows(text)]
        order = sorted(range(len(windows)), key=lambda k: -len(windows[k][1]))
        encoded: dict[int, tuple[NDArray[np.float32], TokenVectors]] = {}
        for batch in self._batches([windows[k][1].of(texts[windows[k][0]]) for k in order]):
            pieces = [windows[order[k]][1].of(texts[windows[order[k]][0]]) for k in batch]
            for k, result in zip(batch, self._forward(pieces), strict=True):
                encoded[order[k]] = result
        return self._join(windows, encoded, len(texts))

    def _windows(self, text: str) -> list[Span]:
        # Counted and not guessed: a character may be several tokens.
        tokens = self._token_spans(text)
        if len(tokens) <= self._window:
            return [Span(0, len(text))]
        return list(_cut(text, tokens, self._window))

    def _token_spans(self, text: str) -> list[tuple[int, int]]:
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

    def _forward(self, pieces: Sequence[str]) -> list[tuple[NDArray[np.float32], TokenVectors]]:
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
        return [
            (sentences[k], _tokens(piece, len(prompt), offsets[k], special[k], layer[k]))
            for k, piece in enumerate(pieces)
        ]

    def _join(
        self,
        windows: Sequence[tuple[int, Span]],
        encoded: dict[int, tuple[NDArray[np.float32], TokenVectors]],
        count: int,
    ) -> Embedding:
        dimension = self._model.get_embedding_dimension() or 0
        sentences = np.zeros((count, dimension), np.float32)
        spans: list[list[Span]] = [[] for _ in range(count)]
        vectors: list[list[NDArray[np.float32]]] = [[] for _ in range(count)]
        for k, (i, window) in enumerate(windows):
            sentence, tokens = encoded[k]
            sentences[i] += sentence * max(1, len(tokens.spans))
            spans[i].extend(span.shift(window.start) for span in tokens.spans)
            vectors[i].append(tokens.vectors)
        return Embedding(
            unit(sentences),
            tuple(
                TokenVectors(tuple(s), np.concatenate(v))
                for s, v in zip(spans, vectors, strict=True)
            ),
        )


def default_cache() -> Path:
    """Return the folder where the platform keeps a user's caches, for this program."""
    return platformdirs.user_cache_path("veralign")


def load_encoder(manifest: Manifest, cache: Path) -> SentenceEncoder:
    """Load an encoder: the embedded one from its converted copy, any other through the Hub's cache.

    Args:
        manifest: Which encoder; see `align.manifest.find_manifest`.
        cache: A folder for converted weights, made if missing. If it cannot be written, the
            conversion goes to a temporary folder, with a warning, and is gone afterwards.

    Raises:
        ModelError: The weights are missing, fail their digest, or cannot be loaded.
    """
    if manifest.weights is None:
        return _load(str(manifest.folder or manifest.id), manifest)
    # Importing the model libraries takes seconds; hashing and converting leave a core free for it.
    threading.Thread(target=_import_libraries, daemon=True).start()
    source = verify(manifest.weights)
    folder = cache / f"{manifest.name}-{manifest.weights.sha256[:12]}-{e5s1.CONVERSION}"
    if _is_sound(folder):
        return _load(str(folder), manifest)
    if folder.exists():
        log.warning("The converted weights in %s are damaged; converting again.", folder)
    try:
        _convert_into(source, folder)
        return _load(str(folder), manifest)
    except OSError as error:
        log.warning(
            "The cache cannot be written (%s: %s); going on without it, which is slower.",
            cache,
            error,
        )
    return _load_uncached(source, manifest)


def _load_uncached(source: Path, manifest: Manifest) -> SentenceEncoder:
    try:
        with tempfile.TemporaryDirectory(prefix="veralign-") as name:
            e5s1.convert(source.read_bytes(), Path(name))
            return _load(name, manifest)
    except OSError as error:
        raise ModelError(
            "The encoder's weights cannot be converted: no folder has room for them.",
            where=tempfile.gettempdir(),
            fix="Free 500 MB there, or set TMPDIR or --cache to a folder that has them.",
        ) from error


def _import_libraries() -> "type[SentenceTransformer]":
    # transformers announces each load and each missing optional file; a command's output is not
    # the place for it. Telemetry and update checks would need a network that a desk may not have.
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer


def _load(place: str, manifest: Manifest) -> SentenceEncoder:
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
    return SentenceEncoder(model.eval(), manifest)


def _load_centre(manifest: Manifest) -> Centre | None:
    if manifest.centre is None:
        return None
    tensors = load_file(verify_centre(manifest.centre))
    return Centre(sentence=tensors["sentence"], token=tensors["token"])


def _convert_into(source: Path, folder: Path) -> None:
    """Convert beside the final place and rename, so that two processes never see half a folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".converting-", dir=folder.parent))
    try:
        e5s1.convert(source.read_bytes(), work)
        seal = {
            p.relative_to(work).as_posix(): sha256(p)
            for p in sorted(work.rglob("*"))
            if p.is_file()
        }
        (work / _SEAL).write_text(json.dumps(seal, indent=1), "utf-8")
        work.chmod(0o755)
        # What another process has put there in the meantime may be in use already.
        if folder.exists() and not _is_sound(folder):
            shutil.rmtree(folder, ignore_errors=True)
        try:
            work.rename(folder)
        except OSError:
            # Another process was faster; its copy is as good as ours.
            if not _is_sound(folder):
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _is_sound(folder: Path) -> bool:
    try:
        seal: dict[str, str] = json.loads((folder / _SEAL).read_text("utf-8"))
        return all(sha256(folder / name) == digest for name, digest in seal.items())
    except (OSError, ValueError, AttributeError):
        return False


def _cut(text: str, tokens: Sequence[tuple[int, int]], size: int) -> Iterator[Span]:
    """Cut a text into windows of at most `size` tokens, at white space where there is any."""
    borders = [0]
    first = 0
    while len(tokens) - first > size:
        last = first + size
        candidates = range(last, first + size // 2, -1)
        spaced = next((k for k in candidates if _after_space(text, tokens[k][0])), last)
        borders.append(tokens[spaced][0])
        first = spaced
    borders.append(len(text))
    for start, end in pairwise(borders):
        if end > start:
            yield Span(start, end)


def _after_space(text: str, position: int) -> bool:
    # The tokenizer may count the space before a word as the word's own.
    return text[position - 1 : position + 1].strip() != text[position - 1 : position + 1]


def _tokens(
    piece: str,
    prompt: int,
    offsets: NDArray[np.int64],
    special: NDArray[np.int64],
    layer: NDArray[np.float32],
) -> TokenVectors:
    spans, rows = [], []
    for k, (start, end) in enumerate(offsets.tolist()):
        a, b = max(start - prompt, 0), end - prompt
        while a < b and piece[a].isspace():
            a += 1
        while a < b and piece[b - 1].isspace():
            b -= 1
        if not special[k] and a < b:
            spans.append(Span(a, b))
            rows.append(k)
    return TokenVectors(tuple(spans), unit(layer[rows]))


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
