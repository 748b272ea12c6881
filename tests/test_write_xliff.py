"""XLIFF: the rules of its core and of ITS, and read back equal."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.bitext import Bead, Bitext, Span
from align.finding import ErrorType, Finding, Report, Severity, Skipped
from align.write.tsv import side_text
from align.write.xliff import ITS_SEVERITIES, ITS_TYPES, render
from tests.reports import REPORTS, accepting, document, mark, rich_report, seed_report
from tests.schemas import HOLD
from tests.strategies import hostile_texts

XLF = "{urn:oasis:names:tc:xliff:document:2.0}"
ITS = "{http://www.w3.org/2005/11/its}"
MDA = "{urn:oasis:names:tc:xliff:metadata:2.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"

# The types that ITS 2.0 lists.
ISSUE_TYPES = {
    "terminology",
    "mistranslation",
    "omission",
    "untranslated",
    "addition",
    "duplication",
    "inconsistency",
    "grammar",
    "legal",
    "register",
    "locale-specific-content",
    "locale-violation",
    "style",
    "characters",
    "misspelling",
    "typographical",
    "formatting",
    "inconsistent-entities",
    "numbers",
    "markup",
    "pattern-problem",
    "whitespace",
    "internationalization",
    "length",
    "non-conformance",
    "uncategorized",
    "other",
}
INLINE = f"({XLF}mrk |{XLF}sm |{XLF}em |{XLF}cp )*"
# What XLIFF 2.1 says of the elements that are written here: the children in order, the attributes
# that must be there, and those that may.
RULES: dict[str, tuple[str, set[str], set[str]]] = {
    f"{XLF}xliff": (f"({XLF}file )+", {"version", "srcLang"}, {"trgLang", f"{ITS}version"}),
    f"{XLF}file": (
        f"({XLF}notes )?({XLF}unit )+",
        {"id"},
        {"original", "srcDir", "trgDir"},
    ),
    f"{XLF}unit": (
        f"({ITS}locQualityIssues |{MDA}metadata )*({XLF}notes )?({XLF}segment )+",
        {"id"},
        {"translate", f"{XML}space"},
    ),
    f"{XLF}notes": (f"({XLF}note )+", set(), set()),
    f"{XLF}note": ("", set(), {"id", "category", "priority"}),
    f"{XLF}segment": (f"{XLF}source ({XLF}target )?", set(), {"id", "state"}),
    f"{XLF}source": (INLINE, set(), set()),
    f"{XLF}target": (INLINE, set(), set()),
    f"{XLF}mrk": (INLINE, {"id"}, {"type", f"{ITS}locQualityIssuesRef"}),
    f"{XLF}sm": ("", {"id"}, {"type", f"{ITS}locQualityIssuesRef"}),
    f"{XLF}em": ("", {"startRef"}, set()),
    f"{XLF}cp": ("", {"hex"}, set()),
    f"{ITS}locQualityIssues": (f"({ITS}locQualityIssue )+", {f"{XML}id"}, set()),
    f"{ITS}locQualityIssue": (
        "",
        {"locQualityIssueType", "locQualityIssueComment"},
        {"locQualityIssueSeverity", "locQualityIssueEnabled"},
    ),
    f"{MDA}metadata": (f"({MDA}metaGroup )+", set(), set()),
    f"{MDA}metaGroup": (f"({MDA}meta )+", set(), {"id", "category"}),
    f"{MDA}meta": ("", {"type"}, set()),
}
MIXED = {f"{XLF}{name}" for name in ("note", "source", "target", "mrk")} | {f"{MDA}meta"}
NMTOKEN = re.compile(r"[\w.:-]+")
# A score of ITS is a decimal of XML Schema, which knows no exponents.
DECIMAL = re.compile(r"\d+(\.\d+)?")


def read(written: str) -> Any:
    """Parse a file and hold it against the schema of the core and against the rules."""
    HOLD["xliff"](written)
    root: Any = etree.fromstring(written.encode("utf-8"))
    for element in root.iter():
        children, required, optional = RULES[str(element.tag)]
        assert re.fullmatch(children, "".join(f"{child.tag} " for child in element)), element.tag
        assert required <= set(map(str, element.attrib)) <= required | optional, element.tag
        assert element.tag in MIXED or not (element.text or "").strip(), element.tag
    assert (root.get("version"), root.get(f"{ITS}version")) == ("2.1", "2.0")
    assert all(NMTOKEN.fullmatch(str(name)) for name in root.xpath("//@id"))
    issues = root.xpath("//@xml:id")
    assert len(set(issues)) == len(issues)
    for unit in root.iter(f"{XLF}unit"):
        hold_unit(unit)
    return root


def hold_unit(unit: Any) -> None:
    """Hold a unit against the rules that no grammar can say: identifiers, references, values."""
    own = [e.get("id") for e in unit.iter(f"{XLF}segment", f"{XLF}mrk", f"{XLF}sm")]
    assert len(set(own)) == len(own)
    issues = {f"#its={e.get(f'{XML}id')}" for e in unit.iter(f"{ITS}locQualityIssues")}
    for marked in unit.iter(f"{XLF}mrk", f"{XLF}sm"):
        assert marked.get("type") == "its:generic"
        assert marked.get(f"{ITS}locQualityIssuesRef") in issues
    starts = [e.get("id") for e in unit.iter(f"{XLF}sm")]
    assert sorted(map(str, starts)) == sorted(str(e.get("startRef")) for e in unit.iter(f"{XLF}em"))
    for issue in unit.iter(f"{ITS}locQualityIssue"):
        assert issue.get("locQualityIssueType") in ISSUE_TYPES
        assert DECIMAL.fullmatch(issue.get("locQualityIssueSeverity"))
        assert 0 <= float(issue.get("locQualityIssueSeverity")) <= 100
        assert issue.get("locQualityIssueEnabled") in ("yes", "no")


def read_text(element: Any) -> tuple[str, dict[str, list[str]]]:
    """Return the text of a source or target, and the words that each issue marks."""
    text = ""
    opened: dict[str, tuple[int, str]] = {}
    found: dict[str, list[tuple[int, str]]] = {}

    def close(name: str) -> None:
        start, reference = opened.pop(name)
        found.setdefault(reference, []).append((start, text[start:]))

    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = str(node.tag).removeprefix(XLF)
        if event == "start":
            if tag == "cp":
                text += chr(int(str(node.get("hex")), 16))
            elif tag in ("mrk", "sm"):
                reference = str(node.get(f"{ITS}locQualityIssuesRef")).removeprefix("#its=")
                opened[str(node.get("id"))] = (len(text), reference)
            elif tag == "em":
                close(str(node.get("startRef")))
            text += node.text or ""
        else:
            if tag == "mrk":
                close(str(node.get("id")))
            text += "" if node is element else node.tail or ""
    assert not opened
    return text, {name: [words for _, words in sorted(marks)] for name, marks in found.items()}


def facts(unit: Any) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield the number of each finding of a unit, and what its metadata say."""
    for group in unit.iter(f"{MDA}metaGroup"):
        if group.get("category") == "veralign:finding":
            told: dict[str, list[str]] = {}
            for meta in group:
                told.setdefault(str(meta.get("type")), []).append(meta.text or "")
            yield str(group.get("id")), told


