"""Findings and the report: what the checks say, ready for any writer."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Literal, TypeAlias

from align.bitext import Bitext, Span, running


class Severity(IntEnum):
    """MQM's four severities, in order."""

    NEUTRAL = 0
    MINOR = 1
    MAJOR = 2
    CRITICAL = 3

    @property
    def label(self) -> str:
        """The name as it stands in reports: `neutral`, `minor`, `major` or `critical`."""
        return self.name.lower()


class ErrorType(StrEnum):
    """MQM error types as paths, from the general to the particular."""

    OMISSION = "accuracy/omission"
    ADDITION = "accuracy/addition"
    MISTRANSLATION = "accuracy/mistranslation"
    NUMBER = "accuracy/mistranslation/number"
    DATE = "accuracy/mistranslation/date"
    NAME = "accuracy/mistranslation/name"
    UNIT = "accuracy/mistranslation/unit"
    NEGATION = "accuracy/mistranslation/negation"
    TENSE = "accuracy/mistranslation/tense"
    QUOTATION = "accuracy/mistranslation/quotation"
    UNTRANSLATED = "accuracy/untranslated"
    TERMINOLOGY = "terminology"


Stance: TypeAlias = Literal["supports source", "supports target"]
"""Whose version another report of the event has."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What another report of the event says about a finding.

    `name` is the file's, `segment` the number of the segment in it, `text` the whole segment.
    `score` says, from 0 to 1, how much of the disputed words it has. `line` is that of the file on
    which it begins, from 1, and None where the file has no lines. `origin` is the path under which
    the file was read, empty if nobody knows it any more.
    """

    name: str
    language: str | None
    segment: int
    text: str
    stance: Stance
    score: float
    line: int | None = None
    origin: str = ""

    def __str__(self) -> str:
        """Return it as a line for a person."""
        return f"{self.name} {self.stance}: “{running(self.text)}”"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of one segment that a finding points at. The span is relative to the segment."""

    segment: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not match, where it stands, and why it is said.

    `key` stays the same for the same check on the same words, whatever stands around them, so
    that a reviewer's decision outlives a new run. `confidence` is the probability that a reviser
    would agree. `accepted` is the reason why a person let it pass, empty if nobody did. `reports`
    is what other reports of the event say.
    """

    key: str
    check: str
    error_type: ErrorType
    severity: Severity
    confidence: float
    bead: int
    source: tuple[Mark, ...]
    target: tuple[Mark, ...]
    message: str
    evidence: tuple[str, ...] = ()
    accepted: str = ""
    reports: tuple[Quote, ...] = ()

    def grounds(self) -> tuple[str, ...]:
        """Return all evidence as lines for a person: the check's, then what other reports say."""
        return (*self.evidence, *map(str, self.reports))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A check that did not run, wholly or on some segments, and the reason."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class BeadRisk:
    """The probability that a bead has a major error, and whether the verifier has read it."""

    chance: float
    is_judged: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is said about one pair of documents.

    `findings` are ordered by bead, then by place; one that was accepted is among them and counts
    for nothing else. `risk` is the probability that the pair has at least one finding of severity
    major or above; None if the pair could not be compared. `risks` are those of the beads.
    """

    bitext: Bitext
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    signature: str
    risk: float | None
    risks: tuple[BeadRisk, ...] = ()

    def open(self) -> tuple[Finding, ...]:
        """Return the findings that nobody has accepted."""
        return tuple(finding for finding in self.findings if not finding.accepted)

    def accepted(self) -> tuple[Finding, ...]:
        """Return the findings that a person has accepted."""
        return tuple(finding for finding in self.findings if finding.accepted)

    def by_type(self) -> dict[str, int]:
        """Count the open findings of each error type."""
        return dict(sorted(Counter(str(f.error_type) for f in self.open()).items()))

    def by_severity(self) -> dict[str, int]:
        """Count the open findings of each severity, the gravest first."""
        count = Counter(f.severity for f in self.open())
        return {s.label: count[s] for s in sorted(count, reverse=True)}

    def has(self, severity: Severity) -> bool:
        """Tell whether any open finding is at least as severe."""
        return any(f.severity >= severity for f in self.open())


@dataclass(frozen=True, slots=True)
class PairReport:
    """The answer for one row of a bilingual file; `error` says why there is no answer."""

    row: int
    risk: float = 0.0
    probabilities: tuple[tuple[str, float], ...] = ()
    findings: tuple[Finding, ...] = ()
    error: str = ""
    is_judged: bool = False


def finding_key(check: str, *texts: str) -> str:
    """Return the stable digest of a finding: its check and the texts it rests on."""
    material = "\x1f".join((check, *texts))
    return hashlib.sha256(material.encode("utf-8")).hexdigest()[:16]
