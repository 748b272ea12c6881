"""The originals that a translation may come from: a short list by vectors, then coverage."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from align.beads import find_beads
from align.beads.side import Side
from align.config import BeadSettings
from align.match.matches import Candidate
from align.match.profiles import Profile, document_vectors
from align.vectors import Centre

LONG_LIST = 20
"""Originals with the nearest vectors, whose sentences are compared with a translation's."""

SHORT_LIST = 5
"""Originals that are aligned with a translation."""

LEAST_COSINE = 0.3
"""Centred cosine of two runs from which their bead counts in full; true ones have .5 to .6."""

_ROWS = 256


def short_lists(
    sources: Sequence[Profile], targets: Sequence[Profile], centre: Centre | None
) -> Iterator[tuple[int, ...]]:
    """Yield, for each translation, the originals that are worth aligning, the likeliest first.

    Vectors of whole texts choose `LONG_LIST` of them, in one product of matrices; of these, those
    remain to which the translation's sentences find the nearest ones. None is in the translation's
    own language, and none is empty.

    Args:
        sources: The originals.
        targets: The translations.
        centre: Mean vectors of texts at large, if the encoder has them.
    """
    if not sources or not targets:
        yield from (() for _ in targets)
        return
    ours, theirs = document_vectors(sources, centre), document_vectors(targets, centre)
    for start in range(0, len(targets), _ROWS):
        cosines = theirs[start : start + _ROWS] @ ours.T
        for target, row in zip(targets[start : start + _ROWS], cosines, strict=True):
            fitting = np.array([_may_be(source, target) for source in sources])
            row[~fitting] = -np.inf
            likely = np.argsort(-row, kind="stable")[: min(LONG_LIST, int(fitting.sum()))]
            scores = [nearness(sources[i].side, target.side) for i in likely]
            order = np.argsort(-np.array(scores), kind="stable")[:SHORT_LIST]
            yield tuple(int(likely[k]) for k in order)


def nearness(source: Side, target: Side) -> float:
    """Return the mean cosine of each sentence's nearest one, of both sides, by characters."""
    cosines = source.vectors @ target.vectors.T
    return 0.5 * float(
        np.average(cosines.max(axis=1), weights=source.weights())
        + np.average(cosines.max(axis=0), weights=target.weights())
    )


def candidate(number: int, source: Profile, target: Profile, settings: BeadSettings) -> Candidate:
    """Align a translation with an original, and return how much of each the other covers.

    Beads rest on whole sentences here: their words would cost ten times the room. A counterpart
    counts by its bead's score, and less where the cosine is too low for a true one: a large bead of
    strangers may score high. On NTREX articles in ten pairs of languages that halved the loss.

    Args:
        number: The original's number.
        source: The original.
        target: The translation.
        settings: Costs of alignment.
    """
    one, other = source.side, target.side
    ours, theirs = np.zeros(len(one)), np.zeros(len(other))
    for bead in find_beads(one, other, settings):
        if bead.source and bead.target:
            cosine = _cosine(one, bead.source, other, bead.target)
            sure = bead.score * min(1.0, max(0.0, cosine) / LEAST_COSINE)
            ours[bead.source.start : bead.source.stop] = sure
            theirs[bead.target.start : bead.target.stop] = sure
    return Candidate(
        number,
        round(float(np.average(ours, weights=one.weights())), 4),
        round(float(np.average(theirs, weights=other.weights())), 4),
    )


def _cosine(one: Side, source: range, other: Side, target: range) -> float:
    a, b = _run(one, source), _run(other, target)
    return float(a @ b / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-12))


def _run(side: Side, run: range) -> NDArray[np.float64]:
    inside = slice(run.start, run.stop)
    total: NDArray[np.float64] = (side.vectors[inside] * side.weights()[inside, None]).sum(axis=0)
    return total


def _may_be(source: Profile, target: Profile) -> bool:
    same = source.language is not None and source.language == target.language
    return bool(len(source.side) and len(target.side)) and not same
