"""The formats of a report, and the registry that lists them in the order of display."""

from collections.abc import Callable
from dataclasses import dataclass

from align.finding import Report
from align.write import csv, docx, html, json, junit, markdown, sarif, tmx, xliff, xlsx
from align.write.policy import Policy


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how it is called, what it carries, and the function that writes it.

    `suffixes` are those of files that get it unasked; the first one is its own. `positions` and
    `limits` are for the table in the documentation. A binary format is `bytes`, any other text.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    positions: str
    limits: str
    render: Callable[[Report, Policy], str | bytes]
    is_binary: bool = False


def _json(report: Report, _policy: Policy) -> str:
    return json.render(report)


FORMATS: tuple[Format, ...] = (
    Format(
        "json",
        (".json",),
        "application/json",
        "segments as code points of the file; marks relative to their segment",
        "does not say which findings are accepted",
        _json,
    ),
    Format(
        "csv",
        (".csv",),
        "text/csv",
        "place, line, column and code points of the first marked words; all marks by segment",
        "findings only; a cell that looks like a formula begins with an apostrophe",
        csv.render,
    ),
    Format(
        "xlsx",
        (".xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "place, line and column; marked words in rich text",
        "1,048,575 findings or beads; 32,767 characters in a cell",
        xlsx.render,
        is_binary=True,
    ),
    Format(
        "markdown",
        (".md", ".markdown"),
        "text/markdown",
        "place, line and column; marked words in bold",
        "texts only where there is a finding",
        markdown.render,
    ),
    Format(
        "html",
        (".html", ".htm"),
        "text/html",
        "place, line and column; marked words in both texts",
        "filters need a browser of 2023 or later",
        html.render,
    ),
    Format(
        "docx",
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "marked words in both texts, comments at them",
        "no offsets",
        docx.render,
        is_binary=True,
    ),
    Format(
        "sarif",
        (".sarif", ".json"),
        "application/sarif+json",
        "regions with line, column and code points; names of places",
        "no regions in files without lines",
        sarif.render,
    ),
    Format(
        "junit",
        (".xml",),
        "application/xml",
        "place, line and column in the text of a failure",
        "no timestamp, since reports know no clock",
        junit.render,
    ),
    Format(
        "xliff",
        (".xlf", ".xliff", ".xml"),
        "application/xliff+xml",
        "marked words in both texts, by the issues that they refer to",
        "one segment a bead",
        xliff.render,
    ),
    Format(
        "tmx",
        (".tmx", ".xml"),
        "application/x-tmx+xml",
        "marks by segment, in properties",
        "characters that XML lacks are replaced and counted",
        tmx.render,
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
