"""PDF files with a text layer: lines back to paragraphs, running heads and page numbers left out.

A PDF knows where letters stand and nothing of paragraphs, so these are told from what the page
shows: a paragraph ends where its last line leaves room for the next word, where a gap or an indent
follows, or where letters change their size. PDFium reads the letters: of three libraries tried on
files of LibreOffice it alone marks hyphens at the end of lines, and it is four times as fast as
pypdf and ten times as fast as pdfminer.six.

Known misses: the cells of a table row are one line; a hyphen of a compound that falls on the end of
a line is lost where the text breaks words and has the compound nowhere else.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from align.bitext import Document
from align.config import READ_DEFAULTS, ReadSettings
from align.errors import ReadError
from align.read.pieces import Origin, Paragraph, Run, assemble
from align.read.raised import raised

_HYPHEN = "\ufffe"
"""What PDFium writes for a hyphen at the end of a line, which it joins with the next."""
_HYPHENS = f"-\u2010\u00ad{_HYPHEN}"
_LINE_ENDS = frozenset({10, 13, 2, ord(_HYPHEN)})
_MEGABYTE = 1_000_000
_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u0002": _HYPHEN,
    }
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|trang|seite|página|стр\.?)\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12
"""Share of a page's height, at the top and at the bottom, where running heads stand."""
_LEAST_MARGIN = 60.0
"""The same in points, for small pages."""
_GAP = 1.35
"""How much more than the usual way from line to line parts two paragraphs."""
_SIZE = 1.15
"""How much larger letters must be to be those of another paragraph."""
_HYPHENATED = 0.04
"""Share of lines that end in a hyphen from which a text is taken to break words."""
_ROOM = 1.5
"""How much more room than the next word may need a line must leave to end a paragraph amid a
sentence."""
_MEANINGLESS = 0.2
"""Share of letters without a meaning from which a text layer is none."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; lengths are in points, upwards from the lower left corner."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    height: float


def parse(
    data: bytes, name: str, origin: str = "", limits: ReadSettings = READ_DEFAULTS
) -> Document:
    """Read the text layer of a PDF.

    Returns:
        A document whose places are the pages.

    Raises:
        ReadError: It is damaged or encrypted, has more pages than the limit, or no text: a scan.
    """
    where = origin or name
    lines: list[_Line] = []
    file = _open(data, where)
    try:
        pages = len(file)
        if pages > limits.pages:
            raise ReadError(
                f"The PDF has {pages} pages, more than the limit of {limits.pages}.",
                where=where,
                fix="Cut it into parts, or set pages under [read] higher.",
            )
        heights = []
        characters = 0
        for number in range(pages):
            page = file[number]
            heights.append(page.get_height())
            found = list(_lines(page, number))
            characters += sum(len(line.text) for line in found)
            _refuse_many(characters, where, limits)
            lines += found
    except pypdfium2.PdfiumError as error:
        raise _damaged(where, str(error)) from error
    finally:
        file.close()
    _refuse_without_text(lines, pages, where)
    return assemble(_paragraphs(_body(lines, heights)), Origin(name, origin), limits)


def _open(data: bytes, where: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                "The PDF is encrypted.", where=where, fix="Save it without a password, try again."
            ) from error
        raise _damaged(where, str(error)) from error


def _damaged(where: str, reason: str) -> ReadError:
    return ReadError(
        f"The PDF cannot be read: {reason.rstrip('.')}.",
        where=where,
        fix="Open it in a viewer, print it to a new PDF, and try again.",
    )


def _refuse_many(characters: int, where: str, limits: ReadSettings) -> None:
    if characters > limits.unpacked_mb * _MEGABYTE:
        raise ReadError(
            f"The PDF unpacks to more than the limit of {limits.unpacked_mb:g} MB.",
            where=where,
            fix="If you trust it, set unpacked_mb under [read] higher.",
        )


def _refuse_without_text(lines: Sequence[_Line], pages: int, where: str) -> None:
    text = "".join(line.text for line in lines)
    if not text.strip():
        raise ReadError(
            f"The PDF has no text, only pictures of its {pages} pages: it is a scan.",
            where=where,
            fix="Let a program for text recognition (OCR) add the text, or ask for the original.",
        )
    unknown = sum(c in "\x00\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    if unknown > _MEANINGLESS * len(text):
        raise ReadError(
            "The PDF shows letters but does not say which they are: its fonts have no map.",
            where=where,
            fix="Let a program for text recognition (OCR) add the text, or ask for the original.",
        )


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterator[_Line]:
    text_page = page.get_textpage()
    count = text_page.count_chars()
    start = 0
    codes = raised(text_page, [raw.FPDFText_GetUnicode(text_page.raw, i) for i in range(count)])
    for at in range(count + 1):
        if at == count or codes[at] in _LINE_ENDS:
            shown = [i for i in range(start, at) if not chr(codes[i]).isspace()]
            end = at + (at < count and codes[at] not in (10, 13))
            if shown:
                yield _line(text_page, number, codes[start:end], (shown[0], shown[-1]))
            start = at + 1


def _line(
    text_page: pypdfium2.PdfTextPage, page: int, codes: Sequence[int], ends: tuple[int, int]
) -> _Line:
    # Characters beyond the basic plane may come as two surrogates.
    units = "".join(map(chr, codes)).encode("utf-16", "surrogatepass")
    first = text_page.get_charbox(ends[0], loose=True)
    last = text_page.get_charbox(ends[1], loose=True)
    return _Line(
        page=page,
        text=units.decode("utf-16", "replace").translate(_LIGATURES).strip(),
        left=first[0],
        right=last[2],
        top=first[3],
        bottom=last[1],
        height=raw.FPDFText_GetFontSize(text_page.raw, ends[0]) or first[3] - first[1],
    )


def _body(lines: Sequence[_Line], heights: Sequence[float]) -> list[_Line]:
    """Leave out page numbers, and lines that stand at the edge of several pages."""
    edges = [line for line in lines if _at_edge(line, heights[line.page])]
    seen = Counter({(_DIGITS.sub("0", line.text), line.page) for line in edges})
    pages = Counter(text for text, _ in seen)
    repeated = {text for text, count in pages.items() if count > 1 and 2 * count >= len(heights)}
    furniture = {
        line
        for line in edges
        if _DIGITS.sub("0", line.text) in repeated or _PAGE_NUMBER.fullmatch(line.text)
    }
    return [line for line in lines if line not in furniture]


def _at_edge(line: _Line, height: float) -> bool:
    margin = max(_MARGIN * height, _LEAST_MARGIN)
    return line.bottom > height - margin or line.top < margin


def _paragraphs(lines: Sequence[_Line]) -> Iterator[Paragraph]:
    words = _words(lines)
    leading = _leading(lines)
    margins = _margins(lines)
    gathered: list[_Line] = []
    for line in lines:
        if gathered and _parted(gathered[-1], line, leading, margins):
            yield _paragraph(gathered, words)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _paragraph(gathered, words)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words inside of lines, and whether the text breaks words at the end of lines."""

    counts: Counter[str]
    hyphenates: bool


