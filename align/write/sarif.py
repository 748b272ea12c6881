"""Findings as SARIF 2.1.0, for build servers and editors."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent_encoded

import regex

from align import __version__
from align.bitext import Document
from align.checks import CHECKS, Check
from align.finding import Finding, Mark, Quote, Report, Severity
from align.write.places import Where, find_marks, spans, target_of_bead
from align.write.words import ranked

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS = {
    Severity.NEUTRAL: "note",
    Severity.MINOR: "warning",
    Severity.MAJOR: "error",
    Severity.CRITICAL: "error",
}
_ARTIFACTS = {"source": 0, "target": 1}
_CODES = {check.name: check.code for check in CHECKS}
_RULES = {check.name: number for number, check in enumerate(CHECKS)}

# A message may hold links as `[text](place)`; what an article says must not become one.
_LINK = regex.compile(r"[\[\]\\]")


def render(report: Report) -> str:
    """Return one run with a result for each finding, the most serious first.

    A result stands in the translation, where it is mended: at the marked words, or where the lost
    ones would be. Marked words of the source, further ones of the translation, and sentences of
    other reports that are quoted on it are related locations. Lines and columns are counted from 1,
    columns and offsets in units of UTF-16: so most editors count, some of them whatever a log says.
    A file without lines has no regions, and the name of the place instead. The fingerprint is the
    key of the finding.
    """
    bitext = report.bitext
    run = {
        "tool": {"driver": _driver()},
        "invocations": [_invocation(report)],
        "artifacts": [
            {
                "location": _artifact(side, document),
                "roles": ["analysisTarget" if side == "target" else "referencedOnCommandLine"],
                "properties": {"side": side, "name": document.name, "language": document.language},
            }
            for side, document, _ in bitext.sides()
        ],
        "columnKind": "utf16CodeUnits",
        "results": [_result(report, finding) for _, finding in ranked(report)],
        "properties": {"signature": report.signature, "risk": report.risk},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def uri(document: Document) -> str:
    """Return the address of a document's file: relative to where the command ran, if its path is.

    Each part is percent-encoded, the colon too, which would end a scheme.
    """
    return _address(document.origin or document.name or "unnamed")


def _address(file: str) -> str:
    path = Path(file)
    if path.is_absolute():
        return path.as_uri()
    return percent_encoded(path.as_posix(), errors="replace")


def _driver() -> dict[str, Any]:
    return {
        "name": "veralign",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(check) for check in CHECKS],
    }


def _rule(check: Check) -> dict[str, Any]:
    page = (sys.modules[check.find.__module__].__doc__ or check.name).strip()
    summary = page.splitlines()[0]
    example = check.examples[0]
    shown = f"Source: {example.source}\n\nWrong: {example.wrong}\n\nRight: {example.right}"
    return {
        "id": check.code,
        # Told apart from the id, which must mean nothing: DATE and DateCheck.
        "name": f"{check.name.capitalize()}Check",
        "shortDescription": {"text": summary},
        "fullDescription": {"text": page},
        "help": {"text": f"{page}\n\n{shown}"},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"type": str(check.error_type), "version": check.version, "tags": ["mqm"]},
    }


def _invocation(report: Report) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": report.risk is not None}
    notes = []
    for skipped in report.skipped:
        note: dict[str, Any] = {
            "level": "note",
            "message": {"text": _plain(f"{skipped.check} was skipped: {skipped.reason}")},
        }
        if skipped.check in _RULES:
            number = _RULES[skipped.check]
            note["associatedRule"] = {"id": _CODES[skipped.check], "index": number}
        notes.append(note)
    if notes:
        invocation["toolExecutionNotifications"] = notes
    return invocation


def _result(report: Report, finding: Finding) -> dict[str, Any]:
    places = list(_places(report, finding))
    result: dict[str, Any] = {
        "ruleId": _CODES.get(finding.check, finding.check),
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(finding.message)},
        "locations": [places[0]],
        "partialFingerprints": {"veralignKey/v1": finding.key},
        "rank": round(100 * finding.confidence, 2),
        "properties": {
            "type": str(finding.error_type),
            "severity": finding.severity.label,
            "confidence": finding.confidence,
            "bead": finding.bead,
            "source": spans(finding.source),
            "target": spans(finding.target),
            "evidence": list(finding.grounds()),
        },
    }
    if finding.check in _RULES:
        result["ruleIndex"] = _RULES[finding.check]
    if places[1:]:
        result["relatedLocations"] = [{"id": n, **p} for n, p in enumerate(places[1:], 1)]
    if finding.accepted:
        accepted = {"kind": "external", "status": "accepted"}
        reason = finding.accepted
        result["suppressions"] = [accepted | ({"justification": reason} if reason else {})]
    return result


def _places(report: Report, finding: Finding) -> Iterator[dict[str, Any]]:
    """Yield the place of the result, then those that are related to it."""
    bitext = report.bitext
    source, target = find_marks(bitext, finding)
    if not target:
        where = target_of_bead(bitext, finding.bead)
        what = "the translation stands here" if where.end > where.start else "missing here"
        yield _location("target", bitext.target, where, what)
    for mark, where in zip(finding.target, target, strict=True):
        yield _location("target", bitext.target, where, _quoted(mark, "translation"), mark)
    for mark, where in zip(finding.source, source, strict=True):
        yield _location("source", bitext.source, where, _quoted(mark, "source"), mark)
    yield from map(_report_quoted, finding.reports)


def _report_quoted(quote: Quote) -> dict[str, Any]:
    """Return the place of a sentence of another report: its line, and no more is known of it."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _address(quote.origin or quote.name)}}
    if quote.line is not None:
        physical["region"] = {"startLine": quote.line}
    return {
        "physicalLocation": physical,
        "message": {"text": _plain(str(quote))},
        "properties": {"stance": quote.stance, "score": quote.score},
    }


def _quoted(mark: Mark, side: str) -> str:
    return f"“{mark.text}” in the {side}"


def _location(
    side: str, document: Document, where: Where, message: str, mark: Mark | None = None
) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(side, document)}
    if where.first and where.last:
        physical["region"] = _region(document, where)
        if mark:
            physical["region"]["snippet"] = {"text": mark.text}
    location: dict[str, Any] = {"physicalLocation": physical, "message": {"text": _plain(message)}}
    if where.place:
        label, path = where.place.label, where.place.path
        full = f"{path}#{label}" if path else label
        location["logicalLocations"] = [{"name": label, "fullyQualifiedName": full}]
    return location


def _region(document: Document, where: Where) -> dict[str, int]:
    """Return a stretch of a file in units of UTF-16."""
    region: dict[str, int] = {}
    for name, offset, place in (
        ("start", where.start, where.first),
        ("end", where.end, where.last),
    ):
        line, column = place or (1, 1)
        before = document.utf16_units(offset) - document.utf16_units(offset - column + 1)
        region |= {f"{name}Line": line, f"{name}Column": before + 1}
    start, end = document.utf16_units(where.start), document.utf16_units(where.end)
    return {**region, "charOffset": start, "charLength": end - start}


def _artifact(side: str, document: Document) -> dict[str, Any]:
    return {"uri": uri(document), "index": _ARTIFACTS[side]}


def _plain(text: str) -> str:
    r"""Return a message in which nothing is a link: brackets are escaped where one could begin."""
    return str(_LINK.sub(lambda sign: "\\" + sign.group(), text)) if "](" in text else text
