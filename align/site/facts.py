"""What an overview must know of one pair, without its texts."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

import regex

from align.batch.outcome import Outcome
from align.finding import ErrorType, Report, Severity
from align.rulings import Rulings, verdict
from align.write.slices import tidy
from align.write.words import rank, skipped_by_reason

_LONGEST_TITLE = 100
_LONGEST_NAME = 40
_UNSAFE = regex.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """One pair of the overview.

    `page` is the file name of its page, empty where there is no report. `title` is the first line
    of the source. `counts` are those of the open findings, `checks` how many findings of each check
    are open and how many accepted; `verdicts` how many of each check people have left how, and
    `missed` how many errors they have added. `risk` is None if there is an error, or if the two
    texts could not be compared; `problem` says why, and `worst` what the gravest open finding says.
    """

    pair: str
    source: str
    target: str
    fields: tuple[tuple[str, str], ...]
    page: str = ""
    title: str = ""
    languages: tuple[str | None, str | None] = (None, None)
    risk: float | None = None
    counts: Mapping[tuple[ErrorType, Severity], int] = field(default_factory=dict)
    checks: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    verdicts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    missed: int = 0
    problem: str = ""
    is_error: bool = False
    worst: str = ""

    @property
    def is_compared(self) -> bool:
        """Tell whether the pair has a report that says something."""
        return self.risk is not None

    @property
    def accepted(self) -> int:
        """Return how many findings were accepted."""
        return sum(accepted for _, accepted in self.checks.values())

    def of(self, severity: Severity) -> int:
        """Return how many open findings have that severity."""
        return sum(n for (_, grade), n in self.counts.items() if grade is severity)

    @property
    def is_grave(self) -> bool:
        """Tell whether an open finding is major or critical."""
        return any(severity >= Severity.MAJOR for _, severity in self.counts)


def gather(outcome: Outcome, rulings: Rulings | None = None) -> Facts:
    """Return what the overview must know of an outcome, and of what was ruled on it."""
    head = outcome.pair, outcome.source.path, outcome.target.path, outcome.fields
    if outcome.report is None:
        error = outcome.error
        lines = (error.message, error.where, error.fix) if error else ("There is no report.",)
        return Facts(*head, problem=tidy(" ".join(filter(None, lines))), is_error=True)
    report = outcome.report
    found = sorted(report.open(), key=rank)
    return Facts(
        *head,
        page=page_name(outcome.pair),
        title=_title(report),
        languages=(report.bitext.source.language, report.bitext.target.language),
        risk=report.risk,
        counts=dict(Counter((f.error_type, f.severity) for f in found)),
        checks=_checks(report),
        verdicts=dict(Counter((f.check, verdict(f, rulings or {})) for f in report.findings)),
        missed=sum(ruling.verdict == "missed" for ruling in (rulings or {}).values()),
        problem="; ".join(skipped_by_reason(report)) if report.risk is None else "",
        worst=tidy(found[0].message) if found else "",
    )


def page_name(pair: str) -> str:
    """Return the file name of a pair's page: the same for the same pair, another for another.

    >>> page_name("Ngày 3/a.txt")
    'ng-y-3-a-txt-1b39141450ff.html'
    """
    words = _UNSAFE.sub("-", pair.lower()).strip("-")[:_LONGEST_NAME].strip("-")
    digest = hashlib.sha256(pair.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{words or 'pair'}-{digest}.html"


def _title(report: Report) -> str:
    first = next(chain(report.bitext.source_segments, report.bitext.target_segments), None)
    text = tidy(first.text) if first else ""
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1].rstrip() + "…"


def _checks(report: Report) -> dict[str, tuple[int, int]]:
    is_open = Counter(finding.check for finding in report.open())
    accepted = Counter(finding.check for finding in report.accepted())
    return {name: (is_open[name], accepted[name]) for name in sorted({*is_open, *accepted})}
