"""Runs that the translation put elsewhere: pairs among what found no place in the chain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.beads.chain import Link, best_chain
from align.beads.scale import Scale, mutual
from align.beads.scores import Scores
from align.beads.side import Side
from align.config import BeadSettings
from align.vectors import Vectors

_TOGETHER = 0.45
"""Relatedness that is enough for two segments whose neighbours were moved together, too. Chosen on
moved paragraphs of NTREX: true pairs have a neighbour above .7, wrong ones none."""

_NEIGHBOUR = 0.7
_MARGIN = 0.1
_MARGIN_TOGETHER = -0.05
"""How much better than the next best counterpart, among all segments, a moved one must be."""

_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class _Texts:
    """What moved runs are looked for in."""

    source: Side
    target: Side
    scale: Scale
    settings: BeadSettings


def moved_links(
    source: Side, target: Side, scale: Scale, chain: Sequence[Link], settings: BeadSettings
) -> list[Link]:
    """Pair runs of segments that found no place in the chain.

    Args:
        source: One side.
        target: The other.
        scale: The scale of the two documents.
        chain: Beads and gaps.
        settings: Costs, and how related two segments must be to be moved.

    Returns:
        Links whose segments are gaps of the chain; none shares a segment with another.
    """
    lost = np.array([s.start for s, t in chain if not t], np.intp)
    added = np.array([t.start for s, t in chain if not s], np.intp)
    if not len(lost) or not len(added):
        return []
    texts = _Texts(source, target, scale, settings)
    anchors = _anchors(texts, lost, added)
    blocks = list(_blocks(anchors, _runs(lost), _runs(added)))
    return [link for block, own in blocks for link in _inside(texts, block, own)]


def _anchors(
    texts: _Texts, lost: NDArray[np.intp], added: NDArray[np.intp]
) -> list[tuple[int, int]]:
    """Return pairs of gaps that are each other's best, and better than anything else they have."""
    source, target = texts.source.vectors, texts.target.vectors
    best = mutual(source[lost], target[added], np.arange(len(lost)))
    i, j = lost[best.source], added[best.target]
    related = texts.scale.relatedness(best.cosines)
    rivals = np.maximum(_rival(source[i], target, j), _rival(target[j], source, i))
    margin = related - texts.scale.relatedness(rivals)
    together = _neighbours(texts, (i, j), (lost, added)) > _NEIGHBOUR
    moved = (related > texts.settings.moved_floor) & (margin > _MARGIN)
    moved |= together & (related > _TOGETHER) & (margin > _MARGIN_TOGETHER)
    return list(zip(i[moved].tolist(), j[moved].tolist(), strict=True))


def _rival(rows: Vectors, others: Vectors, own: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return the cosine of each row with the best of the others that is not its own."""
    best = np.full(len(rows), -1.0, np.float32)
    chunk = max(1, _CELLS // len(others))
    for start in range(0, len(rows), chunk):
        cosines = rows[start : start + chunk] @ others.T
        cosines[np.arange(len(cosines)), own[start : start + chunk]] = -1.0
        best[start : start + chunk] = cosines.max(axis=1)
    return best


def _neighbours(
    texts: _Texts,
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    gaps: tuple[NDArray[np.intp], NDArray[np.intp]],
) -> NDArray[np.float32]:
    """Return how related the better of the pairs around each pair is, where both are gaps."""
    best = np.zeros(len(pairs[0]), np.float32)
    for offset in (-1, 1):
        i, j = pairs[0] + offset, pairs[1] + offset
        near = np.isin(i, gaps[0]) & np.isin(j, gaps[1])
        cosines = np.einsum(
            "ij,ij->i", texts.source.vectors[i[near]], texts.target.vectors[j[near]]
        )
        best[near] = np.maximum(best[near], texts.scale.relatedness(cosines))
    return best


def _runs(numbers: NDArray[np.intp]) -> list[range]:
    """Return the runs of consecutive numbers."""
    borders = [0, *(np.flatnonzero(np.diff(numbers) > 1) + 1).tolist(), len(numbers)]
    return [range(int(numbers[a]), int(numbers[b - 1]) + 1) for a, b in pairwise(borders)]


def _blocks(
    anchors: Sequence[tuple[int, int]], lost: Sequence[range], added: Sequence[range]
) -> Iterator[tuple[Link, list[tuple[int, int]]]]:
    """Yield the gaps around each group of anchors that belong to one moved block.

    A gap that two blocks share is left to the one with more anchors.
    """
    home = {i: run for run in lost for i in run}, {j: run for run in added for j in run}
    groups: dict[Link, list[tuple[int, int]]] = {}
    for i, j in anchors:
        groups.setdefault((home[0][i], home[1][j]), []).append((i, j))
    taken: tuple[set[range], set[range]] = set(), set()
    for block, own in sorted(groups.items(), key=lambda group: (-len(group[1]), group[1])):
        shared = block[0] in taken[0] or block[1] in taken[1]
        if shared:
            for i, j in own:
                yield (range(i, i + 1), range(j, j + 1)), [(i, j)]
        else:
            yield block, own
            taken[0].add(block[0])
            taken[1].add(block[1])


def _inside(texts: _Texts, block: Link, anchors: Sequence[tuple[int, int]]) -> Iterator[Link]:
    """Yield the beads inside a moved block that hold one of its anchors."""
    s, t = block
    scores = Scores(texts.source.part(s), texts.target.part(t), texts.scale, texts.settings)
    for a, b in best_chain(scores):
        one = range(a.start + s.start, a.stop + s.start)
        other = range(b.start + t.start, b.stop + t.start)
        if any(i in one and j in other for i, j in anchors):
            yield one, other
