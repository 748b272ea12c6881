"""What stands in the rows of two columns: beads, where moved ones come from, and folds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from align.bitext import Bead, Bitext, Document, Segment
from align.finding import Finding
from align.write.words import count

CONTEXT = 1
"""How many faithful beads are shown before and after each that is not."""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row of the two columns: a bead, or where a moved one comes from.

    `block` counts the moved blocks from 1, and is 0 for what stayed in its place. Where
    `is_origin`, the row only says where in the translation the block stands.
    """

    bead: int
    block: int = 0
    is_origin: bool = False


def rows(bitext: Bitext) -> tuple[Row, ...]:
    """Return the beads in the order of the source, and moved blocks at both their places.

    A moved bead stands with both its sides where the source has it, so that its words can be
    compared; where the translation has it, a row leads back.
    """
    blocks = _blocks(bitext.beads)
    first: dict[int, int] = {}
    for number, block in blocks.items():
        first.setdefault(block, number)
    waiting = sorted(first.values(), key=lambda number: bitext.beads[number].target.start)
    found: list[Row] = []
    for number, bead in enumerate(bitext.beads):
        is_in_place = bool(bead.target) and number not in blocks
        while is_in_place and waiting and _target_start(bitext, waiting[0]) < bead.target.start:
            found.append(Row(waiting[0], blocks[waiting.pop(0)], is_origin=True))
        found.append(Row(number, blocks.get(number, 0)))
    return (*found, *(Row(number, blocks[number], is_origin=True) for number in waiting))


def places(document: Document, segments: Sequence[Segment], numbers: range) -> str:
    """Return the line of the file in which a run of segments begins; its number if it has none."""
    if not numbers:
        return ""
    place = document.line_and_column(segments[numbers.start].span.start)
    return f"#{numbers.start}" if place is None else str(place[0])


def block_name(block: int) -> str:
    """Return what a moved block is called at both its ends: A to Z, then AA.

    >>> block_name(1), block_name(27)
    ('A', 'AA')
    """
    name = ""
    while block:
        block, letter = divmod(block - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _blocks(beads: Sequence[Bead]) -> dict[int, int]:
    """Number the moved blocks: moved beads that follow each other on both sides are one."""
    blocks: dict[int, int] = {}
    ends: tuple[int, int] | None = None
    for number, bead in enumerate(beads):
        if not bead.moved:
            continue
        is_next = ends == (bead.source.start, bead.target.start)
        blocks[number] = max(blocks.values(), default=0) + (not is_next)
        ends = (bead.source.stop, bead.target.stop)
    return blocks


def _target_start(bitext: Bitext, number: int) -> int:
    return bitext.beads[number].target.start


def by_bead(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """Return findings under the numbers of their beads, in order."""
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.bead, []).append(finding)
    return found


def is_remarkable(
    row: Row,
    bitext: Bitext,
    shown: Mapping[int, Sequence[Finding]],
    everything: Mapping[int, Sequence[Finding]],
) -> bool:
    """Tell whether a row is to be looked at: for a finding, a block that moved, or a gap.

    A gap all of whose findings are hidden is no more remarkable than a pair.

    Args:
        row: The row.
        bitext: The beads.
        shown: The findings that are not hidden, by bead.
        everything: All findings, by bead.
    """
    if row.block or row.bead in shown:
        return True
    bead = bitext.beads[row.bead]
    return not (bead.source and bead.target) and row.bead not in everything


def near(places: Iterable[int], context: int, count: int) -> frozenset[int]:
    """Return the numbers that are at most `context` away from one of some others.

    Args:
        places: The others, ascending.
        context: How far away they may be; it may be far more than there are.
        count: How many numbers there are, from 0.
    """
    found: set[int] = set()
    covered = 0
    for place in places:
        stop = min(place + context + 1, count)
        found.update(range(max(place - context, covered), stop))
        covered = max(covered, stop)
    return frozenset(found)


def fold_words(folded: Sequence[Row], bitext: Bitext, hidden: int, why: str) -> str:
    """Return what a fold says of the rows in it.

    Args:
        folded: The rows.
        bitext: The beads.
        hidden: How many findings they have nevertheless.
        why: The word for why these are hidden.
    """
    beads = [bitext.beads[row.bead] for row in folded]
    said = f"{count(len(beads), 'pair')} without a finding"
    if hidden:
        said = f"{count(len(beads), 'pair')}, {count(hidden, 'finding')} {why}"
    first = next((bead.source for bead in beads if bead.source), range(0))
    line = places(bitext.source, bitext.source_segments, first)
    where = f"; from line {line}" if line and not line.startswith("#") else ""
    return f"⋯ {said}{where}"
