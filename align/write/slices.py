"""Text cut for the screen: into plain and marked slices, and into lines that fit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import regex
from rich.cells import cell_len
from rich.text import Text

from align.bitext import Span
from align.finding import Severity

# Articles are foreign input: a control character can repaint the terminal, and a bidirectional
# override can show words in another order than they stand. Line breaks and tabs are white space.
_BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_SURROGATES = range(0xD800, 0xE000)
_HOSTILE = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*_BIDI, *_CONTROLS, *_SURROGATES)
    if not chr(code).isspace()
}

# A line may be broken after white space, and around each character of the scripts that are
# written without it. Punctuation and the signs of a mark stay with the word they belong to.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}"
_OPENING = r"(?:\[-|\{\+|[\p{Ps}\p{Pi}]){0,4}"
_CLOSING = r"(?:-\]|\+\}|[\p{M}\p{Lm}\p{Pe}\p{Pf}\p{Po}]){0,8}"
_WORD = regex.compile(
    rf"{_OPENING}[{_UNSPACED}]{_CLOSING}\s*"
    rf"|[^\s{_UNSPACED}]+?(?={_OPENING}[{_UNSPACED}]|\s|$)\s*"
    r"|\s+"
)
_CLUSTER = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of a text. `severity` is None where nothing is marked."""

    text: str
    severity: Severity | None = None


def cut(text: str, marks: Iterable[tuple[Span, Severity]]) -> tuple[Slice, ...]:
    """Cut a text where marked words begin and end.

    Marks may overlap, touch or reach beyond the text; where two overlap, the graver one counts.

    Args:
        text: The text of one segment.
        marks: Spans of the text, each with the severity of its finding.

    Returns:
        Slices whose concatenation is the text; none is empty, and no two neighbours are alike.

    >>> [piece.text for piece in cut("Biden held talks.", [(Span(6, 10), Severity.MAJOR)])]
    ['Biden ', 'held', ' talks.']
    """
    grades: list[Severity | None] = [None] * len(text)
    for span, severity in sorted(marks, key=lambda mark: mark[1]):
        inside = range(len(text))[max(span.start, 0) : max(span.end, 0)]
        grades[inside.start : inside.stop] = [severity] * len(inside)
    return _merge(zip(text, grades, strict=True))


def tidy_slices(slices: Iterable[Slice]) -> tuple[Slice, ...]:
    """Show each run of white space as one space, and each dangerous character as U+FFFD.

    Args:
        slices: The slices of one or more segments, in order.

    Returns:
        Slices whose concatenation is `tidy` of the joined text; marks stay on their words.
    """
    characters: list[tuple[str, Severity | None]] = []
    is_after_space = True
    for piece in slices:
        for character in piece.text.translate(_HOSTILE):
            is_space = character.isspace()
            if not (is_space and is_after_space):
                characters.append((" " if is_space else character, piece.severity))
            is_after_space = is_space
    if characters and characters[-1][0] == " ":
        characters.pop()
    return _merge(characters)


def tidy(text: str) -> str:
    r"""Return `text` on one line, with single spaces and without anything a terminal obeys.

    >>> tidy("two\n  words")
    'two words'
    """
    return " ".join(text.translate(_HOSTILE).split())


def visible(text: str) -> str:
    """Return `text` of the same length, with U+FFFD for each character that could deceive."""
    return text.translate(_HOSTILE)


def with_signs(slices: Iterable[Slice], signs: tuple[str, str]) -> str:
    """Join slices into a text in which every marked run of words stands between two signs.

    >>> with_signs((Slice("Biden "), Slice("held", Severity.MAJOR)), ("[-", "-]"))
    'Biden [-held-]'
    """
    text = ""
    for is_marked, run in groupby(slices, key=lambda piece: piece.severity is not None):
        words = "".join(piece.text for piece in run)
        core = words.strip() or words
        before, _, after = words.partition(core)
        text += f"{before}{signs[0]}{core}{signs[1]}{after}" if is_marked else words
    return text


def line_breaks(text: str, width: int) -> list[int]:
    """Find where a text must be broken so that no line is wider than `width` cells.

    Args:
        text: Tidy text; white space at the end of a line is not counted.
        width: Cells in a line, at least 2, which is the width of a Chinese character.

    Returns:
        Ascending positions at which a new line begins; none if the text fits.

    >>> line_breaks("two words", 5)
    [4]
    """
    breaks = []
    start = end = 0
    for piece in _pieces(text, width):
        if end > start and cell_len(text[start : end + len(piece)].rstrip()) > width:
            breaks.append(end)
            start = end
        end += len(piece)
    return breaks


def wrap(text: Text, width: int) -> list[Text]:
    """Break tidy text into lines of at most `width` cells; there is always one."""
    lines = list(text.divide(line_breaks(text.plain, width)))
    for line in lines:
        line.rstrip()
    return lines


def hang(first: Text, rest: Text, width: int) -> list[Text]:
    """Wrap `rest` behind `first`, every further line indented by as much."""
    indent = min(first.cell_len, width // 2)
    first.truncate(indent)
    lines = wrap(rest, width - indent)
    starts = (first, *(Text(" " * indent) for _ in lines[1:]))
    return [Text().append_text(a).append_text(b) for a, b in zip(starts, lines, strict=True)]


def _pieces(text: str, width: int) -> Iterator[str]:
    """Cut a text into what must stay on one line: words, or characters of a word too long."""
    for word in _WORD.findall(text):
        if cell_len(word.rstrip()) <= width:
            yield word
            continue
        for cluster in _CLUSTER.findall(word):
            yield from (cluster,) if cell_len(cluster) <= width else cluster


def _merge(characters: Iterable[tuple[str, Severity | None]]) -> tuple[Slice, ...]:
    return tuple(
        Slice("".join(character for character, _ in run), severity)
        for severity, run in groupby(characters, key=lambda pair: pair[1])
    )
