"""Sentence vectors to beads: which segments stand for which, and which have no counterpart."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from align.bitext import Bead
from align.config import BeadSettings
from align.errors import AlignError
from align.vectors import Vectors, unit

VERSION = 1
"""Rises whenever the same input may give another result; part of a report's signature."""

Matrix = NDArray[np.float32]

# Calibration of cosines to relatedness: 0 is the document's usual unrelated pair, 1 its usual true
# pair. A short document leans on what true pairs of e5-small have in general.
_TRUE_COSINE = 0.55
_TRUE_WEIGHT = 4.0
_TRUE_SHARE = 0.8
_NARROWEST = 0.15
_CEILING = 1.3


@dataclass(frozen=True, slots=True)
class Side:
    """One side as the aligner sees it: centred unit vectors, shape (n, d), and characters, (n,)."""

    vectors: Vectors
    lengths: NDArray[np.float32]


def find_beads(source: Side, target: Side, settings: BeadSettings) -> tuple[Bead, ...]:
    """Find the best chain of beads over two documents, then the segments that were moved.

    Every shape up to `settings.longest_run` to one is scored from single-segment vectors: the
    vector of a run is the length-weighted sum of its members', so no window needs a second pass of
    the encoder. Scores follow the idea of Thompson & Koehn, "Vecalign" (EMNLP 2019), in that a bead
    must beat chance, but chance is measured on the document itself, and a gap is cheap. The chain
    is exact, by dynamic programming.

    Args:
        source: Centred unit vectors and lengths of the source segments.
        target: The same for the target, of the same dimension.
        settings: Costs; see `BeadSettings`.

    Returns:
        Beads in the order of the source, target-only beads where they stand in the target. Every
        segment is in exactly one. Those that are not `moved` ascend on both sides.

    Raises:
        AlignError: A side is longer than `settings.exact_limit`.
        ValueError: The dimensions differ.
    """
    n, m = len(source.lengths), len(target.lengths)
    if max(n, m) > settings.exact_limit:
        raise AlignError(
            f"The text has {max(n, m):,} segments; up to {settings.exact_limit:,} are aligned.",
            fix="Cut it into chapters, or raise exact_limit under [beads] in veralign.toml.",
        )
    if not n or not m:
        return (*_gaps(range(n), range(0, 0)), *_gaps(range(0, 0), range(m)))
    scores = _Scores(source, target, settings)
    chain = _best_chain(scores, settings)
    return _in_order(_with_moves(chain, scores, settings), scores)


