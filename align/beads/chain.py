"""The best chain of beads over a piece of two documents, by dynamic programming."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from align.beads.scores import Kind, Scores
from align.beads.side import Matrix

Link = tuple[range, range]
"""A run of source segments and a run of target segments; either may be empty."""

_UP, _ALONG = 0, -1
_CELLS = 400_000
"""Cells of a score table that are held at once for each kind of bead."""

_TIE = 1e-6
"""Differences below this are rounding and decide nothing."""


def shapes(longest: int) -> tuple[Kind, ...]:
    """Return the bead kinds that are tried.

    One segment may stand for up to `longest`, and two for all but the longest; three for three.
    """
    sizes = range(1, longest + 1)
    return tuple(
        (a, b)
        for a in sizes
        for b in sizes
        if a + b <= longest + 1 and (min(a, b) <= 2 or a == b == 3)
    )


def best_chain(scores: Scores) -> list[Link]:
    """Return the chain of beads and gaps with the highest score, in reading order.

    The chain covers each segment of the piece exactly once and ascends on both sides. Each row of
    the table is computed at once; gaps along a row by a running maximum.
    """
    n, m = scores.shape
    longest = scores.settings.longest_run
    kinds = tuple((a, b) for a, b in shapes(longest) if a <= n and b <= m)
    gap = scores.settings.gap_cost
    slope = gap * np.arange(m + 1)
    best = np.full((longest + 1, m + 1), -np.inf)
    best[0] = -slope
    step = np.full((n + 1, m + 1), _ALONG, np.int8)
    options = np.full((len(kinds) + 1, m + 1), -np.inf)
    columns = np.arange(m + 1)
    for i, tables in _rows(scores, kinds):
        np.subtract(best[(i - 1) % (longest + 1)], gap, out=options[0])
        for k, (a, b) in enumerate(kinds, start=1):
            if a <= i:
                np.add(
                    best[(i - a) % (longest + 1), : m + 1 - b],
                    tables[k - 1],
                    out=options[k, b:],
                )
        how = options.argmax(axis=0)
        row = options[how, columns]
        reached = np.maximum.accumulate(row + slope) - slope
        along = reached > row + _TIE
        best[i % (longest + 1)] = np.where(along, reached, row)
        step[i] = np.where(along, _ALONG, how)
    return _trace(step, kinds)


def _rows(scores: Scores, kinds: tuple[Kind, ...]) -> Iterator[tuple[int, Sequence[Matrix]]]:
    """Yield each row's number, from 1, and the scores of the beads that end there, by kind."""
    n, m = scores.shape
    longest = scores.settings.longest_run
    chunk = max(2 * longest, _CELLS // (m + 1))
    for start in range(0, n, chunk):
        first, last = max(0, start - longest + 1), min(n, start + chunk)
        tables = scores.tables(kinds, range(first, last))
        for i in range(start + 1, last + 1):
            yield i, [tables[k][i - k[0] - first] if k[0] <= i else tables[k][0] for k in kinds]


def _trace(step: NDArray[np.int8], kinds: Sequence[Kind]) -> list[Link]:
    i, j = step.shape[0] - 1, step.shape[1] - 1
    chain = []
    while i or j:
        kind = int(step[i, j])
        a, b = kinds[kind - 1] if kind > 0 else ((1, 0) if kind == _UP else (0, 1))
        chain.append((range(i - a, i), range(j - b, j)))
        i, j = i - a, j - b
    return chain[::-1]
