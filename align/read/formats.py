"""Every format that is read: what it is called, what it tells of places, what bounds it.

A reader is named, not imported: libraries for PDF, Excel and Markdown cost up to a second, and a
command needs at most two of them.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Literal, cast

from align.bitext import Document
from align.config import ReadSettings
from align.read import lines, po, tree
from align.read.row import Asked, Row

DocumentReader = Callable[[bytes, str, str, ReadSettings], Document]
RowReader = Callable[[BinaryIO, Asked], Iterator[Row]]

Kind = Literal["text", "rows"]

UNSURE = frozenset({".po", ".jsonl"})
"""Formats that a text may begin like without being one."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ARCHIVED = ("limit_mb", "unpacked_mb", "members", "nesting", "elements", "paragraph_chars")
_MARKED_UP = ("row_chars", "nesting")


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read.

    `kind` says whether a file of it is one text or holds the rows of both. `has_lines` says whether
    a finding has a line and column in the file; otherwise `places` are all that it has. `limits`
    are the settings under `[read]` that bound it.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    kind: Kind
    module: str
    places: str
    has_lines: bool
    limits: tuple[str, ...]
    function: str = "parse"


FORMATS: tuple[Format, ...] = (
    Format("plain text", (".txt", ".text"), "text/plain", "text", "text",
           "", True, ("limit_mb", "elements", "paragraph_chars")),
    Format("web page", (".html", ".htm", ".xhtml"), "text/html", "text", "html",
           "headline, standfirst, heading, caption, paragraph", True,
           ("limit_mb", "nesting", "elements", "paragraph_chars")),
    Format("Markdown", (".md", ".markdown"), "text/markdown", "text", "markdown",
           "heading, table, paragraph", True, ("limit_mb", "elements", "paragraph_chars")),
    Format("Word document", (".docx", ".docm"),
           _OFFICE + "wordprocessingml.document", "text", "docx",
           "paragraph, table cell, text box, footnote, endnote", False, _ARCHIVED),
    Format("OpenDocument text", (".odt",), "application/vnd.oasis.opendocument.text", "text", "odt",
           "paragraph, table cell, text box, footnote, endnote", False, _ARCHIVED),
    Format("e-book", (".epub",), "application/epub+zip", "text", "epub",
           "chapter and paragraph", False, _ARCHIVED),
    Format("PDF with a text layer", (".pdf",), "application/pdf", "text", "pdf",
           "page", False, ("limit_mb", "unpacked_mb", "pages", "paragraph_chars")),
    Format("SubRip, WebVTT and SubStation subtitles", (".srt", ".vtt", ".ass", ".ssa"),
           "text/vtt", "text", "subtitles",
           "cue", True, ("limit_mb", "elements", "paragraph_chars")),
    Format("XLIFF 1.2 and 2.x", (".xlf", ".xliff", ".sdlxliff", ".mqxliff"),
           "application/xliff+xml", "rows", "xliff",
           "unit and segment", True, _MARKED_UP),
    Format("TMX 1.4b", (".tmx",), "application/x-tmx+xml", "rows", "tmx",
           "unit", True, _MARKED_UP),
    Format("PO", (".po", ".pot"), "text/x-gettext-translation", "rows", "po",
           "line of the msgid", True, ("row_chars",)),
    Format("tab-separated table", (".tsv", ".tab"), "text/tab-separated-values", "rows", "table",
           "line", True, ("row_chars",), "parse_tsv"),
    Format("CSV", (".csv",), "text/csv", "rows", "table",
           "line", True, ("row_chars",), "parse_csv"),
    Format("JSON lines", (".jsonl", ".ndjson"), "application/jsonl", "rows", "table",
           "line", True, ("row_chars",), "parse_jsonl"),
    Format("Excel workbook", (".xlsx", ".xlsm"),
           _OFFICE + "spreadsheetml.sheet", "rows", "xlsx",
           "sheet and row", False, ("limit_mb", "unpacked_mb", "members", "row_chars")),
    Format("Word table", (".docx", ".docm"),
           _OFFICE + "wordprocessingml.document", "rows", "review",
           "table and row", False,
           ("limit_mb", "unpacked_mb", "members", "nesting", "elements", "row_chars")),
)  # fmt: skip
"""In the order of the documentation."""


def find(suffix: str, kind: Kind) -> Format | None:
    """Return the format of a suffix, as one text or as rows; None if there is none."""
    plain = suffix.casefold()
    return next((f for f in FORMATS if f.kind == kind and plain in f.suffixes), None)


def is_known(suffix: str) -> bool:
    """Tell whether any format has this suffix."""
    return any(suffix.casefold() in entry.suffixes for entry in FORMATS)


def fallback(suffix: str, kind: Kind) -> Format | None:
    """Return what a file is taken for whose content tells nothing; None if its name forbids it."""
    if kind == "rows":
        return None if suffix else find(".tsv", kind)
    return None if is_known(suffix) else find(".txt", kind)


def decoded(wanted: Format, data: bytes, origin: str) -> str | None:
    """Return the text of a file of rows, as its reader decodes it; None if it has no lines.

    Raises:
        ReadError: It is in no encoding that can be told.
    """
    if not wanted.has_lines:
        return None
    if wanted.media_type.endswith("+xml"):
        return "".join(tree.decoded(io.BytesIO(data), origin))
    return lines.decoded(data, po.encoding(data) if wanted.module == "po" else "")


def document_reader(wanted: Format) -> DocumentReader:
    """Return the function that reads a file of this format as one text."""
    return cast(DocumentReader, _function(wanted))


def row_reader(wanted: Format) -> RowReader:
    """Return the function that reads a file of this format as rows."""
    return cast(RowReader, _function(wanted))


def _function(wanted: Format) -> object:
    return getattr(import_module(f"align.read.{wanted.module}"), wanted.function)
