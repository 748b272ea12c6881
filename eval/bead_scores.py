"""Scores of alignments against known beads.

Strict and lax precision and recall are those of Vecalign (Thompson & Koehn, EMNLP 2019): precision
counts all beads that are given, gaps too; recall asks how many of the true beads that have both
sides are found. Strictly, a bead is right if it is one of the true ones; laxly, if it shares a
segment on each side with one. Beside them stands how well the segments without a counterpart are
told: their F1, and the share of segments with a counterpart that are said to have none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from eval.noise import Bead


@dataclass
class Tally:
    """Counts over several cases; add each with `add`."""

    given: int = 0
    given_strictly: int = 0
    given_laxly: int = 0
    true: int = 0
    found_strictly: int = 0
    found_laxly: int = 0
    said_alone: int = 0
    truly_alone: int = 0
    rightly_alone: int = 0
    linked: int = 0

    def add(self, given: Iterable[Bead], true: Sequence[Bead], size: tuple[int, int]) -> None:
        """Count one case.

        Args:
            given: What an aligner says; segments that it does not mention count as alone.
            true: What is right. What no bead mentions counts as alone, but not as a missing bead.
            size: Number of segments of each side.
        """
        mentioned = with_gaps(given, size)
        self.given += len(mentioned)
        self.given_strictly += len(mentioned & set(true))
        self.given_laxly += _touching(mentioned, true) + len(_gaps(mentioned) & set(true))
        pairs = {bead for bead in true if all(bead)}
        self.true += len(pairs)
        self.found_strictly += len(pairs & mentioned)
        self.found_laxly += _touching(pairs, mentioned)
        self._add_alone(_alone(mentioned, size), _alone(true, size), sum(size))

    def _add_alone(
        self, said: set[tuple[int, int]], truly: set[tuple[int, int]], total: int
    ) -> None:
        self.said_alone += len(said)
        self.truly_alone += len(truly)
        self.rightly_alone += len(said & truly)
        self.linked += total - len(truly)

    def figures(self) -> dict[str, float]:
        """Return strict and lax F1, F1 of "has no counterpart", and its rate of false alarms.

        Where every segment has a counterpart, there is only the rate of false alarms.
        """
        strict = (_share(self.given_strictly, self.given), _share(self.found_strictly, self.true))
        lax = (_share(self.given_laxly, self.given), _share(self.found_laxly, self.true))
        alone = (
            _share(self.rightly_alone, self.said_alone),
            _share(self.rightly_alone, self.truly_alone),
        )
        alarms = _share(self.said_alone - self.rightly_alone, self.linked)
        return {
            "strict": _f1(*strict),
            "lax": _f1(*lax),
            **({"alone": _f1(*alone)} if self.truly_alone else {}),
            "alarms": round(alarms, 4),
        }


def with_gaps(beads: Iterable[Bead], size: tuple[int, int]) -> set[Bead]:
    """Return beads and, for each segment that is in none, a gap; empty beads are dropped."""
    kept = {bead for bead in beads if any(bead)}
    source = set(range(size[0])) - {i for one, _ in kept for i in one}
    target = set(range(size[1])) - {j for _, two in kept for j in two}
    return kept | {((i,), ()) for i in source} | {((), (j,)) for j in target}


def _gaps(beads: Collection[Bead]) -> set[Bead]:
    return {bead for bead in beads if not all(bead)}


def _alone(beads: Iterable[Bead], size: tuple[int, int]) -> set[tuple[int, int]]:
    """Return the segments, as side and number, that no bead links to the other side."""
    linked = {(side, k) for bead in beads if all(bead) for side in (0, 1) for k in bead[side]}
    return {(side, k) for side in (0, 1) for k in range(size[side])} - linked


def _touching(beads: Iterable[Bead], others: Iterable[Bead]) -> int:
    """Count the beads that share a segment on each side with one of the others."""
    linked: dict[int, set[int]] = defaultdict(set)
    for one, two in others:
        for i in one:
            linked[i].update(two)
    return sum(any(not linked[i].isdisjoint(two) for i in one if i in linked) for one, two in beads)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    both = precision + recall
    return round(2 * precision * recall / both, 4) if both else 0.0


def calibration_error(said: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Return the mean gap between what probabilities say and the share that comes true.

    Expected calibration error over bins of equal width (Naeini et al., AAAI 2015); 0 for nothing.
    """
    gathered: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, came_true in said:
        gathered[min(bins - 1, int(probability * bins))].append((probability, came_true))
    gaps = (abs(sum(p for p, _ in bin_) - sum(t for _, t in bin_)) for bin_ in gathered.values())
    return round(sum(gaps) / max(1, len(said)), 4)