@pytest.mark.parametrize("report", REPORTS)
def test_files_follow_the_rules(report: str) -> None:
    """Every report is valid XLIFF 2.1 with valid quality issues."""
    read(render(REPORTS[report]()))


REF = "its:locQualityIssuesRef="
ISSUE = "<its:locQualityIssue "


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('its:version="2.0"', 'its:version="1.0"'),
        (' its:version="2.0"', ""),
        (f'{REF}"#its=q', f'{REF}"q'),  # a fragment of XLIFF begins with its module
        (f'{REF}"#its=q', f'{REF}"#its=lost'),
        (REF, f'its:locQualityIssueType="omission" {REF}'),  # one or the other, never both
        (REF, f'its:locQualityIssueSeverity="75" {REF}'),
        (REF, f'its:locQualityIssueEnabled="yes" {REF}'),
        ('type="its:generic"', 'type="comment"'),
        ('IssueType="omission"', 'IssueType="accuracy/omission"'),
        ('IssueSeverity="75"', 'IssueSeverity="major"'),
        ('IssueSeverity="75"', 'IssueSeverity="101"'),
        ('IssueSeverity="75"', 'IssueSeverity="-1"'),
        ('IssueSeverity="75"', 'IssueSeverity="7e1"'),
        ('IssueSeverity="75"', 'IssueSeverity="nan"'),
        ('IssueEnabled="yes"', 'IssueEnabled="true"'),
        ('IssueComment="', 'its:locQualityIssueComment="'),  # in its own element it has no prefix
        (ISSUE, f"{ISSUE}xml:id='q99' "),
        ('<its:locQualityIssues xml:id="q', '<its:locQualityIssues id="q'),
        ("<its:locQualityIssues ", "<its:locQualityIssues/><its:locQualityIssues "),
        ('xml:id="q2"', 'xml:id="q1"'),
        ("<source>", "<its:locQualityIssues xml:id='q99'/><source>"),
    ],
)  # fmt: skip
def test_the_rules_can_say_no(right: str, wrong: str) -> None:
    """A file that breaks one rule of ITS 2.0, or of its module in XLIFF 2.1, is refused."""
    written = render(seed_report())
    assert right in written
    with pytest.raises((AssertionError, etree.LxmlError)):
        read(written.replace(right, wrong, 1))


@pytest.mark.parametrize("make", [seed_report, rich_report])
def test_texts_and_findings_read_back_equal(make: Callable[[], Report]) -> None:
    """Each unit has both texts of its bead, and all of each finding, on the same words."""
    report = make()
    bitext = report.bitext
    units = list(read(render(report)).iter(f"{XLF}unit"))
    found = {}
    for bead, unit in zip(bitext.beads, units, strict=True):
        (source,), (target,) = unit.iter(f"{XLF}source"), unit.iter(f"{XLF}target")
        source_text, source_marks = read_text(source)
        target_text, target_marks = read_text(target)
        assert source_text == side_text(bitext.source_segments, bead.source)
        assert target_text == side_text(bitext.target_segments, bead.target)
        for number, told in facts(unit):
            marks = source_marks.get(number, []), target_marks.get(number, [])
            found[told["key"][0]] = (unit, number, told, marks)
    assert len(found) == len(report.findings)
    for finding in report.findings:
        hold_finding(finding, *found[finding.key])


def hold_finding(
    finding: Finding,
    unit: Any,
    number: str,
    told: dict[str, list[str]],
    marks: tuple[list[str], list[str]],
) -> None:
    """Hold what a unit says of a finding against the finding."""
    assert unit.get("id") == f"b{finding.bead}"
    assert told["type"] == [str(finding.error_type)]
    assert told["check"] == [finding.check]
    assert told["severity"] == [finding.severity.label]
    assert float(told["confidence"][0]) == round(finding.confidence, 4)
    assert tuple(told.get("evidence", ())) == finding.evidence
    assert marks == ([m.text for m in finding.source], [m.text for m in finding.target])
    (issue,) = unit.xpath(f"*[@xml:id='{number}']/*")
    assert issue.get("locQualityIssueComment") == finding.message
    assert issue.get("locQualityIssueType") == ITS_TYPES[finding.error_type]
    assert issue.get("locQualityIssueSeverity") == ITS_SEVERITIES[finding.severity]


def test_every_type_and_severity_has_its_word_in_its() -> None:
    """The table of types is whole, and graver is higher."""
    assert set(ITS_TYPES) == set(ErrorType)
    assert set(ITS_TYPES.values()) <= ISSUE_TYPES
    scores = [float(ITS_SEVERITIES[severity]) for severity in Severity]
    assert scores == sorted(set(scores))


def test_accepted_findings_are_not_enabled() -> None:
    """An accepted finding stays in the file, switched off, with its reason."""
    report = seed_report()
    key = report.findings[0].key
    root = read(render(accepting(report, {key: "as agreed"})))
    enabled = {
        told["key"][0]: root.xpath(f"//*[@xml:id='{number}']/*/@locQualityIssueEnabled")[0]
        for unit in root.iter(f"{XLF}unit")
        for number, told in facts(unit)
    }
    assert [k for k, value in enabled.items() if value == "no"] == [key]
    assert root.xpath("//*[@type='accepted']/text()") == ["as agreed"]


def test_languages_and_directions_are_told() -> None:
    """Tools need the languages to choose dictionaries, and the direction to show the text."""
    root = read(render(rich_report()))
    assert (root.get("srcLang"), root.get("trgLang")) == ("en", "ar")
    assert (root[0].get("srcDir"), root[0].get("trgDir")) == ("ltr", "rtl")
    silent = read(render(REPORTS["silent"]()))
    assert (silent.get("trgLang"), silent[0].get("trgDir")) == ("und", "auto")


@given(hostile_texts.filter(bool), st.data())
def test_whatever_stands_in_a_text_reads_back(text: str, data: st.DataObject) -> None:
    """Any text with any marks, crossing or not, is whole again when it is read."""
    source, ours = document("a", "en", text)
    target, theirs = document("b", "vi", "x")
    edges = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(edges, edges).map(sorted), max_size=4))
    findings = []
    for number, (start, end) in enumerate(spans):
        words = mark(ours, 0, text)
        words = type(words)(0, Span(start, end), text[start:end])
        findings.append(
            Finding(
                str(number), "c", ErrorType.NAME, Severity.MAJOR, 0.5, 0, (words,), (), text, ()
            )
        )
    bitext = Bitext(source, target, ours, theirs, (Bead(range(1), range(1), 1.0),))
    report = Report(bitext, tuple(findings), (Skipped("c", text),), "veralign:0", 0.5)
    (unit,) = read(render(report)).iter(f"{XLF}unit")
    (element,) = unit.iter(f"{XLF}source")
    seen, marks = read_text(element)
    expected = "".join(" " if c.isspace() else c for c in text)
    assert seen == expected
    by_key = {told["key"][0]: marks.get(number, []) for number, told in facts(unit)}
    for number, (start, end) in enumerate(spans):
        assert by_key[str(number)] == ([expected[start:end]] if start < end else [])
