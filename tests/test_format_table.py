"""The table of formats, and a case for each of its cells.

python tests/test_format_table.py        writes docs/formats.md anew
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock

from align.cli import files
from align.config import Config, ReadSettings
from align.errors import ReadError
from align.finding import Finding, Mark, Severity
from align.read import formats
from align.read.row import Asked, rows_as_documents
from align.write.formats import FORMATS as WRITTEN
from align.write.formats import Format as Written
from align.write.words import TYPES
from tests.archives import docx, epub, odt, p
from tests.reports import seed_report
from tests.test_read_formats import ROWS, TEXTS, first_row, saved

PAGE = Path(__file__).parent.parent / "docs" / "formats.md"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = {"text": "one text", "rows": "rows of both texts"}
EACH_READ = pytest.mark.parametrize(
    "entry", formats.FORMATS, ids=lambda entry: f"{entry.name}, {entry.kind}"
)
EACH_WRITTEN = pytest.mark.parametrize("known", WRITTEN, ids=lambda known: known.name)
TIGHT = {
    "limit_mb": 1e-6, "unpacked_mb": 1e-6, "members": 0, "nesting": 1, "elements": 0, "pages": 0,
    "paragraph_chars": 2, "row_chars": 2,
}  # fmt: skip
"""Limits that every file exceeds."""
LIMITS = [(entry, name) for entry in formats.FORMATS for name in entry.limits]
DEFAULTS = Config()


def sample(entry: formats.Format, suffix: str = "") -> bytes:
    """Return a file of a format that says Rain, and Mưa if it has rows."""
    known = TEXTS if entry.kind == "text" else ROWS
    return known.get(suffix) or known[next(one for one in entry.suffixes if one in known)]


def read(entry: formats.Format, path: str, config: Config = DEFAULTS) -> tuple[str, ...]:
    """Return the texts of a file, as the command reads it."""
    if entry.kind == "text":
        return (files.read_document(path, config).text,)
    row = first_row(path, config)
    return (row.error,) if row.error else (row.source, row.target)


@pytest.mark.parametrize(
    ("entry", "suffix"),
    [(entry, suffix) for entry in formats.FORMATS for suffix in entry.suffixes],
    ids=lambda value: value if isinstance(value, str) else f"{value.kind}",
)
def test_each_suffix_is_read(entry: formats.Format, suffix: str, tmp_path: Path) -> None:
    """A file with any name that the table has gives its text, or its rows."""
    found = read(entry, saved(tmp_path, f"a{suffix}", sample(entry, suffix)))
    assert found[0].startswith(("Rain", "Russian"))
    assert found[1:] == (("Mưa",) if entry.kind == "rows" else ())


@EACH_READ
def test_each_position_leads_back_to_the_words(entry: formats.Format, tmp_path: Path) -> None:
    """Where there are lines, the word stands at its line and column of the file as it lies."""
    path = saved(tmp_path, f"a{entry.suffixes[0]}", sample(entry))
    if entry.kind == "text":
        document, wanted = files.read_document(path, DEFAULTS), "Rain"
    else:
        rows, origin = files.read_rows(path, DEFAULTS, Asked(path))
        document, wanted = rows_as_documents(rows, ("en", "vi"), origin)[1], "Mưa"
    at = document.line_and_column(document.text.find(wanted))
    assert (at is not None) == entry.has_lines
    if at is not None:
        lines = Path(path).read_text("utf-8-sig").splitlines()
        assert lines[at[0] - 1][at[1] - 1 :].startswith(wanted)


NOTED = '<w:r><w:{0}Reference w:id="1"/></w:r>'
BOX = "<w:r><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing></w:r>"
ODT_NOTE = (
    '<text:note text:note-class="{}"><text:note-body><text:p>a</text:p></text:note-body>'
    "</text:note>"
)
TABLE = "<w:tbl><w:tr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr></w:tbl>".format(p("a"))
PLACES: dict[str, tuple[bytes, dict[str, str]]] = {
    "web page": (
        b"<!DOCTYPE html><article><h1>a</h1><p class=lead>b</p><h2>c</h2><p>d</p><figure>"
        b"<figcaption>e</figcaption></figure></article>",
        {name: rf"{name}( \d)?"
         for name in ("headline", "standfirst", "heading", "caption", "paragraph")},
    ),
    "Markdown": (
        b"# a\n\nb\n\n| c |\n|-|\n| d |\n",
        {"heading": "heading", "table": "table", "paragraph": "paragraph 1"},
    ),
    "Word document": (
        docx(
            p("a", NOTED.format("footnote"), NOTED.format("endnote"), BOX.format(p("b"))) + TABLE,
            {f"{kind}s": f'<w:{kind} w:id="1">{p("c")}</w:{kind}>'
             for kind in ("footnote", "endnote")},
        ),
        {"paragraph": "paragraph 1", "table cell": "table 1, row 1, column 2",
         "text box": "text box", "footnote": "footnote 1", "endnote": "endnote 1"},
    ),
    "OpenDocument text": (
        odt(
            f"<text:p>a{ODT_NOTE.format('footnote')}{ODT_NOTE.format('endnote')}<draw:frame>"
            "<draw:text-box><text:p>b</text:p></draw:text-box></draw:frame></text:p><table:table>"
            "<table:table-row><table:table-cell><text:p>c</text:p></table:table-cell>"
            "</table:table-row></table:table>"
        ),
        {"paragraph": "paragraph 1", "table cell": "table 1, row 1, column 1",
         "text box": "text box", "footnote": "footnote 1", "endnote": "endnote 1"},
    ),
    "e-book": (
        epub({"a": "<p>a</p>"}, ("a",)), {"chapter and paragraph": "chapter 1, paragraph 1"}
    ),
    "PDF with a text layer": (TEXTS[".pdf"], {"page": "page 1"}),
    "SubRip, WebVTT and SubStation subtitles": (TEXTS[".srt"], {"cue": "cue 1"}),
    "XLIFF 1.2 and 2.x": (
        ROWS[".xlf"].replace(b"<segment>", b"<segment id='s'>"),
        {"unit and segment": "unit u, segment s"},
    ),
    "TMX 1.4b": (ROWS[".tmx"], {"unit": "unit 1"}),
    "PO": (ROWS[".po"], {"line of the msgid": "msgid at line 4"}),
    "tab-separated table": (ROWS[".tsv"], {"line": "line 1"}),
    "CSV": (ROWS[".csv"], {"line": "line 1"}),
    "JSON lines": (ROWS[".jsonl"], {"line": "line 1"}),
    "Excel workbook": (ROWS[".xlsx"], {"sheet and row": "Sheet: row 1"}),
    "Word table": (ROWS[".docx"], {"table and row": "table 1, row 1"}),
}  # fmt: skip


@EACH_READ
def test_each_place_is_named(entry: formats.Format, tmp_path: Path) -> None:
    """A file that has all places of its format has their names in the document, or on its row."""
    if not entry.places:
        assert files.read_document(saved(tmp_path, "a.txt", b"a"), DEFAULTS).places == ()
        return
    data, wanted = PLACES[entry.name]
    assert list(wanted) == entry.places.split(", ")
    path = saved(tmp_path, f"a{entry.suffixes[0]}", data)
    if entry.kind == "text":
        labels = {place.label for place in files.read_document(path, DEFAULTS).places}
    else:
        row = first_row(path)
        labels = {row.label, f"{row.path}: {row.label}"}
    for name, pattern in wanted.items():
        assert any(re.fullmatch(pattern, label) for label in labels), (name, labels)


@pytest.mark.parametrize(
    ("entry", "limit"), LIMITS, ids=lambda value: value if isinstance(value, str) else value.name
)
def test_each_limit_holds(entry: formats.Format, limit: str, tmp_path: Path) -> None:
    """What exceeds a limit is one error that says which setting it is; a row too long is one's."""
    path = saved(tmp_path, f"a{entry.suffixes[0]}", sample(entry))
    tight: dict[str, Any] = {limit: TIGHT[limit]}
    config = Config(read=replace(ReadSettings(), **tight))
    if limit == "row_chars":
        assert limit in read(entry, path, config)[0]
        return
    if (entry.name, limit) == ("web page", "nesting"):
        # What is nested too deeply counts as one with what it stands in: nothing is lost.
        data = b"<div>" * 300 + b"Rain <b>falls</b>" + b"</div>" * 300
        deep = saved(tmp_path, "deep.html", data)
        assert read(entry, deep, config) == ("Rain falls",)
        return
    with pytest.raises(ReadError) as caught:
        read(entry, path, config)
    assert ("--max-size-mb" if limit == "limit_mb" else limit) in caught.value.fix
    assert "limit of" in caught.value.what
    assert caught.value.where


