"""One line of the viewer as it is drawn: signs, words, and what is marked and lit on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text

from align.bitext import Span
from align.finding import Finding, Severity
from align.viewer.cells import Line, Piece
from align.viewer.layout import SIGN_WIDTH, Layout
from align.viewer.state import Hit, View
from align.write.columns import DIVIDER, STYLES, isolated
from align.write.rows import Row, by_bead
from align.write.words import SIGNS

CURRENT = "reverse"
FOUND = "black on yellow"
LIT = "bold black on bright_cyan"
NOTE = "italic dim"

_HERE = ("▌", "bold bright_cyan")


@dataclass(frozen=True, slots=True)
class Lights:
    """What is marked: the listed findings and the places found, by bead, and what is looked at."""

    view: View
    findings: Mapping[int, Sequence[Finding]]
    hits: Mapping[int, Sequence[Hit]]


def lights(view: View) -> Lights:
    """Put together once for a view what each of its lines asks for."""
    hits: dict[int, list[Hit]] = {}
    for hit in view.found:
        hits.setdefault(hit.bead, []).append(hit)
    return Lights(view, by_bead(view.listed()), hits)


def draw(layout: Layout, number: int, lit: Lights) -> Text:
    """Return one line of the screen, with all that is marked and lit on it.

    Args:
        layout: The lines.
        number: Which line.
        lit: What is marked.
    """
    line = layout.line(number)
    if line is None:
        return Text()
    if line.fold:
        return _fold(line.fold, layout, is_here=layout.lines_of(lit.view.bead)[0] == number)
    gutter = _gutter(layout, line, lit)
    source = _column(line.source, _marks(lit, line.row, is_source=True))
    target = _column(line.target, _marks(lit, line.row, is_source=False))
    width = layout.gutters[0] + layout.column
    text = gutter.append_text(isolated(source))
    text.append(" " * (width - text.cell_len)).append(DIVIDER, "dim")
    place = line.places[1] if line.places else ""
    text.append(place.rjust(layout.gutters[1] - 1) + " " if layout.gutters[1] else "", "dim")
    return text.append_text(isolated(target))


def _fold(words: str, layout: Layout, *, is_here: bool) -> Text:
    text = Text.assemble(_HERE if is_here else " ", " " * (SIGN_WIDTH - 1), (words, NOTE))
    text.truncate(sum(layout.gutters) + 2 * layout.column + len(DIVIDER), overflow="ellipsis")
    return text


def _gutter(layout: Layout, line: Line, lit: Lights) -> Text:
    row = line.row
    if row is None:
        return Text()
    is_here = row.bead == lit.view.bead and not row.is_origin
    bar = _HERE if is_here else (" ", "")
    sign: tuple[str, str] = ("   ", "")
    place = ""
    if line.places:
        sign, place = _sign(lit, row), line.places[0]
    width = layout.gutters[0] - SIGN_WIDTH - 1
    return Text.assemble(bar, sign, (place.rjust(width) + " ", "dim"))


def _sign(lit: Lights, row: Row) -> tuple[str, str]:
    findings = lit.findings.get(row.bead, ())
    severities = [f.severity for f in findings if not f.accepted]
    if row.is_origin or not findings:
        return "   ", ""
    if not severities:
        return "✓  ", "dim"
    worst: Severity = max(severities)
    return SIGNS[worst].ljust(3), STYLES[worst]


def _marks(lit: Lights, row: Row | None, *, is_source: bool) -> list[tuple[int, Span, str]]:
    """Return what is marked in a row of one side: segment, span and style, the strongest last."""
    if row is None or row.is_origin:
        return []
    current = lit.view.current()
    found = []
    for finding in lit.findings.get(row.bead, ()):
        if finding.accepted:
            continue
        style = f"{STYLES[finding.severity]} underline"
        style += f" {CURRENT}" if finding is current else ""
        marks = finding.source if is_source else finding.target
        found += [(mark.segment, mark.span, style) for mark in marks]
    hits = lit.hits.get(row.bead, ())
    found += [(hit.segment, hit.span, FOUND) for hit in hits if hit.is_source == is_source]
    pair = lit.view.lit()
    if pair is not None:
        segment, span = pair.source if is_source else pair.target
        found.append((segment, span, LIT))
    return found


def _column(piece: Piece | None, marks: Iterable[tuple[int, Span, str]]) -> Text:
    if piece is None:
        return Text()
    shown = Text(piece.text, NOTE if piece.cell.is_note else "")
    for segment, span, style in marks:
        place = piece.cell.place(segment, span)
        if place is not None:
            shown.stylize(style, max(place[0] - piece.start, 0), max(place[1] - piece.start, 0))
    return shown
