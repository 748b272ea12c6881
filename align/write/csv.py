"""Findings as CSV (RFC 4180): one row a finding, for a spreadsheet or a script."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from align.bitext import Bitext
from align.checks import CHECKS
from align.finding import Finding, Mark, Report
from align.write.places import Where, find_marks, spans
from align.write.tsv import side_text
from align.write.words import ranked, status

HEADER = (
    "number",
    "key",
    "check",
    "code",
    "type",
    "severity",
    "confidence",
    "bead",
    *(
        f"{side}_{column}"
        for side in ("source", "target")
        for column in ("place", "line", "column", "start", "end", "marks", "words", "text")
    ),
    "message",
    "evidence",
    "status",
    "reason",
)

BETWEEN_WORDS = " … "
"""Between two runs of marked words of one side."""

CODES = {check.name: check.code for check in CHECKS}

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula, also in the wide forms it folds."""


@dataclass(frozen=True, slots=True)
class _Side:
    """What a row says of one side."""

    places: Sequence[Where]
    marks: Sequence[Mark]
    text: str

    def cells(self) -> tuple[str, ...]:
        """Return place, line, column, start, end, marks, words and text."""
        first = self.places[0] if self.places else None
        line, column = (first.first if first else None) or ("", "")
        return (
            first.place.label if first and first.place else "",
            str(line),
            str(column),
            str(first.start) if first else "",
            str(first.end) if first else "",
            spans(self.marks),
            BETWEEN_WORDS.join(mark.text for mark in self.marks),
            self.text,
        )


def render(report: Report) -> str:
    r"""Return the findings as a table, the most serious first; lines end in \r\n.

    `line`, `column`, `start` and `end` are those of the first marked words in the file; `marks` are
    all of them as `segment:start-end`, relative to the segment; `text` is the side of the bead. A
    cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(rows(report))
    return written.getvalue()


def rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each finding, after `HEADER`; the most serious first."""
    for number, finding in ranked(report):
        yield tuple(map(harmless, _row(report.bitext, number, finding)))


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1")
    "'=1+1"
    """
    # What begins with an apostrophe already gets another one, so that a reader can take it off.
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def _row(bitext: Bitext, number: int, finding: Finding) -> tuple[str, ...]:
    bead = bitext.beads[finding.bead]
    source, target = find_marks(bitext, finding)
    source_text = side_text(bitext.source_segments, bead.source)
    target_text = side_text(bitext.target_segments, bead.target)
    return (
        str(number),
        finding.key,
        finding.check,
        CODES.get(finding.check, ""),
        str(finding.error_type),
        finding.severity.label,
        f"{finding.confidence:.4f}",
        str(finding.bead),
        *_Side(source, finding.source, source_text).cells(),
        *_Side(target, finding.target, target_text).cells(),
        finding.message,
        "\n".join(finding.evidence),
        status(finding),
        finding.accepted,
    )
