"""How well a score tells errors from faithful pairs: ranks, precision and recall, reliability."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]

POINTS = 40
"""Points of a stored curve."""


def auroc(wrong: Flags, score: Doubles) -> float:
    """Return how often an error has a higher score than a faithful pair; ties count half."""
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    # Equal scores share their mean rank.
    _, group = np.unique(score, return_inverse=True)
    ranks = (np.bincount(group, ranks) / np.bincount(group))[group]
    errors, rest = int(wrong.sum()), int((~wrong).sum())
    if not errors or not rest:
        return float("nan")
    return float((ranks[wrong].sum() - errors * (errors + 1) / 2) / (errors * rest))


def recall_at(score: Doubles, faithful: Doubles, alarms: float) -> float:
    """Return the share of errors above the score that `alarms` of 100 faithful pairs exceed."""
    ordered = np.sort(faithful)[::-1]
    allowed = int(alarms / 100 * len(ordered))
    limit = ordered[allowed] if allowed < len(ordered) else -np.inf
    return float((score > limit).mean())


def precision_recall(wrong: Flags, score: Doubles) -> list[tuple[float, float]]:
    """Return recall and precision at about `POINTS` thresholds, from the highest on."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(wrong[order])
    last = np.append(np.diff(score[order]) != 0, [True])
    places = np.flatnonzero(last)
    some = np.unique(np.linspace(0, len(places) - 1, POINTS).astype(int))
    return [
        (round(float(hits[k] / hits[-1]), 3), round(float(hits[k] / (k + 1)), 3))
        for k in places[some].tolist()
    ]


def average_precision(wrong: Flags, score: Doubles) -> float:
    """Return the mean precision over the errors, from the highest score on."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(wrong[order])
    last = np.flatnonzero(np.append(np.diff(score[order]) != 0, [True]))
    gained = np.diff(np.append([0], hits[last])) / hits[-1]
    return float((gained * hits[last] / (last + 1)).sum())


def best_correlation(wrong: Flags, score: Doubles) -> float:
    """Return Matthews' correlation at the threshold that is best for it."""
    best = 0.0
    for limit in np.unique(np.quantile(score, np.linspace(0, 1, 200))):
        said = score >= limit
        if said.all() or not said.any():
            continue
        best = max(best, float(np.corrcoef(said, wrong)[0, 1]))
    return best


def reliability(
    risk: Doubles, wrong: Flags, counts: Doubles | None = None
) -> list[tuple[float, float, int]]:
    """Return for each tenth of the scale: the mean risk, the share that is wrong, how many.

    Args:
        risk: Probabilities.
        wrong: What is true.
        counts: What each pair counts; all alike if not given.
    """
    weight = np.ones(len(risk)) if counts is None else counts
    tenth = np.minimum(9, (risk * 10).astype(int))
    rows = []
    for k in np.unique(tenth):
        here = tenth == k
        said, true = ((weight * v)[here].sum() / weight[here].sum() for v in (risk, wrong))
        rows.append((round(float(said), 3), round(float(true), 3), int(here.sum())))
    return rows


def balanced(kinds: Sequence[str], prior: float) -> Doubles:
    """Return what each pair counts so that `prior` of all are wrong, and scarce kinds count more.

    Args:
        kinds: The kind of error of each pair, empty if it is faithful.
        prior: The share of errors.
    """
    kind = np.array(kinds)
    wrong = kind != ""
    found = np.zeros(len(kind))
    for name in sorted(set(kind[wrong])):
        found[kind == name] = (kind == name).sum() ** -0.5
    found[wrong] *= prior * len(kind) / found[wrong].sum()
    found[~wrong] = (1 - prior) * len(kind) / (~wrong).sum()
    return found
