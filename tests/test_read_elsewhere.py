"""Bilingual files as other programs write them: each quirk of theirs, with texts of our own."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from align.cli.files import read_rows
from align.config import Config
from align.finding import Report, Severity
from align.read import po, review, tmx, xliff
from align.read.row import Asked, Row
from align.write.docx import render
from align.write.formats import named
from align.write.tsv import side_text
from tests.archives import docx, p
from tests.reports import rich_report, seed_report

DATA = Path(__file__).parent / "data"

OKAPI = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:okp="okapi-framework:\
xliff-extensions" xmlns:its="http://www.w3.org/2005/11/its" xmlns:itsxlf="http://www.w3.org/ns/its-xliff/"
 its:version="2.0">
<file original="news.html" source-language="en-US" target-language="vi-VN" datatype="html">
<body>
<group id="g1" resname="body" restype="x-body">
<trans-unit id="tu1" okp:confidence="0.9">
<source xml:lang="en-US">It <g id="1">rained</g>. It <x id="2"/>stopped.</source>
<seg-source><mrk mid="0" mtype="seg">It <g id="1">rained</g>.</mrk> <mrk mid="1" mtype="seg">It \
<x id="2"/>stopped.</mrk></seg-source>
<target xml:lang="vi-VN"><mrk mid="0" mtype="seg">Trời <g id="1">mưa</g>.</mrk> <mrk mid="1" \
mtype="seg">Trời <mrk mtype="x-its" its:locQualityIssueType="terminology">tạnh</mrk><x id="2"/>.\
</mrk></target>
<alt-trans match-quality="80"><source>Rain</source><target>Mưa</target></alt-trans>
</trans-unit>
</group>
</body></file></xliff>
"""
MEMOQ = """\ufeff<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff">
<file original="C:\\news.docx" source-language="en" target-language="vi" datatype="x-memoq" \
tool="memoQ-7.8.158" mq:docinformation="x">
<header><skl><external-file href="00000000"/></skl><note>n</note><mq:docinformation \
documentversion="1"/></header>
<body>
<trans-unit id="1" mq:segmentguid="8f" mq:status="ManuallyConfirmed" mq:locked="locked">
<source xml:space="preserve"><bpt id="1" ctype="bold">{}</bpt>It rained<ept id="1">{}</ept>.\
</source>
<target xml:space="preserve"><bpt id="1" ctype="bold">{}</bpt>Trời mưa<ept id="1">{}</ept>.</target>
<context-group><context context-type="x-mmq-context">It stopped.</context></context-group>
<mq:insertedmatch matchtype="1"><source>It rains.</source><target>Mưa.</target></mq:insertedmatch>
<mq:comments40><mq:comment author="a">look</mq:comment></mq:comments40>
<mq:minorversions><mq:historical-unit><source>x</source><target>y</target></mq:historical-unit>
</mq:minorversions>
</trans-unit>
<trans-unit id="2" mq:status="NotStarted"><source xml:space="preserve">It <ph id="1">&lt;mq:ch \
val=&quot;&#x9;&quot; /&gt;</ph>stopped.</source><target xml:space="preserve"></target></trans-unit>
</body></file></xliff>
"""
TRADOS = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:\
1.2" version="1.2" sdl:version="1.0"><doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><rev-\
defs/></doc-info><file original="news.docx" datatype="x-sdlfilterframework2" source-language="en-US"
 target-language="vi-VN"><header><file-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><value \
