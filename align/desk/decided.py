"""A report as people have decided on it, for pages, exports and statistics."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from align import rulings
from align.bitext import Bitext, Segment, Span
from align.desk.decisions import Action, Decision, Standing, in_force, standings
from align.finding import ErrorType, Finding, Mark, Report, Severity, finding_key
from align.rulings import Ruling, Verdict

REVISER = "reviser"
"""What stands as the check of a finding that a person has added."""


@dataclass(frozen=True, slots=True)
class Added:
    """A finding that a person has added: words of one side or both, and what is wrong with them."""

    error_type: ErrorType
    severity: Severity
    source: tuple[Mark, ...]
    target: tuple[Mark, ...]
    message: str

    @property
    def key(self) -> str:
        """Return its key, which depends on its words and type as a check's does."""
        words = (" ".join(mark.text for mark in side) for side in (self.source, self.target))
        return finding_key(REVISER, str(self.error_type), *words)


def render_added(added: Added) -> str:
    """Return an added finding as the value of a decision."""
    sides = {"source": added.source, "target": added.target}
    table = {
        "type": str(added.error_type),
        "severity": added.severity.label,
        "message": added.message,
        **{
            side: [
                {"segment": m.segment, "start": m.span.start, "end": m.span.end, "text": m.text}
                for m in marks
            ]
            for side, marks in sides.items()
        },
    }
    return json.dumps(table)


def parse_added(value: str) -> Added:
    """Return what `render_added` has made a text of."""
    table = json.loads(value)
    return Added(
        ErrorType(table["type"]),
        Severity[table["severity"].upper()],
        _marks(table["source"]),
        _marks(table["target"]),
        table["message"],
    )


def with_added(report: Report, log: Sequence[Decision]) -> Report:
    """Return the report with the findings that people have added.

    Their words are looked for again, since this may be another version of the texts than the one
    they were marked in; a finding whose words are gone is left out.
    """
    known = {finding.key for finding in report.findings}
    fresh = []
    for decision in in_force(log):
        if decision.action is not Action.ADD or decision.key in known:
            continue
        finding = _anchored(decision, report.bitext)
        if finding is not None:
            known.add(finding.key)
            fresh.append(finding)
    if not fresh:
        return report
    return replace(report, findings=tuple(sorted((*report.findings, *fresh), key=_place)))


def decide(report: Report, log: Sequence[Decision]) -> Report:
    """Return the report as people have decided on it.

    What was ruled holds (see `align.rulings.apply`), and added findings are among the others.
    """
    return rulings.apply(with_added(report, log), _rulings(standings(log)))


def ruling(pair: str, key: str, standing: Standing) -> Ruling | None:
    """Return where people have left a finding that a check has made; None if it is open."""
    opinion = standing.deciding
    if opinion is None or standing.verdict == "open":
        return None
    if standing.verdict == "disputed":
        return Ruling(pair, key, "disputed")
    if standing.verdict == "dismissed":
        return Ruling(pair, key, "dismissed", opinion.reason, opinion.who)
    is_changed = not (opinion.error_type is None and opinion.severity is None)
    found: Verdict = "changed" if is_changed else "agreed"
    kind = opinion.error_type, opinion.severity
    return Ruling(pair, key, found, "", opinion.who, *kind)


def _rulings(standing: Mapping[str, Standing]) -> dict[str, Ruling]:
    found = (ruling("", key, one) for key, one in standing.items())
    return {one.key: one for one in found if one is not None}


def _anchored(decision: Decision, bitext: Bitext) -> Finding | None:
    added = parse_added(decision.value)
    source = _found(added.source, bitext.source_segments)
    target = _found(added.target, bitext.target_segments)
    if source is None or target is None:
        return None
    return Finding(
        key=decision.key,
        check=REVISER,
        error_type=added.error_type,
        severity=added.severity,
        confidence=1.0,
        bead=_bead(bitext, source, target),
        source=source,
        target=target,
        message=added.message or f"Added by {decision.who}.",
    )


def _found(marks: Iterable[Mark], segments: Sequence[Segment]) -> tuple[Mark, ...] | None:
    """Return the marks where their words now stand; None if some stand nowhere."""
    found = []
    for mark in marks:
        places = [n for n, segment in enumerate(segments) if mark.text in segment.text]
        if not places:
            return None
        number = min(places, key=lambda n: abs(n - mark.segment))
        start = _nearest(segments[number].text, mark.text, mark.span.start)
        found.append(Mark(number, Span(start, start + len(mark.text)), mark.text))
    return tuple(found)


def _nearest(text: str, words: str, wanted: int) -> int:
    if text.startswith(words, wanted):
        return wanted
    return text.index(words)


def _bead(bitext: Bitext, source: Sequence[Mark], target: Sequence[Mark]) -> int:
    for number, bead in enumerate(bitext.beads):
        if source and source[0].segment in bead.source:
            return number
        if not source and target[0].segment in bead.target:
            return number
    raise ValueError("a segment stands in no bead")


def _place(finding: Finding) -> tuple[int, int]:
    marks = (*finding.source, *finding.target)
    return finding.bead, marks[0].span.start if marks else 0


def _marks(rows: Iterable[Mapping[str, Any]]) -> tuple[Mark, ...]:
    return tuple(Mark(r["segment"], Span(r["start"], r["end"]), r["text"]) for r in rows)
