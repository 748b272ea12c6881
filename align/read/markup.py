"""HTML as tags and text, each with its place in the file.

Parsers of HTML build a tree and forget where its characters stood, and the one of the standard
library takes quadratic time for some broken pages. This one looks at each character once.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from align.read.pieces import Run

_TAG = re.compile(r"<(?:(/?)([A-Za-z][^\s/>]*)|(!--)|[!?/])")
_ATTRIBUTE = re.compile(
    r"[\s/]*(?:(>)|([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)(?:\"|\Z)|'([^']*)(?:'|\Z)|([^\s>]*)))?|=)"
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag. Names are in lower case."""

    kind: Literal["start", "end"]
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    closes_itself: bool = False


def tokens(page: str) -> Iterator[Tag | Run]:
    """Yield the tags and texts of a page in order; comments and declarations are passed over.

    Character references are resolved. What scripts and styles hold is left out.
    """
    at, text_from = 0, 0
    while match := _TAG.search(page, at):
        start = match.start()
        yield from _runs(page, text_from, start)
        if match[2] and match[1]:
            at = _after(page, ">", match.end())
            yield Tag("end", match[2].lower())
        elif match[2]:
            tag, at = _start_tag(page, match[2].lower(), match.end())
            yield tag
            if tag.name in _RAW and not tag.closes_itself:
                at = _raw_end(page, tag.name, at)
        else:
            at = _after(page, "-->" if match[3] else ">", match.end())
        text_from = at
    yield from _runs(page, text_from, len(page))


def lines(run: Run) -> Iterator[Run]:
    """Yield the lines of a text, each with the break that ends it."""
    at = 0
    for line in run.text.splitlines(keepends=True):
        yield Run(line, run.offsets[at : at + len(line) + 1])
        at += len(line)


def _start_tag(page: str, name: str, at: int) -> tuple[Tag, int]:
    attributes: dict[str, str] = {}
    while match := _ATTRIBUTE.match(page, at):
        at = match.end()
        if match[1]:
            return Tag("start", name, attributes, "/" in match.group()), at
        if match[2]:
            value = next((v for v in match.group(3, 4, 5) if v is not None), "")
            attributes.setdefault(match[2].lower(), html.unescape(value))
    return Tag("start", name, attributes), len(page)


def _raw_end(page: str, name: str, at: int) -> int:
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, at)
    return end.start() if end else len(page)


def _after(page: str, mark: str, at: int) -> int:
    """Return where `mark` ends; a tag or comment that nobody closes goes on to the end."""
    found = page.find(mark, at)
    return len(page) if found < 0 else found + len(mark)


def _runs(page: str, start: int, end: int) -> Iterator[Run]:
    at = start
    for match in _REFERENCE.finditer(page, start, end):
        text = html.unescape(match.group())
        if text == match.group():
            continue
        if match.start() > at:
            yield Run(page[at : match.start()], range(at, match.start() + 1))
        at = match.end()
        yield Run(text, (*[match.start()] * len(text), at))
    if at < end:
        yield Run(page[at:end], range(at, end + 1))
