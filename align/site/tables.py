"""Findings and pairs of a batch as tables: Parquet for programs, CSV for spreadsheets."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from align.finding import Finding, Mark, Report, Severity
from align.rulings import Rulings, verdict
from align.site import tally
from align.site.facts import Facts
from align.site.kept import Rows
from align.write import csv as findings_csv
from align.write.csv import CODES, harmless
from align.write.places import Where, find_marks
from align.write.tsv import side_text
from align.write.words import ranked, status

FIELD = "field_"
"""What stands before the name of a manifest's column, which may be called as one of ours."""

_ROWS_AT_ONCE = 20_000

_MARK = pa.struct(
    [("segment", pa.int32()), ("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())]
)
_WORD = pa.dictionary(pa.int32(), pa.string())
_PAIR = (("pair", pa.string()), ("source_path", pa.string()), ("target_path", pa.string()))
_FINDING = (
    ("source_language", _WORD),
    ("target_language", _WORD),
    ("risk", pa.float64()),
    ("number", pa.int32()),
    ("key", pa.string()),
    ("check", _WORD),
    ("code", _WORD),
    ("type", _WORD),
    ("severity", _WORD),
    ("confidence", pa.float64()),
    ("bead", pa.int32()),
    *(
        (f"{side}_{name}", kind)
        for side in ("source", "target")
        for name, kind in (
            ("place", pa.string()),
            ("line", pa.int32()),
            ("column", pa.int32()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("marks", pa.list_(_MARK)),
            ("text", pa.string()),
        )
    ),
    ("message", pa.string()),
    ("evidence", pa.list_(pa.string())),
    ("status", _WORD),
    ("reason", pa.string()),
)
_RULED = (("verdict", _WORD), ("decided_by", pa.string()))
"""What more is said of a finding, once people have decided on any."""
_PAIR_RULED = ("agreed", "dismissed", "undecided", "missed")
PAIRS_HEADER = (
    "pair",
    "source_path",
    "target_path",
    "source_language",
    "target_language",
    "title",
    "status",
    "risk",
    *(severity.label for severity in sorted(Severity, reverse=True)),
    "accepted",
    "worst",
    "problem",
    "page",
)


def schema(names: Sequence[str], *, is_ruled: bool = False) -> pa.Schema:
    """Return the columns of `findings.parquet`.

    Args:
        names: The manifest's other columns.
        is_ruled: People have decided on findings.
    """
    fields = ((FIELD + name, pa.string()) for name in names)
    return pa.schema([*_PAIR, *fields, *_FINDING, *(_RULED if is_ruled else ())])


class Tables(AbstractContextManager["Tables"]):
    """Three tables under way: findings as Parquet and as CSV, and pairs as CSV.

    Rows go to the files as they come, so that memory does not grow with their number.
    """

    def __init__(
        self, paths: Mapping[str, Path], names: Sequence[str], *, is_ruled: bool = False
    ) -> None:
        """Begin tables.

        Args:
            paths: Where `findings.parquet`, `findings.csv` and `pairs.csv` are written.
            names: The manifest's other columns, each a column of every table.
            is_ruled: People have decided on findings, which has columns of its own.
        """
        self._names = tuple(names)
        self._is_ruled = is_ruled
        self._schema = schema(names, is_ruled=is_ruled)
        self._rows: list[dict[str, object]] = []
        self._stack = ExitStack()
        fields = tuple(harmless(FIELD + name) for name in names)
        self._parquet = self._stack.enter_context(
            parquet.ParquetWriter(paths["findings.parquet"], self._schema, compression="zstd")
        )
        ruled = tuple(name for name, _ in _RULED) if is_ruled else ()
        head = ("pair", *fields, *findings_csv.HEADER, *ruled)
        self._findings = self._csv(paths["findings.csv"], head)
        head = (*PAIRS_HEADER[:3], *fields, *PAIRS_HEADER[3:], *(_PAIR_RULED if is_ruled else ()))
        self._pairs = self._csv(paths["pairs.csv"], head)

    def add(self, rows: Rows) -> None:
        """Add a pair and its findings."""
        facts = rows.facts
        values = tuple(dict(facts.fields).get(name, "") for name in self._names)
        row = _pair_row(facts)
        ruled = _ruled_cells(facts) if self._is_ruled else ()
        self._pairs.writerow(map(harmless, (*row[:3], *values, *row[3:], *ruled)))
        head = tuple(map(harmless, (facts.pair, *values)))
        width = None if self._is_ruled else len(findings_csv.HEADER)
        self._findings.writerows((*head, *cells[:width]) for cells in rows.cells)
        first = {"pair": facts.pair, "source_path": facts.source, "target_path": facts.target}
        fields = {FIELD + name: value for name, value in facts.fields}
        # The schema takes the columns that it has.
        self._rows += ({**first, **fields, **found} for found in rows.findings)
        if len(self._rows) >= _ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._parquet.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows = []

    def _csv(self, path: Path, header: Sequence[str]) -> Any:  # noqa: ANN401 - csv hides the type
        # The mark at the beginning tells Excel that the file is UTF-8.
        file = self._stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        return writer

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what is left, and close the files."""
        with self._stack:
            if kind is None:
                self._flush()


def _pair_row(facts: Facts) -> tuple[str, ...]:
    source, target = (tag or "" for tag in facts.languages)
    return (
        facts.pair,
        facts.source,
        facts.target,
        source,
        target,
        facts.title,
        "error" if facts.is_error else "compared" if facts.is_compared else "not compared",
        "" if facts.risk is None else f"{facts.risk:.4f}",
        *(str(facts.of(severity)) for severity in sorted(Severity, reverse=True)),
        str(facts.accepted),
        facts.worst,
        facts.problem,
        f"site/articles/{facts.page}" if facts.page else "",
    )


def _ruled_cells(facts: Facts) -> tuple[str, ...]:
    found = tally.decided(facts)
    numbers = (found.agreed, found.dismissed, found.undecided, facts.missed)
    return tuple(map(str, numbers))


def said(finding: Finding, rulings: Rulings) -> tuple[str, str]:
    """Return the verdict on a finding, and who decided."""
    ruling = rulings.get(finding.key)
    return verdict(finding, rulings), ruling.who if ruling else ""


def finding_cells(report: Report, rulings: Rulings) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each finding in `findings.csv`, the verdict's at the end."""
    found = zip(findings_csv.rows(report), ranked(report), strict=True)
    for cells, (_, finding) in found:
        yield (*cells, *map(harmless, said(finding, rulings)))


def finding_rows(report: Report, rulings: Rulings) -> Iterator[dict[str, object]]:
    """Yield the row of each finding in `findings.parquet`, without what is said of the pair."""
    bitext = report.bitext
    for number, finding in ranked(report):
        bead = bitext.beads[finding.bead]
        places = dict(zip(("source", "target"), find_marks(bitext, finding), strict=True))
        word, who = said(finding, rulings)
        row: dict[str, object] = {
            "source_language": bitext.source.language,
            "target_language": bitext.target.language,
            "risk": report.risk,
            **_finding_row(number, finding),
            "verdict": word,
            "decided_by": who,
        }
        for side, _, segments in bitext.sides():
            marks = finding.source if side == "source" else finding.target
            run = bead.source if side == "source" else bead.target
            row |= _side_row(side, places[side], marks)
            row[f"{side}_text"] = side_text(segments, run)
        yield row


def _finding_row(number: int, finding: Finding) -> dict[str, object]:
    return {
        "number": number,
        "key": finding.key,
        "check": finding.check,
        "code": CODES.get(finding.check, ""),
        "type": str(finding.error_type),
        "severity": finding.severity.label,
        "confidence": finding.confidence,
        "bead": finding.bead,
        "message": finding.message,
        "evidence": list(finding.grounds()),
        "status": status(finding),
        "reason": finding.accepted,
    }


def _side_row(side: str, places: Sequence[Where], marks: Sequence[Mark]) -> dict[str, object]:
    first = places[0] if places else None
    line, column = (first.first if first else None) or (None, None)
    return {
        f"{side}_place": first.place.label if first and first.place else None,
        f"{side}_line": line,
        f"{side}_column": column,
        f"{side}_start": first.start if first else None,
        f"{side}_end": first.end if first else None,
        f"{side}_marks": [
            {"segment": m.segment, "start": m.span.start, "end": m.span.end, "text": m.text}
            for m in marks
        ],
    }
