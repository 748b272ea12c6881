"""What matching needs of each text: the vectors of its segments, and one of the whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from align.beads import Side
from align.bitext import Document, running
from align.config import Config
from align.encoder import Encoder
from align.match.matches import Text
from align.pipeline import prepare
from align.vectors import Centre, Vectors, centred, unit

TEXTS_AT_ONCE = 32
"""Texts whose segments are encoded together, so that batches are full and memory stays bounded."""

PRIOR_TEXTS = 8.0
"""How many texts of one language their own mean needs before it counts as much as the prior."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A text as matching sees it.

    `side` has the centred vectors of its segments; `mean` is the mean vector of the segments as
    encoded, each weighed by its characters, shape (d,).
    """

    text: Text
    side: Side
    mean: Vectors

    @property
    def language(self) -> str | None:
        """The language of the text."""
        return self.text.language


def profiles(documents: Iterable[Document], config: Config, encoder: Encoder) -> Iterator[Profile]:
    """Yield the profile of each document, in order; each segment is encoded once.

    Args:
        documents: Texts as read. A `language` that is set is taken as given, not detected.
        config: Settings.
        encoder: A loaded encoder.
    """
    waiting = iter(documents)
    while chunk := list(islice(waiting, TEXTS_AT_ONCE)):
        prepared = [prepare(document, config) for document in chunk]
        # A blank line says nothing of the text that it stands in.
        lines = [[running(s.text) for s in own if s.text.strip()] for _, own in prepared]
        vectors = encoder.encode([line for own in lines for line in own])
        start = 0
        for (document, _), own in zip(prepared, lines, strict=True):
            text = Text(document.name, document.origin, document.language, len(own))
            rows = vectors[start : start + len(own)]
            start += len(own)
            yield profile(text, own, rows, encoder.centre)


def profile(text: Text, lines: Sequence[str], rows: Vectors, centre: Centre | None) -> Profile:
    """Return the profile of a text.

    Args:
        text: What it is.
        lines: Its segments.
        rows: Their vectors, shape (segments, d).
        centre: Mean vectors of texts at large, if the encoder has them.
    """
    lengths = np.array([len(line) for line in lines], np.float32)
    weights = np.maximum(lengths, 1.0)
    mean = (rows * weights[:, None]).sum(axis=0) / max(float(weights.sum()), 1.0)
    side = Side(centred(rows, centre.sentence if centre else None), lengths)
    return Profile(text, side, mean.astype(np.float32))


def document_vectors(texts: Sequence[Profile], centre: Centre | None) -> Vectors:
    """Return one unit vector a text, those of each language around an origin of their own.

    Args:
        texts: Texts of any languages.
        centre: Mean vectors of texts at large; what the few texts of a language lean on.

    Returns:
        Shape (n, d).
    """
    means = np.stack([text.mean for text in texts])
    groups: dict[str | None, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        groups[text.language].append(number)
    for numbers in groups.values():
        own = means[numbers].mean(axis=0)
        prior = centre.sentence if centre else own
        weight = PRIOR_TEXTS / (PRIOR_TEXTS + len(numbers))
        # Of one text its own mean would leave nothing.
        means[numbers] -= weight * prior + (1 - weight) * own if centre or len(numbers) > 1 else 0
    return unit(means)
