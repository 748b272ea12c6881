"""Markdown: its prose, with links and emphasis as a reader sees them; code is left out."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from align.bitext import Document
from align.config import READ_DEFAULTS, ReadSettings
from align.read import text
from align.read.pieces import LINE, Origin, Paragraph, Run, assemble
from align.read.tree import refuse_many

_FRONT_MATTER = re.compile(
    r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?^(\1|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL
)
# Joined texts would no longer be those of the file: `&amp;` stands there for `&`.
_PARSER = MarkdownIt("commonmark").enable("table").disable("text_join")
_SIGNS = "\n[]*_`<&|!\\"
"""What may begin an element: each costs the parser about ten microseconds."""
_SEEN = frozenset({"text", "text_special", "code_inline"})
_LABELS = {"heading_open": "heading", "th_open": "table", "td_open": "table"}


def parse(
    data: bytes, name: str, origin: str = "", limits: ReadSettings = READ_DEFAULTS
) -> Document:
    """Read a Markdown file (CommonMark, with tables).

    Returns:
        A document with a block for each paragraph, heading, item and cell; offsets lead to the
        file. Front matter, code blocks, raw HTML and addresses of links are left out.

    Raises:
        ReadError: The encoding cannot be told, there is no prose, or there are more lines and signs
            of markup than the limit has elements.
    """
    page = text.decode(data, origin or name)
    if sum(map(page.count, _SIGNS)) > limits.elements:
        refuse_many(origin or name, limits, "lines and signs")
    return assemble(_paragraphs(page), Origin(name, origin, page), limits)


def _paragraphs(page: str) -> Iterator[Paragraph]:
    front = _FRONT_MATTER.match(page)
    # Blank lines in its place keep the numbers of all others.
    body = _blanked(page, front.end()) if front else page
    starts = text.line_starts(page)
    at, label, number = front.end() if front else 0, "", 0
    for token in _PARSER.parse(body):
        label = _LABELS.get(token.type, "" if token.type.endswith("_open") else label)
        if token.type in ("fence", "code_block"):
            at = _line_start(starts, token.map[1] if token.map else 0, len(page))
        if token.type != "inline":
            continue
        stop = len(page)
        if token.map:
            at = max(at, _line_start(starts, token.map[0], len(page)))
            stop = max(at, _line_start(starts, token.map[1], len(page)))
        if not label:
            number += 1
        name = label or f"paragraph {number}"
        lines, at = _lines(token.children or (), page, (at, stop), name)
        for index, runs in enumerate(lines):
            yield Paragraph(tuple(runs), LINE if index else "\n\n")


def _blanked(page: str, end: int) -> str:
    return "".join(c if c in "\r\n" else " " for c in page[:end]) + page[end:]


def _line_start(starts: Sequence[int], line: int, end: int) -> int:
    return starts[line] if line < len(starts) else end


def _lines(
    children: Sequence[Token], page: str, within: tuple[int, int], label: str
) -> tuple[list[list[Run]], int]:
    """Find where the texts of a paragraph stand in the page, in order; its hard breaks part it.

    What the parser changed so that it is not found is not looked for beyond the paragraph.
    """
    at, stop = within
    lines: list[list[Run]] = [[]]
    for child in children:
        if child.type == "hardbreak":
            lines.append([])
        elif child.type == "softbreak":
            lines[-1].append(Run(" ", (at, at), label))
        elif child.type in _SEEN and child.content:
            run, at = _found(child, page, (at, stop), label)
            lines[-1].append(run)
    return lines, at


def _found(child: Token, page: str, within: tuple[int, int], label: str) -> tuple[Run, int]:
    """Return a text with its place, the first one within these positions of the page."""
    at, _ = within
    written = child.markup if child.type == "text_special" else child.content
    start = page.find(written, *within)
    if start < 0:
        # The parser changed it, as it does with NUL or a backtick span over two lines.
        return Run(child.content, (at,) * (len(child.content) + 1), label), at
    end = start + len(written)
    if written == child.content:
        return Run(child.content, range(start, end + 1), label), end
    return Run(child.content, (*[start] * len(child.content), end), label), end
