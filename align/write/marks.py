"""Text cut where the marks of findings begin and end, for every format that shows them on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.bitext import Segment, Span, running
from align.finding import Report
from align.write.tsv import joint
from align.write.words import ranked

Marks = Mapping[int, Sequence[tuple[Span, int]]]
"""For each segment, its marks: a span of the segment, and the number of the finding, from 1."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text and the numbers of the findings that mark all of it, in order."""

    text: str
    findings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Segments of one side on one line, and the marks as spans of that line."""

    text: str
    marks: tuple[tuple[Span, int], ...]

    def pieces(self) -> tuple[Piece, ...]:
        """Cut the passage where marks begin and end; the concatenation is the text."""
        return cut_at_marks(self.text, self.marks)


def marks_by_segment(report: Report) -> tuple[Marks, Marks]:
    """Return the marks of the source and of the target, by segment."""
    source: dict[int, list[tuple[Span, int]]] = {}
    target: dict[int, list[tuple[Span, int]]] = {}
    for number, finding in ranked(report):
        for found, marks in ((source, finding.source), (target, finding.target)):
            for mark in marks:
                found.setdefault(mark.segment, []).append((mark.span, number))
    return source, target


def passage(segments: Sequence[Segment], numbers: Iterable[int], marks: Marks) -> Passage:
    """Join segments as their script is joined, and take their marks along.

    Args:
        segments: All segments of one side.
        numbers: Those to join, in order; blank ones leave no trace.
        marks: The marks of that side. One that reaches beyond its segment is cut to it.
    """
    text = ""
    spans: list[tuple[Span, int]] = []
    for number in numbers:
        own = running(segments[number].text)
        if not own:
            continue
        if text:
            text += joint(text, own)
        inside = Span(0, len(own))
        for span, finding in marks.get(number, ()):
            start, end = max(span.start, inside.start), min(span.end, inside.end)
            if start < end:
                spans.append((Span(start, end).shift(len(text)), finding))
        text += own
    return Passage(text, tuple(spans))


def cut_at_marks(text: str, marks: Sequence[tuple[Span, int]]) -> tuple[Piece, ...]:
    """Cut a text where marks begin and end.

    Args:
        text: Any text.
        marks: Spans inside the text with the numbers of their findings; they may overlap.

    Returns:
        Pieces whose concatenation is the text; none is empty.

    >>> [piece.text for piece in cut_at_marks("Biden held talks.", [(Span(6, 10), 1)])]
    ['Biden ', 'held', ' talks.']
    """
    edges = sorted({0, len(text), *(edge for span, _ in marks for edge in (span.start, span.end))})
    return tuple(
        Piece(
            text[start:end],
            tuple(sorted({n for span, n in marks if span.start <= start and end <= span.end})),
        )
        for start, end in pairwise(edges)
    )
