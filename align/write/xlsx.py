"""The report as an Excel workbook that a reviser filters, decides in, and sends back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from typing import TypeAlias

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from align.bitext import Bitext
from align.errors import AlignError
from align.finding import ErrorType, Finding, Report, Severity
from align.write.marks import Passage, marks_by_segment, passage
from align.write.places import find_marks, find_span, target_of_bead
from align.write.slices import Slice, cut
from align.write.words import (
    REASONS,
    SIDES,
    TYPES,
    bead_facts,
    direction,
    language_name,
    percent,
    ranked,
    skipped_by_reason,
    verdict,
)
from align.write.xml import writable

DECISIONS = ("error", "no error", "unsure", "accepted")
"""What a reviser can choose in the column `Decision`."""

_LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
"""Rows of a sheet below its head."""

_HIGHEST_ROW = 409.0
_LINE = 15.0
_BOLD = 1.15  # widths count digits of the plain font, and marked words are wider
INK = {
    Severity.NEUTRAL: "#0B4A8A",
    Severity.MINOR: "#6B5000",
    Severity.MAJOR: "#9A2B00",
    Severity.CRITICAL: "#8C0016",
}
FILL = {
    Severity.NEUTRAL: "#D8E8FF",
    Severity.MINOR: "#FFEFB8",
    Severity.MAJOR: "#FFDDD0",
    Severity.CRITICAL: "#FFC9CF",
}
_FINDINGS = (
    ("No.", 6),
    ("Severity", 10),
    ("Kind", 18),
    ("Check", 14),
    ("Confidence", 11),
    ("Place in source", 18),
    ("Source", 52),
    ("Place in translation", 18),
    ("Translation", 52),
    ("What does not match", 44),
    ("Evidence", 30),
    ("Decision", 12),
    ("Remark", 30),
    ("Key", 18),
)
_TEXTS = (
    ("No.", 6),
    ("Place in source", 18),
    ("Source", 70),
    ("Place in translation", 18),
    ("Translation", 70),
    ("Score", 8),
    ("Alignment", 16),
    ("Findings", 12),
)
_SUMMARY = (("What", 34), ("Value", 110))


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text with marks, and the direction in which it is written."""

    slices: tuple[Slice, ...]
    direction: str


