"""Reading sheets of Excel and tables of Word as rows."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import docx
import openpyxl
import pytest

from align.config import ReadSettings
from align.errors import ReadError
from align.read import review, xlsx
from align.read.row import Asked, Row
from tests.archives import docx as word
from tests.archives import p, zipped

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook with these rows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Review"
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def document(*tables: Sequence[Sequence[str]]) -> bytes:
    """Return a Word document with these tables."""
    made = docx.Document()
    for rows in tables:
        table = made.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                table.cell(i, j).text = text
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def sheet(data: bytes, **given: object) -> list[Row]:
    """Read a workbook."""
    return list(xlsx.parse(io.BytesIO(data), Asked("a.xlsx", **given)))  # type: ignore[arg-type]


def tables(data: bytes) -> list[Row]:
    """Read the tables of a Word document."""
    return list(review.parse(io.BytesIO(data), Asked("a.docx")))


def test_rows_of_a_sheet() -> None:
    """Columns are told by their names; numbers are text; blank rows are none."""
    rows = sheet(
        workbook([("ID", "English", "Vietnamese"), (1, "Two\nlines", 2.5), (), (2, "b", None)])
    )
    assert [(row.source, row.target, row.label) for row in rows] == [
        ("Two lines", "2.5", "row 2"),
        ("", "", "row 4"),
    ]
    assert rows[1].error
    assert rows[0].path == "Review"
    assert rows[0].languages == ("en", "vi")


def test_cells_are_what_they_show() -> None:
    """A day has no midnight in it, and a share is in percent; other numbers are as they are."""
    book = openpyxl.Workbook()
    sheet_ = book.worksheets[0]
    days = map(datetime.fromisoformat, ("2026-05-03", "2026-05-03T14:30"))
    sheet_.append(["a", *days, 0.12, 0.12, 60000])
    sheet_["D1"].number_format = "0%"
    buffer = io.BytesIO()
    book.save(buffer)
    shown = [
        row.target for column in "23456" for row in sheet(buffer.getvalue(), columns=("1", column))
    ]
    assert shown == ["2026-05-03", "2026-05-03 14:30:00", "12%", "0.12", "60000"]


def test_further_sheets_are_said_to_be_left_out(caplog: pytest.LogCaptureFixture) -> None:
    """Of a workbook with several sheets the first is read, and the log says so."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["a", "b"])
    assert not caplog.records
    book.create_sheet("Second").append(["c", "d"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert [row.source for row in sheet(buffer.getvalue())] == ["a"]
    assert "of 2 sheets, only Sheet is read" in caplog.text


def test_columns_of_a_sheet_by_number() -> None:
    """Without names, numbers choose."""
    rows = sheet(workbook([("x", "a", "b")]), columns=("2", "3"))
    assert [(row.source, row.target) for row in rows] == [("a", "b")]


def test_a_bomb_of_a_sheet_is_refused() -> None:
    """A sheet is measured as it unpacks, not by what it says."""
    bomb = zipped({"xl/workbook.xml": b"\0" * 3_000_000})
    with pytest.raises(ReadError) as caught:
        sheet(bomb, limits=ReadSettings(unpacked_mb=2))
    assert "unpacked_mb" in caught.value.fix


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        zipped({"xl/workbook.xml": "<workbook/>"}),
        workbook([("a", "b")])[:-30],
        zipped({"[Content_Types].xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><Types>&a;</Types>"}),
    ],
)
def test_broken_workbooks_are_refused(data: bytes) -> None:
    """A damaged workbook is one error."""
    with pytest.raises(ReadError) as caught:
        sheet(data)
    assert caught.value.where.startswith("a.xlsx")
    assert caught.value.fix


def test_a_sheet_may_not_pretend_to_be_endless() -> None:
    """A row with a number beyond the last one, or a dimension of the whole sheet, is no loop."""
    good = workbook([("a", "b")])
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    wide = members[name].replace(b'ref="A1:B1"', b'ref="A1:XFD1048576"')
    assert [row.target for row in sheet(zipped({**members, name: wide}))] == ["b"]
    endless = (
        members[name]
        .replace(b'<row r="1"', b'<row r="99999999999"')
        .replace(b'r="A1"', b"")
        .replace(b'r="B1"', b"")
    )
    with pytest.raises(ReadError):
        sheet(zipped({**members, name: endless}))


def test_rows_of_word_tables() -> None:
    """Every table gives rows; the first row may name columns; blank rows are none."""
    rows = tables(
        document(
            [("No.", "Source", "Target"), ("1", "Hi", "Chào"), ("", "", "")], [("2", "a", "b")]
        )
    )
    assert [(row.source, row.target, row.label) for row in rows] == [
        ("Hi", "Chào", "table 1, row 2"),
        ("a", "b", "table 2, row 1"),
    ]


def test_word_tables_are_read_with_changes_accepted() -> None:
    """What was deleted is not there; a cell's paragraphs are one text."""
    deleted = "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
    row = f"<w:tr><w:tc>{p(deleted, 'new')}{p('more')}</w:tc><w:tc>{p('mới')}</w:tc></w:tr>"
    rows = tables(word(f"<w:tbl>{row}</w:tbl>"))
    assert [(row.source, row.target) for row in rows] == [("new more", "mới")]


def test_a_document_without_a_table_is_refused() -> None:
    """One Word file that is an article is half of a pair."""
    with pytest.raises(ReadError) as caught:
        tables(word(p("Text.")))
    assert "no table" in caught.value.what
