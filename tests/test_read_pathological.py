"""Files made to take long: each is answered in time that grows with its length, or refused."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from align.config import ReadSettings
from align.errors import ReadError
from align.read import formats, html
from align.read.row import Asked
from tests.archives import docx, epub, odt, p

LENGTH = 60_000
LIMITS = ReadSettings(elements=10_000)
SECONDS = 20.0
"""Far more than each takes, and far less than the square of its length would."""

REPEATED = {
    ".html": (
        "<b>", "<p>", "<p>x", "</p>", "<b><p>", "<table><tr><td>", "<li>", "&amp;", "<", "<a b=c ",
        "<!--", "<title>", '<a b="', "<p class='a-b ad'>x</p>", "&#", "<pre>\n", "word ",
    ),
    ".md": (
        "[", "![", "> ", "*a **a ", "`a``", "[a](", "<a ", "|", "# ", "- ", "a\n\n", "&amp;", "\\",
        "<![CDATA[", "[a]: b\n",
    ),
    ".txt": ("word ", "a\n", "\u0301", "a\u0301\n", "\u200b", "\u202e"),
    ".srt": ("00:00:01,000 --> 00:00:02,000\n", "00:01.0 --> 00:02.0\na\n\n", "<", "{\\"),
    ".ass": ("[Events]\n", "[Events]\nDialogue: ", "Dialogue: a,b,{\\p", "{\\p"),
    ".tsv": ("word ", "\t", "\n"),
    ".csv": ('"', '"a\n', ",", '""'),
    ".jsonl": ("[", '{"a":', '{"a":1}\n', '"\\'),
    ".po": ('msgid ""', '""', '"a"\n', "#\n", 'msgid "a"\nmsgstr "b"\n\n', "\\"),
}  # fmt: skip
HEADS = {".ass": "[Script Info]\n[Events]\nFormat: Text\nDialogue: ", ".po": 'msgid "'}


def answer(suffix: str, data: bytes) -> None:
    """Read a file as what its suffix says, to its end or to the error that refuses it."""
    text, rows = formats.find(suffix, "text"), formats.find(suffix, "rows")
    try:
        if text:
            formats.document_reader(text)(data, "a", "a", LIMITS)
        if rows:
            for _ in formats.row_reader(rows)(io.BytesIO(data), Asked("a", LIMITS)):
                pass
    except ReadError as error:
        refused = error
        assert refused.fix


@pytest.mark.parametrize(
    ("suffix", "piece"), [(suffix, piece) for suffix, all_ in REPEATED.items() for piece in all_]
)
def test_one_piece_over_and_over(suffix: str, piece: str) -> None:
    """A file that repeats what may begin something is read in linear time, or refused."""
    page = HEADS.get(suffix, "") + piece * (LENGTH // len(piece))
    start = time.process_time()
    answer(suffix, page.encode())
    assert time.process_time() - start < SECONDS


W_TEXT = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
XML = {
    "empty paragraphs": (".docx", docx("<w:p/>" * 12_000)),
    "runs": (".docx", docx("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 3_000 + "</w:p>")),
    "references": (".docx", docx(W_TEXT.format("&amp;" * 9_000))),
    "empty rows": (".docx", docx("<w:tbl>" + "<w:tr/>" * 4_000 + "</w:tbl>")),
    "cells": (".docx", docx("<w:tbl><w:tr>" + "<w:tc/>" * 12_000 + "</w:tr></w:tbl>")),
    "paragraphs": (".odt", odt("<text:p/>" * 9_000)),
    "spans": (".odt", odt("<text:p>" + "<text:span>a</text:span>" * 4_000 + "</text:p>")),
    "chapter": (".epub", epub({"a": "<p/>" * 12_000}, ("a",))),
    "units": (".tmx", b"<tmx><body>" + b"<tu/>" * 4_000 + b"</body></tmx>"),
    "tags": (".xlf", b"<xliff><file><body><trans-unit><source>" + b"<g></g>" * 4_000),
    "attributes": (".xlf", b"<xliff " + b" ".join(b"a%d='x'" % i for i in range(4_000)) + b"/>"),
}


@pytest.mark.parametrize("name", XML)
def test_xml_of_one_kind_of_element(name: str) -> None:
    """Thousands of empty paragraphs, runs, rows, cells or tags are no matter, or are refused."""
    start = time.process_time()
    answer(*XML[name])
    assert time.process_time() - start < SECONDS


MANY: dict[str, tuple[str, Callable[[int], bytes], str]] = {
    "elements": (".html", lambda n: b"<p>x" * n, "elements and references"),
    "references": (".html", lambda n: b"x&amp;" * n, "elements and references"),
    "end tags": (".html", lambda n: b"<p>x" + b"</b>" * n, "elements and references"),
    "chapter": (".epub", lambda n: epub({"a": "<p>x</p>" * n}, ("a",)), "elements and references"),
    "signs": (".md", lambda n: b"*x " * n, "lines and signs"),
    "lines": (".txt", lambda n: b"x\n" * n, "lines"),
    "cues": (".srt", lambda n: b"00:01.0 --> 00:02.0\na\n\n" * n, "cues"),
    "dialogue": (".ass", lambda n: b"[Events]\n" + b"Dialogue: 0,,,,,,,,,a\n" * n, "cues"),
    "paragraphs": (".docx", lambda n: docx("<w:p/>" * n + p("x")), "elements"),
    "texts": (".odt", lambda n: odt("<text:p>x</text:p>" * n), "elements"),
}
"""For each kind of thing that is counted: a file of so many of it, and what they are called."""


@pytest.mark.parametrize("kind", MANY)
def test_more_elements_than_the_limit_are_refused(kind: str) -> None:
    """The error says how many of what there may be, and which setting says so; fewer are read."""
    suffix, made, called = MANY[kind]
    entry = formats.find(suffix, "text")
    assert entry is not None
    read = formats.document_reader(entry)
    with pytest.raises(ReadError) as caught:
        read(made(LIMITS.elements + 1), "a", "a", LIMITS)
    assert f"more than the limit of 10,000 {called}." in caught.value.what
    assert "elements under [read]" in caught.value.fix
    assert "x" in read(made(1_000), "a", "a", LIMITS).text.replace("a", "x")


def test_a_page_of_references_is_refused_before_it_fills_the_memory() -> None:
    """Ten megabytes of references take less than a quarter of a gigabyte, and are refused."""
    tracemalloc.start()
    try:
        with pytest.raises(ReadError, match="500,000 elements and references"):
            html.parse(b"&amp;" * 2_000_000, "a", "a")
        assert tracemalloc.get_traced_memory()[1] < 250_000_000
    finally:
        tracemalloc.stop()


def opened(entry: formats.Format, file: io.BytesIO, limits: ReadSettings) -> None:
    """Read an archive as its format says."""
    if entry.kind == "text":
        formats.document_reader(entry)(file.getvalue(), "a", "a", limits)
    else:
        list(formats.row_reader(entry)(file, Asked("a", limits)))


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub", ".xlsx"])
def test_archives_that_hold_far_more_than_they_seem(suffix: str) -> None:
    """A part that unpacks to a thousand times its size is refused before it is all in memory."""
    made = io.BytesIO()
    part = {".docx": "word/document.xml", ".odt": "content.xml", ".epub": "META-INF/container.xml",
            ".xlsx": "xl/workbook.xml"}[suffix]  # fmt: skip
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b"<a>" + b" " * 3_000_000 + b"</a>")
    entry = formats.find(suffix, "rows" if suffix == ".xlsx" else "text")
    assert entry is not None
    made.seek(0)
    with pytest.raises(ReadError) as caught:
        opened(entry, made, ReadSettings(unpacked_mb=1))
    assert "unpacked_mb" in caught.value.fix
