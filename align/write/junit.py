"""Findings as JUnit XML, for the test page of a build server."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from align.finding import Finding, Report, Severity
from align.write.places import find_marks, target_of_bead
from align.write.tsv import side_text
from align.write.words import SIDES, ranked, skipped_by_reason, verdict
from align.write.xml import writable

_CHECKS_IN_SIGNATURE = "checks:"


def render(report: Report, fail_on: Severity = Severity.MAJOR) -> str:
    """Return one suite: a test for each finding, and one for each check that found nothing.

    A finding that is grave enough is a failed test, a lesser one passes, its words being output,
    an accepted one is skipped; so is a check that could not run. Build servers show the names of
    tests and tell new failures from old ones by them: a finding is called by its check and its key,
    which stay when the text around it changes. Two texts that could not be compared are a failure.
    """
    cases = list(_cases(report, fail_on))
    bitext = report.bitext
    name = writable(f"{bitext.source.name} → {bitext.target.name}")
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": "0",
    }
    root = ET.Element("testsuites", {"name": "veralign", **counts})
    suite = ET.SubElement(root, "testsuite", {"name": name, **counts})
    # Ant's schema asks for more than Jenkins's; a pure function knows neither host nor time.
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    suite.attrib |= {"package": "veralign", "id": "0", "hostname": "localhost", "time": "0"}
    properties = ET.SubElement(suite, "properties")
    for key, value in _properties(report):
        ET.SubElement(properties, "property", name=key, value=writable(value))
    suite.extend(cases)
    ET.SubElement(suite, "system-out").text = writable(verdict(report))
    ET.SubElement(suite, "system-err")
    ET.indent(root, " ")
    written = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _properties(report: Report) -> Iterator[tuple[str, str]]:
    yield "signature", report.signature
    if report.risk is not None:
        yield "risk", f"{report.risk:.4f}"
    for side, document, _ in report.bitext.sides():
        yield f"{side}.name", document.name
        yield f"{side}.language", document.language or ""


def _cases(report: Report, fail_on: Severity) -> Iterator[ET.Element]:
    if report.risk is None:
        case = _case("comparison")
        reasons = "; ".join(skipped_by_reason(report)) or "the report gives no reason"
        failure = ET.SubElement(case, "failure", type="not compared", message=writable(reasons))
        failure.text = writable(verdict(report))
        yield case
    found = set()
    for _, finding in ranked(report):
        found.add(finding.check)
        yield _found(report, finding, fail_on)
    for check in _checks(report):
        if check not in found:
            yield _silent(report, check)


def _checks(report: Report) -> Iterator[str]:
    """Yield the checks that the signature lists, which are those that were asked for."""
    for part in report.signature.split("|"):
        if part.startswith(_CHECKS_IN_SIGNATURE):
            names = part.removeprefix(_CHECKS_IN_SIGNATURE).split("+")
            yield from filter(None, (name.rpartition(".")[0] for name in names))


def _case(name: str, group: str = "comparison") -> ET.Element:
    case = ET.Element("testcase", name=writable(name))
    case.attrib |= {"classname": f"veralign.{group}", "time": "0"}
    return case


def _found(report: Report, finding: Finding, fail_on: Severity) -> ET.Element:
    case = _case(f"{finding.check} {finding.key}", finding.check)
    message = writable(f"{finding.severity.label}: {finding.message}")
    text = writable("\n".join(_lines(report, finding)))
    if finding.severity >= fail_on and not finding.accepted:
        kind = {"type": str(finding.error_type), "message": message}
        ET.SubElement(case, "failure", kind).text = text
        return case
    if finding.accepted:
        reason = writable(f"accepted: {finding.accepted}")
        ET.SubElement(case, "skipped", message=reason)
    ET.SubElement(case, "system-out").text = f"{message}\n{text}"
    return case


def _silent(report: Report, check: str) -> ET.Element:
    case = _case(check, check)
    reasons = "; ".join(skipped.reason for skipped in report.skipped if skipped.check == check)
    if reasons:
        ET.SubElement(case, "skipped", message=writable(reasons))
    return case


def _lines(report: Report, finding: Finding) -> Iterator[str]:
    """Yield what a reader of the build's log needs: type, places, words and both texts."""
    bitext = report.bitext
    bead = bitext.beads[finding.bead]
    yield f"{finding.error_type}, {finding.confidence:.0%} sure, key {finding.key}"
    places = dict(zip(SIDES, find_marks(bitext, finding), strict=True))
    marks = {"source": finding.source, "target": finding.target}
    runs = {"source": bead.source, "target": bead.target}
    for side, document, segments in bitext.sides():
        file = document.origin or document.name
        for where, mark in zip(places[side], marks[side], strict=True):
            yield f"{file}, {where.label}: “{mark.text}”"
        if side == "target" and not places[side]:
            yield f"{file}, {target_of_bead(bitext, finding.bead).label}"
        yield f"{SIDES[side]}: {side_text(segments, runs[side]) or 'no counterpart'}"
    yield from (f"Evidence: {line}" for line in finding.grounds())