_Cell: TypeAlias = tuple[str | float | _Marked, Format]
"""What a cell holds, and its format."""


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook, and the formats of its cells."""

    workbook: Workbook
    head: Format
    text: dict[str, Format]
    number: Format
    percent: Format
    severity: dict[Severity, Format]
    mark: dict[Severity, Format]
    marked: dict[tuple[str, Severity], Format]


def render(report: Report) -> bytes:
    """Return a workbook: findings to filter and decide on, both texts side by side, a summary.

    Marked words are bold, underlined and coloured in both texts. Every text is written as text, so
    that no article can be a formula. The bytes are the same at each run.

    Raises:
        AlignError: There are more rows than a sheet can hold.
    """
    if max(len(report.findings), len(report.bitext.beads)) > MOST_ROWS:
        raise AlignError(
            f"A sheet of Excel holds {MOST_ROWS} rows, and this report has more.",
            fix="Use --format csv for findings, or --format tmx for both texts.",
        )
    written = BytesIO()
    workbook = Workbook(written, {"in_memory": True})
    workbook.set_properties({"title": verdict(report), "created": datetime(2000, 1, 1, tzinfo=UTC)})
    book = _book(workbook)
    plain = book.text["ltr"]
    rows = [_finding_row(book, report.bitext, n, f) for n, f in ranked(report)]
    sheet = _sheet(book, "Findings", _FINDINGS, rows)
    chosen = {"validate": "list", "source": list(DECISIONS)}
    column = [title for title, _ in _FINDINGS].index("Decision")
    sheet.data_validation(1, column, max(len(rows), 1), column, chosen)
    _sheet(book, "Texts", _TEXTS, list(_text_rows(book, report)))
    facts = [((name, plain), (value, plain)) for name, value in _summary(report)]
    _sheet(book, "Summary", _SUMMARY, facts)
    workbook.close()
    return written.getvalue()


def _book(workbook: Workbook) -> _Book:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D4D6DC"}
    reading = {"ltr": 1, "rtl": 2, "auto": 0}
    mark = {"bold": True, "underline": 1}
    return _Book(
        workbook,
        head=workbook.add_format({**cell, "bold": True, "bg_color": "#E8EAEF"}),
        text={d: workbook.add_format({**cell, "reading_order": n}) for d, n in reading.items()},
        number=workbook.add_format({**cell, "align": "center"}),
        percent=workbook.add_format({**cell, "align": "center", "num_format": "0%"}),
        severity={
            severity: workbook.add_format(
                {**cell, "bold": True, "bg_color": FILL[severity], "font_color": INK[severity]}
            )
            for severity in Severity
        },
        mark={s: workbook.add_format({**mark, "font_color": INK[s]}) for s in Severity},
        marked={
            (d, s): workbook.add_format(
                {**cell, **mark, "font_color": INK[s], "reading_order": reading[d]}
            )
            for d in reading
            for s in Severity
        },
    )


def _sheet(
    book: _Book, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[_Cell]]
) -> Worksheet:
    sheet = book.workbook.add_worksheet(name)
    for number, (title, width) in enumerate(columns):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, book.head)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for row, cells in enumerate(rows, 1):
        sheet.set_row(row, _height(cells, [width for _, width in columns]))
        _write(sheet, book, row, cells)
    return sheet


def _height(cells: Sequence[_Cell], widths: Sequence[int]) -> float:
    """Return how high a row must be in points, since not every program finds that out itself."""
    lines = 1
    for (value, _), width in zip(cells, widths, strict=True):
        text = "".join(p.text for p in value.slices) if isinstance(value, _Marked) else str(value)
        needed = sum(ceil(cell_len(line) * _BOLD / width) or 1 for line in text.split("\n"))
        lines = max(lines, needed)
    return min(lines * _LINE, _HIGHEST_ROW)


def _finding_row(book: _Book, bitext: Bitext, number: int, finding: Finding) -> tuple[_Cell, ...]:
    source, target = find_marks(bitext, finding)
    places = (
        source[0].label if source else "",
        (target[0] if target else target_of_bead(bitext, finding.bead)).label,
    )
    plain = book.text["ltr"]
    texts = []
    for side, marks in (("source", finding.source), ("target", finding.target)):
        # A mark outside the bead would be lost from sight; its segment is shown as well.
        shown = {*getattr(bitext.beads[finding.bead], side), *(mark.segment for mark in marks)}
        own = {n: [(m.span, number) for m in marks if m.segment == n] for n in shown}
        line = passage(getattr(bitext, f"{side}_segments"), sorted(shown), own)
        language = getattr(bitext, side).language
        texts.append(_marked(book, line, {number: finding.severity}, language))
    accepted = finding.accepted
    return (
        (number, book.number),
        (finding.severity.label, book.severity[finding.severity]),
        (TYPES[finding.error_type], plain),
        (finding.check, plain),
        (finding.confidence, book.percent),
        (places[0], plain),
        texts[0],
        (places[1], plain),
        texts[1],
        (finding.message, plain),
        ("\n".join(finding.evidence), plain),
        ("accepted" if accepted else "", plain),
        (finding.accepted, plain),
        (finding.key, plain),
    )


def _text_rows(book: _Book, report: Report) -> Iterator[tuple[_Cell, ...]]:
    bitext = report.bitext
    plain = book.text["ltr"]
    severities = {number: finding.severity for number, finding in ranked(report)}
    found: dict[int, list[str]] = {}
    for number, finding in ranked(report):
        found.setdefault(finding.bead, []).append(str(number))
    marks = dict(zip(SIDES, marks_by_segment(report), strict=True))
    for number, bead in enumerate(bitext.beads):
        cells: list[_Cell] = [(number, book.number)]
        for side, document, segments in bitext.sides():
            run = bead.source if side == "source" else bead.target
            line = passage(segments, run, marks[side])
            place = find_span(document, segments[run[0]].span).label if run else ""
            cells.append((place, plain))
            cells.append(_marked(book, line, severities, document.language))
        facts = (bead.score, book.percent), (bead_facts(bead), plain)
        yield (*cells, *facts, (", ".join(found.get(number, ())), plain))


def _summary(report: Report) -> Iterator[tuple[str, str]]:
    yield "Result", verdict(report)
    if report.risk is not None:
        yield "Risk of at least one major error", percent(report.risk)
    yield "Accepted findings", str(len(report.accepted()))
    for side, document, segments in report.bitext.sides():
        yield SIDES[side], document.name
        yield f"{SIDES[side]}, language", language_name(document.language)
        yield f"{SIDES[side]}, segments", str(len(segments))
    for label, number in report.by_severity().items():
        yield f"Findings, {label}", str(number)
    for kind, number in report.by_type().items():
        yield f"Findings, {TYPES[ErrorType(kind)]}", str(number)
    for reason, checks in skipped_by_reason(report).items():
        yield f"Not checked: {', '.join(checks)}", reason
    for side, document, _ in report.bitext.sides():
        for block in document.excluded:
            yield f"{SIDES[side]}, left out: {REASONS[block.reason]}", block.span.of(document.text)
    yield "Signature", report.signature


def _marked(
    book: _Book, line: Passage, severities: Mapping[int, Severity], language: str | None
) -> _Cell:
    way = direction(language)
    slices = cut(line.text, [(span, severities[number]) for span, number in line.marks])
    return _Marked(slices, way), book.text[way]


def _write(sheet: Worksheet, book: _Book, row: int, cells: Sequence[_Cell]) -> None:
    for column, (value, cell) in enumerate(cells):
        if isinstance(value, str):
            sheet.write_string(row, column, fitting(value), cell)
        elif isinstance(value, _Marked):
            _write_marked(sheet, book, (row, column), value)
        else:
            sheet.write_number(row, column, value, cell)


def _write_marked(sheet: Worksheet, book: _Book, place: tuple[int, int], marked: _Marked) -> None:
    text = "".join(piece.text for piece in marked.slices)
    cell = book.text[marked.direction]
    grades = {piece.severity for piece in marked.slices}
    if len(grades) > 1 and len(text) <= _LONGEST_CELL:
        fragments: list[Format | str] = []
        for piece in marked.slices:
            if piece.severity is not None:
                fragments.append(book.mark[piece.severity])
            fragments.append(writable(piece.text))
        sheet.write_rich_string(*place, *fragments, cell)
        return
    # Excel knows no rich text of one piece; a text that is marked as a whole is a format.
    severity = grades.pop() if len(grades) == 1 else None
    whole = cell if severity is None else book.marked[marked.direction, severity]
    sheet.write_string(*place, fitting(text), whole)


def fitting(text: str) -> str:
    """Return a text as a cell can hold it."""
    text = writable(text)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
