"""Numbers to the shapes of a picture, in percent of its width and height.

Shapes have no unit, so that a picture fits any screen while its words keep their size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from align.finding import ErrorType, Severity
from align.site.tally import BINS, Decided, Group, Overview, Share, Times, wilson
from align.write.words import TYPES

MOST_ROWS = 12
"""Of a picture; what else there is stands in the tables."""

_MOST_LABELS = 4  # a date on a phone is nearly a quarter as wide as a picture
_LAST_LABEL = 0.78  # of the width, where one may begin
_LEAST_COLUMNS = 12  # so that few days are no wall of colour
_GAP = 0.22  # of a column, to the next


@dataclass(frozen=True, slots=True)
class Shape:
    """A bar or a part of one: where it is, what it is called, and the class of its colour."""

    x: str
    width: str
    y: str
    height: str
    colour: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a picture: its name, where it leads, its shapes, and its number in words."""

    name: str
    link: str
    shapes: tuple[Shape, ...]
    number: str


@dataclass(frozen=True, slots=True)
class Whisker:
    """A line of a picture of shares: the share, and between what it may be."""

    name: str
    link: str
    share: str
    low: str
    high: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Shares:
    """A picture of shares: its lines, the marks of its scale, and how many lines it leaves out."""

    rows: tuple[Whisker, ...]
    ticks: tuple[tuple[str, str], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Columns:
    """A picture of columns side by side: shapes, names below (place, anchor, words), the highest.

    `top` is the number at which the scale ends, as it is written beside the picture.
    """

    shapes: tuple[Shape, ...]
    names: tuple[tuple[str, str, str], ...]
    top: str


def at(share: float) -> str:
    """Return a share as a place in a picture.

    >>> at(1 / 3)
    '33.33%'
    """
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def link(name: str, value: str) -> str:
    """Return the address of the list with only the pairs that have that value."""
    return f"#{quote(name, safe='')}={quote(value, safe='')}"


def kinds(overview: Overview) -> tuple[Row, ...]:
    """Draw the open findings of each kind, the parts of a bar being severities."""
    most = max((sum(n for _, n in numbers) for _, numbers in overview.kinds), default=1)
    return tuple(_kind(kind, numbers, most) for kind, numbers in overview.kinds)


def _kind(kind: ErrorType, numbers: Sequence[tuple[Severity, int]], most: int) -> Row:
    shapes, before, name = [], 0, TYPES[kind]
    for severity, number in numbers:
        if number:
            title = f"{name}, {severity.label}: {number:,}"
            place = (at(before / most), at(number / most), "0", "100%")
            shapes.append(Shape(*place, severity.label, title))
        before += number
    return Row(name, link("kind", name), tuple(shapes), f"{before:,}")


def checks(overview: Overview) -> tuple[Row, ...]:
    """Draw the findings of each check, the parts of a bar being open and accepted ones."""
    most = max((left + let_pass for _, left, let_pass in overview.checks), default=1)
    rows = []
    for name, left, let_pass in overview.checks:
        shapes = (
            Shape("0", at(left / most), "0", "100%", "plain", f"{name}, open: {left:,}"),
            Shape(
                at(left / most),
                at(let_pass / most),
                "0",
                "100%",
                "pale",
                f"{name}, accepted: {let_pass:,}",
            ),
        )
        share = let_pass / (left + let_pass)
        rows.append(Row(name, "", shapes, f"{let_pass:,} of {left + let_pass:,}, {share:.0%}"))
    return tuple(rows)


def rights(rows: Sequence[Decided], field: str = "") -> tuple[Row, ...]:
    """Draw findings by what people have said of them: errors, none, and not decided.

    Args:
        rows: The findings of each check, or of each translator.
        field: The column of the manifest whose value leads to the list, if one does.
    """
    shown = rows[:MOST_ROWS]
    most = max((row.total for row in shown), default=1)
    return tuple(_right(row, field, most) for row in shown)


def _right(row: Decided, field: str, most: int) -> Row:
    parts = (
        (row.agreed, "plain", "agreed"),
        (row.dismissed, "pale", "dismissed"),
        (row.undecided, "undecided", "not decided"),
    )
    shapes, before = [], 0
    for number, colour, said in parts:
        if number:
            title = f"{row.name}, {said}: {number:,}"
            shapes.append(Shape(at(before / most), at(number / most), "0", "100%", colour, title))
        before += number
    low, high = wilson(row.agreed, row.decided)
    words = f"{row.agreed:,} of {row.decided:,}, {low:.0%}–{high:.0%}"
    words = words if row.decided else "none decided"
    return Row(row.name, link(field, row.name) if field else "", tuple(shapes), words)


def shares(group: Group) -> Shares:
    """Draw the share of pairs with a grave finding for each value of a facet."""
    shown = group.shares[:MOST_ROWS]
    highest = max((share.interval()[1] for share in shown), default=1.0)
    end = next(end for end in (0.1, 0.2, 0.5, 1.0) if highest <= end)
    ranked = sorted(shown, key=lambda share: (-share.share, share.name))
    return Shares(
        tuple(_whisker(group.name, share, end) for share in ranked),
        tuple((at(n / 2), f"{end * n / 2:.0%}") for n in range(3)),
        len(group.shares) - len(shown),
    )


def _whisker(name: str, share: Share, end: float) -> Whisker:
    low, high = share.interval()
    number = f"{share.grave:,} of {share.pairs:,}"
    return Whisker(
        share.name,
        link(name, share.name),
        at(share.share / end),
        at(low / end),
        at(high / end),
        number,
        f"{share.name}: {number}, {share.share:.0%}; between {low:.0%} and {high:.0%}",
    )


def risks(overview: Overview) -> Columns:
    """Draw how many pairs have which risk."""
    top = _round_up(max(overview.risks, default=0))
    shapes = []
    for number, pairs in enumerate(overview.risks):
        low, high = number * 100 // BINS, (number + 1) * 100 // BINS
        title = f"risk {low} to {high} %: {pairs:,} {'pair' if pairs == 1 else 'pairs'}"
        shapes.append(_column(number, BINS, (0, pairs), top, ("plain", title)))
    anchors = ("start", "middle", "middle", "middle", "end")
    names = tuple((at(n / 4), anchor, f"{n / 4:.0%}") for n, anchor in enumerate(anchors))
    return Columns(tuple(shapes), names, f"{top:,}")


def times(picture: Times) -> Columns:
    """Draw the pairs of each day, week or month; the dark part has a grave finding."""
    number = max(len(picture.shares), _LEAST_COLUMNS)
    top = _round_up(max(share.pairs for share in picture.shares))
    shapes, names = [], []
    every = math.ceil(number / _MOST_LABELS)
    for place, share in enumerate(picture.shares):
        of = f"{picture.unit} {share.name}: {share.grave:,} of {share.pairs:,} pairs"
        titles = f"{of} with a major or critical finding", f"{of} have one"
        shapes.append(_column(place, number, (0, share.grave), top, ("major", titles[0])))
        rest = (share.grave, share.pairs)
        shapes.append(_column(place, number, rest, top, ("pale", titles[1])))
        if place % every == 0 and place <= number * _LAST_LABEL:
            names.append((at(place / number), "start", share.name))
    return Columns(tuple(shapes), tuple(names), f"{top:,}")


def _column(
    place: int, number: int, ends: tuple[int, int], top: int, called: tuple[str, str]
) -> Shape:
    width = (1 - _GAP) / number
    low, high = (end / top for end in ends)
    x = at((place + _GAP / 2) / number)
    return Shape(x, at(width), at(1 - high), at(high - low), *called)


def _round_up(number: int) -> int:
    """Return the next number above that is one, two or five with zeros behind it."""
    size = int(10 ** (len(str(max(number, 1))) - 1))
    return next(size * step for step in (1, 2, 5, 10) if size * step >= number)
