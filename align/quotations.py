"""Quoted passages in running text, whatever marks a language quotes with."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from align.bitext import Span

# A straight or single mark opens at the start of a word and closes at the end of one; inside a
# word it is an apostrophe.
_OPEN = r"[“„«「『〝]|(?<![\p{L}\p{M}\p{N}])(?:[‘‚‹]|['\"”»](?=[\p{L}\p{N}¿¡(\[$£€…]))"
# In Korean a particle is written on to the mark.
_CLOSE = r"[”“»」』〞«]|(?<=[^\s(\[])(?:[’›]|['\"])(?!(?!\p{Hangul})[\p{L}\p{M}\p{N}])"
_PARTNERS = {
    "“": "”“\"", "„": "“”\"", "«": "»", "»": "«»", "”": "”", "「": "」", "『": "』", "〝": "〞",
    "‘": "’'", "‚": "‘’", "‹": "›", "'": "'’", '"': '"”',
}  # fmt: skip
_WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two quotation marks, and how many words it has."""

    span: Span
    words: int


def quotations(text: str) -> Iterator[Quotation]:
    """Yield the passages that are opened and closed in a text, in reading order.

    >>> [q.span.of("He said: “Go home.”") for q in quotations("He said: “Go home.”")]
    ['Go home.']
    """
    start = 0
    while found := _next(text, start):
        inside, start = found
        said = inside.of(text)
        yield Quotation(_trimmed(inside, said), len(_WORD.findall(said)))


def _next(text: str, start: int) -> tuple[Span, int] | None:
    """Return the next passage from `start` on, and where to look further."""
    opened = regex.compile(_OPEN).search(text, start)
    while opened:
        partners = _PARTNERS[opened.group()]
        for closed in regex.compile(_CLOSE).finditer(text, opened.end() + 1):
            if closed.group() in partners:
                return Span(opened.end(), closed.start()), closed.end()
        opened = regex.compile(_OPEN).search(text, opened.end())
    return None


def has_loose_mark(text: str) -> bool:
    """Tell whether a mark opens or closes a passage that goes on beyond the text."""
    rest = list(text)
    for quotation in quotations(text):
        low, high = quotation.span.start, quotation.span.end
        while low > 0 and rest[low - 1].isspace():
            low -= 1
        while high < len(rest) and rest[high].isspace():
            high += 1
        for i in range(max(0, low - 1), min(len(rest), high + 1)):
            rest[i] = "x"
    return regex.search(r"[“”„«»「」『』〝〞\"]", "".join(rest)) is not None


def _trimmed(span: Span, said: str) -> Span:
    left = len(said) - len(said.lstrip())
    return Span(span.start + left, span.start + len(said.rstrip()))
