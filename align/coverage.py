"""Word relatedness to runs of words that nothing on the other side stands for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from align.bitext import Span
from align.finding import Severity
from align.vectors import Relatedness

Matrix = NDArray[np.float32]

MINOR = 0.48
MAJOR = 0.66
"""Scores from which a run counts as lost or added, and from which that is a major matter. How many
faithful sentences have one stands in eval/results/findings-dev.json, language by language."""

FACING = 0.25
"""Score that is enough where the other side has a run above `MINOR`: when a statement was replaced,
what was lost and what came instead speak for each other."""

EDGE = 0.1
"""Lack of support that an edge of a run must add, or it is cut off: `however` is no lost phrase."""

NEEDED = 0.35
"""Support that a word needs; a word with less adds to a run, one with more takes from it."""

SUPPORTED = 0.7
"""Support of a word that is surely translated: no run crosses it."""

_BARRIER = 4.0  # more than any word adds: support is above -3, since cosines lie within -1 and 1

LENGTH_EXPONENT = 0.3
"""Long texts have longer runs by chance: a score is divided by this power of the word count."""

EXPANSION_EXPONENT = 1.5
"""Where several words share one of the other side, each has less support than it deserves: a score
is divided by this power of how many usually do. The numbers were chosen on 13 languages of
NTREX, so that faithful pairs of each look alike."""


USUAL = 0.112
"""Median over 13 languages of NTREX of the median score of a faithful pair's worst run."""

MOST_USUAL = 2.5
"""Highest factor of looseness, about that of English and Korean: in an article that lost something
in most of its sentences, that must not pass for its habit."""

FEW_BEADS = 8.0
"""How many beads a document needs before its own habit counts half."""

BEADS = 200

SENTENCE_CONFIDENCE = 0.95
"""Share of the sentences without a counterpart that are truly lost; see `eval/findings.py`. For
a run of words the confidence is an estimate, from one half at `MINOR` upwards, and not measured."""

FEWEST_WORDS = 3
FEWEST_CHARACTERS = 12
"""A shorter sentence without a counterpart is a minor matter: "Yes." or a signature."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A sentence or phrase of one side that the other side lacks."""

    span: Span
    severity: Severity
    confidence: float
    is_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to `last` of one side, both included, and how much support they lack.

    The score grows with the length of the run as well as with the poverty of its support.
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
        only: NDArray[np.float32] = matrix.max(axis=1, initial=-1.0)
        return only
    ranked = np.sort(matrix, axis=0)
    best, second = ranked[-1], ranked[-2]
    rival = np.where(matrix >= best, second, best)
    own: NDArray[np.float32] = (matrix - np.maximum(0.0, rival - matrix)).max(axis=1)
    return own


def lost(source: str, target: str, related: Relatedness | None) -> Iterator[Lack]:
    """Yield what the source has and the target has not: all of it, or runs of words."""
    if not target:
        yield _whole(source)
    elif source and related is not None:
        for run in _telling(_lost_runs(related), _added_runs(related)):
            yield _part(run, related.source_words)


def added(source: str, target: str, related: Relatedness | None) -> Iterator[Lack]:
    """Yield what the target has and the source has not: all of it, or runs of words."""
    if not source:
        yield _whole(target)
    elif target and related is not None:
        for run in _telling(_added_runs(related), _lost_runs(related)):
            yield _part(run, related.target_words)


def _whole(text: str) -> Lack:
    short = len(text.split()) < FEWEST_WORDS and len(text) < FEWEST_CHARACTERS
    severity = Severity.MINOR if short else Severity.MAJOR
    return Lack(Span(0, len(text)), severity, SENTENCE_CONFIDENCE, is_sentence=True)


def _part(run: Run, words: tuple[Span, ...]) -> Lack:
    severity = Severity.MAJOR if run.score > MAJOR else Severity.MINOR
    sureness = 0.5 + 0.9 * (run.score - MINOR)
    return Lack(run.span(words), severity, min(SENTENCE_CONFIDENCE, max(0.4, sureness)))


def worst_run(related: Relatedness) -> float:
    """Return the highest score of any run on either side, 0 if there is none."""
    return max(_worst(_lost_runs(related)), _worst(_added_runs(related)))


def usual_lack(beads: Sequence[Relatedness]) -> tuple[float, float]:
    """Return by how much the words of each side usually lack support, as for `Usual`.

    Free translations and distant languages have loose words everywhere; only what stands out from
    its own document tells.

    Args:
        beads: Beads with two sides; `BEADS` of them are enough, and more are not looked at.

    Returns:
        Factors for the source's and the target's runs, 1 or more.
    """
    sample = beads[:: max(1, len(beads) // BEADS)]
    return (
        _factor([_worst(_lost_runs(related)) for related in sample]),
        _factor([_worst(_added_runs(related)) for related in sample]),
    )


def _factor(scores: list[float]) -> float:
    if not scores:
        return 1.0
    weight = len(scores) / (len(scores) + FEW_BEADS)
    factor = min(MOST_USUAL, max(1.0, float(np.median(scores)) / USUAL))
    return float(factor**weight)


def _worst(runs: Sequence[Run]) -> float:
    return max((run.score for run in runs), default=0.0)


def _lost_runs(related: Relatedness) -> list[Run]:
    runs = uncovered_runs(related.matrix, related.usual.expansion)
    return [replace(run, score=run.score / related.usual.lost) for run in runs]


def _added_runs(related: Relatedness) -> list[Run]:
    runs = uncovered_runs(related.matrix.T, 1.0 / related.usual.expansion)
    return [replace(run, score=run.score / related.usual.added) for run in runs]


def _telling(own: Sequence[Run], facing: Sequence[Run]) -> list[Run]:
    threshold = FACING if _worst(facing) > MINOR else MINOR
    return [run for run in own if run.score > threshold]


def uncovered_runs(matrix: Matrix, expansion: float) -> list[Run]:
    """Return the runs of rows that lack support, however little.

    Each is a maximal scoring subsequence in the sense of Ruzzo & Tompa, "A Linear Time Algorithm
    for Finding All Maximal Scoring Subsequences" (ISMB 1999).

    Args:
        matrix: As for `support`.
        expansion: How many columns usually stand for one row.

    Returns:
        Runs in order; they do not overlap.
    """
    supported = support(matrix)
    gains = np.where(supported < SUPPORTED, NEEDED - supported, -_BARRIER * len(matrix)).tolist()
    usual = len(matrix) ** LENGTH_EXPONENT * max(1.0, 1.0 / expansion) ** EXPANSION_EXPONENT
    cut = (_without_edges(run, gains) for run in _maximal(gains))
    return [replace(run, score=run.score / usual) for run in cut]


def _without_edges(run: Run, gains: list[float]) -> Run:
    first, last = run.first, run.last
    for k, total in enumerate(accumulate(gains[run.first : run.last]), run.first + 1):
        if total <= EDGE:
            first = k
    for k, total in enumerate(accumulate(reversed(gains[first + 1 : run.last + 1])), 1):
        if total <= EDGE:
            last = run.last - k
    return replace(run, first=first, last=last)


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