def _words(lines: Sequence[_Line]) -> _Words:
    counts = Counter(re.findall(r"[\w-]+", " ".join(line.text for line in lines)))
    broken = sum(
        a.text.endswith(tuple(_HYPHENS)) and b.text[:1].islower() for a, b in pairwise(lines)
    )
    return _Words(counts, broken >= _HYPHENATED * len(lines))


def _leading(lines: Sequence[_Line]) -> float:
    """Return the usual way from one line to the next, in heights of a letter."""
    steps = [
        (a.bottom - b.bottom) / a.height
        for a, b in pairwise(lines)
        if a.page == b.page and a.height and 0 < a.bottom - b.bottom < 3 * a.height
    ]
    # Gaps between paragraphs are wider and never narrower, so the usual step is a low one.
    return sorted(steps)[len(steps) // 4] if steps else 1.2


def _margins(lines: Sequence[_Line]) -> dict[tuple[int, int], float]:
    """Return how far right the lines of a column reach, by page and left edge."""
    margins: dict[tuple[int, int], float] = {}
    for line in lines:
        for key in _column(line):
            margins[key] = max(margins.get(key, 0), line.right)
    return margins


_COLUMN_POINTS = 50


def _column(line: _Line) -> tuple[tuple[int, int], tuple[int, int]]:
    # Two rasters, half a step apart: lines that begin close to each other share one of them.
    left = round(line.left)
    return (line.page, left // _COLUMN_POINTS * 2), (
        line.page,
        (left + _COLUMN_POINTS // 2) // _COLUMN_POINTS * 2 + 1,
    )


def _parted(a: _Line, b: _Line, leading: float, margins: dict[tuple[int, int], float]) -> bool:
    """Tell whether a new paragraph begins with the line `b`."""
    size = max(a.height, b.height, 1.0)
    if max(a.height, b.height) > _SIZE * min(a.height, b.height):
        return True
    margin = max(margins[key] for key in _column(a))
    width = (a.right - a.left) / max(len(a.text), 1)
    first = b.text.split(maxsplit=1)[0] if b.text else ""
    slack = 1.0 if _ends(a.text) else _ROOM
    had_room = a.right + slack * width * (len(first) + 1.5) < margin
    if a.page != b.page or b.bottom > a.top:
        return had_room or _ends(a.text)  # a new page or column tells nothing by its gap
    if a.bottom - b.bottom > _GAP * leading * size:
        return True
    return had_room or (b.left - a.left > size and _ends(a.text))


def _ends(words: str) -> bool:
    return words.rstrip("\"'”’»)]").endswith((".", "!", "?", "…", ":", "。", "！", "？"))


def _paragraph(lines: Sequence[_Line], words: _Words) -> Paragraph:
    runs: list[Run] = []
    for line in lines:
        text = _CONTROL.sub("", line.text)
        if runs:
            runs[-1] = replace(runs[-1], text=_glued(runs[-1].text, text, words))
        runs.append(Run(text, label=f"page {line.page + 1}"))
    runs[-1] = replace(runs[-1], text=runs[-1].text.replace(_HYPHEN, "-"))
    return Paragraph(tuple(runs))


def _glued(before: str, after: str, words: _Words) -> str:
    """Return the line `before` with what stands between it and the line `after`."""
    plain = before.rstrip(_HYPHENS)
    if plain != before and plain[-1:].isalnum():
        return plain if _is_broken(plain, after, words) else f"{plain}-"
    unspaced = _is_unspaced(before[-1:]) and _is_unspaced(after[:1])
    return before if unspaced else before + " "


def _is_unspaced(character: str) -> bool:
    return bool(character) and (
        "\u3040" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"
    )


def _is_broken(before: str, after: str, words: _Words) -> bool:
    """Tell whether a hyphen only breaks a word, and is not written inside of a line."""
    first = re.search(r"\w+$", before)
    second = re.match(r"\w+", after)
    if not first or not second or not second[0][0].islower():
        return False
    written = words.counts[f"{first[0]}-{second[0]}"]
    joined = words.counts[first[0] + second[0]]
    return words.hyphenates if written == joined else joined > written