key="SDL:FileId">1</value></file-info><tag-defs xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><tag \
id="0"><bpt name="cf">&lt;cf bold=True&gt;</bpt></tag></tag-defs></header><body>
<group><sdl:cxts><sdl:cxt id="1"/></sdl:cxts><trans-unit id="aa"><source><g id="0">It rained. It \
stopped.</g></source><seg-source><g id="0"><mrk mtype="seg" mid="1">It rained.</mrk> <mrk \
mtype="seg" mid="2">It stopped.</mrk></g></seg-source><target><g id="0"><mrk mtype="seg" mid="1">\
Trời <mrk mtype="x-sdl-added" sdl:revid="r">đã </mrk><mrk mtype="x-sdl-deleted" sdl:revid="q">sẽ \
</mrk>mưa.</mrk> <mrk mtype="seg" mid="2"><mrk mtype="x-sdl-comment" sdl:cid="c">Trời tạnh.</mrk>\
</mrk></g></target><sdl:seg-defs><sdl:seg id="1" conf="Translated" origin="interactive"/><sdl:seg \
id="2" conf="Draft"/></sdl:seg-defs></trans-unit></group>
<trans-unit id="bb" translate="no"><source>&#xD;</source></trans-unit></body></file></xliff>
"""
POEDIT = """# SOME DESCRIPTIVE TITLE.
#
msgid ""
msgstr ""
"Project-Id-Version: news\\n"
"POT-Creation-Date: 2026-01-01 10:00+0700\\n"
"Language-Team: \\n"
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"X-Generator: Poedit 3.4\\n"
"X-Poedit-Basepath: ..\\n"

#. A note to translators
#: src/a.py:10 src/b.py:20
#, python-format, fuzzy
#| msgctxt "old"
#| msgid "It rain"
msgctxt "weather"
msgid "It rained."
msgstr "Trời mưa."

#: src/a.py:12
msgid ""
"It "
"stopped."
msgstr ""
"Trời "
"tạnh."

#~ msgctxt "gone"
#~ msgid "Snow"
#~ msgstr "Tuyết"
"""
OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" \
creationtoolversion="6.0" segtype="sentence" srclang="EN"/>
  <body>
<!-- Default translations -->
    <tu><prop type="x">y</prop>
      <tuv xml:lang="EN"><seg>It <bpt i="0" x="0">&lt;b0&gt;</bpt>rained<ept i="0">&lt;/b0&gt;\
</ept>.</seg></tuv>
      <tuv xml:lang="VI" changeid="a" changedate="20260101T000000Z"><seg>Trời mưa.</seg></tuv>
    </tu>
    <tu><note>n</note>
      <tuv lang="VI"><seg>Trời tạnh.</seg></tuv>
      <tuv lang="EN"><seg>It stopped.</seg></tuv>
    </tu>
  </body>
</tmx>
"""
RAIN = [("It rained.", "Trời mưa."), ("It stopped.", "Trời tạnh.")]


def texts(rows: list[Row]) -> list[tuple[str, str]]:
    """Return both texts of each row."""
    return [(row.source, row.target) for row in rows]


@pytest.mark.parametrize(
    ("parse", "page", "name", "wanted"),
    [
        (xliff.parse, OKAPI, "news.html.xlf", RAIN),
        (xliff.parse, MEMOQ, "news.mqxliff", [RAIN[0], ("It stopped.", "")]),
        (xliff.parse, TRADOS, "news.sdlxliff", [("It rained.", "Trời đã mưa."), RAIN[1]]),
        (po.parse, POEDIT, "vi.po", RAIN),
        (tmx.parse, OMEGAT, "project_save.tmx", RAIN),
    ],
    ids=["okapi", "memoq", "trados", "poedit", "omegat"],
)  # fmt: skip
def test_files_of_other_programs(
    parse: object, page: str, name: str, wanted: list[tuple[str, str]], tmp_path: Path
) -> None:
    """Texts and places are right, by the reader alone and by the file's name."""
    assert callable(parse)
    rows = list(parse(io.BytesIO(page.encode()), Asked(name)))
    assert texts(rows) == wanted
    (tmp_path / name).write_text(page, "utf-8")
    same, origin = read_rows(str(tmp_path / name), Config(), Asked(name))
    assert same == rows
    assert origin.decoded is not None
    for row in rows:
        for text, offsets in ((row.source, row.offsets[0]), (row.target, row.offsets[1])):
            for character, offset in zip(text, offsets, strict=False):
                assert character == " " or origin.decoded[offset] == character
    assert {row.languages[1] for row in rows} == {"vi"}


