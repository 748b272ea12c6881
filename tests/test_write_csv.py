"""CSV: read back with a reader of CSV, and harmless in a spreadsheet."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from align.bitext import Span
from align.finding import Mark, Report
from align.write.csv import BETWEEN_WORDS, HEADER, harmless, render
from align.write.policy import Policy
from tests.reports import clean_report, rich_report, seed_report
from tests.strategies import hostile_texts


def read(written: str) -> list[dict[str, str]]:
    """Return the rows of a table, without the apostrophes that keep a cell from being a formula."""
    header, *rows = csv.reader(StringIO(written, newline=""))
    assert tuple(header) == HEADER
    return [
        {name: cell.removeprefix("'") for name, cell in zip(header, row, strict=True)}
        for row in rows
    ]


def read_marks(report: Report, cell: str, *, is_source: bool) -> list[Mark]:
    """Return the marks that a cell names."""
    bitext = report.bitext
    segments = bitext.source_segments if is_source else bitext.target_segments
    marks = []
    for part in cell.split():
        segment, _, span = part.partition(":")
        start, _, end = span.partition("-")
        place = Span(int(start), int(end))
        marks.append(Mark(int(segment), place, place.of(segments[int(segment)].text)))
    return marks


def test_findings_read_back_equal() -> None:
    """Everything of a finding is in its row, and can be had from it again."""
    for report in (seed_report(), rich_report()):
        rows = {row["key"]: row for row in read(render(report))}
        assert len(rows) == len(report.findings)
        for finding in report.findings:
            row = rows[finding.key]
            assert row["check"] == finding.check
            assert row["type"] == str(finding.error_type)
            assert row["severity"] == finding.severity.label
            assert float(row["confidence"]) == round(finding.confidence, 4)
            assert int(row["bead"]) == finding.bead
            assert read_marks(report, row["source_marks"], is_source=True) == list(finding.source)
            assert read_marks(report, row["target_marks"], is_source=False) == list(finding.target)
            assert row["source_words"] == BETWEEN_WORDS.join(m.text for m in finding.source)
            assert row["message"] == finding.message
            assert row["evidence"].splitlines() == list(finding.evidence)


def test_places_lead_to_the_words() -> None:
    """Line, column, start and end of a row are those of its first words in the file."""
    report = seed_report()
    texts = {"source": report.bitext.source.text, "target": report.bitext.target.text}
    for row in read(render(report)):
        for side, text in texts.items():
            if not row[f"{side}_words"]:
                assert row[f"{side}_line"] == ""
                continue
            first = row[f"{side}_words"].split(BETWEEN_WORDS)[0]
            line = text.splitlines()[int(row[f"{side}_line"]) - 1]
            assert line[int(row[f"{side}_column"]) - 1 :].startswith(first[:20])
            assert text[int(row[f"{side}_start"]) : int(row[f"{side}_end"])] == first


def test_places_with_names_are_named() -> None:
    """The names of places stand in their column; a file without lines has none."""
    rows = read(render(rich_report()))
    assert {row["source_place"] for row in rows} == {"headline", "table 1, row 2", ""}
    assert {row["target_line"] for row in rows} == {""}


def test_no_cell_is_a_formula() -> None:
    """What an article says is never run by a spreadsheet."""
    cells = [cell for row in csv.reader(StringIO(render(rich_report()))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=cmd|' /C calc'!A0" in cells


@given(hostile_texts | st.sampled_from(["=1", "'=1", "''", "+a", "-", "@", "\t=", "＝1"]))
def test_the_apostrophe_can_be_taken_off(text: str) -> None:
    """Nothing is lost by making a cell harmless."""
    written = harmless(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert written in (text, f"'{text}")
    assert written.removeprefix("'") == text


def test_accepted_findings_have_their_reason() -> None:
    """The status of a finding stands in its row."""
    report = seed_report()
    key = report.findings[0].key
    rows = {r["key"]: r for r in read(render(report, Policy(suppressed={key: "as agreed"})))}
    assert (rows[key]["status"], rows[key]["reason"]) == ("accepted", "as agreed")
    assert {r["status"] for r in rows.values()} == {"accepted", "open"}


def test_no_findings_are_a_header() -> None:
    """A clean report is a table without rows."""
    assert render(clean_report()) == ",".join(HEADER) + "\r\n"
