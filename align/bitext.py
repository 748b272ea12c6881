"""The records that hold text: spans, documents, segments, beads, and two aligned documents."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

ExclusionReason = Literal["duplicate", "furniture"]

Doubt = Literal["", "suspect", "partly covered"]

_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points."""

    start: int
    end: int

    def __len__(self) -> int:
        """Return the number of code points."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the piece of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def shift(self, offset: int) -> "Span":
        """Return the span moved by `offset` code points."""
        return Span(self.start + offset, self.end + offset)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A block that cleaning took out of a document, and why."""

    span: Span
    reason: ExclusionReason


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of a document's text stands in its file, as a person would look for it.

    `label` is what the program that made the file calls it: `cue 12`, `page 3`, `unit u5`,
    `table 1, row 2, column 1`. `path` is the part of an archive, empty where there is none.
    """

    span: Span
    label: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text as read.

    `text` is what a reader of the file sees, in NFC, nothing removed; cleaning only changes
    `blocks` and `excluded`. Of a plain text it is the whole file. `blocks` are the spans of the
    paragraphs that count. `offsets` maps a position of `text` to one of the file as it was decoded,
    and is None when the two are equal. `line_starts` are the positions in the file where its lines
    begin, empty where a file has no lines (an archive, a PDF); then offsets are those of `text`.
    `places` name stretches of the text, in order; a plain text has none. `language` is None until
    it is known.
    """

    name: str
    text: str
    blocks: tuple[Span, ...]
    origin: str = ""
    language: str | None = None
    language_confidence: float = 0.0
    excluded: tuple[Excluded, ...] = ()
    offsets: tuple[int, ...] | None = field(default=None, repr=False)
    line_starts: tuple[int, ...] = field(default=(), repr=False)
    places: tuple[Place, ...] = field(default=(), repr=False)

    def file_offset(self, position: int) -> int:
        """Return where `position` of the text stands in the file as read, in code points."""
        return position if self.offsets is None else self.offsets[position]

    def line_and_column(self, position: int) -> tuple[int, int] | None:
        """Return where `position` of the text stands in the file, both counted from 1.

        Returns:
            Line, and column in code points; None where the file has no lines.
        """
        if not self.line_starts:
            return None
        offset = self.file_offset(position)
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def place_at(self, position: int) -> Place | None:
        """Return the place in which `position` of the text stands; None if it has no name."""
        index = bisect_right(self.places, position, key=lambda place: place.span.start) - 1
        return self.places[index] if index >= 0 else None


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, headline or row. `text == document.text[span.start:span.end]`, always.

    `language` is the segment's own, which a quotation or a foreign line may not share with its
    document; None when the segment is too short to tell.
    """

    span: Span
    text: str
    block: int
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Bead:
    """A run of source segments and the run of target segments that stands for it.

    An empty range is a side without a counterpart. `score` is the calibrated probability that the
    bead is right: that the two runs belong together, or that the gap is one. `moved` marks a run
    that the translation put elsewhere. `doubt` is `suspect` where two runs may only face each other
    because both lost their counterparts, and `partly covered` where one side says more than the
    other. `source_alone` and `target_alone` are, for each segment of the run, the probability that
    it has no counterpart anywhere.
    """

    source: range
    target: range
    score: float
    moved: bool = False
    doubt: Doubt = ""
    source_alone: tuple[float, ...] = ()
    target_alone: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents, their segments, and the beads that cover each segment exactly once."""

    source: Document
    target: Document
    source_segments: tuple[Segment, ...]
    target_segments: tuple[Segment, ...]
    beads: tuple[Bead, ...]

    def sides(self) -> Iterator[tuple[str, Document, tuple[Segment, ...]]]:
        """Yield `("source", document, segments)`, then the same for the target."""
        yield "source", self.source, self.source_segments
        yield "target", self.target, self.target_segments


def running(text: str) -> str:
    r"""Return `text` with each white space character as a space, so that offsets stay.

    >>> running("after his\nfirst meeting")
    'after his first meeting'
    """
    return _SPACE.sub(" ", text)
