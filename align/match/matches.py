"""What matching says: for each translation its original, or that it has none here."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["matched", "ambiguous", "unmatched"]


@dataclass(frozen=True, slots=True)
class Text:
    """One of the texts: its name, the path it was read from, its language and its length."""

    name: str
    origin: str
    language: str | None
    segments: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An original that a translation may come from.

    `source` is its number among the originals. `source_coverage` is the share of the original that
    has a counterpart in the translation, and `target_coverage` the share of the translation that
    has one in the original, each of its characters weighed by how sure its counterpart is.
    """

    source: int
    source_coverage: float
    target_coverage: float

    @property
    def coverage(self) -> float:
        """The mean of both shares, by which originals are ranked."""
        return (self.source_coverage + self.target_coverage) / 2


@dataclass(frozen=True, slots=True)
class Match:
    """What is said of one translation.

    `target` is its number among the translations. `candidates` are the originals that were tried,
    the best first, whatever the status. `confidence` is the calibrated probability that the first
    one is the original. `reason` says in words why a translation is ambiguous or unmatched.
    """

    target: int
    status: Status
    confidence: float
    candidates: tuple[Candidate, ...]
    reason: str = ""

    @property
    def best(self) -> Candidate | None:
        """The original that the translation comes from; of an unmatched one, None."""
        return self.candidates[0] if self.status != "unmatched" else None

    @property
    def runner_up(self) -> Candidate | None:
        """The second best original, if more than one was tried."""
        return self.candidates[1] if len(self.candidates) > 1 else None

    @property
    def margin(self) -> float:
        """How much more the first original covers than the runner-up."""
        first = self.candidates[0].coverage if self.candidates else 0.0
        return first - (self.runner_up.coverage if self.runner_up else 0.0)


@dataclass(frozen=True, slots=True)
class Matches:
    """All texts of both sides, and a match for each translation, in the order given."""

    sources: tuple[Text, ...]
    targets: tuple[Text, ...]
    matches: tuple[Match, ...]

    def unused(self) -> tuple[int, ...]:
        """Return the originals that no translation comes from."""
        used = {match.best.source for match in self.matches if match.best}
        return tuple(number for number in range(len(self.sources)) if number not in used)
