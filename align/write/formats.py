"""The formats of a report, and the registry that lists them in the order of display."""

from collections.abc import Callable
from dataclasses import dataclass

from align.finding import Report
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


# Together, the libraries of all formats take half a second to import, so each is where it is used.


def _json(report: Report, _policy: Policy) -> str:
    from align.write import json

    return json.render(report)


def _csv(report: Report, policy: Policy) -> str:
    from align.write import csv

    return csv.render(report, policy)


def _xlsx(report: Report, policy: Policy) -> bytes:
    from align.write import xlsx

    return xlsx.render(report, policy)


def _markdown(report: Report, policy: Policy) -> str:
    from align.write import markdown

    return markdown.render(report, policy)


def _html(report: Report, policy: Policy) -> str:
    from align.write import html

    return html.render(report, policy)


def _docx(report: Report, policy: Policy) -> bytes:
    from align.write import docx

    return docx.render(report, policy)


def _sarif(report: Report, policy: Policy) -> str:
    from align.write import sarif

    return sarif.render(report, policy)


def _junit(report: Report, policy: Policy) -> str:
    from align.write import junit

    return junit.render(report, policy)


def _xliff(report: Report, policy: Policy) -> str:
    from align.write import xliff

    return xliff.render(report, policy)


def _tmx(report: Report, policy: Policy) -> str:
    from align.write import tmx

    return tmx.render(report, policy)


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
        "regions with line, column and code points; names of places",
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
