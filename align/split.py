"""Paragraphs to sentences."""

import re
from collections.abc import Iterator, Sequence

from sentencex import get_sentence_boundaries

from align.bitext import Document, Segment, Span, running
from align.languages.language import Language

VERSION = 1
"""Rises whenever the same input may give another result; part of a report's signature."""

_WORD_BEFORE_STOP = re.compile(r"([\w.]+)\.\s*$")


def split(document: Document, language: Language) -> tuple[Segment, ...]:
    """Cut each block of a document into sentences.

    Args:
        document: A clean document.
        language: Its language: sentencex has the rules, our facts the abbreviations it lacks.

    Returns:
        Segments in reading order. They do not overlap, and nothing but white space and excluded
        blocks lies between them.
    """
    segments = []
    for number, block in enumerate(document.blocks):
        text = running(block.of(document.text))
        for span in _rejoin(text, _sentences(text, language.tag), language.abbreviations):
            place = span.shift(block.start)
            segments.append(Segment(place, place.of(document.text), number))
    return tuple(segments)


def whole_blocks(document: Document) -> tuple[Segment, ...]:
    """Take each block as one segment, for files that come segmented."""
    return tuple(
        Segment(block, block.of(document.text), number)
        for number, block in enumerate(document.blocks)
    )


def _sentences(text: str, tag: str) -> Iterator[Span]:
    for boundary in get_sentence_boundaries(tag, text):
        start, end = boundary["start_index"], boundary["end_index"]
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield Span(start, end)


def _rejoin(text: str, spans: Iterator[Span], abbreviations: Sequence[str]) -> list[Span]:
    """Undo the splits behind an abbreviation, and those that left no word on one side."""
    joined: list[Span] = []
    for span in spans:
        if joined and _belongs(text, joined[-1], span, abbreviations):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _belongs(text: str, before: Span, after: Span, abbreviations: Sequence[str]) -> bool:
    if not any(c.isalnum() for c in after.of(text)):
        return True
    if not any(c.isalnum() for c in before.of(text)):
        return True
    word = _WORD_BEFORE_STOP.search(before.of(text))
    # Titles may be glued: "PGS.TS. Nguyễn" is two of them.
    return word is not None and word[1].rpartition(".")[2] in abbreviations