class _Scores:
    """Scores of every bead shape at every place, from calibrated relatedness."""

    def __init__(self, source: Side, target: Side, settings: BeadSettings) -> None:
        self.settings = settings
        self.shape = (len(source.lengths), len(target.lengths))
        self.source_runs = _runs(source, settings.longest_run)
        self.target_runs = _runs(target, settings.longest_run)
        self.source_lengths = source.lengths
        self.target_lengths = target.lengths
        self._low, self._high = self._calibrate(source.vectors @ target.vectors.T)
        self.ratio = self._length_ratio()

    @cached_property
    def single(self) -> Matrix:
        """Relatedness of each source segment with each target segment, shape (n, m)."""
        return self.relatedness(1, 1)

    def relatedness(self, a: int, b: int) -> Matrix:
        """Return how each run of `a` relates to each of `b`; 0 is chance, 1 the usual true pair."""
        return self._scaled(self.source_runs[a - 1] @ self.target_runs[b - 1].T)

    def related(self, source: range, target: range) -> float:
        """Return how one run relates to another; what `relatedness` says of that place."""
        one = self.source_runs[len(source) - 1][source.start]
        two = self.target_runs[len(target) - 1][target.start]
        return float(self._scaled(one @ two))

    def _scaled(self, cosines: Matrix) -> Matrix:
        scaled: Matrix = (cosines - self._low) / (self._high - self._low)
        return scaled

    def beads(self, a: int, b: int) -> Matrix:
        """Return the score of the bead `a` to `b` at each place, shape (n - a + 1, m - b + 1)."""
        settings = self.settings
        score = np.minimum(self.relatedness(a, b), _CEILING) - settings.bead_cost
        # Half the usual ratio on each side, so that swapping the sides changes nothing.
        half = self.ratio**0.5
        ls = _window_sum(self.source_lengths, a)[:, None] * half + settings.length_slack
        lt = _window_sum(self.target_lengths, b)[None, :] / half + settings.length_slack
        score -= settings.length_weight * np.abs(np.log(ls / lt))
        score += settings.join_bonus * (a + b - 2)
        if a > 1:
            score -= self._misfits(self.relatedness(1, b), self.source_lengths, a)
        if b > 1:
            score -= self._misfits(self.relatedness(a, 1).T, self.target_lengths, b).T
        return score.astype(np.float32)

    def _misfits(self, members: Matrix, lengths: NDArray[np.float32], size: int) -> Matrix:
        """Cost of the members of each run of `size` that do not fit the run they face."""
        count = len(lengths) - size + 1
        whole = _window_sum(lengths, size)
        cost = np.zeros((count, members.shape[1]), np.float32)
        for k in range(size):
            share = (lengths[k : k + count] / whole) ** self.settings.member_share
            lack = np.maximum(0.0, self.settings.member_floor - members[k : k + count])
            cost += share[:, None] * lack
        return self.settings.member_weight * cost

    def _calibrate(self, cosines: Matrix) -> tuple[float, float]:
        mutual = _mutual(cosines)
        best = np.sort(cosines[mutual])[::-1]
        best = best[: max(1, round(_TRUE_SHARE * len(best)))]
        high = float((best.sum() + _TRUE_WEIGHT * _TRUE_COSINE) / (len(best) + _TRUE_WEIGHT))
        # In a tiny matrix the median is a true pair; unrelated centred vectors have cosine 0.
        low = (
            float(np.median(cosines)) if min(cosines.shape) >= 4 else min(0.0, float(cosines.min()))
        )
        # Where most lines are one and the same, the median is a true pair, too.
        low = min(low, _TRUE_COSINE - _NARROWEST)
        return low, max(high, low + _NARROWEST)

    def _length_ratio(self) -> float:
        i, j = _mutual(self.single)
        ratios = (self.target_lengths[j] + self.settings.length_slack) / (
            self.source_lengths[i] + self.settings.length_slack
        )
        sure = ratios[self.single[i, j] > 0.5]
        return float(np.exp(np.median(np.log(sure)))) if len(sure) else 1.0


def _runs(side: Side, longest: int) -> list[Vectors]:
    """Return, for each run length r, the unit vectors of the runs that start at each segment."""
    weighted = side.vectors * np.maximum(side.lengths, 1.0)[:, None]
    total = np.concatenate(
        [np.zeros_like(weighted[:1]), np.cumsum(weighted, axis=0, dtype=np.float64)]
    )
    return [
        unit((total[r:] - total[:-r]).astype(np.float32))
        if r <= len(side.lengths)
        else weighted[:0]
        for r in range(1, longest + 1)
    ]


