"""What of a page is the article: wrapped lines joined, furniture and repeated blocks set aside."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from align.bitext import Document, Excluded, Span
from align.languages import LANGUAGES

VERSION = 1
"""Rises whenever the same input may give another result; part of a report's signature."""

WRAP_COLUMNS = 100
"""Longest line, in characters, that a hard-wrapped text has. Beyond it a line is a paragraph."""

WRAP_LINES = 3
"""Fewest lines that must end near the margin before a text counts as hard-wrapped."""

REPEATED_CHARACTERS = 40
"""Shortest block that counts as repeated on its own; a shorter one only beside another.
A refrain or a "Thank you." may well stand twice in one article."""

FURNITURE_CHARACTERS = 160
"""Longest block that may be furniture."""

_SENTENCE_END = re.compile(r"[.!?…:;。！？।؟۔]['\"”’»)\]]*$")
_NO_WORDS = re.compile(r"[^\w]*")
_COUNTER = re.compile(r"[\W\d_]*")
_FURNITURE = re.compile(
    "|".join(f"(?:{pattern})" for language in LANGUAGES for pattern in language.furniture)
    or r"(?!)",
    re.IGNORECASE,
)


def clean(document: Document) -> Document:
    """Keep the article's paragraphs as blocks, and list the rest under `excluded` with the reason.

    Nothing is taken out of the text, so every position stays what it was. Cleaning a clean
    document changes nothing.

    Furniture is only what a pattern of a whole block says: a headline that happens to be short is
    kept. When in doubt a block stays, since an excluded sentence can no longer be found missing.
    """
    furniture = _furniture(document)
    blocks = [span for span in document.blocks if span not in furniture]
    joined = _join_wrapped(document.text, blocks)
    repeated = _repeated(document.text, joined)
    excluded = {
        *document.excluded,
        *(Excluded(span, "furniture") for span in furniture),
        *(Excluded(span, "duplicate") for span in repeated),
    }
    return replace(
        document,
        blocks=tuple(span for span in joined if span not in repeated),
        excluded=tuple(sorted(excluded, key=lambda e: e.span)),
    )


def _furniture(document: Document) -> set[Span]:
    texts = [span.of(document.text).strip() for span in document.blocks]
    known = [_is_furniture(text) for text in texts]
    # A bare number is furniture when it counts something that is: "Newsfeed / 0 / log in".
    counters = [
        _COUNTER.fullmatch(text) is not None and any(known[max(0, i - 1) : i + 2])
        for i, text in enumerate(texts)
    ]
    marked = zip(document.blocks, known, counters, strict=True)
    found = {span for span, is_known, is_counter in marked if is_known or is_counter}
    # A page of nothing but furniture is a page whose furniture we misjudged.
    return found if len(found) < len(document.blocks) else set()


def _is_furniture(text: str) -> bool:
    if len(text) > FURNITURE_CHARACTERS:
        return False
    return bool(_NO_WORDS.fullmatch(text) or _FURNITURE.fullmatch(text))


def _join_wrapped(text: str, blocks: Sequence[Span]) -> list[Span]:
    margin = _margin(text, blocks)
    joined: list[Span] = []
    for span in blocks:
        if joined and _continues(text, joined[-1], span, margin):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _margin(text: str, blocks: Iterable[Span]) -> int:
    """Return the column at which the text is hard-wrapped, or 0 if it is not."""
    lines = [line for span in blocks for line in span.of(text).splitlines()]
    longest = max((len(line) for line in lines), default=0)
    if longest > WRAP_COLUMNS:
        return 0
    full = sum(len(line) > 0.8 * longest for line in lines)
    return longest if full >= WRAP_LINES else 0


def _continues(text: str, before: Span, after: Span, margin: int) -> bool:
    """Tell whether the line `after` goes on with the sentence or paragraph of `before`."""
    between = text[before.end : after.start].replace("\r\n", "\n")
    if len(re.findall(r"[\n\r\v\f\x85\u2028\u2029]", between)) != 1:
        return False
    last = before.of(text).splitlines()[-1]
    words = after.of(text).split(maxsplit=1)
    # Only a margin tells an unfinished line from a headline, but for a small letter that goes on.
    if not _SENTENCE_END.search(last) and after.of(text)[0].islower():
        return True
    return bool(margin) and len(last) + 1 + len(words[0]) > margin


def _repeated(text: str, blocks: Sequence[Span]) -> set[Span]:
    """Return the second and later copies of blocks that a page shows more than once."""
    seen: set[str] = set()
    copies: list[bool] = []
    for span in blocks:
        words = " ".join(span.of(text).casefold().split())
        copies.append(words in seen)
        seen.add(words)
    long = [len(span) >= REPEATED_CHARACTERS for span in blocks]
    alone = {span for span, copy, big in zip(blocks, copies, long, strict=True) if copy and big}
    beside = {
        span
        for (a, copy_a), (b, copy_b) in pairwise(zip(blocks, copies, strict=True))
        for span in (a, b)
        if copy_a and copy_b and (a in alone or b in alone)
    }
    return alone | beside
