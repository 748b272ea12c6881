"""What the alignment benchmark reads: articles and a book with known beads, and stored vectors."""

import hashlib
import json
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span
from align.encoder import Encoder
from align.vectors import Embedding, TokenVectors, Vectors
from eval.noise import Bead, Case, Noise, Pair, noised

FEWEST_PAIRS = 9
"""An article of fewer sentences leaves nothing to see after noise."""

KNOWN = Path(__file__).parent / "data.toml"


class Files:
    """Reads the data and remembers which files were read, with their digests."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that holds `ntrex/` and `textberg/`."""
        self.folder = folder
        self.digests: dict[str, str] = {}
        self._known: dict[str, str] = tomllib.loads(KNOWN.read_text("utf-8"))["sha256"]

    def lines(self, name: str) -> list[str]:
        """Return the lines of a file, without white space at their ends."""
        data = (self.folder / name).read_bytes()
        self.digests[name] = hashlib.sha256(data).hexdigest()
        return [line.strip() for line in data.decode("utf-8").removesuffix("\n").split("\n")]

    def unlike_the_known(self) -> list[str]:
        """Return the files that are not those whose digests are written down."""
        return [name for name, digest in self.digests.items() if self._known.get(name) != digest]

    def articles(self, language: str, split: str) -> dict[str, list[Pair]]:
        """Return the articles of NTREX as pairs of an English sentence and its translation."""
        columns = [
            self.lines(f"ntrex/{split}/{name}.txt") for name in ("document_ids", "eng", language)
        ]
        articles: dict[str, list[Pair]] = defaultdict(list)
        for document, source, target in zip(*columns, strict=True):
            articles[document].append((source, target))
        return articles

    def book(self) -> Case:
        """Return the development part of Text+Berg, German and French, with its beads."""
        source, target = (tuple(self.lines(f"textberg/dev.{side}")) for side in ("de", "fr"))
        beads: list[Bead] = []
        for line in self.lines("textberg/dev.gold"):
            one, colon, two = line.partition(":")
            if colon:
                beads.append((tuple(json.loads(one)), tuple(json.loads(two))))
        return Case("Text+Berg", source, target, tuple(beads))


def cases(
    files: Files, language: str, split: str, noise: Noise, draws: int, seed: str
) -> list[Case]:
    """Return the articles of a language, each noised several times."""
    strangers = [p for article in files.articles(language, "train").values() for p in article]
    return [
        noised(f"{name} {draw}", pairs, noise, strangers, _chance(f"{seed} {name} {draw}"))
        for name, pairs in files.articles(language, split).items()
        if len(pairs) >= FEWEST_PAIRS
        for draw in range(draws)
    ]


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret


class VectorStore:
    """What the encoder says of texts, each encoded once; kept in a folder if one is named.

    Vectors of tokens are kept in half precision, as nothing that uses them sees the difference.
    """

    def __init__(self, encoder: Encoder, folder: Path | None = None) -> None:
        """Take the encoder, and the folder, which need not be there yet."""
        self.encoder = encoder
        self._folder = folder
        self._known: dict[str, tuple[Vectors, TokenVectors]] = {}
        for path in sorted(folder.glob("*.npz")) if folder else ():
            with np.load(path) as stored:
                if str(stored["encoder"]) == encoder.identity:
                    self._remember(stored["keys"].tolist(), _unpacked(stored))

    def learn(self, texts: Iterable[str]) -> None:
        """Encode the texts that are new, and store them."""
        new = sorted({text for text in texts if _key(text) not in self._known})
        if not new:
            return
        keys, embedding = [_key(text) for text in new], self.encoder.encode_tokens(new)
        self._remember(keys, embedding)
        if self._folder:
            self._folder.mkdir(exist_ok=True)
            name = hashlib.sha256("".join(keys).encode()).hexdigest()[:16]
            about = {"keys": np.array(keys), "encoder": np.array(self.encoder.identity)}
            path = self._folder / f"{name}.npz"
            np.savez(path, allow_pickle=False, **about, **_packed(embedding))

    def embedding(self, texts: Sequence[str]) -> Embedding:
        """Return what was learnt of some texts."""
        known = [self._known[_key(text)] for text in texts]
        rows = np.array([row for row, _ in known], np.float32)
        return Embedding(rows, tuple(tokens for _, tokens in known))

    def _remember(self, keys: Sequence[str], embedding: Embedding) -> None:
        both = zip(embedding.sentences, embedding.tokens, strict=True)
        self._known.update(zip(keys, both, strict=True))


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _packed(embedding: Embedding) -> dict[str, NDArray[Any]]:
    """Return the arrays of an embedding, the tokens of all texts one after the other."""
    tokens = embedding.tokens
    spans = [(span.start, span.end) for one in tokens for span in one.spans]
    return {
        "sentences": embedding.sentences,
        "counts": np.array([len(one.spans) for one in tokens], np.int64),
        "spans": np.array(spans, np.int32).reshape(-1, 2),
        "tokens": np.concatenate([one.vectors for one in tokens]).astype(np.float16),
    }


def _unpacked(stored: Mapping[str, NDArray[Any]]) -> Embedding:
    ends = np.cumsum(stored["counts"])[:-1]
    spans = np.split(stored["spans"], ends)
    vectors = np.split(stored["tokens"], ends)
    tokens = (
        TokenVectors(tuple(Span(int(a), int(b)) for a, b in own), rows.astype(np.float32))
        for own, rows in zip(spans, vectors, strict=True)
    )
    return Embedding(stored["sentences"], tuple(tokens))
