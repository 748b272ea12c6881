"""The array types that pass between the encoder and the stages that use vectors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span

Vectors = NDArray[np.float32]
"""One row per text, float32, shape (n, d), each row of unit length."""


FEWEST_ROWS = 6
PRIOR_ROWS = 8.0
"""How many rows of its own a text needs before its own mean counts as much as the prior."""


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The tokens of one text: where each stands, and its vector from one layer of the encoder.

    `vectors` is float32 of shape (number of tokens, d), rows of unit length. Spans are code points
    of the text, without the white space around a token; tokens without text are left out.
    """

    spans: tuple[Span, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Centre:
    """Mean vectors of texts at large, each of shape (d,), which `centred` takes as its prior."""

    sentence: Vectors
    token: Vectors


@dataclass(frozen=True, slots=True)
class Embedding:
    """What one pass of the encoder gives for texts; no tokens if nobody asked for them."""

    sentences: Vectors
    tokens: tuple[TokenVectors, ...] = ()


def unit(vectors: NDArray[np.float32]) -> Vectors:
    """Scale each row to length one; rows of zeros stay zero."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(length, 1e-12)).astype(np.float32)
    return scaled


def centred(vectors: Vectors, prior: Vectors | None = None) -> Vectors:
    """Subtract the mean row and scale to unit length again.

    Sentence encoders put all texts of a language into a narrow cone; without its axis the
    cosines spread out, and two languages share an origin (Mu & Viswanath, "All-but-the-Top",
    ICLR 2018).

    Args:
        vectors: Rows of one side, shape (n, d).
        prior: The mean row of texts at large, shape (d,), for the few rows of a short text to lean
            on. Without it, fewer than `FEWEST_ROWS` rows are left as they are: the mean of so few
            says more about them than about their language.
    """
    if prior is None:
        return vectors if len(vectors) < FEWEST_ROWS else unit(vectors - vectors.mean(axis=0))
    weight = PRIOR_ROWS / (PRIOR_ROWS + len(vectors))
    mean = weight * prior + (1 - weight) * (vectors.mean(axis=0) if len(vectors) else prior)
    return unit(vectors - mean)


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in two documents, so that only what is unusual is remarked on.

    `expansion` is how many target words stand for one source word: about 1.4 from English to
    Vietnamese. `lost` and `added` say by how much words of each side lack support even where
    nothing is missing, 1 or more: about 2 from English to Chinese.
    """

    expansion: float = 1.0
    lost: float = 1.0
    added: float = 1.0


AVERAGE = Usual()
"""What is usual where nothing is known."""


@dataclass(frozen=True, slots=True)
class Relatedness:
    """How strongly each word of a source run relates to each word of a target run.

    `matrix` has shape (source words, target words), float32 cosines of centred word vectors: about
    0 for unrelated words, about .4 and more for translations. Spans are code points of the two
    texts of the pair, in reading order. Words are runs of letters and digits; in scripts without
    spaces they are the encoder's own tokens. `usual` says what is usual in the two documents.
    `source_nearby` has, for each source word, its best cosine with the words of the segments right
    before and after the target's run, shape (source words,), and is None where the pair has no
    neighbours; `target_nearby` the same for target words.
    """

    source_words: tuple[Span, ...]
    target_words: tuple[Span, ...]
    matrix: NDArray[np.float32]
    usual: Usual = AVERAGE
    source_nearby: NDArray[np.float32] | None = None
    target_nearby: NDArray[np.float32] | None = None

    def source_indices(self, span: Span) -> list[int]:
        """Return the source words that `span` touches."""
        return [i for i, word in enumerate(self.source_words) if word.overlaps(span)]

    def target_indices(self, span: Span) -> list[int]:
        """Return the target words that `span` touches."""
        return [j for j, word in enumerate(self.target_words) if word.overlaps(span)]
