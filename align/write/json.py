"""Reports as JSON, after `report.schema.json`, and rows as JSON lines."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from align.bitext import Bead, Bitext, Document, Segment, Span
from align.finding import BeadRisk, Finding, Mark, PairReport, Quote, Report
from align.write.places import Where, runs

SCHEMA = "veralign-report/1"


def render(report: Report) -> str:
    """Return a report as one JSON object, indented, with a newline at its end."""
    bitext, accepted = report.bitext, len(report.accepted())
    return _dump(
        {
            "schema": SCHEMA,
            "signature": report.signature,
            "source": _document(bitext.source, bitext.source_segments),
            "target": _document(bitext.target, bitext.target_segments),
            "beads": _beads(bitext.beads, report.risks),
            "findings": [_finding(finding) for finding in report.findings],
            "skipped": [{"check": s.check, "reason": s.reason} for s in report.skipped],
            "summary": {
                "risk": report.risk,
                "by_type": report.by_type(),
                "by_severity": report.by_severity(),
                **({"accepted": accepted} if accepted else {}),
            },
        }
    )


def render_alignment(bitext: Bitext) -> str:
    """Return the segments and beads of two documents, in the shape they have in a report."""
    return _dump(
        {
            "source": _document(bitext.source, bitext.source_segments),
            "target": _document(bitext.target, bitext.target_segments),
            "beads": _beads(bitext.beads, ()),
        }
    )


def render_row(report: PairReport) -> str:
    """Return the answer for one row of a bilingual file as one line, with its newline."""
    row: dict[str, Any] = {"row": report.row}
    if report.error:
        row["error"] = report.error
    else:
        row["risk"] = report.risk
        row["probabilities"] = dict(report.probabilities)
        row["findings"] = [_finding(finding) for finding in report.findings]
    return json.dumps(row, ensure_ascii=False) + "\n"


def _dump(table: dict[str, Any]) -> str:
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _document(document: Document, segments: Sequence[Segment]) -> dict[str, Any]:
    return {
        "name": document.name,
        "language": document.language,
        "language_confidence": round(document.language_confidence, 4),
        "segments": [
            {"id": number, "text": segment.text, **_stretch(document, segment.span)}
            for number, segment in enumerate(segments)
        ],
        "excluded": [
            {
                "text": excluded.span.of(document.text),
                **_place(document, excluded.span),
                "reason": excluded.reason,
            }
            for excluded in document.excluded
        ],
    }


def _place(document: Document, span: Span) -> dict[str, int]:
    return {"start": document.file_offset(span.start), "end": document.file_offset(span.end)}


def _stretch(document: Document, span: Span) -> dict[str, Any]:
    """Say where a segment stands, and where its text goes on elsewhere in the file."""
    first, *more = runs(document, span)
    table: dict[str, Any] = {**_place(document, span), **dict(_named(first[1]))}
    if more:
        table["runs"] = [{"at": at, "start": w.start, **dict(_named(w))} for at, w in more]
    return table


def _named(where: Where) -> Iterator[tuple[str, int | str]]:
    if where.first:
        yield "line", where.first[0]
        yield "column", where.first[1]
    if where.place and where.place.label:
        yield "place", where.place.label
    if where.place and where.place.path:
        yield "path", where.place.path


def _beads(beads: Sequence[Bead], risks: Sequence[BeadRisk]) -> list[dict[str, Any]]:
    known = zip_longest(beads, risks[: len(beads)])
    return [_bead(number, bead, risk) for number, (bead, risk) in enumerate(known)]


def _bead(number: int, bead: Bead, risk: BeadRisk | None) -> dict[str, Any]:
    table: dict[str, Any] = {
        "id": number,
        "source": list(bead.source),
        "target": list(bead.target),
        "score": bead.score,
    }
    if bead.moved:
        table["moved"] = True
    if bead.doubt:
        table["doubt"] = bead.doubt
    if bead.source_alone or bead.target_alone:
        table["alone"] = {"source": list(bead.source_alone), "target": list(bead.target_alone)}
    if risk:
        table["risk"] = {"chance": risk.chance, "judged": risk.is_judged}
    return table


def _finding(finding: Finding) -> dict[str, Any]:
    table: dict[str, Any] = {
        "key": finding.key,
        "check": finding.check,
        "type": str(finding.error_type),
        "severity": finding.severity.label,
        "confidence": finding.confidence,
        "bead": finding.bead,
        "source": [_mark(mark) for mark in finding.source],
        "target": [_mark(mark) for mark in finding.target],
        "message": finding.message,
        "evidence": list(finding.evidence),
    }
    if finding.reports:
        table["reports"] = [_quote(quote) for quote in finding.reports]
    if finding.accepted:
        table["accepted"] = finding.accepted
    return table


def _quote(quote: Quote) -> dict[str, Any]:
    # Where its file lay is no matter of the report's, as it is with the two articles.
    left_out = {"origin", *(("line",) if quote.line is None else ())}
    return {name: value for name, value in asdict(quote).items() if name not in left_out}


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "segment": mark.segment,
        "start": mark.span.start,
        "end": mark.span.end,
        "text": mark.text,
    }
