"""The two columns of the viewer: where each word stands, and how it is lit."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from rich.cells import cell_len
from rich.text import Text

from align.bitext import Bitext, Document, Segment, Span
from align.finding import Severity
from align.viewer.state import Hit, View, hits
from align.write.columns import DIVIDER, GAP, STYLES, isolated
from align.write.rows import Row, block_name, places, rows
from align.write.slices import line_breaks, tidy_offsets
from align.write.words import SIGNS

_SIGN_WIDTH = 4  # the bar of the bead that is looked at, the longest sign, and a space
_LEAST_COLUMN = 8

CURRENT = "reverse"
FOUND = "black on yellow"
LIT = "bold black on bright_cyan"
NOTE = "italic dim"


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


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen: which row it belongs to, and its pieces of the two columns."""

    row: int
    source: Piece | None
    target: Piece | None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """All lines for one width, the rows they belong to, and the widths of the columns."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    gutters: tuple[int, int]
    column: int
    places: tuple[tuple[str, str], ...]

    def line_of(self, bead: int) -> int:
        """Return the first line of a bead."""
        for number, line in enumerate(self.lines):
            row = self.rows[line.row] if self.rows else None
            if row and row.bead == bead and not row.is_origin:
                return number
        return 0

    def at(self, x: int, y: int) -> tuple[int, bool, tuple[int, int] | None] | None:
        """Return what stands in a cell of the screen.

        Returns:
            The bead, whether it is the source's column, and the segment with the position in it;
            None where there is no bead.
        """
        if not 0 <= y < len(self.lines) or not self.rows:
            return None
        line = self.lines[y]
        is_source = x < self.gutters[0] + self.column
        piece = line.source if is_source else line.target
        offset = self.gutters[0] if is_source else self._target_start()
        place = None
        if piece is not None and x >= offset:
            position = _character_at(piece.text, x - offset)
            place = None if position is None else piece.cell.segment_at(piece.start + position)
        return self.rows[line.row].bead, is_source, place

    def _target_start(self) -> int:
        return self.gutters[0] + self.column + len(DIVIDER) + self.gutters[1]


def lay_out(view: View, width: int) -> Layout:
    """Wrap both texts into two columns: bead by bead, or just side by side before there are any.

    Args:
        view: What is shown.
        width: Cells of the screen.
    """
    bitext = view.bitext
    if bitext is None:
        return _unaligned(view.documents, width)
    order = rows(bitext)
    where = tuple(_places(row, bitext) for row in order)
    gutters = (
        _SIGN_WIDTH + max((len(place) for place, _ in where), default=0) + 1,
        max((len(place) for _, place in where), default=0) + 1,
    )
    column = max((width - sum(gutters) - len(DIVIDER)) // 2, _LEAST_COLUMN)
    lines: list[Line] = []
    for number, row in enumerate(order):
        first, second = _cells(row, bitext, where[number])
        pieces = zip_longest(_pieces(first, column), _pieces(second, column))
        lines += (
            Line(number, one, two, is_first=index == 0) for index, (one, two) in enumerate(pieces)
        )
        lines.append(Line(number, None, None))
    return Layout(tuple(lines), order, gutters, column, where)


def draw(layout: Layout, number: int, view: View, found: Sequence[Hit] | None = None) -> Text:
    """Return one line of the screen, with all that is marked and lit on it.

    Args:
        layout: The lines.
        number: Which line.
        view: What is marked.
        found: Where the words that are searched for stand; found out if not given.
    """
    line = layout.lines[number]
    row = layout.rows[line.row] if layout.rows else None
    found = hits(view) if found is None else found
    gutter = _gutter(layout, line, row, view)
    source = _column(line.source, _lights(view, row, found, is_source=True))
    target = _column(line.target, _lights(view, row, found, is_source=False))
    width = layout.gutters[0] + layout.column
    text = gutter.append_text(isolated(source))
    text.append(" " * (width - text.cell_len)).append(DIVIDER, "dim")
    place = layout.places[line.row][1] if row and line.is_first else ""
    text.append(place.rjust(layout.gutters[1] - 1) + " " if layout.gutters[1] else "", "dim")
    return text.append_text(isolated(target))


def _unaligned(documents: tuple[Document, Document], width: int) -> Layout:
    column = max((width - len(DIVIDER)) // 2, _LEAST_COLUMN)
    sides: list[list[Piece | None]] = []
    for document in documents:
        side: list[Piece | None] = []
        for block in document.blocks:
            cell = Cell(tidy_offsets(block.of(document.text))[0])
            side += (*_pieces(cell, column), None)
        sides.append(side)
    lines = tuple(Line(0, one, two) for one, two in zip_longest(*sides))
    return Layout(lines, (), (0, 0), column, ())


def _places(row: Row, bitext: Bitext) -> tuple[str, str]:
    bead = bitext.beads[row.bead]
    source = places(bitext.source, bitext.source_segments, bead.source)
    target = places(bitext.target, bitext.target_segments, bead.target)
    return ("", target) if row.is_origin else (source, target)


def _cells(row: Row, bitext: Bitext, where: tuple[str, str]) -> tuple[Cell, Cell]:
    bead = bitext.beads[row.bead]
    name = block_name(row.block)
    if row.is_origin:
        return Cell(""), Cell(f"[{name}] moved: see [{name}] in the source", is_note=True)
    source, target = (
        _cell(bitext.source_segments, bead.source),
        _cell(bitext.target_segments, bead.target),
    )
    if row.block:
        target = _behind(f"[{name}] moved: {where[1]} ", target)
    return source, target


def _cell(segments: Sequence[Segment], numbers: range) -> Cell:
    if not numbers:
        return Cell(GAP, is_note=True)
    text, parts = "", []
    for number in numbers:
        text += " " if text else ""
        shown, positions = tidy_offsets(segments[number].text)
        parts.append((number, len(text), positions))
        text += shown
    return Cell(text, tuple(parts))


def _behind(note: str, cell: Cell) -> Cell:
    moved = ((n, start + len(note), positions) for n, start, positions in cell.segments)
    return Cell(note + cell.text, tuple(moved))


def _pieces(cell: Cell, width: int) -> Iterator[Piece]:
    breaks = [0, *line_breaks(cell.text, width), len(cell.text)]
    for start, end in pairwise(breaks):
        yield Piece(cell, start, end)


def _character_at(text: str, x: int) -> int | None:
    for position in range(len(text)):
        if cell_len(text[: position + 1]) > x:
            return position
    return None


# What is marked


def _gutter(layout: Layout, line: Line, row: Row | None, view: View) -> Text:
    if row is None:
        return Text()
    is_here = row.bead == view.bead and not row.is_origin
    bar = ("▌", "bold bright_cyan") if is_here else (" ", "")
    sign: tuple[str, str] = ("   ", "")
    place = ""
    if line.is_first:
        sign, place = _sign(view, row), layout.places[line.row][0]
    width = layout.gutters[0] - _SIGN_WIDTH - 1
    return Text.assemble(bar, sign, (place.rjust(width) + " ", "dim"))


def _sign(view: View, row: Row) -> tuple[str, str]:
    findings = [f for f in view.listed() if f.bead == row.bead]
    severities = [f.severity for f in findings if not f.accepted]
    if row.is_origin or not findings:
        return "   ", ""
    if not severities:
        return "✓  ", "dim"
    worst: Severity = max(severities)
    return SIGNS[worst].ljust(3), STYLES[worst]


def _lights(
    view: View, row: Row | None, found: Iterable[Hit], *, is_source: bool
) -> list[tuple[int, Span, str]]:
    """Return what is marked in a row of one side: segment, span and style, the strongest last."""
    if row is None or row.is_origin:
        return []
    current = view.current()
    lights = []
    for finding in view.listed():
        if finding.bead != row.bead or finding.accepted:
            continue
        style = f"{STYLES[finding.severity]} underline"
        style += f" {CURRENT}" if finding is current else ""
        marks = finding.source if is_source else finding.target
        lights += [(mark.segment, mark.span, style) for mark in marks]
    lights += [(hit.segment, hit.span, FOUND) for hit in found if hit.is_source == is_source]
    pair = view.lit()
    if pair is not None:
        segment, span = pair.source if is_source else pair.target
        lights.append((segment, span, LIT))
    return lights


def _column(piece: Piece | None, lights: Iterable[tuple[int, Span, str]]) -> Text:
    if piece is None:
        return Text()
    shown = Text(piece.text, NOTE if piece.cell.is_note else "")
    for segment, span, style in lights:
        place = piece.cell.place(segment, span)
        if place is not None:
            shown.stylize(style, max(place[0] - piece.start, 0), max(place[1] - piece.start, 0))
    return shown
