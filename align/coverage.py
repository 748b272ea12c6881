"""Word relatedness to runs of words that nothing on the other side stands for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span

Matrix = NDArray[np.float32]

NEEDED = 0.3
"""Support that a word needs; a word with less adds to a run, one with more ends it."""

LEAST = 0.3
"""Support below which a word counts no further, so that one odd word makes no run."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to `last` of one side, both included, and how much support they lack.

    The score is a sum over the words: it grows with the length of the run as well as with the
    poverty of its support.
    """

    first: int
    last: int
    score: float

    def span(self, words: tuple[Span, ...]) -> Span:
        """Return the run from its first to its last character."""
        return Span(words[self.first].start, words[self.last].end)


def support(matrix: Matrix) -> NDArray[np.float32]:
    """Return how well each row is supported by its best column, less what that column owes others.

    A word may look like a translated one because it has a cousin there: `Lavrov` and `Syria` are
    names both. So a column that likes another row better counts less, by how much better.

    Args:
        matrix: Cosines of the words of one side (rows) with those of the other, shape (n, m).

    Returns:
        One value a row, shape (n,), about .1 for a lost word and .6 for a translated one.
    """
    if matrix.shape[0] < 2 or not matrix.shape[1]:
        return matrix.max(axis=1, initial=-1.0)
    ranked = np.sort(matrix, axis=0)
    best, second = ranked[-1], ranked[-2]
    rival = np.where(matrix >= best, second, best)
    own: NDArray[np.float32] = (matrix - np.maximum(0.0, rival - matrix)).max(axis=1)
    return own


def uncovered_runs(matrix: Matrix, threshold: float) -> list[Run]:
    """Return the runs of rows whose lack of support adds up to more than a threshold.

    Each is a maximal scoring subsequence in the sense of Ruzzo & Tompa, "A Linear Time Algorithm
    for Finding All Maximal Scoring Subsequences" (ISMB 1999).

    Args:
        matrix: As for `support`.
        threshold: The least score of a run.

    Returns:
        Runs in order; they do not overlap.
    """
    gains = np.maximum(NEEDED - support(matrix), -LEAST)
    return [run for run in _maximal(gains.tolist()) if run.score > threshold]


def _maximal(gains: list[float]) -> list[Run]:
    runs: list[Run] = []
    before: list[float] = []
    total = 0.0
    for k, gain in enumerate(gains):
        total += gain
        if gain <= 0:
            continue
        run, left = Run(k, k, gain), total - gain
        while True:
            j = next((j for j in range(len(runs) - 1, -1, -1) if before[j] < left), None)
            if j is None or before[j] + runs[j].score >= left + run.score:
                break
            run = Run(runs[j].first, run.last, left + run.score - before[j])
            left = before[j]
            del runs[j:], before[j:]
        runs.append(run)
        before.append(left)
    return runs