def _json(written: Any, _known: Any) -> Iterator[str]:
    for found in json.loads(written)["findings"]:
        yield from (mark["text"] for side in ("source", "target") for mark in found[side])


def _csv(written: Any, _known: Any) -> Iterator[str]:
    for row in csv.DictReader(io.StringIO(written)):
        yield from (row["source_words"], row["target_words"])


def _xlsx(written: Any, _known: Any) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(written), rich_text=True)
    head, *rows = book["Findings"].iter_rows()
    texts = [i for i, cell in enumerate(head) if cell.value in ("Source", "Translation")]
    for cell in (row[i] for row in rows for i in texts):
        if isinstance(cell.value, CellRichText):
            yield from (str(part) for part in cell.value if _is_bold(part))
        elif cell.value and cell.font.b:
            yield str(cell.value)


def _is_bold(part: str | TextBlock) -> bool:
    return isinstance(part, TextBlock) and bool(part.font.b)


def _markdown(written: Any, _known: Any) -> Iterator[str]:
    yield from re.findall(r"<b>(.*?)</b>", written.replace("\\", ""))


def _html(written: Any, _known: Any) -> Iterator[str]:
    page = etree.fromstring(written, etree.HTMLParser())
    outermost: Any = page.xpath("//mark[not(ancestor::mark)]")
    yield from ("".join(map(str, mark.itertext())) for mark in outermost)


