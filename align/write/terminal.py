"""The report as a terminal shows it: verdict first, then each finding beside both texts."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rich.text import Text

from align.bitext import Bitext, Document, Excluded, Segment
from align.finding import Finding, Mark, Report, Severity
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
from align.write.slices import hang, tidy, wrap
from align.write.words import (
    REASONS,
    TYPES,
    count,
    language_name,
    percent,
    rank,
    skipped_by_reason,
    unsaid_words,
    verdict,
)

WIDEST = 160  # above this the eye loses the line on its way back
_INDENT = "   "
_LISTED_WITHOUT_COUNT = 6
_LISTED_WITH_COUNT = 5


# What one side shows of a bead: where it stands, and its words.
_Cell: TypeAlias = tuple[Text, Text]

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts, how it is called and marked, and its share of each bead."""

    label: str
    document: Document
    segments: tuple[Segment, ...]
    signs: tuple[str, str]
    line_starts: tuple[int, ...]
    runs: tuple[range, ...]

    def line(self, segment: int) -> int:
        """Return the line of the text, from 1, in which a segment begins."""
        return self.line_at(self.segments[segment].span.start)

    def line_at(self, position: int) -> int:
        """Return the line of the text, from 1, in which a position stands."""
        return bisect_right(self.line_starts, position)


def render(report: Report, *, width: int, colour: bool) -> str:
    """Return the report as text for a terminal or a pipe.

    Without colours each marked word stands in signs: `[-lost or changed-]` in the source,
    `{+added or changed+}` in the translation. What the texts say never reaches the terminal as a
    command: control characters and bidirectional overrides show as U+FFFD.

    Args:
        report: What is known about one pair of documents.
        width: Cells in a line; taken as 20 if less and as 160 if more.
        colour: Whether the output may hold ANSI escape sequences.

    Returns:
        Lines without trailing spaces, none wider than `width`; the last one ends with a newline.
    """
    page = Page(min(max(width, NARROWEST), WIDEST), colour)
    sides = _sides(report)
    lines = [
        *_heading(report, sides, page),
        *_findings(report, sides, page),
        *_accepted(report, page),
        *_excluded(sides, page),
        *_skipped(report, page),
        *_summary(report, page),
    ]
    return printed(lines, page)


def _sides(report: Report) -> tuple[_Side, _Side]:
    bitext = report.bitext
    source, target = bitext.source, bitext.target
    source_runs = tuple(bead.source for bead in bitext.beads)
    target_runs = tuple(bead.target for bead in bitext.beads)
    return (
        _Side(
            "Source",
            source,
            bitext.source_segments,
            SOURCE_SIGNS,
            _starts(source),
            source_runs,
        ),
        _Side(
            "Translation",
            target,
            bitext.target_segments,
            TARGET_SIGNS,
            _starts(target),
            target_runs,
        ),
    )


def _starts(document: Document) -> tuple[int, ...]:
    return (0, *(end.end() for end in _LINE_END.finditer(document.text)))


# The heading and the last line


def _heading(report: Report, sides: tuple[_Side, _Side], page: Page) -> Iterator[Text]:
    for side in sides:
        facts = (
            tidy(side.document.name) or "unnamed",
            language_name(side.document.language),
            count(len(side.segments), "segment"),
        )
        yield from _row(side.label, Text(" · ".join(facts)), page)
    yield from _row("Result", Text(verdict(report), page.style("bold")), page)
    if report.risk is None:
        reasons = "; ".join(skipped_by_reason(report)) or "the report gives no reason"
        yield from _row("Why", Text(reasons), page)
    else:
        risk = f"{percent(report.risk)} chance of at least one major error"
        yield from _row("Risk", Text(risk), page)
    if report.open() and not page.colour:
        legend = "[-lost or changed-] in the source, {+added or changed+} in the translation"
        yield from _row("Marks", Text(legend), page)


def _row(label: str, value: Text, page: Page) -> list[Text]:
    return hang(Text(f"{label:<13}", page.style("dim")), value, page.width)


def _summary(report: Report, page: Page) -> Iterator[Text]:
    yield Text()
    outcome = verdict(report)
    if report.risk is not None:
        outcome = f"{outcome.rstrip('.')}. Risk {percent(report.risk)}."
    yield from wrap(Text(outcome, page.style("bold")), page.width)


def _findings(report: Report, sides: tuple[_Side, _Side], page: Page) -> Iterator[Text]:
    number = 1
    for group in _groups(report.open()):
        yield from (Text(), page.rule())
        texts = _texts(group, report.bitext, sides, page)
        if len(group) == 1:
            yield from (*_title(number, group[0], page), Text(), *texts)
            if group[0].grounds():
                yield from (Text(), *_evidence(group[0], page))
        else:
            yield from texts
            for position, finding in enumerate(group, number):
                yield Text()
                yield from _title(position, finding, page)
                yield from _words(finding, page)
                yield from _evidence(finding, page)
        number += len(group)
    if report.open():
        yield from (Text(), page.rule())


