"""Long documents to pieces that are aligned one by one: coarse to fine, in linear time.

Cuts fall only between segments that surely belong together on both sides of the cut.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.beads.chain import Link
from align.beads.scale import SAMPLE, Pairs, Scale, best_pairs
from align.beads.side import Side

SAMPLES = 1200
"""Segments a side that are looked for in the whole other side, however long both are."""

PIECE = 120
"""Segments from one cut to the next, if there are places that are sure enough."""

_SURE = 0.6
"""Relatedness of two segments that may be an anchor, and of the two pairs around them."""

_LARGEST = 16_000_000
"""Cells of a piece without any anchor that is still searched whole; about 4,000 segments a side.
In a larger one something is wrong, such as one line repeated a hundred thousand times, and it is
cut in proportion."""


def pieces(
    source: Side, target: Side, scale: Scale, pairs: Pairs, limit: int
) -> list[tuple[range, range]]:
    """Cut two documents into pieces that stand for each other, in order.

    Args:
        source: One side.
        target: The other.
        scale: The scale of the two documents.
        pairs: Segments that are each other's best; candidates for anchors.
        limit: Segments a side up to which a document stays whole.

    Returns:
        Ranges of both sides that follow each other without a gap.
    """
    whole = (range(len(source)), range(len(target)))
    if max(len(source), len(target)) <= limit:
        return [whole]
    anchors = _anchors(source, target, scale, pairs)
    return [
        smaller
        for s, t in _between(whole, anchors)
        for smaller in _small_enough(source, target, scale, (s, t), limit)
    ]


def _small_enough(
    source: Side, target: Side, scale: Scale, piece: Link, limit: int
) -> Iterator[Link]:
    """Cut a piece that is still too long with anchors of its own."""
    s, t = piece
    if max(len(s), len(t)) <= limit or not s or not t:
        yield piece
        return
    one, other = source.part(s), target.part(t)
    anchors = _anchors(one, other, scale, best_pairs(one, other, SAMPLES))
    parts = [
        (_shift(a, s.start), _shift(b, t.start))
        for a, b in _between((range(len(s)), range(len(t))), anchors)
    ]
    if len(parts) > 1:
        for part in parts:
            yield from _small_enough(source, target, scale, part, limit)
    elif len(s) * len(t) <= _LARGEST:
        yield piece
    else:
        yield from _in_proportion(piece)


def _anchors(source: Side, target: Side, scale: Scale, pairs: Pairs) -> list[tuple[int, int]]:
    """Return pairs that surely belong together and ascend on both sides.

    A pair is sure if it and the pairs before and after it are. Of those, the longest chain that
    ascends on both sides is taken.
    """
    related = scale.relatedness(pairs.cosines)
    sure = (related > _SURE) & (pairs.source > 0) & (pairs.target > 0)
    sure &= (pairs.source < len(source) - 1) & (pairs.target < len(target) - 1)
    i, j = pairs.source[sure], pairs.target[sure]
    for offset in (-1, 1):
        cosines = np.einsum("ij,ij->i", source.vectors[i + offset], target.vectors[j + offset])
        near = scale.relatedness(cosines) > _SURE
        i, j = i[near], j[near]
    order = np.lexsort((-j, i))
    return _ascending(i[order], j[order])


def _ascending(i: NDArray[np.intp], j: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the longest strictly ascending chain of places that are sorted by their first side."""
    tails: list[int] = []
    last: list[int] = []
    before = np.full(len(j), -1, np.intp)
    for k, column in enumerate(j.tolist()):
        place = bisect_left(tails, column)
        before[k] = last[place - 1] if place else -1
        tails[place : place + 1] = [column]
        last[place : place + 1] = [k]
    chain = []
    k = last[-1] if last else -1
    while k >= 0:
        chain.append((int(i[k]), int(j[k])))
        k = int(before[k])
    return chain[::-1]


def _between(whole: Link, anchors: Sequence[tuple[int, int]]) -> list[Link]:
    """Return the pieces from cut to cut; a cut stands before an anchor."""
    cuts = [(0, 0)]
    for i, j in anchors:
        if max(i - cuts[-1][0], j - cuts[-1][1]) >= PIECE:
            cuts.append((i, j))
    cuts.append((whole[0].stop, whole[1].stop))
    return [(range(a, c), range(b, d)) for (a, b), (c, d) in pairwise(cuts)]


def _in_proportion(piece: Link) -> Iterator[Link]:
    s, t = piece
    count = max(len(s), len(t)) // SAMPLE + 1
    s_cuts = np.linspace(s.start, s.stop, count + 1).astype(int).tolist()
    t_cuts = np.linspace(t.start, t.stop, count + 1).astype(int).tolist()
    for (a, c), (b, d) in zip(pairwise(s_cuts), pairwise(t_cuts), strict=True):
        yield range(a, c), range(b, d)


def _shift(numbers: range, offset: int) -> range:
    return range(numbers.start + offset, numbers.stop + offset)
