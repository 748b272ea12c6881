"""Paragraphs as readers find them, put together to a Document that knows its way back."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from align.bitext import Document, Place, Span
from align.config import ReadSettings
from align.errors import ReadError
from align.read.text import astral, compose, line_starts, refuse_long

LINE = "\n"
"""What stands before a line of the same paragraph: cleaning may join the two."""

# Soft hyphens and byte order marks inside a text are shown by nobody.
_SPACE = re.compile(r"[ \t\n\v\f\r]+|[\u00ad\ufeff]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters of one place.

    `offsets` are where each of them stands in the decoded file, and where the last one ends; they
    are empty where a file has no positions to tell.
    """

    text: str
    offsets: Sequence[int] = ()
    label: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The runs of one paragraph, and what parts it from the one before."""

    runs: tuple[Run, ...]
    joint: str = "\n\n"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document is called, where it came from, and its decoded text if it has lines."""

    name: str
    path: str = ""
    decoded: str | None = None

    @property
    def where(self) -> str:
        """The path for error messages, or the name where there is none."""
        return self.path or self.name


@dataclass(slots=True)
class _Line:
    """One paragraph under way: its characters, their offsets, and where places begin."""

    text: str
    offsets: list[int]
    places: list[tuple[int, str, str]]


def assemble(
    paragraphs: Iterable[Paragraph], origin: Origin, limits: ReadSettings, fix: str = ""
) -> Document:
    """Put paragraphs together to a document in NFC, white space in them run together.

    Args:
        paragraphs: In reading order; those without a character to see are passed over.
        origin: Name, path and decoded text.
        limits: The longest paragraph.
        fix: What to do if there is no text at all.

    Returns:
        A document with a block for each paragraph. Its `offsets` and `line_starts` are set if
        `origin` has a decoded text, and its `places` if the runs have labels.

    Raises:
        ReadError: There is no text, or a paragraph is longer than the limit.
    """
    texts: list[str] = []
    offsets: list[int] = []
    blocks: list[Span] = []
    places: list[Place] = []
    length = 0
    for paragraph in paragraphs:
        # White space may make a paragraph longer than it looks, but not that much.
        if (raw := sum(len(run.text) for run in paragraph.runs)) > 4 * limits.paragraph_chars:
            refuse_long(raw, origin.where, limits)
        line = _composed(_collapsed(paragraph.runs))
        if not line.text.strip():
            continue
        refuse_long(len(line.text), origin.where, limits)
        joint = paragraph.joint if blocks else ""
        start = length + len(joint)
        length = start + len(line.text)
        texts += (joint, line.text)
        # What parts two paragraphs stands, as far as there is such a place, where the first ended.
        offsets[-1:] = [*offsets[-1:] * len(joint), *line.offsets]
        # A no-break space does not run together with others, but it begins and ends no paragraph.
        ahead = len(line.text) - len(line.text.lstrip())
        blocks.append(Span(start + ahead, start + len(line.text.rstrip())))
        places += _places(line, start)
    if not blocks:
        raise ReadError("The file holds no text.", where=origin.where, fix=fix or _EMPTY)
    has_lines = origin.decoded is not None
    return Document(
        name=origin.name,
        text="".join(texts),
        blocks=tuple(blocks),
        origin=origin.path,
        offsets=tuple(offsets) if has_lines else None,
        line_starts=line_starts(origin.decoded or "") if has_lines else (),
        places=tuple(places),
        astral=astral(origin.decoded or ""),
    )


def from_lines(lines: Iterable[str], label: str, path: str = "") -> Iterator[Paragraph]:
    """Yield the lines of one paragraph; a blank line between two makes them paragraphs."""
    joint = "\n\n"
    for line in lines:
        if line.strip():
            yield Paragraph((Run(line, label=label, path=path),), joint)
        joint = LINE if line.strip() else "\n\n"


_EMPTY = "Check that it was saved, and that it is the file you meant."


def flatten(runs: Sequence[Run]) -> tuple[str, Sequence[int]]:
    """Return the text of some runs, in NFC and white space run together, and its offsets."""
    line = _composed(_collapsed(runs))
    return line.text, line.offsets


def _collapsed(runs: Sequence[Run]) -> _Line:
    """Join runs; white space becomes one space, and none is left at either end."""
    line = _Line("", [], [])
    texts: list[str] = []
    length, end = 0, 0
    space: int | None = None
    for run in runs:
        for word, offsets in _words(run):
            if word == " ":
                space = offsets[0] if length and space is None else space
                continue
            if space is not None:
                texts.append(" ")
                line.offsets.append(space)
                length, space = length + 1, None
            if not line.places or line.places[-1][1:] != (run.label, run.path):
                line.places.append((length, run.label, run.path))
            texts.append(word)
            line.offsets += offsets[:-1]
            length, end = length + len(word), offsets[-1]
    line.text = "".join(texts)
    line.offsets.append(end)
    return line


def _words(run: Run) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the words of a run, each with its offsets, and one space for what lies between."""
    offsets = run.offsets or range(len(run.text) + 1)
    last = 0
    for match in _SPACE.finditer(run.text):
        start, end = match.span()
        if start > last:
            yield _word(run.text, offsets, last, start)
        if match.group().isspace():
            yield " ", offsets[start : start + 1]
        last = end
    if last < len(run.text):
        yield _word(run.text, offsets, last, len(run.text))


def _word(text: str, offsets: Sequence[int], start: int, end: int) -> tuple[str, Sequence[int]]:
    # A word ends where its last character does, not where the next begins: between the two there
    # may be an element.
    stop = offsets[end] if end == len(text) else offsets[end - 1] + 1
    return text[start:end], (*offsets[start:end], stop)


def _composed(line: _Line) -> _Line:
    text, moved = compose(line.text)
    if moved is None:
        return line
    places = [(bisect_left(moved, start), label, path) for start, label, path in line.places]
    return _Line(text, [line.offsets[i] for i in moved], places)


def _places(line: _Line, start: int) -> Iterator[Place]:
    ends = [at for at, _, _ in line.places[1:]] + [len(line.text)]
    for (at, label, path), end in zip(line.places, ends, strict=True):
        if label:
            yield Place(Span(start + at, start + end), label, path)
