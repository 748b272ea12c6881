"""What each possible bead of a piece of two documents is worth."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from align.beads.scale import Scale, best_of
from align.beads.side import Matrix, Side, window_sums
from align.config import BeadSettings

Kind = tuple[int, int]
"""How many source and how many target segments a bead has."""

_CEILING = 1.3
_BETWEEN_EQUALS = 1e-3
_NEVER = np.float32(-100.0)


@dataclass(frozen=True, slots=True)
class Links:
    """Tokens that are each other's best counterparts, counted for each pair of segments.

    `source[i, j]` is the share of the tokens of source segment i that are linked to tokens of
    target segment j, in units of what is usual for true pairs of the document; `target[i, j]` is
    the same seen from the target. Both have shape (n, m).
    """

    source: Matrix
    target: Matrix


class Scores:
    """Scores of every bead kind at every place of a piece."""

    def __init__(
        self,
        source: Side,
        target: Side,
        scale: Scale,
        settings: BeadSettings,
        links: Links | None = None,
    ) -> None:
        """Take a piece of two documents and the scale of the whole."""
        self.source, self.target = source, target
        self.scale = scale
        self.settings = settings
        self.links = links
        self.shape = (len(source), len(target))

    @cached_property
    def _target_sizes(self) -> list[NDArray[np.float64]]:
        return self.target.run_sizes(self.settings.longest_run)

    @cached_property
    def _floors(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the relatedness that a member of a run needs, for each segment of both sides.

        A segment with a good counterpart elsewhere needs more than one without.
        """
        settings = self.settings
        best = (
            best_of(self.source.vectors, self.target.vectors)[1],
            best_of(self.target.vectors, self.source.vectors)[1],
        )
        floors = [
            np.maximum(
                np.float32(settings.member_floor),
                np.minimum(self.scale.relatedness(b), 1.0) - np.float32(settings.member_rival),
            )
            for b in best
        ]
        return floors[0], floors[1]

    @cached_property
    def _link_sums(self) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """Return running totals of the links, from which any window's sum is four look-ups."""
        if self.links is None:
            return None
        totals = []
        for share in (self.links.source, self.links.target):
            total = np.zeros((share.shape[0] + 1, share.shape[1] + 1))
            total[1:, 1:] = share.cumsum(axis=0, dtype=np.float64).cumsum(axis=1)
            totals.append(total)
        return totals[0], totals[1]

    def tables(self, kinds: tuple[Kind, ...], rows: range) -> dict[Kind, Matrix]:
        """Return the score of each kind of bead that starts in `rows`, and ends there too.

        Returns:
            For the kind (a, b) a matrix of shape (len(rows) - a + 1, m - b + 1).
        """
        part = self.source.part(rows)
        wanted = {*kinds, *((1, b) for _, b in kinds), *((a, 1) for a, _ in kinds)}
        related = self._related(wanted, part)
        return {
            kind: self._table(kind, rows, part, related) for kind in kinds if kind[0] <= len(rows)
        }

    def _related(self, kinds: set[Kind], part: Side) -> dict[Kind, Matrix]:
        """Return how the runs of a part relate to those of the target, for each kind that fits.

        The product of two weighted sums is the sum of their members' products: one matrix serves
        all kinds.
        """
        products = (part.vectors @ self.target.vectors.T).astype(np.float64)
        products *= part.weights()[:, None]
        products *= self.target.weights()
        sizes = part.run_sizes(self.settings.longest_run)
        related = {}
        rows = products
        for a in range(1, min(self.settings.longest_run, len(part)) + 1):
            if a > 1:
                rows = rows[:-1] + products[a - 1 :]
            cells = rows
            for b in range(1, min(self.settings.longest_run, self.shape[1]) + 1):
                if b > 1:
                    cells = cells[:, :-1] + rows[:, b - 1 :]
                if (a, b) in kinds:
                    cosines = cells / sizes[a - 1][:, None]
                    cosines /= self._target_sizes[b - 1]
                    related[a, b] = self.scale.relatedness(cosines.astype(np.float32))
        return related

    def _table(self, kind: Kind, rows: range, part: Side, related: dict[Kind, Matrix]) -> Matrix:
        a, b = kind
        settings = self.settings
        # Beyond the ceiling relatedness only decides between equals, or the side searched would.
        score = np.minimum(related[kind], np.float32(_CEILING))
        score += np.float32(_BETWEEN_EQUALS) * related[kind]
        score += np.float32(settings.join_bonus * (a + b - 2) - settings.bead_cost)
        # Half the usual ratio on each side, so that swapping the sides changes nothing.
        half = np.float32(self.scale.ratio**0.5)
        slack = np.float32(settings.length_slack)
        source_log = np.log(window_sums(part.lengths, a) * half + slack)
        target_log = np.log(window_sums(self.target.lengths, b) / half + slack)
        score -= np.float32(settings.length_weight) * np.abs(
            source_log[:, None] - target_log[None, :]
        )
        floors = self._floors
        if a > 1:
            inside = floors[0][rows.start : rows.stop]
            score -= self._misfits(related[1, b], part.lengths, inside, a)
        if b > 1:
            score -= self._misfits(related[a, 1].T, self.target.lengths, floors[1], b).T
        if self._link_sums is not None:
            score += self._linked(kind, rows)
        score[related[kind] < settings.bead_floor] = _NEVER
        return score

    def _misfits(
        self,
        members: Matrix,
        lengths: NDArray[np.float32],
        floors: NDArray[np.float32],
        size: int,
    ) -> Matrix:
        """Cost of the members of each run of `size` that do not fit the run they face."""
        count = len(lengths) - size + 1
        whole = window_sums(lengths, size)
        cost = np.zeros((count, members.shape[1]), np.float32)
        lack = np.maximum(np.float32(0.0), floors[:, None] - members)
        for k in range(size):
            own = slice(k, k + count)
            share = (np.maximum(lengths[own], 1.0) / whole) ** self.settings.member_share
            cost += share.astype(np.float32)[:, None] * lack[own]
        cost *= np.float32(self.settings.member_weight)
        return cost

    def _linked(self, kind: Kind, rows: range) -> Matrix:
        """Worth of the token links inside each bead, beyond what each segment must have."""
        a, b = kind
        worth = np.full(
            (len(rows) - a + 1, self.shape[1] - b + 1), -self.settings.link_floor * (a + b)
        )
        for total in self._link_sums or ():
            own = total[rows.start : rows.stop + 1]
            worth += own[a:, b:] - own[:-a, b:] - own[a:, :-b] + own[:-a, :-b]
        return (self.settings.link_weight * worth).astype(np.float32)
