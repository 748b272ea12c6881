"""Names that changed places: who did what to whom.

Why it matters: "Merkel warned Erdogan" with the two names exchanged has every word of the source,
and says the opposite.
Two names that both texts spell alike have changed places when the words around the one, followed to
the target, stand around the other, and the other way round.
Known misses: names in another script or another spelling, names that stand twice, a pronoun in the
place of one name, names side by side, whose order means nothing, and targets whose verbs come last.
See tests/cases/role.toml.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from align.bitext import Span
from align.checks.check import Check, Example, Mismatch, Pair
from align.dates import find_date_parts
from align.finding import ErrorType, Severity
from align.names import runs
from align.predicates import is_verb_final
from align.vectors import Vectors

AROUND = 4
"""How many words on each side of a name are its surroundings."""
EXCHANGED = 0.4
"""By how much the ties to the wrong surroundings must outweigh those to the right ones. Chosen on
NTREX English-Vietnamese, train: one faithful pair in 1,300 has more, three in four exchanges do."""
LINKED = 0.3
"""Least cosine of two words that count as each other's counterparts."""
OWN, RIVAL = 0.02, 0.1
"""How far below the best of its row and of its column that cosine may lie."""
SHORTEST = 3
BESIDE = 2
"""Names so many words apart on both sides are a list: "Zambia and Malawi"."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """A name that both texts spell alike: its places, and the numbers of its words."""

    source: Span
    target: Span
    own: tuple[int, ...]
    other: tuple[int, ...]


def find(pair: Pair) -> Iterator[Mismatch]:
    """Yield pairs of names of which each stands where the other should."""
    # Where verbs come last clauses run backwards, and what stands around a name is other words.
    if pair.related is None or is_verb_final(pair.target_language):
        return
    names = list(_shared(pair))
    ties = _ties(pair.related.matrix)
    owns = {i for name in names for i in name.own}
    others = {j for name in names for j in name.other}
    # The names themselves are tied to their own spelling wherever it stands.
    ties[sorted(owns)] = 0.0
    ties[:, sorted(others)] = 0.0
    margins = [(_margin(ties, a, b), n, a, b) for n, (a, b) in enumerate(combinations(names, 2))]
    said: set[_Shared] = set()
    for margin, _, one, two in sorted(margins, key=lambda m: -m[0]):
        if margin < EXCHANGED or said & {one, two} or _side_by_side(one, two):
            continue
        said |= {one, two}
        first, second = one.source.of(pair.source), two.source.of(pair.source)
        message = f"“{first}” and “{second}” changed places."
        yield Mismatch(message, (one.source, two.source), (one.target, two.target))


def _shared(pair: Pair) -> Iterator[_Shared]:
    if pair.related is None:
        return
    dates = find_date_parts(pair.source, pair.source_language)
    for run in runs(pair.source, pair.source_language):
        words = [w for w in run if w.of(pair.source).lower() not in pair.source_language.honorifics]
        if not words or any(date.span.overlaps(word) for date in dates for word in words):
            continue
        name = Span(words[0].start, words[-1].end).of(pair.source)
        name = name.removesuffix("'s").removesuffix("’s")
        if len(name) < SHORTEST or pair.source.count(name) != 1 or pair.target.count(name) != 1:
            continue
        at = pair.target.index(name)
        source = Span(words[0].start, words[0].start + len(name))
        target = Span(at, at + len(name))
        own = tuple(pair.related.source_indices(source))
        other = tuple(pair.related.target_indices(target))
        if own and other:
            yield _Shared(source, target, own, other)


def _side_by_side(one: _Shared, two: _Shared) -> bool:
    gaps = [
        max(a[0], b[0]) - min(a[-1], b[-1]) for a, b in ((one.own, two.own), (one.other, two.other))
    ]
    return max(gaps) <= BESIDE


def _ties(matrix: Vectors) -> Vectors:
    """Keep only the cosines of words that are each other's counterparts."""
    if not matrix.size:
        return matrix.copy()
    kept = matrix >= np.maximum(
        np.maximum(matrix.max(axis=1, keepdims=True) - OWN, LINKED),
        matrix.max(axis=0, keepdims=True) - RIVAL,
    )
    return np.where(kept, matrix, 0.0).astype(np.float32)


def _margin(ties: Vectors, one: _Shared, two: _Shared) -> float:
    crossed = _common(ties, one.own, two.other) + _common(ties, two.own, one.other)
    return crossed - _common(ties, one.own, one.other) - _common(ties, two.own, two.other)


def _common(ties: Vectors, own: Sequence[int], other: Sequence[int]) -> float:
    """Return how strongly the surroundings of two places are tied, the nearest words most."""
    rows, row_weights = _around(own, ties.shape[0])
    columns, column_weights = _around(other, ties.shape[1])
    return float(row_weights @ ties[rows, columns] @ column_weights)


def _around(places: Sequence[int], total: int) -> tuple[slice, Vectors]:
    low, high = max(0, places[0] - AROUND), min(total, places[-1] + AROUND + 1)
    distances = [min(abs(i - place) for place in places) for i in range(low, high)]
    weights = 1.0 / np.sqrt(1.0 + np.array(distances, np.float32))
    return slice(low, high), weights.astype(np.float32)


CHECK = Check(
    name="role",
    code="ROLE",
    version=3,
    error_type=ErrorType.NAME,
    severity=Severity.MAJOR,
    confidence=0.7,
    find=find,
    examples=(
        Example(
            source="Police arrested Miller at the airport after the wife of Hansen called.",
            wrong="Cảnh sát đã bắt Hansen tại sân bay sau khi vợ của Miller gọi điện.",
            right="Cảnh sát đã bắt Miller tại sân bay sau khi vợ của Hansen gọi điện.",
        ),
    ),
    needs_encoder=True,
)
