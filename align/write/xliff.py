"""Beads and findings as XLIFF 2.1, with ITS 2.0 localization quality issues beside the texts."""

from collections.abc import Iterator, Sequence

from lxml import etree

from align.bitext import Bitext, Span
from align.finding import ErrorType, Finding, Report, Severity
from align.write.marks import Passage, marks_by_segment, passage
from align.write.places import find_marks, spans
from align.write.words import bead_facts, direction, percent, ranked, status, verdict
from align.write.xml import NOT_XML, writable

_XLIFF = "urn:oasis:names:tc:xliff:document:2.0"
_ITS = "http://www.w3.org/2005/11/its"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_UNKNOWN_LANGUAGE = "und"

ITS_TYPES = {
    ErrorType.OMISSION: "omission",
    ErrorType.ADDITION: "addition",
    ErrorType.MISTRANSLATION: "mistranslation",
    ErrorType.NUMBER: "numbers",
    ErrorType.DATE: "inconsistent-entities",
    ErrorType.NAME: "inconsistent-entities",
    ErrorType.UNIT: "mistranslation",
    ErrorType.NEGATION: "mistranslation",
    ErrorType.TENSE: "mistranslation",
    ErrorType.QUOTATION: "mistranslation",
    ErrorType.UNTRANSLATED: "untranslated",
    ErrorType.TERMINOLOGY: "terminology",
}
"""What ITS 2.0 calls each MQM type."""

ITS_SEVERITIES = {
    Severity.NEUTRAL: "0",
    Severity.MINOR: "25",
    Severity.MAJOR: "75",
    Severity.CRITICAL: "100",
}
"""The severities on ITS's scale from 0 to 100."""

_PRIORITIES = {
    Severity.NEUTRAL: "10",
    Severity.MINOR: "5",
    Severity.MAJOR: "2",
    Severity.CRITICAL: "1",
}


def render(report: Report) -> str:
    """Return one unit a bead with one segment, and the findings of the bead in it.

    A finding is a stand-off `its:locQualityIssues` that the marked words refer to, with comment,
    severity and type of ITS; an accepted one is not enabled. What ITS has no word for (key, check,
    MQM type, severity, confidence, spans, evidence) stands in a metadata group of the same number,
    and a note says it all to tools that know neither. A side without a counterpart is empty.
    """
    bitext = report.bitext
    names = {None: _XLIFF, "its": _ITS, "mda": _METADATA}
    # The stubs do not know that None is the prefix of the namespace that needs none.
    root = etree.Element(f"{{{_XLIFF}}}xliff", nsmap=names)  # type: ignore[arg-type]
    root.set("version", "2.1")
    root.set("srcLang", bitext.source.language or _UNKNOWN_LANGUAGE)
    root.set("trgLang", bitext.target.language or _UNKNOWN_LANGUAGE)
    root.set(f"{{{_ITS}}}version", "2.0")
    file = _add(root, "file", id="f1", original=bitext.source.origin or bitext.source.name)
    file.set("srcDir", direction(bitext.source.language))
    file.set("trgDir", direction(bitext.target.language))
    notes = _add(file, "notes")
    for category, text in _file_notes(report):
        _add(notes, "note", category=category).text = writable(text)
    numbered: dict[int, list[tuple[int, Finding]]] = {}
    for number, finding in ranked(report):
        numbered.setdefault(finding.bead, []).append((number, finding))
    for bead in range(len(bitext.beads)):
        _unit(file, bitext, bead, numbered.get(bead, []))
    if not bitext.beads:
        # XLIFF knows no file without a unit.
        _add(_add(_add(file, "unit", id="b0", translate="no"), "segment"), "source")
    etree.indent(root, " ")
    # Only now, since white space between marks would be text.
    _fill_texts(file, report)
    written: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    values = {key: writable(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{_XLIFF}}}{name}", values)


def _file_notes(report: Report) -> Iterator[tuple[str, str]]:
    yield "veralign:verdict", verdict(report)
    yield "veralign:signature", report.signature
    yield "veralign:target", report.bitext.target.origin or report.bitext.target.name
    if report.risk is not None:
        yield "veralign:risk", f"{report.risk:.4f}"
    for skipped in report.skipped:
        yield "veralign:skipped", f"{skipped.check}: {skipped.reason}"
    for side, document, _ in report.bitext.sides():
        for block in document.excluded:
            yield f"veralign:excluded-{side}", f"{block.reason}: {block.span.of(document.text)}"


