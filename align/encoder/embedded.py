"""The embedded encoder in ONNX Runtime: no torch, and no table of words in memory."""

import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from align.bitext import Span
from align.cores import count_cores
from align.e5s1 import BLOCK, BLOCK_BYTES, Weights, dequantise, split_blocks
from align.encoder.pieces import Pieces, Tokens, write_pieces
from align.encoder.windows import Encoded, cut, join, token_spans, token_vectors
from align.manifest import Manifest
from align.vectors import Centre, Embedding, Vectors, unit

CONVERSION = 2
"""Rises whenever the same weights file would be converted to another folder."""

BATCH_TOKENS = 256
"""Most tokens, padding included, of one batch. What a batch needs then stays in a core's cache:
with 4,096 tokens the same work takes a third longer."""
WIDTH_STEP = 4
"""Windows are padded to a multiple of so many tokens: with less, batches have fewer windows, and
each unpacks the weights anew; with more, there is more padding."""
SHARES = 4
"""Batches that each core gets at least, so that none waits long for another's last one."""
CHUNK_TEXTS = 512
"""Texts that are tokenized while those before them are encoded."""

_BODY, _POSITIONS, _SETTINGS = "body.onnx", "positions.npy", "encoder.json"
_SPECIAL = 2
_SAFE = 8
"""Tokens by which a text may differ with and without the prompt before it."""


@dataclass(frozen=True, slots=True)
class _Window:
    """What goes through the model at once of one text: its place in it, and its tokens."""

    text: int
    span: Span
    piece: str
    tokens: Tokens


