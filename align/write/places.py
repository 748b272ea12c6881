"""Where the words of a finding stand in their file, and how to say it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.bitext import Bitext, Document, Place, Segment, Span
from align.finding import Finding, Mark


@dataclass(frozen=True, slots=True)
class Where:
    """A stretch of a file.

    `start` and `end` are code points of the file as it was decoded. `first` and `last` are line and
    column of its two ends, counted from 1, the end being behind the last character; None where the
    file has no lines. `place` is what the stretch's surroundings are called, if they have a name.
    """

    start: int
    end: int
    first: tuple[int, int] | None
    last: tuple[int, int] | None
    place: Place | None

    @property
    def label(self) -> str:
        """Say where it begins, as a person would look for it."""
        parts = [self.place.label] if self.place and self.place.label else []
        if self.first:
            parts.append(f"line {self.first[0]}, column {self.first[1]}")
        return ", ".join(parts)


def find_span(document: Document, span: Span) -> Where:
    """Return where a span of a document's text stands in its file."""
    return Where(
        document.file_offset(span.start),
        document.file_offset(span.end),
        document.line_and_column(span.start),
        document.line_and_column(span.end),
        document.place_at(span.start),
    )


def runs(document: Document, span: Span) -> Iterator[tuple[int, Where]]:
    """Cut a span into runs, each in one piece in the file, on one line and in one place.

    Yields:
        Where in the span a run begins, and where it stands; there is always one, at 0.
    """
    edges = {span.start, *_line_edges(document, span)}
    edges |= {p.span.start for p in document.places if span.start < p.span.start < span.end}
    if document.offsets is not None:
        known = document.offsets
        edges |= {p for p in range(span.start + 1, span.end) if known[p] != known[p - 1] + 1}
    for start, end in pairwise((*sorted(edges), span.end)):
        yield start - span.start, find_span(document, Span(start, end))


def _line_edges(document: Document, span: Span) -> Iterator[int]:
    """Yield the positions within a span at which a line of the file begins."""
    starts = document.line_starts
    bounds = document.file_offset(span.start), document.file_offset(span.end)
    for start in starts[bisect_right(starts, bounds[0]) : bisect_left(starts, bounds[1])]:
        at = start
        if document.offsets is not None:
            at = bisect_left(document.offsets, start, span.start, span.end)
        if span.start < at < span.end:
            yield at


def find_mark(document: Document, segments: Sequence[Segment], mark: Mark) -> Where:
    """Return where marked words stand in the file of their document."""
    segment = segments[mark.segment]
    span = mark.span.shift(segment.span.start)
    end = min(max(span.end, segment.span.start), segment.span.end)
    return find_span(document, Span(min(max(span.start, segment.span.start), end), end))


def find_marks(bitext: Bitext, finding: Finding) -> tuple[list[Where], list[Where]]:
    """Return where the marks of a finding stand, in the source and in the target."""
    return (
        [find_mark(bitext.source, bitext.source_segments, mark) for mark in finding.source],
        [find_mark(bitext.target, bitext.target_segments, mark) for mark in finding.target],
    )


def target_of_bead(bitext: Bitext, bead: int) -> Where:
    """Return where a translator would mend a bead: its target, or the point where it is missing.

    The point is behind the nearest translated segment before the bead, or at the beginning.
    """
    segments, run = bitext.target_segments, bitext.beads[bead].target
    if run:
        span = Span(segments[run[0]].span.start, segments[run[-1]].span.end)
    else:
        before = next((b.target for b in bitext.beads[bead::-1] if b.target), None)
        if before is not None:
            point = segments[before[-1]].span.end
        else:
            point = segments[0].span.start if segments else 0
        span = Span(point, point)
    return find_span(bitext.target, span)


def spans(marks: Sequence[Mark]) -> str:
    """Return marks as `segment:start-end`, relative to the segment, with spaces between them."""
    return " ".join(f"{mark.segment}:{mark.span.start}-{mark.span.end}" for mark in marks)
