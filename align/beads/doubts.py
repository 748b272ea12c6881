"""How sure a bead is, which segments may have no counterpart, and which beads are doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.beads.scale import Scale
from align.beads.side import Side
from align.bitext import Bead, Doubt
from align.vectors import Vectors, unit

Floats = NDArray[np.float64]

FIELD = 2000
"""Segments before and after its place among which the best counterpart of a lone one is sought."""

_CHUNK = 4096

# Logistic regressions on noised NTREX articles; `python -m models.train.beads` fits them.
_RIGHT_ONE = (-3.08, 16.31, -10.94)
"""That a bead of one to one is right: bias, its relatedness, logarithm of its length ratio."""
_RIGHT_JOINED = (1.5, 3.0, -5.0)
"""That a larger bead is right: bias, the relatedness of its worst member, logarithm of its length
ratio."""
_ALONE_LINKED = (1.43, -9.3, -0.93)
"""That a segment in a bead is alone: bias, its relatedness to the run it faces, more than one to
one."""
_ALONE_GAP = (5.54, -2.46)
"""That a segment in a gap is alone: bias, its relatedness to the best segment near it."""

SUSPECT = 0.5
"""Score below which two runs may face each other only because both lost their counterparts."""

_GAP = 2
_CEILING = 1.3
_SLACK = 12.0
_SUPPORTED = 0.5
_PARTLY = 0.78
"""How much less support the tokens of one side may have than those of the other. Of NTREX's
faithful pairs .5 % have less, of pairs that lost the second half of one side 80 %."""
_FEWEST_TOKENS = 4


@dataclass(frozen=True, slots=True)
class Placed:
    """A run of source segments and a run of target segments, as alignment has put them."""

    source: range
    target: range
    moved: bool = False

    @property
    def joined(self) -> bool:
        """Tell whether this is more than one segment for one."""
        return len(self.source) + len(self.target) > 2


@dataclass(frozen=True, slots=True)
class Fit:
    """How related each bead's members are, and each segment, to what they face.

    `worst` has a value for each bead, that of its worst member, and 0 for a gap. `source` and
    `target` have a value for each segment: its relatedness to the run it faces or, in a gap, to
    the best segment of the other side near its place.
    """

    worst: Floats
    source: Floats
    target: Floats


def assess(source: Side, target: Side, scale: Scale, placed: Sequence[Placed]) -> tuple[Bead, ...]:
    """Give each bead its score and its doubt, and each segment its chance of being alone.

    Args:
        source: One side.
        target: The other.
        scale: The scale of the two documents.
        placed: What belongs together, covering each segment once.

    Returns:
        The beads, in the order given.
    """
    fit = measure_fit(source, target, scale, placed)
    alone, other_alone = _alone(fit.source), _alone(fit.target)
    values = np.stack([fit.worst, stretches(source, target, scale, placed)])
    right = [_chances(weights, values) for weights in (_RIGHT_ONE, _RIGHT_JOINED)]
    beads = []
    for k, link in enumerate(placed):
        linked = bool(link.source and link.target)
        kind = int(link.joined) if linked else _GAP
        own = tuple(alone[kind][link.source.start : link.source.stop])
        other = tuple(other_alone[kind][link.target.start : link.target.stop])
        doubt: Doubt = ""
        if linked:
            score = right[kind][k]
            doubt = "suspect" if score < SUSPECT else _partly(source, target, link)
        else:
            score = max((*own, *other))
        beads.append(Bead(link.source, link.target, score, link.moved, doubt, own, other))
    return tuple(beads)


def _alone(fit: Floats) -> tuple[list[float], list[float], list[float]]:
    """Return each segment's chance of being alone in a bead of one to one, a larger one, a gap."""
    one, more = (np.stack([fit, np.full(len(fit), joined)]) for joined in (0.0, 1.0))
    return (
        _chances(_ALONE_LINKED, one),
        _chances(_ALONE_LINKED, more),
        _chances(_ALONE_GAP, fit[None]),
    )


