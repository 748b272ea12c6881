"""A made-up corpus and encoder, so that the training can be tried without data or weights."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from torch import Tensor

from align.bitext import Span
from align.vectors import TokenVectors, Vectors, unit
from models.train.network import Shape

_DIMENSION = 24
_SUBJECTS = ("The minister", "A farmer", "Anna Berg", "The court", "Our mayor", "Tom Hale")
_VERBS = ("will open", "has closed", "bought", "may sell", "did not see", "praised")
_OBJECTS = ("the old bridge", "a large farm", "12 new houses", "the first school", "two boats")
_PLACES = ("in the north", "near Oslo", "on Monday", "before the war", "in March", "with friends")


def write(folder: Path, seed: int = 0) -> Path:
    """Write a corpus in NTREX's layout: English, and two languages that are English in disguise."""
    rng = Random(seed)
    lines = [
        f"{rng.choice(_SUBJECTS)} {rng.choice(_VERBS)} {rng.choice(_OBJECTS)}, "
        f"{rng.choice(_PLACES)} and {rng.choice(_PLACES)}."
        for _ in range(40)
    ]
    place = folder / "ntrex" / "train"
    place.mkdir(parents=True, exist_ok=True)
    (place / "eng.txt").write_text("\n".join(lines) + "\n", "utf-8")
    (place / "deu.txt").write_text("\n".join(line.swapcase() for line in lines) + "\n", "utf-8")
    (place / "xxx.txt").write_text("\n".join(line.upper() for line in lines) + "\n", "utf-8")
    articles = "\n".join(f"article-{k // 8}" for k in range(len(lines)))
    (place / "document_ids.txt").write_text(articles + "\n", "utf-8")
    return folder


class Encoder:
    """An encoder whose vectors are hashes of the case-folded word."""

    prior: Vectors = np.zeros(_DIMENSION, np.float32)

    def encode(self, texts: Sequence[str]) -> Sequence[TokenVectors]:
        """Return the words of each text with their vectors."""
        found = []
        for text in texts:
            spans = tuple(Span(*match.span()) for match in re.finditer(r"\w+|[^\w\s]", text))
            rows = [_vector(span.of(text)) for span in spans]
            vectors = np.array(rows, np.float32).reshape(-1, _DIMENSION)
            found.append(TokenVectors(spans, unit(vectors)))
        return found

    def shape(self, layers: int) -> Shape:
        """Return a tiny shape."""
        return Shape(_DIMENSION, 3, 2 * _DIMENSION, min(layers, 2))

    def upper(self, count: int) -> tuple[list[dict[str, Tensor]], float]:
        """Return nothing: this encoder has no layers."""
        return [], 1.0


def _vector(word: str) -> Vectors:
    seed = hashlib.sha256(word.casefold().encode()).digest()
    drawn = np.random.default_rng(list(seed)).standard_normal(_DIMENSION)
    return drawn.astype(np.float32)
