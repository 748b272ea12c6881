"""Texts longer than an encoder's window: where they are cut, and how their vectors are joined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span
from align.vectors import Embedding, TokenVectors, unit

Offsets = Sequence[tuple[int, int]]
"""Where each token begins and ends, in code points."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the model gives for one window.

    `text` is the number of its text and `start` its place in it; `size` is how many tokens it has,
    even where nobody asked for their vectors.
    """

    text: int
    start: int
    sentence: NDArray[np.float32]
    size: int
    tokens: TokenVectors | None


def cut(text: str, tokens: Offsets, size: int) -> Iterator[Span]:
    """Cut a text into windows of at most `size` tokens, at white space where there is any."""
    if len(tokens) <= size:
        yield Span(0, len(text))
        return
    borders = [0]
    first = 0
    while len(tokens) - first > size:
        last = first + size
        candidates = range(last, first + size // 2, -1)
        spaced = next((k for k in candidates if _after_space(text, tokens[k][0])), last)
        borders.append(tokens[spaced][0])
        first = spaced
    borders.append(len(text))
    for start, end in pairwise(borders):
        if end > start:
            yield Span(start, end)


def join(windows: Sequence[Encoded], count: int, dimension: int) -> Embedding:
    """Put the windows of `count` texts together.

    A text's vector is the mean of its windows' vectors, weighted by their tokens.

    Args:
        windows: Of all the texts, at least one each, and each text's in reading order.
        count: How many texts there are.
        dimension: Of the vectors.
    """
    sentences = np.zeros((count, dimension), np.float32)
    tokens: list[list[tuple[int, TokenVectors]]] = [[] for _ in range(count)]
    for window in windows:
        sentences[window.text] += window.sentence * max(1, window.size)
        if window.tokens is not None:
            tokens[window.text].append((window.start, window.tokens))
    return Embedding(unit(sentences), tuple(map(_joined, tokens)) if all(tokens) else ())


def token_spans(piece: str, prompt: int, offsets: Offsets) -> tuple[list[Span], list[int]]:
    """Return where the tokens of a text stand that was read behind a prompt, and which they are.

    Args:
        piece: The text, without the prompt.
        prompt: How many characters the prompt has.
        offsets: Of the tokens of both.

    Returns:
        The spans without white space around them, and the number of each token; tokens of the
        prompt and those without text are left out.
    """
    spans, numbers = [], []
    for k, (start, end) in enumerate(offsets):
        a, b = max(start - prompt, 0), end - prompt
        while a < b and piece[a].isspace():
            a += 1
        while a < b and piece[b - 1].isspace():
            b -= 1
        if a < b:
            spans.append(Span(a, b))
            numbers.append(k)
    return spans, numbers


def token_vectors(spans: Sequence[Span], vectors: NDArray[np.float32]) -> TokenVectors:
    """Return tokens with their vectors brought to unit length."""
    return TokenVectors(tuple(spans), unit(vectors))


def _joined(parts: Sequence[tuple[int, TokenVectors]]) -> TokenVectors:
    if len(parts) == 1:
        return parts[0][1]
    spans = tuple(span.shift(start) for start, tokens in parts for span in tokens.spans)
    return TokenVectors(spans, np.concatenate([tokens.vectors for _, tokens in parts]))


def _after_space(text: str, position: int) -> bool:
    # The tokenizer may count the space before a word as the word's own.
    return text[position - 1 : position + 1].strip() != text[position - 1 : position + 1]
