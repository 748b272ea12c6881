"""The batch as an Excel workbook: an overview, all pairs, all findings."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from align.finding import ErrorType, Report, Severity
from align.rulings import Rulings
from align.site import tally
from align.site.facts import Facts
from align.site.kept import Rows
from align.site.tables import said
from align.site.tally import Overview, Rights
from align.write.csv import BETWEEN_WORDS
from align.write.words import TYPES, direction, language_name, ranked, status
from align.write.xlsx import FILL, INK, MOST_ROWS, fitting

_GRADES = tuple(sorted(Severity, reverse=True))
_PAIRS = (
    ("Risk", 8),
    *((severity.label.capitalize(), 9) for severity in _GRADES),
    ("Accepted", 10),
    ("First line of the source", 60),
    ("Languages", 24),
    ("The gravest finding", 60),
    ("Not compared, because", 40),
    ("Source", 28),
    ("Translation", 28),
)
_FINDINGS = (
    ("Severity", 10),
    ("Kind", 18),
    ("Check", 14),
    ("Confidence", 11),
    ("Marked in the source", 40),
    ("Marked in the translation", 40),
    ("What does not match", 60),
    ("Status", 10),
    ("Reason", 30),
    ("Key", 18),
)
_PAIRS_RULED = (("Agreed", 10), ("Dismissed", 10), ("Not decided", 12), ("Missed", 10))
_FINDINGS_RULED = (("Verdict", 10), ("Decided by", 18))
_FIELD_WIDTH = 18


class Summary(AbstractContextManager["Summary"]):
    """A workbook under way. Rows go to disk as they come; the overview is written at the end."""

    def __init__(self, path: Path, names: Sequence[str], *, is_ruled: bool = False) -> None:
        """Begin a workbook with a column for each of the manifest's other columns.

        Args:
            path: Where it is written.
            names: The manifest's other columns.
            is_ruled: People have decided on findings, which has columns and tables of its own.
        """
        self._names = tuple(names)
        self._is_ruled = is_ruled
        # Rows lie beside the file until it is closed, so that whoever removes the folder has all.
        self._book = Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        self._book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        self._formats = _formats(self._book)
        fields = tuple((name, _FIELD_WIDTH) for name in names)
        self._overview = self._book.add_worksheet("Overview")
        pairs = (*_PAIRS, *_PAIRS_RULED) if is_ruled else _PAIRS
        findings = (*_FINDINGS, *_FINDINGS_RULED) if is_ruled else _FINDINGS
        self._last = {
            name: len(names) + len(c) for name, c in (("Pairs", pairs), ("Findings", findings))
        }
        self._pairs = self._sheet("Pairs", (("Pair", 28), *fields, *pairs))
        self._findings = self._sheet("Findings", (("Pair", 28), *fields, *findings))
        self._rows = {"Pairs": 0, "Findings": 0}
        self.left_out = 0
        """Findings for which a sheet has no room."""

    def add(self, rows: Rows) -> None:
        """Add a pair and its findings."""
        table = dict(rows.facts.fields)
        names = (table.get(name, "") for name in self._names)
        head = tuple(map(fitting, (rows.facts.pair, *names)))
        self._add_pair(head, rows.facts)
        for cells in rows.sheet:
            self._add_finding(head, cells, rows.facts.languages)

    def finish(self, overview: Overview) -> None:
        """Write the overview, which is known when all pairs are."""
        for sheet in (self._pairs, self._findings):
            sheet.autofilter(0, 0, max(self._rows[sheet.name], 1), self._last[sheet.name])
        row = _write_overview(self._book, self._overview, overview, self._formats, self.left_out)
        if self._is_ruled:
            _write_rights(self._overview, overview.rights, self._formats, row)

    def _sheet(self, name: str, columns: Sequence[tuple[str, int]]) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        for number, (title, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, fitting(title), self._formats["head"])
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _row(self, sheet: Worksheet) -> int | None:
        if self._rows[sheet.name] >= MOST_ROWS:
            return None
        self._rows[sheet.name] += 1
        return self._rows[sheet.name]

    def _add_pair(self, head: Sequence[str], facts: Facts) -> None:
        row = self._row(self._pairs)
        if row is None:
            return
        sheet, plain = self._pairs, self._formats["ltr"]
        for column, text in enumerate(head):
            sheet.write_string(row, column, text, plain)
        column = len(head)
        if facts.risk is not None:
            sheet.write_number(row, column, facts.risk, self._formats["percent"])
        numbers = (*(facts.of(severity) for severity in _GRADES), facts.accepted)
        for at, number in enumerate(numbers, column + 1):
            sheet.write_number(row, at, number, self._formats["number"])
        source, target = (language_name(tag) for tag in facts.languages)
        texts = (
            facts.title,
            "" if facts.is_error else f"{source} → {target}",
            facts.worst,
            facts.problem,
            facts.source,
            facts.target,
        )
        for at, text in enumerate(texts, column + 1 + len(numbers)):
            reading = self._formats[direction(facts.languages[0])] if text is facts.title else plain
            sheet.write_string(row, at, fitting(text), reading)
        if self._is_ruled:
            self._add_numbers(row, column + 1 + len(numbers) + len(texts), facts)

    def _add_numbers(self, row: int, column: int, facts: Facts) -> None:
        found = tally.decided(facts)
        numbers = (found.agreed, found.dismissed, found.undecided, facts.missed)
        for at, number in enumerate(numbers, column):
            self._pairs.write_number(row, at, number, self._formats["number"])

    def _add_finding(
        self,
        head: Sequence[str],
        cells: Sequence[str | float],
        languages: tuple[str | None, str | None],
    ) -> None:
        row = self._row(self._findings)
        if row is None:
            self.left_out += 1
            return
        sheet, plain = self._findings, self._formats["ltr"]
        shown = cells if self._is_ruled else cells[: len(_FINDINGS)]
        formats = [plain] * (len(head) + len(shown))
        graded = (self._formats[str(cells[0])], plain, plain, self._formats["percent"])
        words = (self._formats[direction(tag)] for tag in languages)
        formats[len(head) : len(head) + len(graded) + 2] = (*graded, *words)
        for column, (value, cell) in enumerate(zip((*head, *shown), formats, strict=True)):
            if isinstance(value, str):
                sheet.write_string(row, column, value, cell)
            else:
                sheet.write_number(row, column, value, cell)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file, and the rows that lie on disk until then, which may be full."""
        try:
            if kind is None:
                self._book.close()
        except FileCreateError as problem:
            cause: OSError = problem.args[0]
            raise OSError(cause.errno, cause.strerror, cause.filename) from problem
        finally:
            for sheet in self._book.worksheets():
                with suppress(OSError):
                    sheet.row_data_fh.close()


