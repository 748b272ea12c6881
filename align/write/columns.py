"""Two texts side by side in a terminal: the page they must fit, marked words, and columns."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import groupby, zip_longest

from rich.console import Console
from rich.text import Text

from align.bitext import Segment, Span
from align.finding import Mark, Severity
from align.write.slices import Slice, cut, tidy_slices, with_signs

NARROWEST = 20  # below this a column of text is no longer read but spelled
TWO_COLUMNS = 80  # from this width on, the two texts stand side by side
DIVIDER = " │ "
GAP = "(no counterpart)"

SOURCE_SIGNS = ("[-", "-]")
TARGET_SIGNS = ("{+", "+}")
"""What stands around marked words where there are no colours."""

STYLES = {
    Severity.NEUTRAL: "bold cyan",
    Severity.MINOR: "bold yellow",
    Severity.MAJOR: "bold red",
    Severity.CRITICAL: "bold reverse red",
}

_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True, slots=True)
class Page:
    """What the output must fit: its width in cells, and whether colours may be used."""

    width: int
    colour: bool

    def style(self, name: str) -> str:
        """Return a style, or none where there are no colours."""
        return name if self.colour else ""

    def rule(self) -> Text:
        """Return a line across the page."""
        return Text("─" * self.width, self.style("dim"))


def printed(lines: Iterable[Text], page: Page) -> str:
    """Return lines as text, without spaces at their ends; the last one ends with a newline."""
    ready = list(lines)
    for line in ready:
        line.rstrip()
    # An empty environment keeps the result a function of its arguments alone.
    console = Console(
        file=StringIO(),
        width=page.width,
        force_terminal=page.colour,
        color_system="standard" if page.colour else None,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as captured:
        console.print(Text("\n").join(ready), soft_wrap=True)
    return captured.get()


def painted(
    segments: Sequence[Segment],
    shown: Iterable[int],
    marks: Iterable[tuple[Mark, Severity]],
    signs: tuple[str, str],
    page: Page,
) -> Text:
    """Return some segments of a side on one line, the marked words in signs, and in colours.

    Args:
        segments: All segments of the side.
        shown: The numbers of those to return.
        marks: Marked words, each with the severity of its finding.
        signs: What stands before and after marked words; empty where colours are enough.
        page: Whether there are colours.
    """
    marked = list(marks)
    slices: list[Slice] = []
    for number in shown:
        spans: list[tuple[Span, Severity]] = [
            (mark.span, severity) for mark, severity in marked if mark.segment == number
        ]
        slices += (*cut(segments[number].text, spans), Slice(" "))
    tidied = tidy_slices(slices)
    if not page.colour:
        return Text(with_signs(tidied, signs))
    text = Text()
    for is_marked, run in groupby(tidied, key=lambda piece: piece.severity is not None):
        text.append_text(_coloured(tuple(run), signs if is_marked else ("", "")))
    return text


def _coloured(run: Sequence[Slice], signs: tuple[str, str]) -> Text:
    """Colour a run of slices; a sign has the colour of the words next to it."""
    text = Text(with_signs(run, signs))
    start = 0
    for number, piece in enumerate(run):
        end = len(text) if number == len(run) - 1 else start + len(piece.text)
        end += len(signs[0]) if number == 0 and len(run) > 1 else 0
        if piece.severity is not None:
            text.stylize(STYLES[piece.severity], start, end)
        start = end
    return text


def beside(first: Sequence[Text], second: Sequence[Text], width: int, page: Page) -> Iterator[Text]:
    """Put the lines of two columns next to each other.

    Args:
        first: Lines of the first column, none wider than `width`.
        second: Lines of the second one.
        width: Cells of the first column.
        page: Whether the line between them may be coloured.
    """
    for one, two in zip_longest(first, second):
        line = Text().append_text(one or Text())
        line.append(" " * (width - line.cell_len))
        yield line.append(DIVIDER, page.style("dim")).append_text(two or Text())


def isolated(line: Text) -> Text:
    """Keep a line that is written from right to left from taking its neighbours along.

    A terminal that orders such text itself takes the whole screen line for one paragraph, and
    would show the second column first.
    """
    if not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in line.plain):
        return line
    return Text(_ISOLATE).append_text(line).append(_END)
