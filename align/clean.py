"""What of a page is the article: wrapped lines joined, furniture and repeated blocks set aside."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from align.bitext import Document, Excluded, Span
from align.languages import LANGUAGES

VERSION = 1
"""Rises whenever the same input may give another result; part of a report's signature."""

WRAP_COLUMNS = 100
"""Longest line, in characters, that a hard-wrapped text has. Beyond it a line is a paragraph."""

WRAP_LINES = 3
"""Fewest lines that must end near the margin before a text counts as hard-wrapped."""

WRAP_SHARE = 0.75
"""Share of the lines without a full stop that must end near the margin: in wrapped text nearly all
do, in a list of headlines few."""

REPEATED_CHARACTERS = 40
"""Shortest block that counts as repeated on its own; a shorter one only beside another.
A refrain or a "Thank you." may well stand twice in one article."""

FURNITURE_CHARACTERS = 160
"""Longest block that may be furniture."""

_SENTENCE_END = re.compile(r"[.!?…:;。！？।؟۔]['\"”’»)\]]*$")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
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
    if len(furniture) == len(document.blocks):
        return document  # a page of nothing but furniture is one whose furniture we misjudged
    blocks = [span for span in document.blocks if span not in furniture]
    margin = _margin(document, blocks)
    joined = _join_wrapped(document.text, blocks, margin)
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
    return {span for span, is_known, is_counter in marked if is_known or is_counter}


def _is_furniture(text: str) -> bool:
    if len(text) > FURNITURE_CHARACTERS or _LINE_BREAK.search(text):
        return False
    return bool(_NO_WORDS.fullmatch(text) or _FURNITURE.fullmatch(text))


def _join_wrapped(text: str, blocks: Sequence[Span], margin: int) -> list[Span]:
    joined: list[Span] = []
    for span in blocks:
        if joined and _continues(text, joined[-1], span, margin):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _margin(document: Document, blocks: Iterable[Span]) -> int:
    """Return the column at which the text is hard-wrapped, or 0 if it is not.

    A text is wrapped if its lines that stop amid a sentence stop because the next word had no
    room. Short paragraphs end in full stops, and headlines wherever they please.
    """
    # Copies found before were part of the text when its margin was found: without them, a clean
    # document could have another margin than it had.
    copies = [e.span for e in document.excluded if e.reason == "duplicate"]
    pairs = list(_line_pairs(document.text, sorted([*blocks, *copies])))
    margin = max((len(line) for pair in pairs for line in pair), default=0)
    open_pairs = [pair for pair in pairs if not _SENTENCE_END.search(pair[0])]
    full = sum(_fills(before, after, margin) for before, after in open_pairs)
    wrapped = margin <= WRAP_COLUMNS and full >= max(WRAP_LINES, WRAP_SHARE * len(open_pairs))
    return margin if wrapped else 0


def _line_pairs(text: str, blocks: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """Yield each two lines that nothing but one line break parts."""
    for span in blocks:
        yield from pairwise(_lines(text, span))
    for before, after in pairwise(blocks):
        if _adjoin(text, before, after):
            yield _lines(text, before)[-1], _lines(text, after)[0]


def _lines(text: str, span: Span) -> list[str]:
    return [line.strip() for line in _LINE_BREAK.split(span.of(text))]


def _adjoin(text: str, before: Span, after: Span) -> bool:
    return len(_LINE_BREAK.findall(text[before.end : after.start])) == 1


def _fills(before: str, after: str, margin: int) -> bool:
    """Tell whether the first word of the line `after` had no room on the line `before`."""
    if _UNSPACED.match(after):
        # Such lines break between any two characters, but for a stop that may not begin one.
        return len(before) + 2 > margin
    return len(before) + 1 + len(after.split(maxsplit=1)[0]) > margin


def _continues(text: str, before: Span, after: Span, margin: int) -> bool:
    """Tell whether the line `after` goes on with the sentence or paragraph of `before`."""
    if not _adjoin(text, before, after):
        return False
    last, first = _lines(text, before)[-1], _lines(text, after)[0]
    # Only a margin tells an unfinished line from a headline, but for a small letter that goes on.
    if not _SENTENCE_END.search(last) and first[0].islower():
        return True
    return bool(margin) and _fills(last, first, margin)


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
