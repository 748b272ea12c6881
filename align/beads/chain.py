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
    # The last rows, in turn; to their left, as many columns that nothing reaches.
    best = np.full((longest + 1, longest + m + 1), -np.inf)
    best[0, longest:] = -slope
    origins = _origins(kinds, longest, m)
    step = np.full((n + 1, m + 1), _ALONG, np.int8)
    options = np.empty((len(kinds) + 1, m + 1))
    columns = np.arange(m + 1)
    for i, table in _rows(scores, kinds):
        np.subtract(best[(i - 1) % (longest + 1), longest:], gap, out=options[0])
        np.add(best.take(origins[i % (longest + 1)]), table, out=options[1:])
        how = options.argmax(axis=0)
        row = options[how, columns]
        reached = np.maximum.accumulate(row + slope) - slope
        along = reached > row + _TIE
        best[i % (longest + 1), longest:] = np.where(along, reached, row)
        step[i] = np.where(along, _ALONG, how)
    return _trace(step, kinds)


def _origins(kinds: Sequence[Kind], longest: int, m: int) -> list[NDArray[np.intp]]:
    """Return where, among the last rows, each kind of bead that ends in a row begins.

    Returns:
        For each row number modulo the rows that are kept, flat places of shape (kinds, m + 1).
    """
    width = longest + m + 1
    columns = np.arange(longest, width)
    return [
        np.array([(i - a) % (longest + 1) * width + columns - b for a, b in kinds], np.intp)
        for i in range(longest + 1)
    ]


def _rows(scores: Scores, kinds: tuple[Kind, ...]) -> Iterator[tuple[int, Matrix]]:
    """Yield each row's number, from 1, and the scores of the beads that end there.

    They have the shape (kinds, m + 1); minus infinity stands where no bead of the kind can end.
    """
    n, m = scores.shape
    longest = scores.settings.longest_run
    chunk = max(2 * longest, _CELLS // (m + 1))
    for start in range(0, n, chunk):
        first, last = max(0, start - longest + 1), min(n, start + chunk)
        tables = scores.tables(kinds, range(first, last))
        ends = np.full((last - start, len(kinds), m + 1), -np.inf, np.float32)
        for k, (a, b) in enumerate(kinds):
            # Rows of a table are numbered by the bead's beginning.
            early = max(0, first + a - start - 1)
            ends[early:, k, b:] = tables[a, b][start + early + 1 - a - first :]
        yield from enumerate(ends, start=start + 1)


def _trace(step: NDArray[np.int8], kinds: Sequence[Kind]) -> list[Link]:
    i, j = step.shape[0] - 1, step.shape[1] - 1
    chain = []
    while i or j:
        kind = int(step[i, j])
        a, b = kinds[kind - 1] if kind > 0 else ((1, 0) if kind == _UP else (0, 1))
        chain.append((range(i - a, i), range(j - b, j)))
        i, j = i - a, j - b
    return chain[::-1]
