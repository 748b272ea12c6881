"""The Encoder protocol: what the stages may ask of a model that turns texts into vectors."""

from collections.abc import Sequence
from typing import Protocol

from align.vectors import Centre, Embedding, Vectors


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


def encode_sides(
    texts: tuple[Sequence[str], Sequence[str]], encoder: Encoder
) -> tuple[Embedding, Embedding]:
    """Return the vectors of two lists of texts from one pass, which no core waits in."""
    source, target = texts
    both = encoder.encode_tokens([*source, *target])
    border = len(source)
    return (
        Embedding(both.sentences[:border], both.tokens[:border]),
        Embedding(both.sentences[border:], both.tokens[border:]),
    )
