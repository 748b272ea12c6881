"""Excel: read back with another library, and safe to open."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

from align.bitext import Bead
from align.errors import AlignError
from align.write import xlsx
from align.write.tsv import side_text
from align.write.words import TYPES, ranked
from align.write.xlsx import DECISIONS, render
from align.write.xml import writable
from tests.reports import REPORTS, accepting, clean_report, document, rich_report, seed_report

HEAD = [title for title, _ in xlsx._FINDINGS]


def read(written: bytes) -> Any:
    """Return a workbook with the rich text of its cells."""
    return openpyxl.load_workbook(BytesIO(written), rich_text=True)


def rows(sheet: Any) -> list[dict[str, Any]]:
    """Return the rows below the header, by the names of the columns."""
    head, *body = sheet.iter_rows()
    return [{h.value: c for h, c in zip(head, row, strict=True)} for row in body]


def marked(cell: Any) -> list[str]:
    """Return the words of a cell that are bold, in runs."""
    if isinstance(cell.value, CellRichText):
        return [str(part) for part in cell.value if isinstance(part, TextBlock) and part.font.b]
    return [cell.value] if cell.value and cell.font.b else []


@pytest.mark.parametrize("make", [seed_report, rich_report])
def test_findings_read_back(make: Any) -> None:
    """Each finding is a row with its kind, severity, confidence, both texts, reason and key."""
    report = make()
    found = {row["Key"].value: row for row in rows(read(render(report))["Findings"])}
    assert len(found) == len(report.findings)
    for number, finding in ranked(report):
        row = found[finding.key]
        bead = report.bitext.beads[finding.bead]
        source = side_text(report.bitext.source_segments, bead.source)
        assert row["No."].value == number
        assert row["Severity"].value == finding.severity.label
        assert row["Kind"].value == TYPES[finding.error_type]
        assert row["Confidence"].value == pytest.approx(finding.confidence)
        assert str(row["Source"].value or "") == writable(source)
        assert row["What does not match"].value == finding.message
        assert (row["Evidence"].value or "").splitlines() == list(finding.evidence)
        assert marked(row["Source"]) == [writable(m.text) for m in finding.source]
        assert len(marked(row["Translation"])) == len(finding.target)


def test_both_texts_stand_side_by_side() -> None:
    """The second sheet has all beads, with every mark and the numbers of their findings."""
    report = seed_report()
    found = rows(read(render(report))["Texts"])
    assert len(found) == len(report.bitext.beads)
    assert str(found[2]["Source"].value) == report.bitext.source_segments[2].text
    assert found[2]["Findings"].value == "4, 5, 6"
    assert marked(found[5]["Source"]) == [report.bitext.source_segments[5].text]
    assert found[5]["Translation"].value in (None, "")


def test_the_summary_says_what_was_left_out() -> None:
    """Counts, languages, skipped checks and excluded blocks stand in the third sheet."""
    found = {
        row["What"].value: row["Value"].value
        for row in rows(read(render(rich_report()))["Summary"])
    }
    assert found["Translation, language"] == "Arabic"
    assert found["Findings, critical"] == "2"
    assert found["Not checked: tense"] == "no tense facts for 'ar'"
    assert found["Translation, left out: page furniture"] == "Post a Comment"


@pytest.mark.parametrize("report", REPORTS)
def test_no_cell_is_a_formula(report: str) -> None:
    """A text that looks like a formula, a number or an address is a text."""
    for sheet in read(render(REPORTS[report]())):
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n"}
            assert not any(cell.hyperlink for cell in row)


def test_a_reviser_can_filter_and_decide() -> None:
    """Headers stay in sight, columns filter, and a decision is chosen from a list."""
    report = seed_report()
    key = report.findings[0].key
    book = read(render(accepting(report, {key: "as agreed"})))
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
    (validation,) = book["Findings"].data_validations.dataValidation
    assert validation.formula1 == f'"{",".join(DECISIONS)}"'
    column = chr(ord("A") + HEAD.index("Decision"))
    assert str(validation.sqref) == f"{column}2:{column}{len(report.findings) + 1}"
    row = next(r for r in rows(book["Findings"]) if r["Key"].value == key)
    assert (row["Decision"].value, row["Remark"].value) == ("accepted", "as agreed")


def test_right_to_left_texts_are_set_so() -> None:
    """Arabic is read from the right, the rest from the left."""
    row = rows(read(render(rich_report()))["Texts"])[1]
    assert row["Translation"].alignment.readingOrder == 2
    assert row["Source"].alignment.readingOrder == 1


def test_long_texts_are_cut_visibly() -> None:
    """A cell holds no more than Excel allows, and what is cut off is said."""
    source, ours = document("a", "en", "word " * 10_000)
    report = clean_report()
    bitext = replace(report.bitext, source=source, source_segments=ours)
    (row,) = rows(read(render(replace(report, bitext=bitext)))["Texts"])
    assert len(row["Source"].value) == 32_767
    assert row["Source"].value.endswith("…")


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that does not fit is refused, never cut in silence."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 1)
    report = clean_report()
    beads = (*report.bitext.beads, Bead(range(0), range(0), 1.0))
    with pytest.raises(AlignError, match="rows") as caught:
        render(replace(report, bitext=replace(report.bitext, beads=beads)))
    assert "csv" in caught.value.fix