def _unit(
    file: etree._Element,
    bitext: Bitext,
    number: int,
    findings: Sequence[tuple[int, Finding]],
) -> None:
    unit = _add(file, "unit", id=f"b{number}")
    unit.set(f"{{{_XML}}}space", "preserve")
    for position, finding in findings:
        issues = etree.SubElement(unit, f"{{{_ITS}}}locQualityIssues")
        issues.set(f"{{{_XML}}}id", f"q{position}")
        issue = etree.SubElement(issues, f"{{{_ITS}}}locQualityIssue")
        issue.set("locQualityIssueType", ITS_TYPES[finding.error_type])
        issue.set("locQualityIssueComment", writable(finding.message))
        issue.set("locQualityIssueSeverity", ITS_SEVERITIES[finding.severity])
        issue.set("locQualityIssueEnabled", "yes" if status(finding) == "open" else "no")
    metadata = etree.SubElement(unit, f"{{{_METADATA}}}metadata")
    _group(metadata, "veralign:bead", f"b{number}", _bead_facts(bitext, number))
    for position, finding in findings:
        facts = _finding_facts(bitext, finding)
        _group(metadata, "veralign:finding", f"q{position}", facts)
    if findings:
        notes = _add(unit, "notes")
        for position, finding in findings:
            said = f"{finding.severity.label}, {finding.error_type}: {finding.message}"
            text = f"{said} ({percent(finding.confidence)} sure, {status(finding)})"
            priority = _PRIORITIES[finding.severity]
            note = _add(notes, "note", id=f"n{position}", category="veralign", priority=priority)
            note.text = writable(text)
    bead = bitext.beads[number]
    state = "translated" if bead.source and bead.target else "initial"
    segment = _add(unit, "segment", id="1", state=state)
    _add(segment, "source")
    _add(segment, "target")


def _group(
    metadata: etree._Element, category: str, name: str, facts: Iterator[tuple[str, str]]
) -> None:
    group = etree.SubElement(metadata, f"{{{_METADATA}}}metaGroup", category=category, id=name)
    for key, value in facts:
        meta = etree.SubElement(group, f"{{{_METADATA}}}meta", type=key)
        meta.text = writable(value)


def _bead_facts(bitext: Bitext, number: int) -> Iterator[tuple[str, str]]:
    bead = bitext.beads[number]
    yield "score", f"{bead.score:.4f}"
    yield "source-segments", " ".join(map(str, bead.source))
    yield "target-segments", " ".join(map(str, bead.target))
    if bead_facts(bead):
        yield "facts", bead_facts(bead)


def _finding_facts(bitext: Bitext, finding: Finding) -> Iterator[tuple[str, str]]:
    yield "key", finding.key
    yield "check", finding.check
    yield "type", str(finding.error_type)
    yield "severity", finding.severity.label
    yield "confidence", f"{finding.confidence:.4f}"
    source, target = find_marks(bitext, finding)
    for side, marks, places in (
        ("source", finding.source, source),
        ("target", finding.target, target),
    ):
        yield side, spans(marks)
        for where in places:
            yield f"{side}-place", where.label
    for line in finding.grounds():
        yield "evidence", line
    if finding.accepted:
        yield "accepted", finding.accepted


def _fill_texts(file: etree._Element, report: Report) -> None:
    bitext = report.bitext
    marks = dict(zip(("source", "target"), marks_by_segment(report), strict=True))
    for bead, unit in zip(bitext.beads, file.iter(f"{{{_XLIFF}}}unit"), strict=False):
        runs = {"source": bead.source, "target": bead.target}
        for side, _, segments in bitext.sides():
            for element in unit.iter(f"{{{_XLIFF}}}{side}"):
                _fill(element, passage(segments, runs[side], marks[side]), side[0])


def _fill(element: etree._Element, line: Passage, prefix: str) -> None:
    """Write a line with its marks: each an `mrk`, or `sm` and `em` where it crosses another."""
    marks = sorted(line.marks, key=lambda mark: (mark[0].start, -mark[0].end, mark[1]))
    points = [(span.start, 1, n) for n, (span, _) in enumerate(marks)]
    points += [(span.end, 0, -n) for n, (span, _) in enumerate(marks)]
    position = 0
    for edge, is_start, signed in sorted(points):
        number = abs(signed)
        span, finding = marks[number]
        crosses = any(_cross(span, other) for other, _ in marks)
        _append(element, line.text[position:edge])
        position = edge
        name = f"{prefix}{number + 1}"
        if is_start:
            mark = _add(element, "sm" if crosses else "mrk", id=name, type="its:generic")
            mark.set(f"{{{_ITS}}}locQualityIssuesRef", f"#its=q{finding}")
            element = element if crosses else mark
        elif crosses:
            _add(element, "em", startRef=name)
        else:
            element = element.getparent()  # type: ignore[assignment] # an mrk has a parent
    _append(element, line.text[position:])


def _cross(one: Span, other: Span) -> bool:
    first, second = sorted((one, other))
    return first.start < second.start < first.end < second.end


def _append(element: etree._Element, text: str) -> None:
    """Add text behind whatever the element holds; what XML cannot write becomes a code point."""
    position = 0
    for match in NOT_XML.finditer(text):
        _append_plain(element, text[position : match.start()])
        _add(element, "cp", hex=f"{ord(match.group()):04X}")
        position = match.end()
    _append_plain(element, text[position:])


def _append_plain(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
