"""How well lost sentences that face each other could be told at best, and what is wrong one by one.

Where both sides lost a sentence in one place, the two that are left face each other, and if they
are related enough, they are paired. A rule could cut such a pair into two gaps by some score of it.
Here each score gets the threshold that suits the cases best, chosen with the truth in hand, so that
no rule by that score can do better; and a cut of just the wrong pairs is what any rule could reach.
The oracle may do nothing else: it neither joins nor pairs anything anew. The score by words is the
late interaction of all tokens (Khattab & Zaharia, "ColBERT", SIGIR 2020).

An error is what hangs together of wrong beads and missed ones, and has one cause:

- facing: all its segments are alone in truth, so that two lost sentences were paired;
- published: it holds a line that is not put one to one before any noise either, since the
  translation itself moved a passage over a line (or the vectors say so);
- swallowed: a lost sentence was joined to a bead;
- other.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from align.beads import Side
from align.beads.scale import Scale, best_pairs, measure
from align.bitext import Bead as OwnBead
from align.config import Config
from align.encoder import Encoder
from align.vectors import Vectors
from eval.alignment_data import Files, VectorStore, cases
from eval.bead_scores import Tally, with_gaps
from eval.given import own_beads, sides_of
from eval.noise import KINDS, Bead, Case, Noise, Pair
from eval.peers import Input

Figures = dict[str, float]
Segments = frozenset[tuple[int, int]]
"""Segments as side and number."""

JUDGED = ("delete 10 %", "delete 30 %", "web")
"""The kinds of noise that are judged."""

CAUSES = ("facing", "published", "swallowed", "other")
_USUAL_WORDS = 0.5
_USUAL_WEIGHT = 4
_SLACK = 12.0
_STEPS = 25
_RIDGE = 0.01


@dataclass(frozen=True, slots=True)
class LonePair:
    """A bead of one to one: whether it and its segments' being alone are true, and its scores."""

    is_right: bool
    alone: tuple[bool, bool]
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A case with what was said of it."""

    case: Case
    beads: tuple[OwnBead, ...]
    pairs: tuple[LonePair, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands for one language and noise: figures by oracle, and the errors one by one.

    Each error is the case's name, the cause, and the numbers of its source and target segments.
    """

    figures: dict[str, Figures]
    causes: dict[str, int]
    errors: list[tuple[str, str, list[int], list[int]]]


def judge(
    files: Files, language: str, split: str, draws: int, store: VectorStore
) -> Iterator[tuple[str, Judged]]:
    """Yield each kind of noise with what was judged of it, on the benchmark's own cases."""
    articles = files.articles(language, split)

    def aligned(noise: Noise, times: int, seed: str) -> list[Aligned]:
        drawn = cases(files, language, split, noise, times, seed)
        store.learn(text for case in drawn for text in (*case.source, *case.target))
        return [
            align_case(case, Input(case.source, case.target, *embeddings), store.encoder)
            for case in drawn
            for embeddings in [(store.embedding(case.source), store.embedding(case.target))]
        ]

    clean = {_article(one.case): one for one in aligned(Noise(), 1, "clean")}
    unlike = {name: unlike_lines(articles[name], one) for name, one in clean.items()}
    for kind in JUDGED:
        group = aligned(KINDS[kind], draws, f"{kind} {language}")
        found = [
            (
                one.case.name,
                cause,
                sorted(k for side, k in segments if side == 0),
                sorted(k for side, k in segments if side == 1),
            )
            for one in group
            for cause, segments in errors(one, unlike[_article(one.case)])
        ]
        counts = Counter(cause for _, cause, _, _ in found)
        yield kind, Judged(reachable(group), {c: counts[c] for c in CAUSES}, found)


def _article(case: Case) -> str:
    return case.name.rpartition(" ")[0]


def align_case(case: Case, given: Input, encoder: Encoder | None) -> Aligned:
    """Align a case and score its pairs.

    Args:
        case: Both texts with their true beads.
        given: Both texts with their vectors and tokens.
        encoder: The encoder they come from, if any.
    """
    sides = sides_of(given, encoder.centre if encoder else None)
    beads = own_beads(given, encoder)
    scale = measure(*sides, best_pairs(*sides), Config().beads.length_slack)
    return Aligned(case, beads, tuple(_lone_pairs(case, beads, sides, scale)))


def _lone_pairs(
    case: Case, beads: Sequence[OwnBead], sides: tuple[Side, Side], scale: Scale
) -> Iterator[LonePair]:
    true = with_gaps(case.beads, (len(case.source), len(case.target)))
    ones = [bead for bead in beads if len(bead.source) == len(bead.target) == 1]
    tokens = sides[0].tokens or (), sides[1].tokens or ()
    covered = [_covered(tokens[0][bead.source[0]], tokens[1][bead.target[0]]) for bead in ones]
    means = [float(np.mean(pair)) for pair in covered]
    weight = len(means) + _USUAL_WEIGHT
    middle = float(np.median(means)) if means else _USUAL_WORDS
    usual = (len(means) * middle + _USUAL_WEIGHT * _USUAL_WORDS) / weight
    for bead, both in zip(ones, covered, strict=True):
        i, j = bead.source[0], bead.target[0]
        cosine = sides[0].vectors[i : i + 1] @ sides[1].vectors[j : j + 1].T
        lengths = sides[0].lengths[i] * scale.ratio + _SLACK, sides[1].lengths[j] + _SLACK
        scores = {
            "sentences": float(scale.relatedness(cosine)[0, 0]),
            "words": float(np.mean(both)) / usual,
            "words of the worse side": min(both) / usual,
            "lengths": -abs(float(np.log(lengths[0] / lengths[1]))),
            "own score": bead.score,
        }
        alone = ((i,), ()) in true, ((), (j,)) in true
        yield LonePair(((i,), (j,)) in true, alone, scores)


