"""The two columns of the viewer, which are wrapped as far as they have been in sight."""

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, zip_longest

from rich.cells import cell_len

from align.bitext import Bitext, Document, Segment
from align.finding import Finding
from align.viewer.cells import Cell, Line, behind, cell_of, pieces
from align.viewer.state import View
from align.write.columns import DIVIDER
from align.write.rows import (
    Row,
    block_name,
    by_bead,
    fold_words,
    is_remarkable,
    near,
    places,
    rows,
)
from align.write.slices import tidy_offsets

SIGN_WIDTH = 4
"""The bar of the bead that is looked at, the longest sign, and a space."""

_LEAST_COLUMN = 8

_LONGEST_BLOCK = 4000
"""Characters of a paragraph that are wrapped at once before the texts are put together."""

_SAMPLE = 4000
"""Characters from which it is guessed how wide those of a text are."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is wrapped at once: its beads, how many lines that may make, and how it is done."""

    beads: tuple[int, ...]
    guess: int
    wrap: Callable[[], tuple[Line, ...]]
    is_fold: bool = False


class Layout:
    """The lines for one width: those that were in sight, and a guess at all others.

    A book has a hundred thousand sentences and a screen has forty lines. So only what comes into
    sight is wrapped, and `height` is made better as one reads on.
    """

    def __init__(
        self,
        items: Sequence[Item],
        gutters: tuple[int, int],
        column: int,
        stretches: Sequence[tuple[int, ...]] = (),
    ) -> None:
        """Take what is to be wrapped, the cells before each column and in one, and what can fold.

        Args:
            items: What is wrapped, from top to bottom.
            gutters: Cells before either column.
            column: Cells of a column.
            stretches: Faithful beads that are folded together, whether they are now or not.
        """
        self.gutters = gutters
        self.column = column
        self._items = items
        self._stretches = stretches
        self._heights = [item.guess for item in items]
        self._starts = [0, *accumulate(self._heights)]
        self._wrapped: dict[int, tuple[Line, ...]] = {}
        self._numbers = {bead: n for n, item in enumerate(items) for bead in item.beads}

    @property
    def height(self) -> int:
        """How many lines there are, as far as is known."""
        return self._starts[-1]

    def line(self, number: int) -> Line | None:
        """Return a line; None beyond the last one."""
        if not 0 <= number < self.height:
            return None
        item = self._item_at(number)
        inside, lines = number - self._starts[item], self._lines(item)
        return lines[inside] if inside < len(lines) else Line()

    def bead_at(self, number: int) -> int | None:
        """Return the first bead of what stands on a line."""
        beads = self._items[self._item_at(number)].beads if self._items else ()
        return beads[0] if beads else None

    def lines_of(self, bead: int) -> tuple[int, int]:
        """Return the first line of a bead, or of the fold that it is in, and the one behind it."""
        item = self._numbers.get(bead)
        return (0, 0) if item is None else (self._starts[item], self._starts[item + 1])

    def folded_with(self, bead: int) -> tuple[int, ...]:
        """Return the beads that are folded away together with one; none if it is shown."""
        item = self._numbers.get(bead)
        found = None if item is None else self._items[item]
        return found.beads if found and found.is_fold else ()

    def stretch_at(self, bead: int) -> tuple[int, ...]:
        """Return what folds around a bead, else what does next behind it, else before it."""
        behind = (stretch for stretch in self._stretches if stretch[-1] >= bead)
        return next(behind, self._stretches[-1] if self._stretches else ())

    def settle(self, top: int, height: int) -> int:
        """Wrap what is in sight, and return the line with which the screen begins then.

        Where the topmost item has more lines or fewer than was guessed, they come and go above the
        screen: who scrolls up reads on where they were. Who is at the end stays there.

        Args:
            top: The line with which the screen begins.
            height: Lines of the screen.
        """
        if not self._items:
            return 0
        if top + height < self.height:
            first = self._item_at(max(top, 0))
            in_sight = self._starts[first + 1] - top
            self._wrap(range(first, first + 1))
            top = max(self._starts[first + 1] - in_sight, self._starts[first])
            self._wrap(range(first + 1, len(self._items)), height - in_sight)
            if top + height <= self.height:
                return top
        self._wrap(range(len(self._items) - 1, -1, -1), height)
        return max(self.height - height, 0)

    def reveal(self, bead: int, height: int) -> None:
        """Wrap a bead and what stands around it on a screen of so many lines."""
        item = self._numbers.get(bead)
        if item is not None:
            self._wrap(range(item, -1, -1), 2 * height)
            self._wrap(range(item, len(self._items)), 2 * height)

    def at(self, x: int, y: int) -> tuple[int, bool, tuple[int, int] | None] | None:
        """Return what stands in a cell of the screen.

        Returns:
            The bead, whether it is the source's column, and the segment with the position in it;
            None where there is no bead.
        """
        line = self.line(y)
        if line is None or (line.row is None and not line.fold):
            return None
        if line.row is None:
            return self._items[self._item_at(y)].beads[0], True, None
        is_source = x < self.gutters[0] + self.column
        piece = line.source if is_source else line.target
        offset = self.gutters[0] if is_source else self._target_start()
        place = None
        if piece is not None and x >= offset:
            position = piece.character_at(x - offset)
            place = None if position is None else piece.cell.segment_at(position)
        return line.row.bead, is_source, place

    def _target_start(self) -> int:
        return self.gutters[0] + self.column + len(DIVIDER) + self.gutters[1]

    def _item_at(self, number: int) -> int:
        return min(bisect_right(self._starts, number) - 1, len(self._items) - 1)

    def _lines(self, item: int) -> tuple[Line, ...]:
        if item not in self._wrapped:
            self._wrapped[item] = self._items[item].wrap()
        return self._wrapped[item]

    def _wrap(self, items: range, height: int = 1) -> None:
        """Wrap items one after the other until they fill so many lines."""
        is_changed = False
        for item in items:
            if height <= 0:
                break
            lines = len(self._lines(item))
            is_changed |= lines != self._heights[item]
            self._heights[item] = lines
            height -= lines
        if is_changed:
            self._starts = [0, *accumulate(self._heights)]