def measure_fit(source: Side, target: Side, scale: Scale, placed: Sequence[Placed]) -> Fit:
    """Return how well everything fits what it faces; see `Fit`."""
    fit = Fit(
        np.zeros(len(placed)),
        np.zeros(len(source)),
        np.zeros(len(target)),
    )
    kinds: dict[tuple[int, int], list[int]] = {}
    for k, link in enumerate(placed):
        kinds.setdefault((len(link.source), len(link.target)), []).append(k)
    for (a, b), numbers in kinds.items():
        for start in range(0, len(numbers), _CHUNK):
            part = numbers[start : start + _CHUNK]
            if a and b:
                _fit_beads(source, target, scale, [(k, placed[k]) for k in part], fit)
    lost = np.array([i for p in placed if not p.target for i in p.source], np.intp)
    added = np.array([j for p in placed if not p.source for j in p.target], np.intp)
    fit.source[lost] = scale.relatedness(_nearest(source.vectors, target.vectors, lost))
    fit.target[added] = scale.relatedness(_nearest(target.vectors, source.vectors, added))
    return fit


def _fit_beads(
    source: Side, target: Side, scale: Scale, beads: Sequence[tuple[int, Placed]], fit: Fit
) -> None:
    """Fill in the values of beads of one kind."""
    numbers = [k for k, _ in beads]
    i = np.array([list(p.source) for _, p in beads])
    j = np.array([list(p.target) for _, p in beads])
    one, other = _joined(source, i), _joined(target, j)
    fit.source[i] = scale.relatedness(np.einsum("ksd,kd->ks", source.vectors[i], other))
    fit.target[j] = scale.relatedness(np.einsum("ktd,kd->kt", target.vectors[j], one))
    fit.worst[numbers] = np.minimum(fit.source[i].min(axis=1), fit.target[j].min(axis=1))


def _joined(side: Side, numbers: NDArray[np.intp]) -> Vectors:
    weights = np.maximum(side.lengths[numbers], 1.0)
    return unit(np.einsum("ks,ksd->kd", weights, side.vectors[numbers]))


def _nearest(own: Vectors, others: Vectors, numbers: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return the best cosine of each of the segments with any about its place on the other side."""
    best = np.zeros(len(numbers), np.float32)
    slope = len(others) / max(1, len(own))
    for start in range(0, len(numbers), 256):
        part = numbers[start : start + 256]
        first = max(0, int(part[0] * slope) - FIELD)
        last = int(part[-1] * slope) + FIELD
        if len(others[first:last]):
            best[start : start + 256] = (own[part] @ others[first:last].T).max(axis=1)
    return best


def stretches(source: Side, target: Side, scale: Scale, placed: Sequence[Placed]) -> Floats:
    """Return how far the lengths of each bead's sides are from the usual ratio, in logarithms."""
    one = _characters(source, [link.source for link in placed]) * scale.ratio**0.5
    other = _characters(target, [link.target for link in placed]) / scale.ratio**0.5
    far: Floats = np.abs(np.log((one + _SLACK) / (other + _SLACK)))
    return far


def _characters(side: Side, runs: Sequence[range]) -> Floats:
    borders = np.array([(run.start, run.stop) for run in runs], np.intp).reshape(-1, 2)
    total: Floats = np.concatenate([[0.0], side.lengths.cumsum(dtype=np.float64)])
    counts: Floats = total[borders[:, 1]] - total[borders[:, 0]]
    return counts


def _chances(weights: Sequence[float], values: Floats) -> list[float]:
    """Return the probabilities that a logistic regression gives, to four digits.

    Args:
        weights: The bias, and a weight for each value.
        values: Shape (values, n).
    """
    logits = weights[0] + np.array(weights[1:]) @ np.minimum(values, _CEILING)
    chances: list[float] = np.round(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))), 4).tolist()
    return chances


def _partly(source: Side, target: Side, link: Placed) -> Doubt:
    """Tell whether one side says much that the other does not, and not the other way round."""
    if source.tokens is None or target.tokens is None:
        return ""
    one = np.concatenate(source.tokens[link.source.start : link.source.stop])
    other = np.concatenate(target.tokens[link.target.start : link.target.stop])
    if min(len(one), len(other)) < _FEWEST_TOKENS:
        return ""
    cosines = one @ other.T
    support = [float(np.clip(cosines.max(axis=axis), 0.0, _SUPPORTED).mean()) for axis in (0, 1)]
    return "partly covered" if min(support) < _PARTLY * max(support) else ""
