"""An article as its page shows it: both texts in rows, and a card for each finding beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from align.bitext import Bead, Document, Segment, Span, running
from align.desk.decided import REVISER, with_added
from align.desk.decisions import OPEN, Decision, Standing, standings
from align.finding import ErrorType, Finding, Mark, Report, Severity
from align.write.marks import Marks, Piece, cut_at_marks
from align.write.slices import tidy, visible
from align.write.tsv import joint
from align.write.words import SIGNS, direction, language_name, percent, unsaid_words

UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True)
class Card:
    """A finding with what people think of it.

    `error_type` and `severity` are those that hold now; `confidence` is empty for a finding that a
    person has added.
    """

    number: int
    key: str
    bead: int
    check: str
    error_type: ErrorType
    severity: Severity
    confidence: str
    message: str
    words: str
    evidence: tuple[str, ...]
    accepted: str
    standing: Standing

    @property
    def sign(self) -> str:
        """Return the sign of its severity."""
        return SIGNS[self.severity]

    @property
    def verdict(self) -> str:
        """Return where it stands; one that was let pass before is dismissed until somebody says."""
        return (
            "dismissed" if self.accepted and not self.standing.opinions else self.standing.verdict
        )


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a segment, the numbers of the findings that mark it, and how it looks.

    `ends` are the numbers of those whose marks end behind it.
    """

    text: str
    numbers: tuple[int, ...]
    ends: tuple[int, ...]
    severity: str
    verdict: str
    sign: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A segment in its cell; `before` is what stands between it and the one before."""

    number: int
    before: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a bead."""

    side: str
    language: str
    direction: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A bead."""

    bead: int
    facts: tuple[str, ...]
    cells: tuple[Cell, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What the page says of a document."""

    name: str
    language: str
    language_name: str
    excluded: tuple[str, ...]


def cards(report: Report, log: Sequence[Decision]) -> tuple[Card, ...]:
    """Return a card for each finding, added ones too, in reading order."""
    known = standings(log)
    whole = with_added(report, log)
    return tuple(
        _card(number, finding, known.get(finding.key, OPEN))
        for number, finding in enumerate(whole.findings, 1)
    )


def rows(report: Report, log: Sequence[Decision], shown: Sequence[Card]) -> tuple[Row, ...]:
    """Return the beads of a report with their texts, marks and cards.

    Args:
        report: The report as the checks made it.
        log: The decisions on its article.
        shown: What `cards` returns for the two.
    """
    bitext = report.bitext
    findings = with_added(report, log).findings
    marks = {
        "source": _marks((n, f.source) for n, f in enumerate(findings, 1)),
        "target": _marks((n, f.target) for n, f in enumerate(findings, 1)),
    }
    of_bead: dict[int, list[Card]] = {}
    for card in shown:
        of_bead.setdefault(card.bead, []).append(card)
    by_number = {card.number: card for card in shown}
    return tuple(
        Row(
            number,
            tuple(filter(None, ("moved" if bead.moved else "", bead.doubt))),
            tuple(
                _cell(side, document, _run(segments, bead, side), (marks[side], by_number))
                for side, document, segments in bitext.sides()
            ),
            tuple(of_bead.get(number, ())),
        )
        for number, bead in enumerate(bitext.beads)
    )


def sides(report: Report) -> tuple[Side, ...]:
    """Return what the page says of the two documents."""
    return tuple(
        Side(
            tidy(document.name),
            document.language or UNKNOWN_LANGUAGE,
            language_name(document.language),
            tuple(tidy(e.span.of(document.text))[:300] for e in document.excluded),
        )
        for _, document, _ in report.bitext.sides()
    )


def _card(number: int, finding: Finding, standing: Standing) -> Card:
    opinion = standing.deciding
    error_type, severity = finding.error_type, finding.severity
    if opinion is not None and opinion.is_error:
        error_type = opinion.error_type or error_type
        severity = severity if opinion.severity is None else opinion.severity
    return Card(
        number=number,
        key=finding.key,
        bead=finding.bead,
        check=tidy(finding.check),
        error_type=error_type,
        severity=severity,
        confidence="" if finding.check == REVISER else percent(finding.confidence),
        message=tidy(finding.message),
        words=unsaid_words(finding),
        evidence=tuple(map(tidy, finding.evidence)),
        accepted=tidy(finding.accepted),
        standing=standing,
    )


def _marks(found: Iterable[tuple[int, Sequence[Mark]]]) -> Marks:
    marks: dict[int, list[tuple[Span, int]]] = {}
    for number, group in found:
        for mark in group:
            marks.setdefault(mark.segment, []).append((mark.span, number))
    return marks


def _run(segments: Sequence[Segment], bead: Bead, side: str) -> list[tuple[int, Segment]]:
    run = bead.source if side == "source" else bead.target
    return [(number, segments[number]) for number in run]


def _cell(
    side: str,
    document: Document,
    run: Sequence[tuple[int, Segment]],
    marked: tuple[Marks, Mapping[int, Card]],
) -> Cell:
    sentences, before = [], ""
    for number, segment in run:
        text = running(segment.text)
        between = joint(before, text) if before else ""
        sentences.append(Sentence(number, between, _words(number, text, marked)))
        before = text
    language = document.language
    return Cell(side, language or UNKNOWN_LANGUAGE, direction(language), tuple(sentences))


def _words(number: int, text: str, marked: tuple[Marks, Mapping[int, Card]]) -> tuple[Words, ...]:
    marks, by_number = marked
    inside = [(span, n) for span, n in marks.get(number, ()) if span.end <= len(text)]
    found = []
    pieces = cut_at_marks(text, inside)
    for piece, after in zip(pieces, (*pieces[1:], Piece("")), strict=True):
        own = [by_number[n] for n in piece.findings]
        gravest = max(
            own, key=lambda card: (card.verdict != "dismissed", card.severity), default=None
        )
        found.append(
            Words(
                visible(piece.text),
                piece.findings,
                tuple(n for n in piece.findings if n not in after.findings),
                gravest.severity.label if gravest else "",
                gravest.verdict if gravest else "",
                gravest.sign if gravest else "",
            )
        )
    return tuple(found)