def _covered(one: Vectors, other: Vectors) -> tuple[float, float]:
    """Return the mean best cosine of the tokens of each of two segments with the other's."""
    if not (len(one) and len(other)):
        return _USUAL_WORDS, _USUAL_WORDS
    cosines = one @ other.T
    return float(cosines.max(axis=1).mean()), float(cosines.max(axis=0).mean())


def reachable(group: Sequence[Aligned]) -> dict[str, Figures]:
    """Return the figures of a group as it is, and the best that cutting pairs could make of them.

    The best strict F1 and the best F1 of "has no counterpart" may need two thresholds; each stands
    for itself.
    """
    base = tally_of(group)
    pairs = [pair for aligned in group for pair in aligned.pairs]
    orders = {name: [pair.scores[name] for pair in pairs] for name in pairs[0].scores}
    orders["all scores, fitted"] = _fitted(pairs).tolist()
    found = {"veralign": _both(base)}
    for name, scores in orders.items():
        ordered = [pairs[k] for k in np.argsort(scores, kind="stable")]
        found[f"cut by {name}"] = _best_cut(base, ordered)
    exact = replace(base)
    for pair in pairs:
        if not pair.is_right:
            _cut(exact, pair)
    return {**found, "cut where it is wrong": _both(exact)}


def tally_of(group: Sequence[Aligned]) -> Tally:
    """Return the counts of a group as it was aligned."""
    tally = Tally()
    for aligned in group:
        case = aligned.case
        said = [(tuple(bead.source), tuple(bead.target)) for bead in aligned.beads]
        tally.add(said, case.beads, (len(case.source), len(case.target)))
    return tally


def _both(tally: Tally) -> Figures:
    figures = tally.figures()
    return {key: figures[key] for key in ("strict", "alone") if key in figures}


def _best_cut(base: Tally, ordered: Sequence[LonePair]) -> Figures:
    """Return the best of each figure when more and more pairs are cut, the least alike first."""
    tally = replace(base)
    best = _both(tally)
    for pair in ordered:
        _cut(tally, pair)
        best = {key: max(value, best[key]) for key, value in _both(tally).items()}
    return best


def _cut(tally: Tally, pair: LonePair) -> None:
    """Count a pair as two gaps; laxly too little, which nobody reads."""
    tally.given += 1
    tally.given_strictly += sum(pair.alone) - pair.is_right
    tally.found_strictly -= pair.is_right
    tally.said_alone += 2
    tally.rightly_alone += sum(pair.alone)


def _fitted(pairs: Sequence[LonePair]) -> NDArray[np.float64]:
    """Return the chance of each pair by a logistic regression that was fitted to these very pairs.

    Newton's method with a small ridge.
    """
    values = np.array([list(pair.scores.values()) for pair in pairs])
    values = (values - values.mean(axis=0)) / np.maximum(values.std(axis=0), 1e-9)
    values = np.hstack([np.ones((len(values), 1)), values])
    right = np.array([pair.is_right for pair in pairs], float)
    weights = np.zeros(values.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(values @ weights, -30, 30)))
        slope = values.T @ (right - chance) - _RIDGE * weights
        bend = (values * (chance * (1 - chance))[:, None]).T @ values
        weights += np.linalg.solve(bend + _RIDGE * np.eye(len(weights)), slope)
    fitted: NDArray[np.float64] = values @ weights
    return fitted


def errors(aligned: Aligned, unlike: frozenset[str]) -> Iterator[tuple[str, Segments]]:
    """Yield the errors of a case, each with its cause and its segments.

    Args:
        aligned: The case as it was aligned.
        unlike: Lines of the article that are not put one to one before any noise.
    """
    case = aligned.case
    size = len(case.source), len(case.target)
    true = with_gaps(case.beads, size)
    said = with_gaps([(tuple(b.source), tuple(b.target)) for b in aligned.beads], size)
    alone = _segments(bead for bead in true if not all(bead))
    texts = case.source, case.target
    for parts in _together([*(said - true), *(true - said)]):
        segments = _segments(parts)
        linked = _segments(bead for bead in parts if bead in said and all(bead))
        cause = "other"
        if segments <= alone:
            cause = "facing"
        elif any(line in texts[side][k] for side, k in segments for line in unlike):
            cause = "published"
        elif linked & alone:
            cause = "swallowed"
        yield cause, segments


def unlike_lines(pairs: Sequence[Pair], aligned: Aligned) -> frozenset[str]:
    """Return the lines of an article without noise that are not put one to one.

    Args:
        pairs: The article.
        aligned: It as a case without noise.
    """
    said = {(tuple(bead.source), tuple(bead.target)) for bead in aligned.beads}
    wrong = (pair for k, pair in enumerate(pairs) if ((k,), (k,)) not in said)
    return frozenset(line for pair in wrong for line in pair)


def _segments(beads: Iterator[Bead] | Sequence[Bead]) -> Segments:
    return frozenset((side, k) for bead in beads for side in (0, 1) for k in bead[side])


def _together(beads: Sequence[Bead]) -> list[list[Bead]]:
    """Return beads in groups that share segments."""
    group: dict[tuple[int, int], int] = {}
    fresh = count()
    for bead in beads:
        own = _segments([bead])
        number = next(fresh)
        old = {group[segment] for segment in own if segment in group}
        group |= {segment: number for segment, g in group.items() if g in old}
        group |= dict.fromkeys(own, number)
    found: dict[int, list[Bead]] = {}
    for bead in sorted(beads):
        found.setdefault(group[min(_segments([bead]))], []).append(bead)
    return list(found.values())