def _docx(written: Any, _known: Any) -> Iterator[str]:
    part = ZipFile(io.BytesIO(written)).read("word/document.xml")
    for run in etree.fromstring(part).iter(f"{WORD}r"):
        if run.find(f"{WORD}rPr/{WORD}shd") is not None:
            yield "".join(map(str, run.itertext()))


def _sarif(written: Any, _known: Any) -> Iterator[str]:
    for result in json.loads(written)["runs"][0]["results"]:
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            yield place["physicalLocation"]["region"].get("snippet", {}).get("text", "")


def _junit(written: Any, _known: Any) -> Iterator[str]:
    for element in etree.fromstring(written.encode()).iter("failure", "system-out"):
        yield from re.findall(": “(.*)”$", element.text or "", re.MULTILINE)


def _xliff(written: Any, _known: Any) -> Iterator[str]:
    for mark in etree.fromstring(written.encode()).iter("{*}mrk"):
        yield "".join(map(str, mark.itertext()))


def _tmx(written: Any, bitext: Any) -> Iterator[str]:
    segments = {"source": bitext.source_segments, "target": bitext.target_segments}
    for prop in etree.fromstring(written.encode()).iter("prop"):
        for side, spans in re.findall(r"(source|target)=([\d: -]+)", prop.text or ""):
            for number, start, end in re.findall(r"(\d+):(\d+)-(\d+)", spans):
                yield segments[side][int(number)].text[int(start) : int(end)]


MARKED: dict[str, Callable[[Any, Any], Iterator[str]]] = {
    "json": _json, "csv": _csv, "xlsx": _xlsx, "markdown": _markdown, "html": _html,
    "docx": _docx, "sarif": _sarif, "junit": _junit, "xliff": _xliff, "tmx": _tmx,
}  # fmt: skip
"""How the words that a file marks are read out of it, by those who know nothing of our writers."""


@EACH_WRITTEN
def test_each_format_marks_both_spans(known: Written) -> None:
    """The words of every finding of the seed pair are marked, on both sides, and no others."""
    report = seed_report()
    written = known.render(report, Severity.MAJOR)
    marked = [_plain(words) for words in MARKED[known.name](written, report.bitext)]
    wanted = {_plain(mark.text) for f in report.findings for mark in (*f.source, *f.target)}
    together = "".join(marked)  # a mark that another crosses comes in pieces
    assert [words for words in wanted if words not in together] == []
    assert [words for words in marked if words and not any(words in w for w in wanted)] == []