def lay_out(view: View, width: int, opened: frozenset[int] = frozenset()) -> Layout:
    """Put both texts into two columns: bead by bead, or just side by side before there are any.

    Args:
        view: What is shown.
        width: Cells of the screen.
        opened: Beads of stretches that are shown though they would be folded.
    """
    bitext = view.bitext
    if bitext is None:
        return _unaligned(view.documents, width)
    gutters = (
        SIGN_WIDTH + _widest(bitext.source, bitext.source_segments) + 1,
        _widest(bitext.target, bitext.target_segments) + 1,
    )
    column = max((width - sum(gutters) - len(DIVIDER)) // 2, _LEAST_COLUMN)
    everything = by_bead(view.seen.report.findings if view.seen else ())
    runs = tuple(_runs(view, bitext, everything))
    stretches = tuple(tuple(row.bead for row in run) for folds, run in runs if folds)
    guess = _guesser(bitext, column)
    items: list[Item] = []
    for folds, run in runs:
        if folds and not any(row.bead in opened for row in run):
            items.append(_fold(run, bitext, everything))
        else:
            items += (_item(row, bitext, column, guess(row)) for row in run)
    return Layout(items, gutters, column, stretches)


def _widest(document: Document, segments: Sequence[Segment]) -> int:
    # Lines and numbers ascend, so that the last one is the widest.
    last = max(len(segments) - 1, 0)
    return len(places(document, segments, range(last, len(segments))))


def _runs(
    view: View, bitext: Bitext, everything: Mapping[int, Sequence[Finding]]
) -> Iterator[tuple[bool, tuple[Row, ...]]]:
    """Yield rows that follow each other, and whether they are folded unless somebody opens them.

    Before everything is checked nothing is faithful yet.
    """
    order = rows(bitext)
    if not view.is_folded or view.seen is None or not view.seen.is_whole:
        yield False, order
        return
    listed = by_bead(view.listed())
    remarkable = (
        n for n, row in enumerate(order) if is_remarkable(row, bitext, listed, everything)
    )
    shown = near(remarkable, view.context, len(order))
    for folds, run in groupby(enumerate(order), key=lambda numbered: numbered[0] not in shown):
        yield folds, tuple(row for _, row in run)


def _fold(
    folded: tuple[Row, ...], bitext: Bitext, everything: Mapping[int, Sequence[Finding]]
) -> Item:
    hidden = sum(len(everything.get(row.bead, ())) for row in folded)
    words = fold_words(folded, bitext, hidden, "filtered out")
    lines = (Line(fold=words), Line())
    return Item(tuple(row.bead for row in folded), len(lines), lambda: lines, is_fold=True)


def _item(row: Row, bitext: Bitext, column: int, guess: int) -> Item:
    def wrap() -> tuple[Line, ...]:
        where = _places(row, bitext)
        first, second = _cells(row, bitext, where)
        pairs = zip_longest(pieces(first, column), pieces(second, column))
        lines = [Line(row, one, two, None if n else where) for n, (one, two) in enumerate(pairs)]
        return (*lines, Line(row))

    return Item(() if row.is_origin else (row.bead,), guess, wrap)


def _guesser(bitext: Bitext, column: int) -> Callable[[Row], int]:
    """Return what guesses the lines of a row, by the usual width of the letters of both texts."""
    sides = [
        (_width(document.text), segments)
        for document, segments in (
            (bitext.source, bitext.source_segments),
            (bitext.target, bitext.target_segments),
        )
    ]

    def guess(row: Row) -> int:
        bead = bitext.beads[row.bead]
        most = 1
        if not row.is_origin:
            for (width, segments), numbers in zip(sides, (bead.source, bead.target), strict=True):
                length = sum(len(segments[number].text) for number in numbers)
                most = max(most, math.ceil(length * width / column))
        return most + 1

    return guess


def _width(text: str) -> float:
    sample = text[:_SAMPLE]
    return cell_len(sample) / len(sample) if sample else 1.0


def _unaligned(documents: tuple[Document, Document], width: int) -> Layout:
    column = max((width - len(DIVIDER)) // 2, _LEAST_COLUMN)
    widths = [_width(document.text) for document in documents]

    def item(texts: tuple[str, ...]) -> Item:
        lengths = (len(text) * width for text, width in zip(texts, widths, strict=True))
        guess = max(math.ceil(length / column) for length in lengths) + 1
        return Item((), guess, lambda: _beside(texts, column))

    sides = (_blocks(document) for document in documents)
    return Layout(tuple(map(item, zip_longest(*sides, fillvalue=""))), (0, 0), column)


def _beside(texts: Sequence[str], column: int) -> tuple[Line, ...]:
    one, two = (pieces(Cell(tidy_offsets(text)[0]), column) if text else () for text in texts)
    lines = (Line(None, first, second) for first, second in zip_longest(one, two))
    return (*lines, Line())


def _blocks(document: Document) -> Iterator[str]:
    """Yield the blocks of a text; one of a whole book in parts, so that its first page is soon."""
    part = re.compile(rf"\S.{{0,{_LONGEST_BLOCK}}}(?!\S)|\S{{1,{_LONGEST_BLOCK}}}", re.DOTALL)
    for block in document.blocks:
        yield from part.findall(block.of(document.text))


# The cells of a row


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
    source = cell_of(bitext.source_segments, bead.source)
    target = cell_of(bitext.target_segments, bead.target)
    if row.block:
        target = behind(f"[{name}] moved: {where[1]} ", target)
    return source, target
