"""The formats of a report, and the registry that lists them in the order of display."""

from collections.abc import Callable
from dataclasses import dataclass

from align.finding import Report, Severity


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how it is called, what it carries, and the function that writes it.

    `suffixes` are those of files that get it unasked; the first one is its own. `positions` and
    `limits` are for the table in the documentation. `render` takes the report and the severity from
    which a finding fails a build, which only some formats can say. A binary format is `bytes`, any
    other text.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    positions: str
    limits: str
    render: Callable[[Report, Severity], str | bytes]
    is_binary: bool = False


# Together, the libraries of all formats take half a second to import, so each is where it is used.


def _json(report: Report, _fail_on: Severity) -> str:
    from align.write import json

    return json.render(report)


def _csv(report: Report, _fail_on: Severity) -> str:
    from align.write import csv

    return csv.render(report)


def _xlsx(report: Report, _fail_on: Severity) -> bytes:
    from align.write import xlsx

    return xlsx.render(report)


def _markdown(report: Report, _fail_on: Severity) -> str:
    from align.write import markdown

    return markdown.render(report)


def _html(report: Report, _fail_on: Severity) -> str:
    from align.write import html

    return html.render(report)


def _docx(report: Report, _fail_on: Severity) -> bytes:
    from align.write import docx

    return docx.render(report)


def _sarif(report: Report, _fail_on: Severity) -> str:
    from align.write import sarif

    return sarif.render(report)


def _junit(report: Report, fail_on: Severity) -> str:
    from align.write import junit

    return junit.render(report, fail_on)


def _xliff(report: Report, _fail_on: Severity) -> str:
    from align.write import xliff

    return xliff.render(report)


def _tmx(report: Report, _fail_on: Severity) -> str:
    from align.write import tmx

    return tmx.render(report)


FORMATS: tuple[Format, ...] = (
    Format(
        "json",
        (".json",),
        "application/json",
        "segments as code points of the file; marks relative to their segment",
        "segments and words of both texts, in full",
        _json,
    ),
    Format(
        "csv",
        (".csv",),
        "text/csv",
        "place, line, column and code points of the first marked words; all marks by segment",
        "findings only; a cell that looks like a formula begins with an apostrophe",
        _csv,
    ),
    Format(
        "xlsx",
        (".xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "place, line and column; marked words in rich text",
        "1,048,575 findings or beads; 32,767 characters in a cell",
        _xlsx,
        is_binary=True,
    ),
    Format(
        "markdown",
        (".md", ".markdown"),
        "text/markdown",
        "place, line and column; marked words in bold",
        "texts only where there is a finding",
        _markdown,
    ),
    Format(
        "html",
        (".html", ".htm"),
        "text/html",
        "place, line and column; marked words in both texts",
        "filters need a browser of 2023 or later",
        _html,
    ),
    Format(
        "docx",
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "marked words in both texts, comments at them",
        "no offsets",
        _docx,
        is_binary=True,
    ),
    Format(
        "sarif",
        (".sarif", ".json"),
        "application/sarif+json",
        "regions with line, column and offset, in units of UTF-16; names of places",
        "no regions in files without lines",
        _sarif,
    ),
    Format(
        "junit",
        (".xml",),
        "application/xml",
        "place, line and column in the text of a failure",
        "no timestamp, since reports know no clock",
        _junit,
    ),
    Format(
        "xliff",
        (".xlf", ".xliff", ".xml"),
        "application/xliff+xml",
        "marked words in both texts, by the issues that they refer to",
        "one segment a bead",
        _xliff,
    ),
    Format(
        "tmx",
        (".tmx", ".xml"),
        "application/x-tmx+xml",
        "marks by segment, in properties",
        "characters that XML lacks are replaced and counted",
        _tmx,
    ),
)
"""Every format of a report there is, in the order of display. Written by hand."""

_BY_NAME = {known.name: known for known in FORMATS}


def named(name: str) -> Format:
    """Return the format of that name.

    Raises:
        KeyError: There is none, which is the caller's mistake.
    """
    return _BY_NAME[name]


def of_suffix(suffix: str) -> tuple[Format, ...]:
    """Return the formats that a file with this suffix may have, the one it gets unasked first."""
    return tuple(known for known in FORMATS if suffix.casefold() in known.suffixes)