def _plain(words: str) -> str:
    return "".join(words.split())


@EACH_WRITTEN
def test_each_format_says_type_severity_and_message(known: Written) -> None:
    """Whoever opens the file reads of each finding what it is, how grave, and why."""
    report = seed_report()
    written = known.render(report, Severity.MAJOR)
    if isinstance(written, bytes):
        with ZipFile(io.BytesIO(written)) as archive:
            parts = [etree.fromstring(archive.read(n)) for n in archive.namelist() if "xml" in n]
        seen = "\n".join("".join(map(str, part.itertext())) for part in parts)
    else:
        seen = written.replace('""', '"').replace('\\"', '"').replace("\\", "")
        seen = re.sub("&(?:quot|#34);", '"', seen).replace("&#39;", "'")
    assert [f.message for f in report.findings if not _is_said(f, seen)] == []


def _is_said(found: Finding, seen: str) -> bool:
    kind = str(found.error_type) in seen or TYPES[found.error_type] in seen
    return kind and found.severity.label in seen and found.message in seen


def test_marks_are_told_from_other_words() -> None:
    """The test above can fail: words that no finding marks are in none of the files."""
    report = seed_report()
    other = Mark(0, report.bitext.source_segments[0].span, report.bitext.source_segments[0].text)
    for known in WRITTEN:
        written = known.render(report, Severity.MAJOR)
        marked = "".join(map(_plain, MARKED[known.name](written, report.bitext)))
        assert _plain(other.text) not in marked, known.name


def rows_of_table() -> list[tuple[str, ...]]:
    """Return what both registries say, a row for each format that is read, written, or both."""
    rows: list[tuple[str, ...]] = []
    by_read = {id(_same(known)): known for known in WRITTEN if _same(known)}
    for entry in formats.FORMATS:
        places = ", ".join(filter(None, (entry.places, "line and column" * entry.has_lines)))
        limits = " ".join(f"`{name}`" for name in entry.limits)
        known = by_read.get(id(entry))
        out = (f"`{known.name}`", known.positions, known.limits) if known else ("", "", "")
        files_ = " ".join(f"`{suffix}`" for suffix in entry.suffixes)
        rows.append((entry.name, files_, KINDS[entry.kind], places, limits, *out))
    for known in WRITTEN:
        if not _same(known):
            files_ = " ".join(f"`{suffix}`" for suffix in known.suffixes)
            out = (f"`{known.name}`", known.positions, known.limits)
            rows.append((_TITLES[known.name], files_, "", "", "", *out))
    return rows


_TITLES = {"json": "JSON report", "sarif": "SARIF 2.1.0", "junit": "JUnit"}


def _same(known: Written) -> formats.Format | None:
    """Return the format that is read of what is written, as rows if it holds both texts so."""
    suffix = known.suffixes[0]
    return formats.find(suffix, "rows") or formats.find(suffix, "text")


HEADS = (
    "format", "files", "read as", "a finding names", "limits of reading",
    "written as", "positions that are written", "limits of writing",
)  # fmt: skip


def page() -> str:
    """Return the page about formats, from the registries."""
    lines = [
        "# What veralign reads and writes",
        "",
        "Written by `python tests/test_format_table.py` from `align/read/formats.py` and"
        " `align/write/formats.py`; `tests/test_format_table.py` has a case for each cell.",
        "A limit of reading is a setting under `[read]` in `veralign.toml`; its error names it.",
        "What is written as CSV or Excel is a table of findings, as Word, XLIFF or TMX both texts"
        " with their findings.",
        "",
        f"| {' | '.join(HEADS)} |",
        f"|{' --- |' * len(HEADS)}",
        *(f"| {' | '.join(row)} |" for row in rows_of_table()),
    ]
    return "\n".join(lines) + "\n"


def test_the_page_is_that_of_the_registries() -> None:
    """The table in the documentation lists what is read and written, and nothing else."""
    assert PAGE.read_text("utf-8") == page()
    names = [row[5] for row in rows_of_table() if row[5]]
    assert sorted(names) == sorted(f"`{known.name}`" for known in WRITTEN)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
