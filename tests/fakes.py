"""Stand-ins that need no weights: an encoder made of hashes, and a tiny E5S1 file."""

import hashlib
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span
from align.vectors import Centre, Embedding, TokenVectors, Vectors, unit

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
