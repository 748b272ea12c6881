"""What a column of the viewer holds: texts, where their words went, and how they are cut."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len

from align.bitext import Segment, Span
from align.write.columns import GAP
from align.write.rows import Row
from align.write.slices import line_breaks, tidy_offsets


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row as it is shown: its text, and where the characters of each segment went.

    `segments` has for each segment its number, where it begins in `text` and, for each of its
    characters and for its end, the position from there. A cell that `is_note` has words of ours
    instead.
    """

    text: str
    segments: tuple[tuple[int, int, Sequence[int]], ...] = ()
    is_note: bool = False

    def place(self, segment: int, span: Span) -> tuple[int, int] | None:
        """Return where some words of a segment stand in the text of the cell."""
        for number, start, positions in self.segments:
            if number == segment:
                last = len(positions) - 1
                ends = (min(span.start, last), min(span.end, last))
                return start + positions[ends[0]], start + positions[ends[1]]
        return None

    def segment_at(self, position: int) -> tuple[int, int] | None:
        """Return the segment that stands at a position of the cell, and the position in it."""
        for number, start, positions in self.segments:
            if start <= position < start + positions[-1]:
                return number, bisect_right(positions, position - start) - 1
        return None


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a cell that stands on one line."""

    cell: Cell
    start: int
    end: int

    @property
    def text(self) -> str:
        """What is shown of it."""
        return self.cell.text[self.start : self.end].rstrip()

    def character_at(self, x: int) -> int | None:
        """Return the position in the cell of what stands so many screen cells from its left."""
        text = self.text
        for position in range(len(text)):
            if cell_len(text[: position + 1]) > x:
                return self.start + position
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen: its pieces of the two columns, and what it belongs to.

    `row` is None before the texts are put together, and on a fold, which says `fold` instead.
    `places` are the lines of both files, on the first line of a row alone.
    """

    row: Row | None = None
    source: Piece | None = None
    target: Piece | None = None
    places: tuple[str, str] | None = None
    fold: str = ""


def cell_of(segments: Sequence[Segment], numbers: range) -> Cell:
    """Return the cell of a run of segments; of an empty one, that it has no counterpart."""
    if not numbers:
        return Cell(GAP, is_note=True)
    text, parts = "", []
    for number in numbers:
        text += " " if text else ""
        shown, positions = tidy_offsets(segments[number].text)
        parts.append((number, len(text), positions))
        text += shown
    return Cell(text, tuple(parts))


def behind(note: str, cell: Cell) -> Cell:
    """Return a cell that begins with a note of ours."""
    moved = ((n, start + len(note), positions) for n, start, positions in cell.segments)
    return Cell(note + cell.text, tuple(moved))


def pieces(cell: Cell, width: int) -> Iterator[Piece]:
    """Cut a cell into lines of at most `width` screen cells."""
    breaks = [0, *line_breaks(cell.text, width), len(cell.text)]
    for start, end in pairwise(breaks):
        yield Piece(cell, start, end)
