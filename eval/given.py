"""veralign as an aligner that is given vectors, as its peers are."""

from collections.abc import Sequence

import numpy as np

from align import pipeline
from align.beads import Side
from align.bitext import Bead as OwnBead
from align.encoder import Encoder
from align.relate import centred_tokens
from align.vectors import Centre, Embedding, Vectors, centred
from eval.noise import Bead
from eval.peers import Input


class Given:
    """An `Encoder` that has been told the vectors of two texts."""

    languages: tuple[str, ...] = ()

    def __init__(self, given: Input, encoder: Encoder | None) -> None:
        """Take both texts with their vectors, and the encoder they come from, if any."""
        self.identity = encoder.identity if encoder else "given"
        self.centre = encoder.centre if encoder else None
        self._given = given

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of the side that `texts` is."""
        return self.encode_tokens(texts).sentences

    def encode_tokens(self, texts: Sequence[str]) -> Embedding:
        """Return the same, with the tokens."""
        given = self._given
        return given.source_embedding if texts == list(given.source) else given.target_embedding


def own_beads(given: Input, encoder: Encoder | None) -> tuple[OwnBead, ...]:
    """Align with veralign; its verifier reads the vectors if they are of the encoder it knows."""
    return pipeline.align_segments(given.source, given.target, Given(given, encoder))


def bead_of(bead: OwnBead) -> Bead:
    """Return a bead as plain segment numbers."""
    return tuple(bead.source), tuple(bead.target)


def sides_of(given: Input, centre: Centre | None) -> tuple[Side, Side]:
    """Return both texts as `find_beads` sees them."""
    source = _side(given.source, given.source_embedding, centre)
    return source, _side(given.target, given.target_embedding, centre)


def _side(texts: Sequence[str], embedding: Embedding, centre: Centre | None) -> Side:
    tokens = centred_tokens(embedding.tokens, centre.token if centre else None)
    return Side(
        centred(embedding.sentences, centre.sentence if centre else None),
        np.array([len(text) for text in texts], np.float32),
        tuple(one.vectors for one in tokens) or None,
    )
