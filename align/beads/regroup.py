"""Beads made anew once more is known of their segments than vectors say."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from align.beads.chain import Link
from align.beads.cuts import SAMPLES
from align.beads.doubts import Placed, assess
from align.beads.find import in_order
from align.beads.scale import Scale, best_pairs, measure, mutual
from align.beads.side import Side
from align.bitext import Bead
from align.config import BeadSettings

Segment = tuple[int, int]
"""The side, 0 for the source and 1 for the target, and the number on it."""

_RELATED = 0.3
"""Relatedness from which two gaps may belong together: the least of 34 right pairs had .39."""
_BESIDE = 0.25
"""The same of a gap and the other side of the bead beside it: in noised articles in seven languages
a fifth of such beads are above, and 18 of 30 to which the gap belongs."""
_FAR = 4
"""Beads that a moved pair crosses at least."""


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
    return _assessed(source, target, placed, known, settings)


def gap_pairs(
    source: Side, target: Side, beads: Sequence[Bead], settings: BeadSettings
) -> list[Link]:
    """Return source and target segments in gaps that are each other's best among all gaps.

    They stand in one place, or far apart: near each other they are as a rule a headline and what it
    sums up, or neighbours that say nearly the same, each of which has lost its own counterpart.

    Args:
        source: One side.
        target: The other.
        beads: As `find_beads` gives them.
        settings: As for `find_beads`.
    """
    lost, added = _gaps(beads)
    if not lost or not added:
        return []
    best = mutual(source.vectors[lost], target.vectors[added], np.arange(len(lost)))
    related = _scale(source, target, settings).relatedness(best.cosines) > _RELATED
    pairs = zip(best.source[related].tolist(), best.target[related].tolist(), strict=True)
    links = [
        (range(lost[k], lost[k] + 1), range(added[other], added[other] + 1)) for k, other in pairs
    ]
    placed = [Placed(bead.source, bead.target, bead.moved) for bead in beads]
    return [link for link in links if not 0 < _crossed(link, placed) < _FAR]


def beside_gaps(
    source: Side, target: Side, beads: Sequence[Bead], settings: BeadSettings
) -> list[Link]:
    """Return the beads that may say more on one side, which a gap beside them on the other says.

    Args:
        source: One side.
        target: The other.
        beads: As `find_beads` gives them.
        settings: As for `find_beads`.
    """
    gaps = _gaps(beads)
    if not any(gaps):
        return []
    scale = _scale(source, target, settings)
    found = []
    for link in ((bead.source, bead.target) for bead in beads if bead.source and bead.target):
        for side, (own, other) in enumerate(((source, target), (target, source))):
            beside = [k for k in (link[side].start - 1, link[side].stop) if k in gaps[side]]
            cosines = own.vectors[beside] @ other.vectors[link[1 - side]].T
            if (scale.relatedness(cosines) > _BESIDE).any():
                found.append(link)
                break
    return found


def widened(link: Link, beads: Sequence[Bead]) -> Iterator[Link]:
    """Yield a pair of gaps or a bead with one of the gaps beside it."""
    lost, added = _gaps(beads)
    s, t = link
    if s.start - 1 in lost:
        yield range(s.start - 1, s.stop), t
    if s.stop in lost:
        yield range(s.start, s.stop + 1), t
    if t.start - 1 in added:
        yield s, range(t.start - 1, t.stop)
    if t.stop in added:
        yield s, range(t.start, t.stop + 1)


def with_links(
    source: Side,
    target: Side,
    beads: Sequence[Bead],
    links: Sequence[Link],
    settings: BeadSettings,
) -> tuple[Bead, ...]:
    """Return the beads with each of these links as one bead, moved where it crosses another.

    Args:
        source: One side.
        target: The other.
        beads: As `find_beads` gives them.
        links: Gaps, and beads with gaps beside them; none shares a segment with another.
        settings: As for `find_beads`.
    """
    gone = {(0, i) for s, _ in links for i in s} | {(1, j) for _, t in links for j in t}
    known = {
        Placed(bead.source, bead.target, bead.moved): bead
        for bead in beads
        if not gone.intersection(_segments(bead))
    }
    placed = list(known)
    for s, t in links:
        placed.append(Placed(s, t, moved=_crossed((s, t), placed) > 0))
    return _assessed(source, target, placed, known, settings)


def _gaps(beads: Sequence[Bead]) -> tuple[list[int], list[int]]:
    """Return the segments of each side that stand in gaps."""
    return (
        [i for bead in beads if not bead.target for i in bead.source],
        [j for bead in beads if not bead.source for j in bead.target],
    )


def _segments(bead: Bead) -> Iterator[Segment]:
    yield from ((0, i) for i in bead.source)
    yield from ((1, j) for j in bead.target)


def _crossed(one: Link, placed: Sequence[Placed]) -> int:
    """Return how many beads in running order a link crosses."""
    return sum(
        (one[0].start < link.source.start) != (one[1].start < link.target.start)
        for link in placed
        if link.source and link.target and not link.moved
    )


def _assessed(
    source: Side,
    target: Side,
    placed: Sequence[Placed],
    known: dict[Placed, Bead],
    settings: BeadSettings,
) -> tuple[Bead, ...]:
    """Return all beads in order; those that are not known get their score and doubt."""
    fresh = [link for link in placed if link not in known]
    found = assess(source, target, _scale(source, target, settings), fresh)
    assessed = dict(zip(fresh, found, strict=True))
    return tuple(known.get(link) or assessed[link] for link in in_order(placed, len(source)))


def _scale(source: Side, target: Side, settings: BeadSettings) -> Scale:
    pairs = best_pairs(source, target, SAMPLES)
    return measure(source, target, pairs, settings.length_slack)


def _size(bead: Bead) -> int:
    return len(bead.source) + len(bead.target)
