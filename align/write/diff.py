"""The report as a diff: both texts in two columns, and what is faithful folded away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from align.bitext import Bitext
from align.finding import Finding, Report, Severity
from align.write.columns import (
    DIVIDER,
    GAP,
    NARROWEST,
    SOURCE_SIGNS,
    STYLES,
    TARGET_SIGNS,
    TWO_COLUMNS,
    Page,
    beside,
    isolated,
    painted,
    printed,
)
from align.write.rows import (
    CONTEXT,
    Row,
    block_name,
    by_bead,
    fold_words,
    is_remarkable,
    near,
    places,
    rows,
)
from align.write.slices import hang, tidy, wrap
from align.write.words import (
    REASONS,
    SIGNS,
    TYPES,
    count,
    language_name,
    percent,
    skipped_by_reason,
    verdict,
)

_SIGN_WIDTH = 3  # room for the longest sign and a space
_INDENT = "   "


def render(report: Report, *, width: int, colour: bool, context: int | None = CONTEXT) -> str:
    """Return both texts beside each other, with the findings under the beads that have them.

    Args:
        report: What is known about one pair of documents.
        width: Cells in a line; taken as 20 if less. Under 80, the texts stand one below the other.
        colour: Whether the output may hold ANSI escape sequences.
        context: How many faithful beads are shown around those with findings; None for all.

    Returns:
        Lines without trailing spaces, none wider than `width`; the last one ends with a newline.
        What the texts say never reaches the terminal as a command.
    """
    page = Page(max(width, NARROWEST), colour)
    body = () if report.risk is None else _body(report, page, context)
    return printed([*_heading(report, page), *body, *_summary(report, page)], page)


# The body: rows that are shown, and folds


@dataclass(frozen=True, slots=True)
class _Body:
    """What each row is drawn from."""

    bitext: Bitext
    findings: dict[int, list[Finding]]
    page: Page
    gutters: tuple[int, int]

    @property
    def column(self) -> int:
        """Cells of one column of text."""
        return (self.page.width - sum(self.gutters) - len(DIVIDER)) // 2


def _body(report: Report, page: Page, context: int | None) -> Iterator[Text]:
    bitext = report.bitext
    body = _Body(bitext, by_bead(report.findings), page, _gutters(bitext))
    all_rows = rows(bitext)
    shown = _shown(all_rows, report, context)
    folded: list[Row] = []
    for number, row in enumerate(all_rows):
        if number not in shown:
            folded.append(row)
            continue
        yield from _fold(folded, body)
        folded = []
        yield from (*_row(row, body), Text())
    yield from _fold(folded, body)


def _gutters(bitext: Bitext) -> tuple[int, int]:
    widths = [
        max(len(places(document, segments, range(n, n + 1))) for n in range(len(segments)))
        if segments
        else 0
        for _, document, segments in bitext.sides()
    ]
    return _SIGN_WIDTH + widths[0] + 2, widths[1] + 2


def _shown(all_rows: Sequence[Row], report: Report, context: int | None) -> frozenset[int]:
    if context is None:
        return frozenset(range(len(all_rows)))
    still_open, everything = by_bead(report.open()), by_bead(report.findings)
    looked_at = (
        number
        for number, row in enumerate(all_rows)
        if is_remarkable(row, report.bitext, still_open, everything)
    )
    return near(looked_at, context, len(all_rows))


def _fold(folded: Sequence[Row], body: _Body) -> Iterator[Text]:
    if not folded:
        return
    accepted = sum(len(body.findings.get(row.bead, [])) for row in folded)
    said = fold_words(folded, body.bitext, accepted, "accepted")
    yield from wrap(Text(said, body.page.style("dim")), body.page.width)
    yield Text()


def _row(row: Row, body: _Body) -> Iterator[Text]:
    if row.is_origin:
        yield from _origin(row, body)
        return
    findings = body.findings.get(row.bead, [])
    lay_out = _stacked if body.page.width < TWO_COLUMNS else _columns
    yield from lay_out(row, body)
    for finding in findings:
        yield from _said(finding, body.page)


def _origin(row: Row, body: _Body) -> Iterator[Text]:
    source, target = _places(row, body)
    said = f"[{block_name(row.block)}] moved: see source {_line(source)}"
    text = Text(said, body.page.style("dim italic"))
    if body.page.width < TWO_COLUMNS:
        yield from hang(Text(f"{_INDENT}> {target} "), text, body.page.width)
        return
    second = _gutter(target, body.gutters[1], wrap(text, body.column), body.page)
    yield from beside([], second, body.gutters[0] + body.column, body.page)


def _columns(row: Row, body: _Body) -> Iterator[Text]:
    source, target = _cells(row, body)
    places_ = _places(row, body)
    sign = _sign(row, body)
    first = _gutter(
        places_[0], body.gutters[0] - _SIGN_WIDTH, _wrapped(source, body.column), body.page
    )
    first = [
        Text(" " * _SIGN_WIDTH).append_text(line) if n else _signed(sign, body.page).append(line)
        for n, line in enumerate(first)
    ]
    second = _gutter(places_[1], body.gutters[1], _wrapped(target, body.column), body.page)
    yield from beside(first, second, body.gutters[0] + body.column, body.page)


def _stacked(row: Row, body: _Body) -> Iterator[Text]:
    sign, page = _sign(row, body), body.page
    starts = (_signed(sign, page), Text(" " * _SIGN_WIDTH))
    sides = zip(starts, "<>", _places(row, body), _cells(row, body), strict=True)
    for start, arrow, place, lines in sides:
        first = start.append(f"{arrow} {place} ".replace("  ", " "), page.style("dim"))
        for number, line in enumerate(lines):
            beginning = first if number == 0 else Text(" " * first.cell_len)
            yield from (isolated(part) for part in hang(beginning, line, page.width))


def _wrapped(lines: Sequence[Text], width: int) -> list[Text]:
    return [isolated(part) for line in lines for part in wrap(line, width)]


def _gutter(place: str, width: int, lines: Sequence[Text], page: Page) -> list[Text]:
    starts = (place.rjust(width - 2) + "  ", *(" " * width for _ in lines[1:]))
    return [
        Text().append(start, page.style("dim")).append_text(line)
        for start, line in zip(starts, lines, strict=True)
    ]


def _places(row: Row, body: _Body) -> tuple[str, str]:
    bitext, bead = body.bitext, body.bitext.beads[row.bead]
    return (
        places(bitext.source, bitext.source_segments, bead.source),
        places(bitext.target, bitext.target_segments, bead.target),
    )


def _line(place: str) -> str:
    return f"segment {place[1:]}" if place.startswith("#") else f"line {place}"


def _cells(row: Row, body: _Body) -> tuple[list[Text], list[Text]]:
    """Return what the two columns say: the texts of the bead, and whence a moved one comes."""
    bitext, bead, page = body.bitext, body.bitext.beads[row.bead], body.page
    findings = body.findings.get(row.bead, [])
    gap = Text(GAP, page.style("dim italic"))
    source = [(mark, f.severity) for f in findings if not f.accepted for mark in f.source]
    target = [(mark, f.severity) for f in findings if not f.accepted for mark in f.target]
    one = painted(bitext.source_segments, bead.source, source, SOURCE_SIGNS, page)
    two = painted(bitext.target_segments, bead.target, target, TARGET_SIGNS, page)
    first, second = [one if bead.source else gap], [two if bead.target else gap]
    if row.block:
        name, place = block_name(row.block), _line(_places(row, body)[1])
        said = f"[{name}] moved: translation {place}"
        second.insert(0, Text(said, page.style("dim italic")))
    return first, second


def _sign(row: Row, body: _Body) -> Severity | str:
    """Return the gravest open severity of a bead, else a sign that something was accepted."""
    findings = body.findings.get(row.bead, [])
    severities = [finding.severity for finding in findings if not finding.accepted]
    return max(severities) if severities else "✓" if findings else ""


def _signed(sign: Severity | str, page: Page) -> Text:
    if isinstance(sign, Severity):
        return Text.assemble(
            (SIGNS[sign], page.style(STYLES[sign])), " " * (_SIGN_WIDTH - len(SIGNS[sign]))
        )
    return Text(sign.ljust(_SIGN_WIDTH))


def _said(finding: Finding, page: Page) -> Iterator[Text]:
    indent = Text(" " * _SIGN_WIDTH)
    if finding.accepted:
        said = f"accepted · {TYPES[finding.error_type]}: {tidy(finding.accepted)}"
        yield from hang(indent, Text(said, page.style("dim")), page.width)
        return
    title = Text.assemble(
        (finding.severity.label, page.style(STYLES[finding.severity])),
        (f" · {TYPES[finding.error_type]} · ", page.style("bold")),
        tidy(finding.message),
        (f" {percent(finding.confidence)} sure.", page.style("dim")),
    )
    yield from hang(indent, title, page.width)
    for line in finding.grounds():
        yield from hang(Text(f"{_INDENT}  "), Text(tidy(line), page.style("dim")), page.width)


# Above and below


def _heading(report: Report, page: Page) -> Iterator[Text]:
    names = [
        Text(f"{tidy(d.name) or 'unnamed'} · {language_name(d.language)}", page.style("bold"))
        for _, d, _ in report.bitext.sides()
    ]
    if page.width < TWO_COLUMNS:
        for sign, name in zip("<>", names, strict=True):
            yield from hang(Text(f"{sign} "), name, page.width)
    else:
        width = (page.width - len(DIVIDER)) // 2
        yield from beside(wrap(names[0], width), wrap(names[1], width), width, page)
    yield page.rule()


def _summary(report: Report, page: Page) -> Iterator[Text]:
    yield page.rule()
    if report.open():
        legend = "[-lost or changed-] in the source, {+added or changed+} in the translation"
        yield from wrap(Text(legend, page.style("dim")), page.width)
    if report.risk is not None:
        yield from _left_out(report, page)
    for reason, checks in skipped_by_reason(report).items():
        yield from wrap(Text(f"Not checked: {', '.join(checks)}: {reason}"), page.width)
    outcome = verdict(report)
    if report.risk is not None:
        outcome = f"{outcome.rstrip('.')}. Risk {percent(report.risk)}."
    yield from wrap(Text(outcome, page.style("bold")), page.width)


def _left_out(report: Report, page: Page) -> Iterator[Text]:
    for side, document, _ in report.bitext.sides():
        for reason, words in REASONS.items():
            number = sum(block.reason == reason for block in document.excluded)
            if number:
                said = f"Left out of the {side}: {count(number, 'block')}, {words}"
                yield from wrap(Text(said, page.style("dim")), page.width)
