"""SARIF: held against the published schema, and every region led back to its words."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from align.bitext import Document
from align.checks import CHECKS
from align.finding import Quote, Severity
from align.write.sarif import render, uri
from tests.reports import REPORTS, ROOT, accepting, astral_report, rich_report, seed_report
from tests.schemas import HOLD


def read(written: str) -> dict[str, Any]:
    """Return the only run of a log that fits the schema."""
    HOLD["sarif"](written)
    (run,) = json.loads(written)["runs"]
    result: dict[str, Any] = run
    return result


def test_rules_are_the_checks() -> None:
    """Each check is a rule with its code, name and help; each result names its own."""
    run = read(render(rich_report()))
    rules = run["tool"]["driver"]["rules"]
    expected = [(c.code, f"{c.name.capitalize()}Check") for c in CHECKS]
    assert [(rule["id"], rule["name"]) for rule in rules] == expected
    assert all("Wrong: " in rule["help"]["text"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def words_at(region: dict[str, Any], text: str) -> tuple[str, str]:
    """Return what a region covers by its offset, and by its lines and columns."""
    offset = region["charOffset"]
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    end = starts[region["endLine"] - 1] + region["endColumn"] - 1
    return text[offset : offset + region["charLength"]], text[start:end]


def test_regions_lead_to_the_words() -> None:
    """Each region covers the marked words in the file as it lies on disk."""
    report = seed_report()
    run = read(render(report))
    assert run["columnKind"] == "utf16CodeUnits"
    regions = 0
    for result in run["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            place = location["physicalLocation"]
            text = (ROOT / unquote(place["artifactLocation"]["uri"])).read_text("utf-8")
            by_offset, by_line = words_at(place["region"], text)
            assert by_offset == by_line
            if "snippet" in place["region"]:
                assert by_line == place["region"]["snippet"]["text"]
                regions += 1
    assert regions == sum(len(f.source) + len(f.target) for f in report.findings)


def test_columns_are_those_of_editors() -> None:
    """A character beyond the basic plane is two columns, before the words and amid them."""
    report = astral_report()
    (result,) = read(render(report))["results"]
    places = (result["locations"][0], *result["relatedLocations"])
    for place, document in zip(places, (report.bitext.target, report.bitext.source), strict=True):
        region = place["physicalLocation"]["region"]
        line = document.text.split("\n")[region["startLine"] - 1].encode("utf-16-le")
        start, end = (2 * (region[key] - 1) for key in ("startColumn", "endColumn"))
        assert line[start:end].decode("utf-16-le") == region["snippet"]["text"]
        whole, at = document.text.encode("utf-16-le"), 2 * region["charOffset"]
        found = whole[at : at + 2 * region["charLength"]].decode("utf-16-le")
        assert found == region["snippet"]["text"]


def test_findings_read_back_equal() -> None:
    """A result carries all of its finding: key, type, severity, spans, message, evidence."""
    report = seed_report()
    results = {
        r["partialFingerprints"]["veralignKey/v1"]: r for r in read(render(report))["results"]
    }
    for finding in report.findings:
        result = results.pop(finding.key)
        assert result["message"]["text"] == finding.message
        facts = result["properties"]
        assert facts["type"] == str(finding.error_type)
        assert facts["severity"] == finding.severity.label
        assert facts["confidence"] == finding.confidence
        assert facts["bead"] == finding.bead
        assert facts["evidence"] == list(finding.evidence)
        for side, marks in (("source", finding.source), ("target", finding.target)):
            written = [f"{m.segment}:{m.span.start}-{m.span.end}" for m in marks]
            assert facts[side].split() == written
    assert not results


def test_what_is_lost_is_missed_in_the_translation() -> None:
    """A lost sentence is a point in the translation where it would stand, related to its source."""
    report = seed_report()
    results = read(render(report))["results"]
    result = next(r for r in results if r["properties"]["confidence"] == 0.95)
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["charLength"] == 0
    target = report.bitext.target_segments
    assert region["charOffset"] == target[4].span.end
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["snippet"]["text"].startswith("The White House")


def test_quotes_of_other_reports_are_related_locations() -> None:
    """A sentence that is quoted on a finding leads to its file, and to its line if it has one."""
    quotes = (
        Quote("afp.txt", "en", 3, "They met.", "supports source", 0.91, 7, "wire/a b.txt"),
        Quote("b.docx", None, 0, "They will [meet](x).", "supports target", 1.0),
    )
    report = rich_report()
    quoted = tuple(replace(found, reports=quotes) for found in report.findings)
    for before, result in zip(
        read(render(report))["results"],
        read(render(replace(report, findings=quoted)))["results"],
        strict=True,
    ):
        *marked, first, second = result["relatedLocations"]
        assert marked == before.get("relatedLocations", [])
        assert first["physicalLocation"] == {
            "artifactLocation": {"uri": "wire/a%20b.txt"},
            "region": {"startLine": 7},
        }
        assert first["properties"] == {"stance": "supports source", "score": 0.91}
        assert second["physicalLocation"] == {"artifactLocation": {"uri": "b.docx"}}
        assert second["message"]["text"].startswith("b.docx supports target: “They will \\[meet")
        assert [first["id"], second["id"]] == [len(marked) + 1, len(marked) + 2]


def test_levels_follow_severities() -> None:
    """Critical and major findings are errors, minor ones warnings, neutral ones notes."""
    found = {
        r["properties"]["severity"]: r["level"] for r in read(render(rich_report()))["results"]
    }
    assert found == {"critical": "error", "major": "error", "minor": "warning", "neutral": "note"}
    assert set(found) == {severity.label for severity in Severity}


def test_accepted_findings_are_suppressed() -> None:
    """Build servers hide what a desk has accepted, and show why."""
    report = seed_report()
    one, two = report.findings[0].key, report.findings[1].key
    run = read(render(accepting(report, {one: "as agreed", two: "known"})))
    found = {
        r["partialFingerprints"]["veralignKey/v1"]: r.get("suppressions") for r in run["results"]
    }
    accepted = {"kind": "external", "status": "accepted"}
    assert found.pop(one) == [{**accepted, "justification": "as agreed"}]
    assert found.pop(two) == [{**accepted, "justification": "known"}]
    assert set(map(bool, found.values())) == {False}


def test_files_without_lines_have_names_of_places() -> None:
    """In a Word file there is no line to go to, and no region; what is known is the place."""
    report = rich_report()
    results = read(render(report))["results"]
    target = [r["locations"][0]["physicalLocation"] for r in results]
    assert not any("region" in place for place in target)
    names = {
        name["name"]
        for r in results
        for related in r.get("relatedLocations", ())
        for name in related.get("logicalLocations", ())
    }
    assert names == {"headline", "table 1, row 2"}


@pytest.mark.parametrize(
    ("origin", "written"),
    [
        ("a.txt", "a.txt"),
        ("./texts/a b.txt", "texts/a%20b.txt"),
        ("c:d/ệ#%?.txt", "c%3Ad/%E1%BB%87%23%25%3F.txt"),
        ("/home/a b.txt", "file:///home/a%20b.txt"),
        ("", "unnamed"),
    ],
)
def test_addresses_are_relative_and_encoded(origin: str, written: str) -> None:
    """A path becomes an address that leads back to it, as Path writes absolute ones."""
    assert uri(Document("", "", (), origin=origin)) == written
    if origin and not Path(origin).is_absolute():
        assert Path(unquote(written)) == Path(origin)


def test_articles_write_no_links() -> None:
    """Words that look like SARIF's links are escaped, and nothing else is."""
    messages = [r["message"]["text"] for r in read(render(rich_report()))["results"]]
    assert "\\[Monday\\](javascript:alert) is {0}." in messages
    assert "=cmd|' /C calc'!A0" in messages


def test_skipped_checks_and_failures_are_told() -> None:
    """What did not run is a note of the invocation; two texts in one language are a failure."""
    (invocation,) = read(render(rich_report()))["invocations"]
    assert invocation["executionSuccessful"] is True
    notes = invocation["toolExecutionNotifications"]
    assert [n["associatedRule"]["id"] for n in notes] == ["TENSE", "NAME"]
    silent = REPORTS["silent"]()
    assert read(render(silent))["invocations"][0]["executionSuccessful"] is False
    assert read(render(replace(silent, risk=0.5)))["invocations"][0]["executionSuccessful"] is True