class WordTable:
    """The vectors of all pieces, 4-bit, where they lie in the weights file."""

    def __init__(self, path: Path, offset: int, rows: int, dimension: int) -> None:
        """Map the table into memory; see `align.e5s1` for how blocks are laid out."""
        shape = (rows, dimension // BLOCK, BLOCK_BYTES)
        self._blocks = np.memmap(path, np.uint8, "r", offset, shape)

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of some pieces, float32, shape (n, d)."""
        return dequantise(*split_blocks(self._blocks[numbers])).reshape(len(numbers), -1)


class EmbeddedEncoder:
    """The embedded encoder behind the `Encoder` protocol.

    Texts that are longer than the model's window are cut into windows at word borders; their vector
    is the token-weighted mean of the windows' vectors, so that nothing is silently cut off. A text
    has the same vectors whatever else is encoded with it.
    """

    def __init__(
        self, source: Path, folder: Path, manifest: Manifest, centre: Centre | None
    ) -> None:
        """Open a converted copy; `load_encoder` is the usual way to get one.

        Args:
            source: The weights file, for its table of words.
            folder: What `write_embedded` made of it.
            manifest: Says which encoder it is, its prompt and its layer for tokens.
            centre: Mean vectors of texts at large, if somebody has computed them.
        """
        settings = json.loads((folder / _SETTINGS).read_text("utf-8"))
        self._manifest = manifest
        self._centre = centre
        self._table = WordTable(source, settings["offset"], settings["rows"], settings["dimension"])
        self._dimension = int(settings["dimension"])
        self._positions = np.load(folder / _POSITIONS)
        self._pieces = Pieces(folder)
        self._session = _session(folder / _BODY)
        depth = int(settings["layers"])
        layer = manifest.token_layer
        self._layer = f"layer{layer if 0 <= layer <= depth else max(1, round(depth * 0.6))}"
        prompt = len(self._pieces.tokenize([manifest.prompt])[0].numbers) if manifest.prompt else 0
        self._most = len(self._positions) - _SPECIAL
        self._window = max(8, self._most - prompt)

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
        return self._encode(texts, with_tokens=False).sentences

    def encode_tokens(self, texts: Sequence[str]) -> Embedding:
        """Return one unit row per text, and the tokens of each text with their vectors.

        Args:
            texts: Any strings; an empty one gets the vector of the bare prompt and no tokens.
        """
        return self._encode(texts, with_tokens=True)

    def _encode(self, texts: Sequence[str], with_tokens: bool) -> Embedding:
        places = {text: k for k, text in enumerate(dict.fromkeys(texts))}
        found = self._encode_distinct(list(places), with_tokens)
        rows = [places[text] for text in texts]
        tokens = tuple(found.tokens[row] for row in rows) if with_tokens else ()
        return Embedding(found.sentences[rows], tokens)

    def _encode_distinct(self, texts: Sequence[str], with_tokens: bool) -> Embedding:
        encoded: list[Encoded] = []
        waiting: list[Future[list[Encoded]]] = []
        cores = count_cores()
        with ThreadPoolExecutor(cores) as pool:
            for start in range(0, len(texts), CHUNK_TEXTS):
                windows = self._windows(texts, range(start, min(start + CHUNK_TEXTS, len(texts))))
                begun = [
                    pool.submit(self._forward, b, with_tokens) for b in _batches(windows, cores)
                ]
                encoded.extend(chain.from_iterable(f.result() for f in waiting))
                waiting = begun
            encoded.extend(chain.from_iterable(f.result() for f in waiting))
        encoded.sort(key=lambda window: (window.text, window.start))
        return join(encoded, len(texts), self._dimension)

    def _windows(self, texts: Sequence[str], numbers: range) -> list[_Window]:
        prompt = self._manifest.prompt
        spans = []
        whole = self._pieces.tokenize([prompt + texts[i] for i in numbers])
        windows = []
        for i, tokens in zip(numbers, whole, strict=True):
            if len(tokens.numbers) <= self._most - _SAFE:
                windows.append(_Window(i, Span(0, len(texts[i])), texts[i], tokens))
            else:
                bare = self._pieces.tokenize([texts[i]])[0]
                spans += [(i, span) for span in cut(texts[i], bare.offsets, self._window)]
        again = self._pieces.tokenize([prompt + span.of(texts[i]) for i, span in spans])
        return windows + [
            _Window(i, span, span.of(texts[i]), _first(tokens, self._most))
            for (i, span), tokens in zip(spans, again, strict=True)
        ]

    def _forward(self, windows: Sequence[_Window], with_tokens: bool) -> list[Encoded]:
        outputs = ["sentence", self._layer] if with_tokens else ["sentence"]
        sentences, *layers = self._session.run(outputs, self._inputs(windows))
        prompt = len(self._manifest.prompt)
        encoded = []
        for row, (window, sentence) in enumerate(zip(windows, unit(sentences), strict=True)):
            spans, numbers = token_spans(window.piece, prompt, window.tokens.offsets)
            # The row's first vector is that of the beginning.
            rows = np.array(numbers, np.int64) + 1
            tokens = token_vectors(spans, layers[0][row, rows]) if with_tokens else None
            start = window.span.start
            encoded.append(Encoded(window.text, start, sentence, len(spans), tokens))
        return encoded

    def _inputs(self, windows: Sequence[_Window]) -> dict[str, NDArray[np.generic]]:
        sizes = np.array([len(window.tokens.numbers) + _SPECIAL for window in windows], np.int32)
        words = np.zeros((len(windows), _width(windows[0]), self._dimension), np.float32)
        shares = np.zeros(words.shape[:2], np.float32)
        for row, (window, size) in enumerate(zip(windows, sizes.tolist(), strict=True)):
            ends = (self._pieces.beginning, *window.tokens.numbers, self._pieces.end)
            words[row, :size] = self._table.rows(np.array(ends)) + self._positions[:size]
            shares[row, :size] = 1 / size
        return {"words": words, "lengths": sizes, "shares": shares}


def write_embedded(weights: Weights, folder: Path) -> None:
    """Write what `EmbeddedEncoder` needs beside the weights file itself.

    Args:
        weights: The content of an E5S1 file.
        folder: An existing, empty folder.

    Raises:
        ModelError: The rules of its vocabulary are not those of XLM-R.
        OSError: The folder cannot be written.
    """
    # Writing graphs needs the onnx library, which takes a fifth of a second to import.
    from align.encoder.body import write_body

    write_body(weights, folder / _BODY)
    write_pieces(weights, folder)
    shape = weights.shape
    types = weights.tensors["emb.type"].values()[: shape.hidden]
    positions = weights.tensors["emb.pos"].values().reshape(shape.positions, shape.hidden)
    np.save(folder / _POSITIONS, positions + types)
    settings = {
        "offset": weights.tensors["emb.word"].offset,
        "rows": shape.vocabulary,
        "dimension": shape.hidden,
        "layers": shape.layers,
    }
    (folder / _SETTINGS).write_text(json.dumps(settings, indent=1), "utf-8")


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # Batches run beside each other, one on each core: nobody waits for a slower half.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # The graph is written as it should run: what ONNX Runtime would fuse makes it slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])


def _batches(windows: Sequence[_Window], cores: int) -> list[list[_Window]]:
    """Return batches of windows of one width each, longest first.

    Beside a longer window a text would get other padding, and with it another last digit in some
    of its vectors: then a report would hang on what else was encoded with it, and what was not.
    """
    by_width: dict[int, list[_Window]] = {}
    for window in windows:
        by_width.setdefault(_width(window), []).append(window)
    share = sum(width * len(found) for width, found in by_width.items()) // (SHARES * cores)
    batches = []
    for width in sorted(by_width, reverse=True):
        found = by_width[width]
        size = max(1, min(BATCH_TOKENS, share) // width)
        batches += [found[k : k + size] for k in range(0, len(found), size)]
    return batches


def _width(window: _Window) -> int:
    """Return the tokens of a window with its padding, which hangs on nothing but itself."""
    return -(-(len(window.tokens.numbers) + _SPECIAL) // WIDTH_STEP) * WIDTH_STEP


def _first(tokens: Tokens, most: int) -> Tokens:
    return Tokens(tokens.numbers[:most], tokens.offsets[:most])