def finding_cells(report: Report, rulings: Rulings) -> Iterator[tuple[str | float, ...]]:
    """Yield the cells of each finding in the sheet of findings, the verdict's at the end."""
    for _, finding in ranked(report):
        words = (
            BETWEEN_WORDS.join(mark.text for mark in marks)
            for marks in (finding.source, finding.target)
        )
        rest = (finding.message, status(finding), finding.accepted, finding.key)
        yield (
            finding.severity.label,
            TYPES[finding.error_type],
            finding.check,
            finding.confidence,
            *map(fitting, (*words, *rest, *said(finding, rulings))),
        )


def _formats(book: Workbook) -> dict[str, Format]:
    cell = {"valign": "top"}
    reading = {"ltr": 1, "rtl": 2, "auto": 0}
    return {
        "head": book.add_format({**cell, "bold": True, "bg_color": "#E8EAEF", "text_wrap": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "number": book.add_format({**cell, "align": "center"}),
        "percent": book.add_format({**cell, "align": "center", "num_format": "0%"}),
        **{way: book.add_format({**cell, "reading_order": n}) for way, n in reading.items()},
        **{
            s.label: book.add_format(
                {**cell, "bold": True, "bg_color": FILL[s], "font_color": INK[s]}
            )
            for s in Severity
        },
    }


def _write_overview(
    book: Workbook,
    sheet: Worksheet,
    overview: Overview,
    formats: dict[str, Format],
    left_out: int,
) -> int:
    """Write what was counted, and return the next free row."""
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 6, 14)
    sheet.write_string(0, 0, "Overview", formats["title"])
    row = 2
    for name, number in _figures(overview, left_out):
        sheet.write_string(row, 0, name, formats["ltr"])
        sheet.write_number(row, 1, number, formats["number"])
        row += 1
    row = _write_kinds(book, sheet, overview, formats, row + 1)
    for group in overview.groups:
        heads = (group.name, "Pairs", "With a major or critical finding", "Share")
        for column, text in enumerate(heads):
            sheet.write_string(row, column, fitting(text), formats["head"])
        for share in group.shares:
            row += 1
            sheet.write_string(row, 0, fitting(share.name), formats["ltr"])
            sheet.write_number(row, 1, share.pairs, formats["number"])
            sheet.write_number(row, 2, share.grave, formats["number"])
            sheet.write_number(row, 3, share.share, formats["percent"])
        row += 2
    return row


def _write_rights(sheet: Worksheet, rights: Rights, formats: dict[str, Format], row: int) -> None:
    """Write who was right, by check and by translator."""
    for name, rows in (("Check", rights.checks), ("Translator", rights.translators)):
        heads = (name, "Agreed", "Dismissed", "Not decided", "Agreed of the decided")
        for column, text in enumerate(heads):
            sheet.write_string(row, column, text, formats["head"])
        for one in rows:
            row += 1
            sheet.write_string(row, 0, fitting(one.name), formats["ltr"])
            for column, number in enumerate((one.agreed, one.dismissed, one.undecided), 1):
                sheet.write_number(row, column, number, formats["number"])
            if one.decided:
                sheet.write_number(row, 4, one.agreed / one.decided, formats["percent"])
        row += 2
    sheet.write_string(row, 0, "Errors that no check had found", formats["ltr"])
    sheet.write_number(row, 1, rights.missed, formats["number"])


def _figures(overview: Overview, left_out: int) -> tuple[tuple[str, int], ...]:
    figures = (
        ("Pairs", overview.pairs),
        ("Pairs compared", overview.compared),
        ("Pairs that could not be compared", overview.not_compared),
        ("Pairs with an error", overview.errors),
        ("Pairs with a critical finding", overview.critical),
        ("Pairs with a major or critical finding", overview.grave),
        ("Open findings", overview.findings),
        ("Accepted findings", overview.accepted),
    )
    more = ("Findings beyond what a sheet holds (see findings.csv)", left_out)
    return (*figures, more) if left_out else figures


def _write_kinds(
    book: Workbook, sheet: Worksheet, overview: Overview, formats: dict[str, Format], row: int
) -> int:
    """Write the open findings by kind and severity, with a chart; return the next free row."""
    if not overview.kinds:
        return row
    sheet.write_string(row, 0, "Open findings", formats["head"])
    for column, severity in enumerate(_GRADES, 1):
        sheet.write_string(row, column, severity.label, formats["head"])
    first = row + 1
    for kind, numbers in overview.kinds:
        row += 1
        sheet.write_string(row, 0, TYPES[ErrorType(kind)], formats["ltr"])
        for column, (_, number) in enumerate(numbers, 1):
            sheet.write_number(row, column, number, formats["number"])
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, severity in enumerate(_GRADES, 1):
        chart.add_series(
            {
                "name": [sheet.name, first - 1, column],
                "categories": [sheet.name, first, 0, row, 0],
                "values": [sheet.name, first, column, row, column],
                "fill": {"color": INK[severity]},
                "gap": 50,
            }
        )
    chart.set_title({"name": "Open findings by kind and severity"})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    sheet.insert_chart(1, 6, chart, {"description": "Open findings by kind and severity"})
    return row + 2