def _groups(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Gather the findings of each bead; both orders put the most serious first."""
    by_bead: dict[int, list[Finding]] = {}
    for finding in sorted(findings, key=rank):
        by_bead.setdefault(finding.bead, []).append(finding)
    return list(by_bead.values())


def _title(number: int, finding: Finding, page: Page) -> Iterator[Text]:
    first = Text(f"{number}. ".rjust(len(_INDENT)))
    title = Text.assemble(
        (finding.severity.label, page.style(STYLES[finding.severity])),
        (f" · {TYPES[finding.error_type]}", page.style("bold")),
        (f" · {tidy(finding.check)} check · ", page.style("dim")),
        (f"{percent(finding.confidence)} sure", page.style("dim")),
    )
    yield from hang(first, title, page.width)
    yield from hang(Text(_INDENT), Text(tidy(finding.message)), page.width)


def _words(finding: Finding, page: Page) -> list[Text]:
    """Repeat the marked words if the message does not, to tell the findings of one bead apart."""
    quoted = unsaid_words(finding)
    if not quoted:
        return []
    words = Text(quoted, page.style("dim"))
    words.truncate(page.width - len(_INDENT), overflow="ellipsis")
    return [Text(_INDENT).append_text(words)]


def _evidence(finding: Finding, page: Page) -> Iterator[Text]:
    for line in finding.grounds():
        yield from hang(
            Text(f"{_INDENT}Evidence: ", page.style("dim")), Text(tidy(line)), page.width
        )


# The texts of a bead


def _texts(
    group: Sequence[Finding], bitext: Bitext, sides: tuple[_Side, _Side], page: Page
) -> Iterator[Text]:
    bead = group[0].bead
    source = _cell(sides[0], bead, [(m, f.severity) for f in group for m in f.source], page)
    target = _cell(sides[1], bead, [(m, f.severity) for f in group for m in f.target], page)
    if bitext.beads[bead].moved:
        target[0].append(", moved here")
    lay_out = _stacked if page.width < TWO_COLUMNS else _beside
    yield from lay_out(source, target, page)


def _cell(side: _Side, bead: int, marks: Sequence[tuple[Mark, Severity]], page: Page) -> _Cell:
    # A mark outside the bead would be lost from sight; its segment is shown as well.
    shown = sorted({*side.runs[bead], *(mark.segment for mark, _ in marks)})
    if not shown:
        place = f"{side.label}, {_place_of_gap(side, bead)}"
        return Text(place, page.style("dim")), Text(GAP, page.style("dim italic"))
    place = f"{side.label}, {_numbers(shown)}, line {side.line(shown[0])}"
    signs = ("", "") if page.colour else side.signs
    words = painted(side.segments, shown, marks, signs, page)
    return Text(place, page.style("dim")), words


def _place_of_gap(side: _Side, bead: int) -> str:
    """Say where the missing text would stand: behind the neighbour that was translated."""
    before = next((side.runs[n] for n in range(bead - 1, -1, -1) if side.runs[n]), None)
    if before is None:
        return "at the beginning"
    return f"after segment {before[-1]}, line {side.line(before[-1])}"


def _numbers(shown: Sequence[int]) -> str:
    if len(shown) == 1:
        return f"segment {shown[0]}"
    if shown[-1] - shown[0] == len(shown) - 1:
        return f"segments {shown[0]}–{shown[-1]}"
    return f"segments {', '.join(map(str, shown))}"


def _beside(source: _Cell, target: _Cell, page: Page) -> Iterator[Text]:
    width = (page.width - len(_INDENT) - len(DIVIDER)) // 2
    first, second = (
        [isolated(line) for text in cell for line in wrap(text, width)] for cell in (source, target)
    )
    indented = [Text(_INDENT).append_text(line) for line in first]
    yield from beside(indented, second, width + len(_INDENT), page)


def _stacked(source: _Cell, target: _Cell, page: Page) -> Iterator[Text]:
    for text in (*source, Text(), *target):
        yield from hang(Text(_INDENT), text, page.width)


# What a person let pass, what was not compared, and what was not checked


def _accepted(report: Report, page: Page) -> Iterator[Text]:
    accepted = report.accepted()
    if accepted:
        yield from (Text(), Text("Accepted", page.style("bold")))
    for finding in accepted:
        said = f"{TYPES[finding.error_type]}: {tidy(finding.message)} — {tidy(finding.accepted)}"
        yield from hang(Text(_INDENT), Text(said), page.width)


def _excluded(sides: Iterable[_Side], page: Page) -> Iterator[Text]:
    for side in sides:
        blocks = side.document.excluded
        if not blocks:
            continue
        title = Text(f"{side.label}, left out of the comparison", page.style("bold"))
        yield from (Text(), *wrap(title, page.width))
        is_long = len(blocks) > _LISTED_WITHOUT_COUNT
        for block in blocks[: _LISTED_WITH_COUNT if is_long else None]:
            yield _excluded_line(block, side, page)
        if is_long:
            yield Text(f"{_INDENT}and {len(blocks) - _LISTED_WITH_COUNT} more")


def _excluded_line(block: Excluded, side: _Side, page: Page) -> Text:
    place = f"{_INDENT}{REASONS[block.reason]}, line {side.line_at(block.span.start)}: "
    # A block may be long, and only its beginning is shown.
    beginning = block.span.of(side.document.text)[: 4 * page.width]
    line = Text.assemble((place, page.style("dim")), tidy(beginning))
    line.truncate(page.width, overflow="ellipsis")
    return line


def _skipped(report: Report, page: Page) -> Iterator[Text]:
    # Without a risk, the heading has given the reasons already.
    if report.risk is None or not report.skipped:
        return
    yield from (Text(), Text("Not checked", page.style("bold")))
    for reason, checks in skipped_by_reason(report).items():
        yield from hang(Text(_INDENT), Text(f"{', '.join(checks)}: {reason}"), page.width)
