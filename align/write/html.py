"""The report as one HTML file that asks nothing of a network, and runs no script."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from align import __version__
from align.bitext import Bitext, Document, Segment, Span
from align.finding import ErrorType, Finding, Report, Severity
from align.write.marks import Marks, Piece, marks_by_segment, passage
from align.write.places import find_span
from align.write.slices import tidy, visible
from align.write.words import (
    REASONS,
    SIDES,
    SIGNS,
    TYPES,
    bead_facts,
    count,
    direction,
    language_name,
    percent,
    ranked,
    skipped_by_reason,
    status,
    unsaid_words,
    verdict,
)

_EXCLUDED_CHARACTERS = 300
_UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True)
class Said:
    """What people have said of a finding: in a word, who, and why."""

    verdict: str
    who: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Finding:
    """A finding as the page shows it."""

    number: int
    bead: int
    severity: str
    sign: str
    kind: str
    slug: str
    check: str
    confidence: str
    message: str
    words: str
    evidence: tuple[str, ...]
    status: str
    said: Said

    @property
    def classes(self) -> str:
        """Return the classes by which a reader can hide it."""
        return f"{self.severity} {self.slug} {self.status}"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of a cell, the findings that mark them, and those whose marks end behind them."""

    text: str
    findings: tuple[_Finding, ...]
    ends: tuple[_Finding, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One side of a bead."""

    label: str
    place: str
    language: str
    direction: str
    pieces: tuple[_Piece, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A bead."""

    bead: int
    cells: tuple[_Cell, ...]
    findings: tuple[_Finding, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """What is said of a document."""

    label: str
    name: str
    language: str
    language_name: str
    size: str
    excluded: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around a report that is one page of many.

    `home` is the address of the overview, `name` what the pair is called there, `facts` what else
    is known of it. `said` is what people have said of findings, by their keys. `digest` names all
    that decides the page, so that it need not be made again.
    """

    home: str = ""
    name: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)


ALONE = Frame()
"""Of a report that stands for itself."""


def slug(error_type: ErrorType) -> str:
    """Return an error type as a name in a page."""
    return str(error_type).replace("/", "-")


def hash_of(content: str) -> str:
    """Return what a content security policy calls a style sheet or a script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _style() -> str:
    """Return the style sheet, with a rule for each box that hides findings when it is cleared."""
    rules = (files("align.write") / "report.css").read_text("utf-8")
    for name in (*(s.label for s in Severity), *(slug(t) for t in ErrorType)):
        off = f":root:has(#show-{name}:not(:checked))"
        rules += f"{off} .finding.{name} {{ display: none; }}\n"
        rules += f"{off} mark.{name} {{ background: none; text-decoration: none; }}\n"
    return rules


_STYLE = _style()
_STYLE_HASH = hash_of(_STYLE)
_PAGE = Environment(
    loader=PackageLoader("align", "write"), autoescape=True, undefined=StrictUndefined
).get_template("report.html.jinja")


def render(report: Report, frame: Frame = ALONE) -> str:
    """Return a page with the verdict, the findings, and both texts side by side with every mark.

    Articles are foreign input: all text is escaped, each side is isolated from the direction of the
    other, and a policy in the page forbids scripts, requests and styles that are not its own.
    Findings are hidden by severity and kind with check boxes and the style sheet alone.
    """
    findings = {number: _finding(number, f, frame) for number, f in ranked(report)}
    found = {finding.severity for finding in report.findings}
    kinds = {finding.error_type for finding in report.findings}
    accepted = len(report.accepted())
    return _PAGE.render(
        style=Markup(_STYLE),  # noqa: S704 - our own file
        style_hash=_STYLE_HASH,
        version=__version__,
        frame=frame,
        verdict=verdict(report).rstrip("."),
        risk=_risk(report),
        accepted=count(accepted, "finding") if accepted else "",
        signs={severity.label: sign for severity, sign in SIGNS.items()},
        severities=[s.label for s in sorted(found, reverse=True)],
        kinds=[(slug(kind), TYPES[kind]) for kind in ErrorType if kind in kinds],
        findings=list(findings.values()),
        sides=list(_sides(report.bitext)),
        rows=list(_rows(report, findings)),
        skipped=skipped_by_reason(report) if report.risk is not None else {},
        signature=report.signature,
    )


def _risk(report: Report) -> str:
    if report.risk is None:
        return "; ".join(skipped_by_reason(report)) or "The report gives no reason."
    return f"Risk: {percent(report.risk)} chance of at least one major error"


def _finding(number: int, finding: Finding, frame: Frame) -> _Finding:
    said = Said("accepted" if finding.accepted else "", reason=finding.accepted)
    said = frame.said.get(finding.key, said)
    return _Finding(
        number,
        finding.bead,
        finding.severity.label,
        SIGNS[finding.severity],
        TYPES[finding.error_type],
        slug(finding.error_type),
        tidy(finding.check),
        percent(finding.confidence),
        tidy(finding.message),
        unsaid_words(finding),
        tuple(map(tidy, finding.grounds())),
        status(finding),
        Said(said.verdict, tidy(said.who), tidy(said.reason)),
    )


def _sides(bitext: Bitext) -> Iterator[_Side]:
    for side, document, segments in bitext.sides():
        excluded = tuple(
            (
                REASONS[block.reason],
                tidy(block.span.of(document.text)[:_EXCLUDED_CHARACTERS])
                + ("…" if len(block.span) > _EXCLUDED_CHARACTERS else ""),
            )
            for block in document.excluded
        )
        yield _Side(
            SIDES[side],
            tidy(document.name) or "unnamed",
            document.language or _UNKNOWN_LANGUAGE,
            language_name(document.language),
            count(len(segments), "segment"),
            excluded,
        )


def _rows(report: Report, findings: dict[int, _Finding]) -> Iterator[_Row]:
    bitext = report.bitext
    of_bead: dict[int, list[_Finding]] = {}
    for finding in findings.values():
        of_bead.setdefault(finding.bead, []).append(finding)
    marks = dict(zip(SIDES, marks_by_segment(report), strict=True))
    for number, bead in enumerate(bitext.beads):
        runs = {"source": bead.source, "target": bead.target}
        facts = {"source": "", "target": bead_facts(bead)}
        cells = tuple(
            _cell(
                (SIDES[side], facts[side]), document, (segments, runs[side], marks[side]), findings
            )
            for side, document, segments in bitext.sides()
        )
        yield _Row(number, cells, tuple(of_bead.get(number, ())))


def _cell(
    title: tuple[str, str],
    document: Document,
    content: tuple[Sequence[Segment], range, Marks],
    findings: dict[int, _Finding],
) -> _Cell:
    segments, run, marks = content
    place = ""
    if run:
        span = Span(segments[run[0]].span.start, segments[run[-1]].span.end)
        place = tidy(find_span(document, span).label)
    label, facts = title
    return _Cell(
        label,
        " · ".join(filter(None, (place, facts))),
        document.language or _UNKNOWN_LANGUAGE,
        direction(document.language),
        tuple(_pieces(passage(segments, run, marks).pieces(), findings)),
    )


def _pieces(pieces: Sequence[Piece], findings: dict[int, _Finding]) -> Iterator[_Piece]:
    for piece, after in zip(pieces, (*pieces, Piece(""))[1:], strict=True):
        ends = [n for n in piece.findings if n not in after.findings]
        yield _Piece(
            visible(piece.text),
            # The innermost colour is seen, and the gravest finding has the lowest number.
            tuple(findings[n] for n in reversed(piece.findings)),
            tuple(findings[n] for n in ends),
        )
