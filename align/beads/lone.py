"""Segments taken out of their beads once it is known that nothing there stands for them."""

from collections.abc import Collection, Sequence

from align.beads.cuts import SAMPLES
from align.beads.doubts import Placed, assess
from align.beads.find import in_order
from align.beads.scale import best_pairs, measure
from align.beads.side import Side
from align.bitext import Bead
from align.config import BeadSettings

Segment = tuple[int, int]
"""The side, 0 for the source and 1 for the target, and the number on it."""


def without_lone(
    source: Side,
    target: Side,
    beads: Sequence[Bead],
    lone: Collection[Segment],
    settings: BeadSettings,
) -> tuple[Bead, ...]:
    """Return the beads with each lone segment in a gap of its own.

    Args:
        source: One side.
        target: The other.
        beads: As `find_beads` gives them.
        lone: Segments at the edge of their runs. If all of a run are lone, what faces it is too.
        settings: As for `find_beads`.
    """
    scale = measure(source, target, best_pairs(source, target, SAMPLES), settings.length_slack)
    placed: list[Placed] = []
    known: dict[Placed, Bead] = {}
    for bead in beads:
        kept = [
            [k for k in run if (side, k) not in lone]
            for side, run in enumerate((bead.source, bead.target))
        ]
        link = Placed(bead.source, bead.target, bead.moved)
        if not (bead.source and bead.target) or sum(map(len, kept)) == _size(bead):
            placed.append(link)
            known[link] = bead
            continue
        both = all(kept)
        runs = [range(k[0], k[-1] + 1) if both else range(0) for k in kept]
        if both:
            placed.append(Placed(runs[0], runs[1], bead.moved))
        gaps = [
            [k for k in run if k not in rest]
            for run, rest in zip((bead.source, bead.target), runs, strict=True)
        ]
        placed += [Placed(range(i, i + 1), range(0)) for i in gaps[0]]
        placed += [Placed(range(0), range(j, j + 1)) for j in gaps[1]]
    fresh = [link for link in placed if link not in known]
    assessed = dict(zip(fresh, assess(source, target, scale, fresh), strict=True))
    return tuple(known.get(link) or assessed[link] for link in in_order(placed, len(source)))


def _size(bead: Bead) -> int:
    return len(bead.source) + len(bead.target)
