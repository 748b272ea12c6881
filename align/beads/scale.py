"""What is usual in two documents, by which every bead of theirs is measured."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.beads.side import Matrix, Side
from align.vectors import Vectors

# Calibration of cosines to relatedness: 0 is the document's usual unrelated pair, 1 its usual true
# pair. A short document leans on what true pairs of e5-small have in general.
_TRUE_COSINE = 0.55
_TRUE_WEIGHT = 4.0
_TRUE_SHARE = 0.8
_NARROWEST = 0.15

SAMPLE = 600
"""Segments a side that are enough to tell what is usual; shorter documents are looked at whole."""

_CHUNK = 64


@dataclass(frozen=True, slots=True)
class Pairs:
    """Segments that are each other's best: `source[k]` with `target[k]`, whose cosine is given."""

    source: NDArray[np.intp]
    target: NDArray[np.intp]
    cosines: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scale:
    """Cosines of the usual unrelated and the usual true pair; target characters per source one."""

    low: float
    high: float
    ratio: float

    def relatedness(self, cosines: Matrix) -> Matrix:
        """Return where cosines lie between chance, 0, and the usual true pair, 1."""
        related: Matrix = (cosines - np.float32(self.low)) / np.float32(self.high - self.low)
        return related


def measure(source: Side, target: Side, pairs: Pairs, slack: float) -> Scale:
    """Return the scale of two documents.

    Args:
        source: One side.
        target: The other.
        pairs: Pairs that are each other's best, as `best_pairs` gives them.
        slack: Characters that length ratios are forgiven.
    """
    rows, columns = spread(len(source), SAMPLE), spread(len(target), SAMPLE)
    cosines = source.vectors[rows] @ target.vectors[columns].T
    best = np.sort(pairs.cosines)[::-1]
    best = best[: max(1, round(_TRUE_SHARE * len(best)))]
    high = float((best.sum() + _TRUE_WEIGHT * _TRUE_COSINE) / (len(best) + _TRUE_WEIGHT))
    # In a tiny matrix the median is a true pair; unrelated centred vectors have cosine 0.
    low = float(np.median(cosines)) if min(cosines.shape) >= 4 else min(0.0, float(cosines.min()))
    # Where most lines are one and the same, the median is a true pair, too.
    low = min(low, _TRUE_COSINE - _NARROWEST)
    high = max(high, low + _NARROWEST)
    ratios = (target.lengths[pairs.target] + slack) / (source.lengths[pairs.source] + slack)
    sure = ratios[(pairs.cosines - low) / (high - low) > 0.5]
    ratio = float(np.exp(np.median(np.log(sure)))) if len(sure) else 1.0
    return Scale(low, high, ratio)


def best_pairs(source: Side, target: Side, sample: int = SAMPLE) -> Pairs:
    """Return segments that are each other's best among all.

    Args:
        source: One side.
        target: The other.
        sample: Of a longer side, only so many segments are tried, the longest of each stretch, so
            that time grows with the length and not with its square.
    """
    forth = mutual(source.vectors, target.vectors, _telling(source, sample))
    if len(source) <= sample and len(target) <= sample:
        return forth
    back = mutual(target.vectors, source.vectors, _telling(target, sample))
    places = np.concatenate(
        [np.stack([forth.source, forth.target]), np.stack([back.target, back.source])], axis=1
    )
    unique, first = np.unique(places, axis=1, return_index=True)
    return Pairs(unique[0], unique[1], np.concatenate([forth.cosines, back.cosines])[first])


def spread(length: int, count: int) -> NDArray[np.intp]:
    """Return at most `count` numbers below `length`, evenly spread."""
    if length <= count:
        return np.arange(length)
    return np.unique(np.linspace(0, length - 1, count).astype(np.intp))


def _telling(side: Side, count: int) -> NDArray[np.intp]:
    """Return the longest segment of each of `count` stretches: short ones repeat and mislead."""
    if len(side) <= count:
        return np.arange(len(side))
    borders = np.linspace(0, len(side), count + 1).astype(int).tolist()
    return np.array([a + int(side.lengths[a:b].argmax()) for a, b in pairwise(borders)])


def mutual(one: Vectors, other: Vectors, rows: NDArray[np.intp]) -> Pairs:
    """Return those `rows` of one side that are the best of their own best on the other."""
    column, cosine = best_of(one[rows], other)
    back, _ = best_of(other[column], one)
    kept = back == rows
    return Pairs(rows[kept], column[kept], cosine[kept])


def best_of(rows: Vectors, others: Vectors) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return each row's best among the others and its cosine, in bounded memory."""
    column = np.zeros(len(rows), np.intp)
    cosine = np.zeros(len(rows), np.float32)
    chunk = max(_CHUNK, 4_000_000 // max(1, len(others)))
    for start in range(0, len(rows), chunk):
        part = slice(start, start + chunk)
        cosines = rows[part] @ others.T
        column[part] = cosines.argmax(axis=1)
        cosine[part] = cosines[np.arange(len(cosines)), column[part]]
    return column, cosine
