"""Findings that a person has accepted: the file that keeps them, and what they do to a report."""

import tomllib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace

import tomli_w

from align.errors import ConfigError
from align.finding import Finding, Mark, Report
from align.risk import document_risk

VERSION = 1
KNOWN = "known"
"""The reason of a finding that was accepted without one."""

_LONGEST_EXCERPT = 100
_HEADER = (
    "# Findings of veralign that a person has accepted. One comes back when its texts change.\n"
    "# `veralign check --write-baseline` and `veralign diff` write this file; "
    "other comments are not kept.\n\n"
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted finding. All but `key` and `reason` is there for the people who read the file.

    `documents` are the names of the two articles, `source` and `target` the beginning of the
    marked words, `who` the person who accepted it, if known.
    """

    key: str
    reason: str
    documents: tuple[str, str] = ("", "")
    check: str = ""
    severity: str = ""
    source: str = ""
    target: str = ""
    who: str = ""


def parse(text: str, where: str = "") -> tuple[Accepted, ...]:
    """Return the entries of a baseline file.

    Raises:
        ConfigError: The text is no such file.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(f"it is not TOML: {error}", where) from error
    if table.get("version") != VERSION:
        raise _unreadable(f"its version is {table.get('version')!r}, not {VERSION}", where)
    entries = table.get("accepted", [])
    if not isinstance(entries, list):
        raise _unreadable("`accepted` is no list of tables", where)
    return tuple(_entry(entry, number, where) for number, entry in enumerate(entries, 1))


def render(accepted: Iterable[Accepted]) -> str:
    """Return a baseline file: sorted, so that the same entries always give the same bytes."""
    rows = [
        {name: value for name, value in asdict(entry).items() if value and value != ("", "")}
        for entry in sorted(accepted, key=lambda entry: (entry.documents, entry.key))
    ]
    body = tomli_w.dumps({"version": VERSION, **({"accepted": rows} if rows else {})})
    return _HEADER + body


def marked(findings: Iterable[Finding], accepted: Iterable[Accepted]) -> tuple[Finding, ...]:
    """Return the findings, each with the reason for which it was accepted, or none."""
    reasons = {entry.key: entry.reason for entry in accepted}
    return tuple(replace(f, accepted=reasons.get(f.key, "")) for f in findings)


def apply(report: Report, accepted: Iterable[Accepted]) -> Report:
    """Return the report with its accepted findings marked as such.

    They stay in the report, but count neither for its verdict nor, where a bead has no others, for
    its risk.
    """
    findings = marked(report.findings, accepted)
    if findings == report.findings:
        return report
    report = replace(report, findings=findings)
    settled = {f.bead for f in report.accepted()} - {f.bead for f in report.open()}
    left = [risk for bead, risk in enumerate(report.risks) if bead not in settled]
    return report if report.risk is None else replace(report, risk=document_risk(left))


def unused(
    report: Report, accepted: Iterable[Accepted], checks: Container[str]
) -> tuple[Accepted, ...]:
    """Return the entries that were made for these two documents and that nothing matches now.

    Args:
        report: What was found.
        accepted: All entries.
        checks: The names of the checks that ran: of the others' findings nothing is known.
    """
    if report.risk is None:
        return ()
    found = {finding.key for finding in report.findings}
    own = [e for e in accepted if e.documents == _documents(report) and e.check in checks]
    return tuple(entry for entry in own if entry.key not in found)


def accept(
    accepted: Sequence[Accepted],
    report: Report,
    findings: Iterable[Finding],
    reason: str = "",
    who: str = "",
) -> tuple[Accepted, ...]:
    """Add findings of a report to what is accepted.

    Args:
        accepted: The entries so far. One that is there already gives way only to a reason.
        report: Where the findings stand.
        findings: Those to accept.
        reason: Why; `known` if not given.
        who: The person who accepts them, if known.
    """
    entries = {entry.key: entry for entry in accepted}
    for finding in findings:
        if reason or finding.key not in entries:
            entries[finding.key] = _of(finding, report, reason or KNOWN, who)
    return tuple(entries.values())


def withdraw(accepted: Iterable[Accepted], keys: Iterable[str]) -> tuple[Accepted, ...]:
    """Return the entries without those of some keys."""
    gone = frozenset(keys)
    return tuple(entry for entry in accepted if entry.key not in gone)


def _of(finding: Finding, report: Report, reason: str, who: str) -> Accepted:
    return Accepted(
        key=finding.key,
        reason=" ".join(reason.split()),
        documents=_documents(report),
        check=finding.check,
        severity=finding.severity.label,
        source=_excerpt(finding.source),
        target=_excerpt(finding.target),
        who=" ".join(who.split()),
    )


def _documents(report: Report) -> tuple[str, str]:
    return report.bitext.source.name, report.bitext.target.name


def _excerpt(marks: Sequence[Mark]) -> str:
    text = " … ".join(" ".join(mark.text.split()) for mark in marks)
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[: _LONGEST_EXCERPT - 1]}…"


def _entry(table: object, number: int, where: str) -> Accepted:
    place = f"entry {number}"
    if not isinstance(table, Mapping):
        raise _unreadable(f"{place} is no table", where)
    known = {field.name for field in fields(Accepted)}
    strange = [name for name in table if name not in known]
    if strange:
        raise _unreadable(f"{place} has a {strange[0]!r}, which nothing here is called", where)
    documents = table.get("documents", ["", ""])
    if not isinstance(documents, list) or len(documents) != 2:
        raise _unreadable(f"the documents of {place} are not two names", where)
    values = {name: table.get(name, "") for name in known - {"documents"}}
    wrong = [name for name, value in values.items() if not isinstance(value, str)]
    wrong += ["documents" for name in documents if not isinstance(name, str)]
    wrong += [name for name in ("key", "reason") if not values[name]]
    if wrong:
        raise _unreadable(f"{place} has no text as its {min(wrong)}", where)
    return Accepted(documents=(documents[0], documents[1]), **values)


def _unreadable(why: str, where: str) -> ConfigError:
    return ConfigError(
        f"The file of accepted findings cannot be read: {why}.",
        where=where,
        fix="Mend it, or delete it and run `veralign check --write-baseline` again.",
    )
