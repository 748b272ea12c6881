"""What people have ruled on findings of a batch: the file that hands it on, and what follows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from align.errors import ReadError
from align.finding import ErrorType, Finding, Report, Severity
from align.risk import document_risk

FILE = "decisions.jsonl"
"""What the file is called, beside the results of the batch."""

SCHEMA = "veralign-decisions/1"

DISMISSED = "dismissed"
"""The reason of a finding that was dismissed without one."""

Verdict = Literal["agreed", "changed", "dismissed", "disputed", "missed"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """Where people have left one finding of a pair.

    `agreed`: it is an error; `changed`: it is one of another type or severity, which are given;
    `dismissed`: it is none, with the reason; `disputed`: they differ. An error that no check has
    found, and a person has added, is `missed`, with its type and severity. `who` is the person
    whose word holds; of a dispute, nobody.
    """

    pair: str
    key: str
    verdict: Verdict
    reason: str = ""
    who: str = ""
    error_type: ErrorType | None = None
    severity: Severity | None = None


Rulings = Mapping[str, Ruling]
"""The rulings on one pair, by the key of the finding."""


def parse(text: str, where: str = "") -> tuple[Ruling, ...]:
    """Return the rulings of a file.

    Raises:
        ReadError: A line is none of `render`'s.
    """
    lines = enumerate(text.split("\n"), 1)
    return tuple(_ruling(line, f"{where}:{number}") for number, line in lines if line.strip())


def render(rulings: Iterable[Ruling]) -> str:
    """Return rulings as a file: a line each, sorted, so that the same ones give the same bytes."""
    ordered = sorted(rulings, key=lambda ruling: (ruling.pair, ruling.key))
    return "".join(json.dumps(_row(ruling), ensure_ascii=False) + "\n" for ruling in ordered)


def by_pair(rulings: Iterable[Ruling]) -> dict[str, dict[str, Ruling]]:
    """Return the rulings on each pair."""
    pairs: dict[str, dict[str, Ruling]] = {}
    for ruling in rulings:
        pairs.setdefault(ruling.pair, {})[ruling.key] = ruling
    return pairs


def apply(report: Report, rulings: Rulings) -> Report:
    """Return the report as people have ruled on it.

    Findings that were dismissed are accepted with the reason, and count for nothing; changed types
    and severities are those that were given; what is disputed stays as it is.
    """
    findings = tuple(_ruled(f, rulings[f.key]) if f.key in rulings else f for f in report.findings)
    changed = replace(report, findings=findings)
    if changed.risk is None or not changed.risks:
        return changed
    settled = {f.bead for f in changed.accepted()} - {f.bead for f in changed.open()}
    left = [risk for bead, risk in enumerate(changed.risks) if bead not in settled]
    return replace(changed, risk=document_risk(left))


def verdict(finding: Finding, rulings: Rulings) -> str:
    """Return what was ruled on a finding; else `accepted` or `open`, as it is in the report."""
    ruling = rulings.get(finding.key)
    if ruling is not None:
        return ruling.verdict
    return "accepted" if finding.accepted else "open"


def _ruled(finding: Finding, ruling: Ruling) -> Finding:
    if ruling.verdict == "disputed":
        return finding
    if ruling.verdict == "dismissed":
        return replace(finding, accepted=ruling.reason or DISMISSED)
    return replace(
        finding,
        error_type=ruling.error_type or finding.error_type,
        severity=finding.severity if ruling.severity is None else ruling.severity,
        accepted="",
    )


def _row(ruling: Ruling) -> dict[str, str]:
    severity = "" if ruling.severity is None else ruling.severity.label
    row = {
        "schema": SCHEMA,
        "pair": ruling.pair,
        "key": ruling.key,
        "verdict": ruling.verdict,
        "reason": ruling.reason,
        "who": ruling.who,
        "type": str(ruling.error_type or ""),
        "severity": severity,
    }
    return {name: value for name, value in row.items() if value or name == "pair"}


def _ruling(line: str, where: str) -> Ruling:
    try:
        row = json.loads(line)
        words = [row["pair"], row["key"], row.get("reason", ""), row.get("who", "")]
        error_type, severity = row.get("type", ""), row.get("severity", "")
        if row["schema"] != SCHEMA or not all(isinstance(word, str) for word in words):
            raise _unreadable(where)
        return Ruling(
            pair=words[0],
            key=words[1],
            verdict=_verdict(row["verdict"]),
            reason=words[2],
            who=words[3],
            error_type=ErrorType(error_type) if error_type else None,
            severity=Severity[severity.upper()] if severity else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unreadable(where) from error


def _verdict(name: str) -> Verdict:
    known: Sequence[Verdict] = get_args(Verdict)
    return known[known.index(cast(Verdict, name))]  # a ValueError if it is none of them


def _unreadable(where: str) -> ReadError:
    return ReadError(
        f"This is no decision of the desk ({SCHEMA}).",
        where=where,
        fix="Write the file anew with `veralign desk decisions OUT`, or delete it.",
    )
