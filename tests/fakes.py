"""Stand-ins that need no weights: an encoder made of hashes, and a tiny E5S1 file."""

import hashlib
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from align.bitext import Span
from align.judgement import ERRORS
from align.manifest import VerifierManifest, sha256
from align.vectors import Centre, Embedding, TokenVectors, Vectors, unit
from align.verifier import MARKS

_WORD = re.compile(r"\w+")


class HashEncoder:
    """An `Encoder` for which a text in capitals is a faithful translation of the same in small.

    A word's vector is drawn from a generator seeded with the word's case-folded form, so that the
    vectors of two words are as good as orthogonal; a sentence is the unit mean of its words.
    """

    identity = "hash@1"
    languages: tuple[str, ...] = ()
    centre: Centre | None = None

    def __init__(self, dimension: int = 256) -> None:
        """Take the dimension; the higher, the less two words have in common."""
        self.dimension = dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text; a text without words has a vector of its own."""
        return self.encode_tokens(texts).sentences

    def encode_tokens(self, texts: Sequence[str]) -> Embedding:
        """Return one unit row per text, and the words of each with their vectors."""
        tokens = tuple(self._tokens(text) for text in texts)
        rows = [t.vectors.mean(axis=0) if t.spans else self._vector("") for t in tokens]
        return Embedding(
            unit(np.array(rows, np.float32).reshape(len(texts), self.dimension)), tokens
        )

    def _tokens(self, text: str) -> TokenVectors:
        spans = tuple(Span(*word.span()) for word in _WORD.finditer(text))
        rows = [self._vector(span.of(text)) for span in spans]
        return TokenVectors(spans, np.array(rows, np.float32).reshape(-1, self.dimension))

    def _vector(self, word: str) -> Vectors:
        seed = hashlib.sha256(word.casefold().encode()).digest()
        drawn = np.random.default_rng(list(seed)).standard_normal(self.dimension)
        return unit(drawn.astype(np.float32))


PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyz0123456789.,-:'～")
PIECES += ("▁the", "▁cat", "▁dog", "▁query", "ing", "er", "ed", "fi", "▁sea", "▁sun")
DROPPED, SPACED = ("\x01", "\u200b"), ("\t", "\n", "\u2028")


@dataclass
class TinyE5S1:
    """A whole E5S1 file of a BERT with random weights, and what its parser must find in it."""

    hidden: int = 32
    layers: int = 2
    heads: int = 2
    intermediate: int = 64
    vocabulary: int = len(PIECES) + 5
    positions: int = 40
    token_types: int = 2
    magic: bytes = b"E5S1"
    block: int = 32
    replacements: Mapping[str, str] = field(
        default_factory=lambda: (
            dict.fromkeys(DROPPED, "") | dict.fromkeys(SPACED, " ") | {"\ufb01": "fi"}
        )
    )
    tensors: dict[str, tuple[bool, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Draw the weights."""
        rng = np.random.default_rng(7)
        h, f = self.hidden, self.intermediate
        self._matrix(rng, "emb.word", self.vocabulary * h)
        for name, count in (("emb.pos", self.positions * h), ("emb.type", self.token_types * h)):
            self._plain(name, rng.standard_normal(count) * 0.1)
        self._norm("emb.ln")
        for i in range(self.layers):
            for part in ("q", "k", "v", "ao", "fi", "fo"):
                self._matrix(rng, f"l{i}.{part}.w", h * (f if part in ("fi", "fo") else h))
                self._plain(f"l{i}.{part}.b", rng.standard_normal(f if part == "fi" else h) * 0.1)
            self._norm(f"l{i}.aln")
            self._norm(f"l{i}.oln")

    def file(self) -> bytes:
        """Return the bytes of the file."""
        head = struct.pack(
            "<4sI7ifi",
            self.magic,
            1,
            self.hidden,
            self.layers,
            self.heads,
            self.intermediate,
            self.vocabulary,
            self.positions,
            self.token_types,
            1e-12,
            self.block,
        )
        return self._with_tensors(head + self._pieces() + self._map())

    def _pieces(self) -> bytes:
        encoded = [piece.encode() for piece in PIECES]
        offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4")
        scores = np.linspace(-1, -9, len(PIECES)).astype("<f4")
        scores[PIECES.index("▁the") :] = -2.0
        blob = b"".join(encoded)
        head = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob))
        return head + offsets.tobytes() + scores.tobytes() + blob

    def _map(self) -> bytes:
        entries = b"".join(
            struct.pack(f"<IB{len(new)}I", ord(old), len(new), *map(ord, new))
            for old, new in self.replacements.items()
        )
        return struct.pack("<iI", len(self.replacements), len(entries)) + entries

    def _with_tensors(self, head: bytes) -> bytes:
        size = sum(2 + len(name) + struct.calcsize("<BIQQ") for name in self.tensors)
        offset = len(head) + 4 + size
        directory, body = struct.pack("<i", len(self.tensors)), b""
        for name, (quantised, raw) in self.tensors.items():
            count = len(raw) // 18 * 32 if quantised else len(raw) // 4
            directory += struct.pack("<H", len(name)) + name.encode()
            directory += struct.pack("<BIQQ", int(quantised), count, offset + len(body), len(raw))
            body += raw
        return head + directory + body

    def _matrix(self, rng: np.random.Generator, name: str, count: int) -> None:
        raw = b"".join(
            struct.pack("<e", rng.uniform(0.01, 0.05)) + rng.bytes(16) for _ in range(count // 32)
        )
        self.tensors[name] = (True, raw)

    def _plain(self, name: str, values: NDArray[np.float64]) -> None:
        self.tensors[name] = (False, values.astype("<f4").tobytes())

    def _norm(self, name: str) -> None:
        self._plain(f"{name}.w", np.ones(self.hidden))
        self._plain(f"{name}.b", np.zeros(self.hidden))


def _verifier_nodes() -> list[onnx.NodeProto]:
    float_ = onnx.TensorProto.FLOAT
    return [
        onnx.helper.make_node("Cast", ["side"], ["number"], to=float_),
        onnx.helper.make_node("Unsqueeze", ["number", "two"], ["rows"]),
        onnx.helper.make_node("Unsqueeze", ["number", "one"], ["columns"]),
        onnx.helper.make_node("Mul", ["rows", "columns"], ["product"]),
        onnx.helper.make_node("Equal", ["product", "facing"], ["cross"]),
        onnx.helper.make_node("Cast", ["cross"], ["mask"], to=float_),
        onnx.helper.make_node("Transpose", ["vectors"], ["turned"], perm=[0, 2, 1]),
        onnx.helper.make_node("MatMul", ["vectors", "turned"], ["cosines"]),
        onnx.helper.make_node("Mul", ["cosines", "mask"], ["seen"]),
        onnx.helper.make_node("ReduceMax", ["seen", "two"], ["best"], keepdims=1),
        onnx.helper.make_node("Sub", ["half", "best"], ["lack"]),
        onnx.helper.make_node("Mul", ["lack", "lacking"], ["tokens"]),
        onnx.helper.make_node("Unsqueeze", ["number", "two"], ["places"]),
        onnx.helper.make_node("Clip", ["places", "zero", "unit"], ["counts"]),
        onnx.helper.make_node("Mul", ["lack", "counts"], ["counted"]),
        onnx.helper.make_node("ReduceMax", ["counted", "one"], ["worst"], keepdims=0),
        onnx.helper.make_node("Mul", ["worst", "pairing"], ["pairs"]),
    ]


def _verifier_numbers() -> dict[str, NDArray[np.generic]]:
    pairing = [10.0, 10.0] + [0.0] * (len(ERRORS) - 2) + [10.0, 0.0]
    return {
        "one": np.array([1]),
        "two": np.array([2]),
        "facing": np.array(2.0, np.float32),
        "half": np.array(0.5, np.float32),
        "zero": np.array(0.0, np.float32),
        "unit": np.array(1.0, np.float32),
        "lacking": np.array([8.0, 0.0, 0.0], np.float32),
        "pairing": np.array(pairing, np.float32),
    }


def write_verifier(path: Path) -> VerifierManifest:
    """Write a verifier for which a word is lost if no word of the other side has its vector.

    Its outputs are those of the real one: log odds of a token's loss fall with its best cosine,
    and the pair's odds of an omission, an addition and a major error are those of the worst token.
    """
    float_, int_ = onnx.TensorProto.FLOAT, onnx.TensorProto.INT64
    info = onnx.helper.make_tensor_value_info
    graph = onnx.helper.make_graph(
        _verifier_nodes(),
        "verifier",
        [
            info("vectors", float_, ["b", "n", "d"]),
            info("side", int_, ["b", "n"]),
            info("marks", float_, ["b", "n", MARKS]),
        ],
        [info("tokens", float_, ["b", "n", 3]), info("pairs", float_, ["b", len(ERRORS) + 2])],
        [onnx.numpy_helper.from_array(value, name) for name, value in _verifier_numbers().items()],
    )
    opset = onnx.helper.make_opsetid("", 18)
    onnx.save(onnx.helper.make_model(graph, opset_imports=[opset], ir_version=10), str(path))
    plain = dict.fromkeys(("lacking", "changed", *ERRORS), (1.0, 0.0))
    calibration: dict[str, tuple[float, ...]] = {**plain, "risk": (1.0, 0.0, 0.0, -2.5)}
    return VerifierManifest(
        name="tiny",
        version="1",
        licence="Apache-2.0",
        encoder="hash@1",
        token_layer=1,
        file=path.name,
        sha256=sha256(path),
        alarms=((1.0, 0.8), (5.0, 0.4)),
        calibration=calibration,
    )