def test_a_sheet_of_libreoffice() -> None:
    """Calc's workbook has its columns by language, line breaks in cells, and an open row."""
    rows, _ = read_rows(str(DATA / "review.xlsx"), Config(), Asked("review.xlsx"))
    assert texts(rows) == [
        ("It rained, and rained.", "Trời mưa, và mưa."), ("Two lines", "Hai dòng"), ("", "Thêm"),
    ]  # fmt: skip
    assert [row.label for row in rows] == ["row 2", "row 3", "row 4"]
    assert rows[0].languages == ("en", "vi")


def test_our_review_table_reads_back(tmp_path: Path) -> None:
    """Rows are the beads and no header, as we write it and as LibreOffice saved it again."""
    report = seed_report()
    (tmp_path / "ours.docx").write_bytes(render(report))
    bitext = report.bitext
    beads = [
        (side_text(bitext.source_segments, b.source), side_text(bitext.target_segments, b.target))
        for b in bitext.beads
    ]
    for path in (tmp_path / "ours.docx", DATA / "review.docx"):
        rows, _ = read_rows(str(path), Config(), Asked(str(path)))
        assert texts(rows) == beads
        assert {row.languages for row in rows} == {("en", "vi")}
        assert rows[0].label == "table 1, row 2"


@pytest.mark.parametrize("make", [seed_report, rich_report])
@pytest.mark.parametrize(("name", "parse"), [("xliff", xliff.parse), ("tmx", tmx.parse)])
def test_our_xliff_and_tmx_read_back(
    name: str, parse: Callable[[BinaryIO, Asked], Iterator[Row]], make: Callable[[], Report]
) -> None:
    """Rows are the beads with their texts, character by character; a side may be missing."""
    bitext = make().bitext
    written = named(name).render(make(), Severity.MAJOR)
    assert isinstance(written, str)
    rows = list(parse(io.BytesIO(written.encode()), Asked(f"a.{name}")))
    for row, bead in zip(rows, bitext.beads, strict=True):
        source = side_text(bitext.source_segments, bead.source)
        target = side_text(bitext.target_segments, bead.target)
        if name == "tmx":  # which has no way to write what XML cannot hold
            source = source.replace("\x1b", "␛")
        if source and target:
            assert (row.source, row.target, row.error) == (source, target, "")
            assert row.languages == (bitext.source.language, bitext.target.language)
        else:
            assert not (row.source and row.target)


def row(*cells: str, properties: str = "") -> str:
    """Return a table row of Word."""
    return f"<w:tr>{properties}{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in cells)}</w:tr>"


HEADER = "<w:trPr><w:tblHeader{}/></w:trPr>"


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([row("a", "b", properties=HEADER.format("")), row("c", "d")], [("c", "d")]),
        ([row("a", "b", properties=HEADER.format(' w:val="0"')), row("c", "d")],
         [("a", "b"), ("c", "d")]),
        ([row("Source a.txt · English", "b · Vietnamese"), row("c", "d")], [("c", "d")]),
        ([row("Project 7"), row("ID", "English (US)", "Vietnamese", "Status"),
          row("1", "c", "d", "x")], [("", ""), ("c", "d")]),
        ([row("a", "b", properties=HEADER.format("")), row("c", "d"),
          "</w:tbl><w:tbl>", row("x", "y", properties=HEADER.format("")), row("e", "f")],
         [("c", "d"), ("e", "f")]),
    ],
    ids=["marked", "marked as none", "languages", "below a title", "in each table"],
)  # fmt: skip
def test_header_rows_of_word(rows: list[str], wanted: list[tuple[str, str]]) -> None:
    """A row is a header if Word repeats it, or if it names two languages."""
    data = docx(f"<w:tbl>{''.join(rows)}</w:tbl>")
    assert texts(list(review.parse(io.BytesIO(data), Asked("a.docx")))) == wanted
