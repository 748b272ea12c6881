"""Token vectors to links: which segments hold tokens that are each other's best counterparts.

Mutual best counterparts as in Jalili Sabet et al., "SimAlign" (EMNLP Findings 2020), among the
segments that may stand for each other at all.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from align.beads.chain import Link
from align.beads.scores import Links
from align.beads.side import Side

REACH = 10
"""Segments before and after the place in the first chain where counterparts are looked for."""

_LEAST_COSINE = 0.2
_USUAL_SHARE = 0.42
_USUAL_WEIGHT = 4.0


def find_links(source: Side, target: Side, chain: Sequence[Link]) -> Links | None:
    """Count the tokens that segments near the chain share.

    Args:
        source: One side of a piece.
        target: The other.
        chain: A first chain over the piece; it says where to look, and what is usual.

    Returns:
        The links, or None if the tokens of a side are not known.
    """
    if source.tokens is None or target.tokens is None:
        return None
    counts = _counts(source.tokens, target.tokens, _windows(chain, len(source), len(target)))
    shares = [
        counts / np.maximum([len(tokens) for tokens in source.tokens], 1)[:, None],
        counts / np.maximum([len(tokens) for tokens in target.tokens], 1)[None, :],
    ]
    ones = [(s.start, t.start) for s, t in chain if len(s) == len(t) == 1]
    usual = [_usual(share, ones) for share in shares]
    return Links(*((share / u).astype(np.float32) for share, u in zip(shares, usual, strict=True)))


def _usual(share: NDArray[np.float64], ones: Sequence[tuple[int, int]]) -> float:
    """Return the median share over the beads of one to one; few of them lean on the average."""
    values = [share[place] for place in ones]
    median = float(np.median(values)) if values else 0.0
    weight = len(values) / (len(values) + _USUAL_WEIGHT)
    return max(0.1, weight * median + (1 - weight) * _USUAL_SHARE)


def _windows(chain: Sequence[Link], n: int, m: int) -> list[range]:
    """Return for each source segment the target segments that are near it, seen from either."""
    ahead = _places([(s, t) for s, t in chain if s and t], n, m)
    back = _places([(t, s) for s, t in chain if s and t], m, n)
    windows = []
    for i in range(n):
        first = max(np.ceil(ahead[i] - REACH), np.searchsorted(back, i - REACH))
        last = min(np.floor(ahead[i] + REACH) + 1, np.searchsorted(back, i + REACH, side="right"))
        windows.append(range(max(0, int(first)), min(m, int(last))))
    return windows


def _places(links: Sequence[Link], n: int, m: int) -> NDArray[np.float64]:
    """Return for each segment of one side where on the other its surroundings stand, ascending."""
    known = [(i, (t.start + t.stop - 1) / 2) for s, t in links for i in s]
    if not known:
        return np.linspace(0.0, max(0, m - 1), n)
    at, place = np.array(known).T
    places: NDArray[np.float64] = np.interp(np.arange(n), at, place)
    return places


def _counts(
    source: Sequence[NDArray[np.float32]],
    target: Sequence[NDArray[np.float32]],
    windows: Sequence[range],
) -> NDArray[np.float64]:
    """Return how many tokens of each source segment are linked to each target segment."""
    counts = np.zeros((len(source), len(target)))
    ends = np.cumsum([0, *(len(tokens) for tokens in target)])
    starts = np.cumsum([0, *(len(tokens) for tokens in source)])
    tokens = np.concatenate(target)
    segment = np.repeat(np.arange(len(target)), np.diff(ends))
    row_best = np.full(starts[-1], -1, np.intp)
    best_row = np.full(ends[-1], -1, np.intp)
    best_cosine = np.full(ends[-1], _LEAST_COSINE, np.float32)
    for i, own in enumerate(source):
        if not len(own) or not windows[i]:
            continue
        first, last = ends[windows[i].start], ends[windows[i].stop]
        if first == last:
            continue
        cosines = own @ tokens[first:last].T
        row_best[starts[i] : starts[i + 1]] = first + cosines.argmax(axis=1)
        row = cosines.argmax(axis=0)
        cosine = cosines[row, np.arange(last - first)]
        better = cosine > best_cosine[first:last]
        best_cosine[first:last][better] = cosine[better]
        best_row[first:last][better] = starts[i] + row[better]
    linked = np.flatnonzero(row_best >= 0)
    linked = linked[best_row[row_best[linked]] == linked]
    rows = np.repeat(np.arange(len(source)), np.diff(starts))
    np.add.at(counts, (rows[linked], segment[row_best[linked]]), 1.0)
    return counts
