"""Rows of bilingual files to one report: beads, findings and places are those of the file."""

import io
from dataclasses import replace

import pytest

from align import pipeline
from align.config import CheckSettings, Config
from align.read import formats, xliff
from align.read.pieces import Origin
from align.read.row import Asked, Row, rows_as_documents
from align.read.table import parse_tsv
from align.rows import CHUNK_ROWS
from tests.fakes import HashEncoder

NUMBERS = Config(checks=CheckSettings(select=("NUM",)))
PAGE = """<?xml version="1.0"?>
<xliff version="1.2"><file source-language="en" target-language="vi" original="a.docx"><body>
<trans-unit id="1"><source>It cost <g id="1">5</g> dollars.</source>
<target>Nó giá <g id="1">5</g> đô la.</target></trans-unit>
<trans-unit id="2"><source>Empty</source><target state="new"/></trans-unit>
<trans-unit id="3"><source>It cost &lt; <g id="1">7</g> dollars.</source>
<target>Nó giá &lt; <g id="1">8</g> đô la.</target></trans-unit>
</body></file></xliff>
"""


def test_a_report_on_all_rows_leads_to_the_words_in_the_file() -> None:
    """A finding has its row's bead and unit, and its marks stand on the words of the file."""
    rows = list(xliff.parse(io.BytesIO(PAGE.encode()), Asked("a.xlf")))
    report = pipeline.compare_rows(
        rows, NUMBERS, HashEncoder(), file=Origin("a.xlf", "folder/a.xlf", PAGE)
    )
    (finding,) = report.findings
    bitext = report.bitext
    assert (bitext.source.language, bitext.target.language) == ("en", "vi")
    assert bitext.source.origin == "folder/a.xlf"
    assert len(bitext.beads) == 2
    assert finding.bead == 1
    for document, segments, marks, text in (
        (bitext.source, bitext.source_segments, finding.source, "7"),
        (bitext.target, bitext.target_segments, finding.target, "8"),
    ):
        (mark,) = marks
        position = segments[mark.segment].span.start + mark.span.start
        line, column = document.line_and_column(position) or (0, 0)
        assert PAGE.split("\n")[line - 1][column - 1 :].startswith(text)
        place = document.place_at(position)
        assert place is not None
        assert (place.label, place.path) == ("unit 3", "a.docx")
    unread = [gap for gap in report.skipped if gap.check == "rows"]
    assert [gap.reason for gap in unread] == ["unit 2: the target is empty (state new)"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file holds no rows"),
        (b"Source\tTarget\n", "the file holds no rows"),
        (b"One.\t\n", "line 1: the target is empty"),
        ("Caf\xe9.\tA caf\xe9.\n".encode("latin-1"), "line 1: not UTF-8 at byte 3"),
    ],
)
def test_a_file_without_a_readable_row_was_not_compared(data: bytes, reason: str) -> None:
    """Where no row could be read nothing was found, and nothing is said of a risk."""
    rows = parse_tsv(io.BytesIO(data), Asked("a.tsv"))
    report = pipeline.compare_rows(rows, NUMBERS, HashEncoder(), ("en", "fr"))
    assert report.risk is None
    assert [(gap.check, gap.reason) for gap in report.skipped] == [("rows", reason)]


def test_many_rows_are_one_report() -> None:
    """Findings beyond the first chunk have the numbers of their own rows."""
    count = 2 * CHUNK_ROWS + 7
    lines = [f"It cost {n} dollars.\tNó giá {n + (n == count - 3)} đô la.\n" for n in range(count)]
    data = "".join(lines)
    rows = parse_tsv(io.BytesIO(data.encode()), Asked("a.tsv"))
    report = pipeline.compare_rows(rows, NUMBERS, HashEncoder(), ("en", "vi"))
    assert len(report.bitext.beads) == count
    assert {finding.bead for finding in report.findings} == {count - 3}
    assert {mark.segment for f in report.findings for mark in f.source} == {count - 3}
    streamed = parse_tsv(io.BytesIO(data.encode()), Asked("a.tsv"))
    answers = list(pipeline.check_rows(streamed, NUMBERS, None, ("en", "vi")))
    assert [answer.row for answer in answers if answer.findings] == [count - 3]


def test_what_a_file_says_of_its_languages_counts() -> None:
    """Languages of a file are believed, those of the command more; texts too short to tell too."""
    rows = [Row(0, "12 km", "13 km", languages=("pl", "uk"))]
    said = pipeline.compare_rows(rows, NUMBERS, HashEncoder()).bitext
    assert (said.source.language, said.target.language) == ("pl", "uk")
    given = pipeline.compare_rows(rows, NUMBERS, HashEncoder(), ("de", None)).bitext
    assert (given.source.language, given.target.language) == ("de", "uk")


def test_rows_without_positions_have_places_alone() -> None:
    """Rows of an archive have labels and no lines."""
    rows = [Row(0, "a b", "c", label="row 1", path="Sheet"), Row(1, "d", "e", label="row 2")]
    source, target = rows_as_documents(rows, ("en", None), Origin("a.xlsx", "a.xlsx"))
    assert (source.text, target.text) == ("a b\nd", "c\ne")
    assert [place.label for place in source.places] == ["row 1", "row 2"]
    assert source.line_and_column(0) is None
    assert source.offsets is None


def test_a_million_errors_are_named_once() -> None:
    """Rows with the same error are one line, and only the first of them are named."""
    rows = [Row(n, "a", "", label=f"line {n + 1}") for n in range(400)]
    rows.append(replace(rows[0], number=400, target="b"))
    report = pipeline.compare_rows(rows, NUMBERS, HashEncoder(), ("en", "vi"))
    (unread,) = (gap for gap in report.skipped if gap.check == "rows")
    assert unread.reason.startswith("line 1, line 2, ")
    assert unread.reason.endswith(" and 390 more: the target is empty")


def test_every_reader_of_rows_says_where_its_rows_stand() -> None:
    """A format that has lines has a text that its offsets count in."""
    for entry in formats.FORMATS:
        if entry.kind == "rows":
            data = PAGE.encode() if entry.media_type.endswith("+xml") else b"a\tb\n"
            assert (formats.decoded(entry, data, "x") is None) == (not entry.has_lines)
