"""A sentence that is to be edited, what an edit says of itself, and the ways to make one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from align.bitext import Span

Cousins = Callable[[str], Sequence[str]]
"""Words that live near a word in the same language, and do not mean the same; or its opposites."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, its words, and what is known about each of them.

    `common` marks the language's most frequent words, `names` the words that are names.
    """

    text: str
    language: str
    words: tuple[Span, ...]
    common: tuple[bool, ...]
    names: tuple[bool, ...]

    def word(self, index: int) -> str:
        """Return a word's text."""
        return self.words[index].of(self.text)


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed sentence.

    `taken` are spans of the old text, `given` of the new one. `error` is empty for an edit that
    keeps the meaning; for a loss or a gain it is `lost` or `gained`, seen from the edited side.
    """

    text: str
    kind: str
    error: str
    taken: tuple[Span, ...] = ()
    given: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What an edit may draw on: other lines of the article and language, cousins, opposites."""

    others: Sequence[Line]
    cousins: Cousins = field(default=lambda _word: ())
    opposites: Cousins = field(default=lambda _word: ())


Editor = Callable[[Line, Context, Random], Edit | None]

_BORDER = re.compile(r"[,;:–—()（），、；：؛،]|\s-\s|[.!?。！？…](?=\s|$|[\"”’»」』])")
_SHORT = 5


def clauses(line: Line) -> list[tuple[int, int]]:
    """Return runs of words between punctuation, as first and last word, both included."""
    runs, first = [], 0
    for k in range(1, len(line.words) + 1):
        gap = line.text[line.words[k - 1].end : line.words[k].start] if k < len(line.words) else "."
        if k == len(line.words) or _BORDER.search(gap + " "):
            runs.append((first, k - 1))
            first = k
    return runs if line.words else []


def phrases(line: Line) -> list[tuple[int, int]]:
    """Return runs that start at a common word and end before the next, or at punctuation."""
    runs = []
    for first, last in clauses(line):
        starts = [k for k in range(first, last + 1) if line.common[k] or k == first]
        for i, start in enumerate(starts):
            for step in (1, 2, 3):
                stop = starts[i + step] - 1 if i + step < len(starts) else last
                if any(not line.common[k] for k in range(start, stop + 1)):
                    runs.append((start, stop))
                if stop == last:
                    break
    return runs


def without(line: Line, span: Span, kind: str, rng: Random) -> Edit | None:
    """Return the line less a span, with the punctuation mended."""
    text = line.text
    before, after = text[: span.start], text[span.end :]
    if re.search(r"[,，、;:–—]\s*$", before) and re.match(r"\s*[,，、;:–—]", after):
        after = re.sub(r"^\s*[,，、;:–—]\s?", "", after) if rng.random() < 0.7 else after
    if re.match(r"\s*[.。!?！？,，]", after):
        before = re.sub(r"[\s,，、;:–—]+$", "", before)
    if before.endswith(" ") or not before:
        after = after.lstrip(" ,，、;:")
    if not before.strip():
        before, after = "", after[:1].upper() + after[1:]
    made = (before + after).strip()
    return Edit(made, kind, "lost", taken=(span,)) if made and made != text else None


def with_piece(line: Line, piece: str, rng: Random) -> Edit:
    """Return the line with a piece put in after a clause, before a common word or at the end."""
    spaced = " " in line.text
    ends = [last for _, last in clauses(line)]
    starts = [k - 1 for k in range(1, len(line.words)) if line.common[k]] or ends
    at = line.words[rng.choice(ends if rng.random() < 0.5 else starts)].end
    gap = " " if spaced else ""
    if rng.random() < 0.5:
        head, tail = (", " if spaced else "，"), ("," if rng.random() < 0.5 else "")
    else:
        head, tail = gap, ""
    if re.match(r"\s*[.。!?！？,，;:；：]", line.text[at:]):
        tail = ""
    text = line.text[:at] + head + piece + tail + line.text[at:]
    start = at + len(head)
    return Edit(text, "insert", "gained", given=(Span(start, start + len(piece)),))


def put(line: Line, span: Span, piece: str, kind: str, error: str) -> Edit | None:
    """Return the line with a span replaced."""
    old = span.of(line.text)
    if not piece.strip() or piece.casefold() == old.casefold():
        return None
    if old[:1].isupper() and span.start == 0:
        piece = piece[:1].upper() + piece[1:]
    text = line.text[: span.start] + piece + line.text[span.end :]
    lead = len(piece) - len(piece.lstrip())
    given = Span(span.start + lead, span.start + len(piece.rstrip()))
    return Edit(text, kind, error, taken=(span,), given=(given,))
