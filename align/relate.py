"""Token vectors to word relatedness: the evidence for words that are lost, added or changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import regex

from align.bitext import Span
from align.vectors import AVERAGE, Relatedness, TokenVectors, Usual, Vectors, centred, unit

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’.,·-](?=[\p{L}\p{N}])[\p{L}\p{M}\p{N}]+)*")
_EXPANSION_BEADS = 4.0

_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)


@dataclass(frozen=True, slots=True)
class WordVectors:
    """The words of one text and their vectors, rows of unit length, float32."""

    spans: tuple[Span, ...]
    vectors: Vectors


def word_vectors(
    texts: Sequence[str], tokens: Sequence[TokenVectors], prior: Vectors | None = None
) -> tuple[WordVectors, ...]:
    """Group the tokens of each text into words, and centre their vectors over all the texts.

    Args:
        texts: The texts of one side, in one language: their common mean is what is subtracted.
        tokens: The tokens of each text, as the encoder gives them.
        prior: The mean token vector of texts at large, shape (d,); see `align.vectors.centred`.

    Returns:
        One record per text; a word's vector is the unit mean of its tokens' centred vectors.
    """
    centred_ones = centred_tokens(tokens, prior)
    return tuple(
        _group(text, t.spans, t.vectors) for text, t in zip(texts, centred_ones, strict=True)
    )


def centred_tokens(
    tokens: Sequence[TokenVectors], prior: Vectors | None = None
) -> tuple[TokenVectors, ...]:
    """Centre the token vectors of each text over all the texts of one side.

    Args:
        tokens: The tokens of each text, as the encoder gives them.
        prior: The mean token vector of texts at large, shape (d,); see `align.vectors.centred`.
    """
    if not tokens:
        return ()
    sizes = np.cumsum([len(t.spans) for t in tokens])[:-1]
    stacked = centred(np.concatenate([t.vectors for t in tokens]), prior)
    return tuple(
        TokenVectors(t.spans, part)
        for t, part in zip(tokens, np.split(stacked, sizes), strict=True)
    )


def join(parts: Sequence[WordVectors], offsets: Sequence[int]) -> WordVectors:
    """Put the words of several segments into one run, each shifted to where its segment starts."""
    spans = tuple(s.shift(o) for part, o in zip(parts, offsets, strict=True) for s in part.spans)
    vectors = np.concatenate([part.vectors for part in parts])
    return WordVectors(spans, vectors)


def relate(source: WordVectors, target: WordVectors, usual: Usual = AVERAGE) -> Relatedness:
    """Return the cosine of each source word with each target word."""
    matrix = source.vectors @ target.vectors.T
    return Relatedness(source.spans, target.spans, matrix.astype(np.float32), usual)


def usual_expansion(counts: Sequence[tuple[int, int]]) -> float:
    """Return how many target words usually stand for one source word.

    Args:
        counts: Source and target words of each bead that has both.

    Returns:
        The median ratio; the fewer beads, the closer to 1, since a lone pair may be the bad one.
    """
    ratios = [target / source for source, target in counts if source and target]
    if not ratios:
        return 1.0
    weight = len(ratios) / (len(ratios) + _EXPANSION_BEADS)
    return float(np.median(ratios) ** weight)


def _group(text: str, spans: Sequence[Span], vectors: Vectors) -> WordVectors:
    words = word_spans(text, spans)
    rows = np.zeros((len(words), vectors.shape[1]), np.float32)
    word = 0
    for span, vector in zip(spans, vectors, strict=True):
        while word < len(words) and words[word].end <= span.start:
            word += 1
        # One token may stand for two words: 24/7 is a piece of its own.
        for k in range(word, len(words)):
            if not words[k].overlaps(span):
                break
            rows[k] += vector
    return WordVectors(words, unit(rows))


def word_spans(text: str, tokens: Sequence[Span]) -> tuple[Span, ...]:
    """Return the words of a text: runs of letters and digits, or tokens in unspaced scripts."""
    words: list[Span] = []
    for match in _WORD.finditer(text):
        if _UNSPACED.search(match.group()):
            inside = [t for t in tokens if t.start < match.end() and t.end > match.start()]
            words.extend(
                _apart(Span(max(t.start, match.start()), min(t.end, match.end())) for t in inside)
            )
        else:
            words.append(Span(*match.span()))
    return tuple(words)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Join spans that share characters, as the bytes of a character do that are tokens each."""
    apart: list[Span] = []
    for span in spans:
        if apart and apart[-1].overlaps(span):
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart
