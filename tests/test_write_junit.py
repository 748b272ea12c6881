"""JUnit: the rules of Jenkins's schema, and what a build server makes of a report."""

import re
from xml.etree import ElementTree as ET

import pytest

from align.finding import Severity
from align.write.junit import render
from tests.reports import REPORTS, accepting, clean_report, rich_report, seed_report, silent_report
from tests.schemas import HOLD

COUNTS = {"tests", "failures", "errors"}
# What the schema of Jenkins's xunit plugin says of the elements that are written here, in the order
# that Ant's schema asks for besides: children, attributes that must be there, and those that may.
RULES: dict[str, tuple[str, set[str], set[str]]] = {
    "testsuites": ("(testsuite )*", set(), {"name", "time", *COUNTS}),
    "testsuite": (
        "properties (testcase )*system-out system-err ",
        {"name", *COUNTS},
        {"skipped", "package", "id", "hostname", "time"},
    ),
    "properties": ("(property )*", set(), set()),
    "property": ("", {"name", "value"}, set()),
    "testcase": ("(skipped |failure )?(system-out )?", {"name", "classname", "time"}, set()),
    "failure": ("", {"type", "message"}, set()),
    "skipped": ("", set(), {"message"}),
    "system-out": ("", set(), set()),
    "system-err": ("", set(), set()),
}


def read(written: str) -> ET.Element:
    """Return the only suite of a file, after holding it against Jenkins's schema and the rules."""
    HOLD["junit"](written)
    root = ET.fromstring(written.encode("utf-8"))  # noqa: S314 - our own file
    for element in root.iter():
        children, required, optional = RULES[element.tag]
        assert re.fullmatch(children, "".join(f"{child.tag} " for child in element)), element.tag
        assert required <= set(element.attrib) <= required | optional, element.tag
    (suite,) = root
    cases = suite.findall("testcase")
    for name, number in (
        ("tests", len(cases)),
        ("failures", len(suite.findall("testcase/failure"))),
        ("errors", 0),
    ):
        assert root.attrib[name] == suite.attrib[name] == str(number)
    assert suite.attrib["skipped"] == str(len(suite.findall("testcase/skipped")))
    assert len({case.attrib["name"] for case in cases}) == len(cases)
    return suite


def names(suite: ET.Element, outcome: str) -> set[str]:
    """Return the names of the tests with that outcome."""
    return {case.attrib["name"] for case in suite.findall(f"testcase[{outcome}]")}


@pytest.mark.parametrize("report", REPORTS)
def test_files_follow_the_schemas(report: str) -> None:
    """Every report is a suite, and the counts are those of its tests."""
    read(render(REPORTS[report]()))


@pytest.mark.parametrize("fail_on", Severity)
def test_findings_fail_from_the_given_severity(fail_on: Severity) -> None:
    """A test fails for each finding that is as grave as asked for; the others pass."""
    report = rich_report()
    failed = names(read(render(report, fail_on)), "failure")
    grave = [f for f in report.findings if f.severity >= fail_on]
    assert failed == {f"{f.check} {f.key}" for f in grave}


def test_accepted_findings_are_skipped() -> None:
    """What a desk accepted fails no build, and the reason is shown."""
    report = seed_report()
    finding = report.findings[0]
    suite = read(render(accepting(report, {finding.key: "as agreed"})))
    assert f"{finding.check} {finding.key}" in names(suite, "skipped")
    assert suite.find("testcase/skipped[@message='accepted: as agreed']") is not None


def test_a_failure_says_all() -> None:
    """Type, message, place, words, both texts and evidence stand in the failure."""
    report = seed_report()
    suite = read(render(report))
    failures = {case.attrib["name"]: case.find("failure") for case in suite.findall("testcase")}
    finding = report.findings[0]
    failure = failures[f"{finding.check} {finding.key}"]
    assert failure is not None
    assert failure.attrib["type"] == str(finding.error_type)
    assert failure.attrib["message"] == f"major: {finding.message}"
    text = failure.text or ""
    assert "seeds/000_293dd51d06a938cd.txt, line 2, column 208: “Biden instead" in text
    assert "Source: Biden instead held separate meetings" in text
    assert "Translation: Tuy nhiên" in text
    assert f"Evidence: {finding.evidence[0]}" in text


def test_checks_that_found_nothing_pass_or_are_skipped() -> None:
    """The checks of the signature are tests as well; one that could not run says why."""
    assert names(read(render(clean_report())), "@name") == {"number"}
    suite = read(render(rich_report()))
    assert {"omission", "number"}.isdisjoint(names(suite, "@name"))
    (failed,) = read(render(silent_report())).findall("testcase")
    failure = failed.find("failure")
    assert failure is not None
    assert failure.attrib["message"] == "both texts are in English"
