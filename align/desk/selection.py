"""Words that a person has selected in a browser, which counts in UTF-16, to marks.

The desk alone speaks with browsers, so nothing else counts like this.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from align.bitext import Segment, Span
from align.errors import ReadError
from align.finding import Mark


@dataclass(frozen=True, slots=True)
class Selected:
    """A stretch of one segment, as positions of UTF-16 units."""

    segment: int
    start: int
    end: int


def code_point(text: str, unit: int) -> int | None:
    r"""Return the position in code points of a position in UTF-16 units.

    Returns:
        The position; None if it lies beyond the text. One within a pair of surrogates is that of
        the character that they are.

    >>> code_point("a😀b", 3)
    2
    """
    seen = 0
    for position, character in enumerate(text):
        width = 2 if ord(character) > 0xFFFF else 1
        if unit < seen + width:
            return position
        seen += width
    return len(text) if unit == seen else None


def to_mark(selected: Selected, segments: Sequence[Segment]) -> Mark:
    """Return the mark of some selected words, without white space at their ends.

    Raises:
        ReadError: They are not in the text.
    """
    if not 0 <= selected.segment < len(segments):
        raise _gone()
    text = segments[selected.segment].text
    start, end = code_point(text, selected.start), code_point(text, selected.end)
    if start is None or end is None:
        raise _gone()
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    if not words:
        raise _gone()
    return Mark(selected.segment, Span(start, start + len(words)), words)


def _gone() -> ReadError:
    return ReadError(
        "These words are not in the text.",
        fix="Load the page anew: there may be a new version. Then select them again.",
    )