def _window_sum(values: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    sums: NDArray[np.float32] = np.maximum(total[size:] - total[:-size], 1.0).astype(np.float32)
    return sums


def _mutual(matrix: Matrix) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places where a row's best column has that row for its best."""
    column = matrix.argmax(axis=1)
    row = matrix.argmax(axis=0)
    rows = np.flatnonzero(row[column] == np.arange(len(matrix)))
    return rows, column[rows]


def shapes(longest: int) -> tuple[tuple[int, int], ...]:
    """Return the bead shapes that are tried: at most two on one side, at most one more in all."""
    sizes = range(1, longest + 1)
    return tuple((a, b) for a in sizes for b in sizes if a + b <= longest + 1 and min(a, b) <= 2)


def _best_chain(scores: _Scores, settings: BeadSettings) -> list[tuple[range, range]]:
    """Dynamic programming over all prefixes, row by row; gaps within a row by running maximum."""
    n, m = scores.shape
    kinds = [(a, b) for a, b in shapes(settings.longest_run) if a <= n and b <= m]
    tables = {kind: scores.beads(*kind) for kind in kinds}
    best = np.zeros((n + 1, m + 1), np.float64)
    step = np.zeros((n + 1, m + 1), np.int8)
    slope = settings.gap_cost * np.arange(m + 1)
    up, along = -1, -2
    best[0] = -slope
    step[0] = along
    for i in range(1, n + 1):
        row = best[i - 1] - settings.gap_cost
        how = np.full(m + 1, up, np.int8)
        for k, (a, b) in enumerate(kinds):
            if a <= i:
                score = best[i - a, : m + 1 - b] + tables[a, b][i - a]
                better = score > row[b:]
                row[b:][better] = score[better]
                how[b:][better] = k
        reached = np.maximum.accumulate(row + slope) - slope
        how[reached > row + 1e-9] = along
        best[i], step[i] = np.maximum(row, reached), how
    return _trace(step, kinds)


def _trace(step: NDArray[np.int8], kinds: Sequence[tuple[int, int]]) -> list[tuple[range, range]]:
    i, j = step.shape[0] - 1, step.shape[1] - 1
    chain = []
    while i or j:
        kind = int(step[i, j])
        a, b = kinds[kind] if kind >= 0 else ((1, 0) if kind == -1 else (0, 1))
        chain.append((range(i - a, i), range(j - b, j)))
        i, j = i - a, j - b
    return chain[::-1]


@dataclass(frozen=True, slots=True)
class _Link:
    source: range
    target: range
    moved: bool = False


def _with_moves(
    chain: Sequence[tuple[range, range]], scores: _Scores, settings: BeadSettings
) -> list[_Link]:
    """Pair segments that found no place in the chain, the surest first."""
    lost = [s.start for s, t in chain if not t]
    added = [t.start for s, t in chain if not s]
    links = [_Link(s, t) for s, t in chain if s and t]
    if lost and added:
        related = scores.single[np.ix_(lost, added)].copy()
        gain = scores.beads(1, 1)[np.ix_(lost, added)]
        related[gain <= 0] = -np.inf
        while related.size and related.max() > settings.moved_floor:
            x, y = divmod(int(related.argmax()), len(added))
            links.append(
                _Link(range(lost[x], lost[x] + 1), range(added[y], added[y] + 1), moved=True)
            )
            related[x, :] = related[:, y] = -np.inf
    taken_source = {i for link in links for i in link.source}
    taken_target = {j for link in links for j in link.target}
    n, m = scores.shape
    links += [_Link(range(i, i + 1), range(0, 0)) for i in range(n) if i not in taken_source]
    links += [_Link(range(0, 0), range(j, j + 1)) for j in range(m) if j not in taken_target]
    return links


def _in_order(links: Sequence[_Link], scores: _Scores) -> tuple[Bead, ...]:
    """Sort by source, with each target-only bead before what follows it in the target."""
    n, _ = scores.shape
    anchors = sorted(
        (link.target.start, link.source.start)
        for link in links
        if link.source and link.target and not link.moved
    )

    def place(link: _Link) -> tuple[int, int, int]:
        if link.source:
            return link.source.start, 1, 0
        after = bisect_right(anchors, (link.target.start, n))
        return (anchors[after][1] if after < len(anchors) else n), 0, link.target.start

    return tuple(
        Bead(link.source, link.target, _sureness(link, scores), link.moved)
        for link in sorted(links, key=place)
    )


def _sureness(link: _Link, scores: _Scores) -> float:
    if link.source and link.target:
        return _clip(scores.related(link.source, link.target))
    # A gap is as sure as the best counterpart that it might have had is bad.
    around = (
        scores.single[link.source.start] if link.source else scores.single[:, link.target.start]
    )
    return _clip(1.0 - float(around.max()))


def _clip(value: float) -> float:
    return round(float(min(1.0, max(0.0, value))), 4)


def _gaps(source: range, target: range) -> Iterator[Bead]:
    for i in source:
        yield Bead(range(i, i + 1), range(0, 0), 1.0)
    for j in target:
        yield Bead(range(0, 0), range(j, j + 1), 1.0)
