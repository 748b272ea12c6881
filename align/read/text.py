"""Plain text: bytes of almost any encoding to a Document."""

import codecs
import logging
import re
import unicodedata
from dataclasses import replace
from itertools import islice

import regex

from align.bitext import Document, Span
from align.config import READ_DEFAULTS, ReadSettings
from align.detect import detect
from align.errors import ReadError
from align.read import vietnamese
from align.read.tree import refuse_many

log = logging.getLogger(__name__)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KNOWN = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive, such as a Word document"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document, or one with a password"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
)
# A page saved as one file, or a mail with attachments: its text is in codes like "=E2=80=94".
_MULTIPART = re.compile(
    rb"\s{0,9}(?:[\w-]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/",
    re.IGNORECASE,
)
_HEADERS = 4096
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
_CONTROL_SHARE = 0.01

# They have letters that windows-1252 lacks. A detector still knows them by their plain letters.
_NOT_WESTERN = frozenset({"cs", "hr", "hu", "lt", "lv", "pl", "ro", "sk", "sl", "tr", "vi"})

_XML = regex.compile(r"\s*+<\?xml\s")
_GRAPHEME = regex.compile(r"\X")
_LINE_BREAK = regex.compile(r"\r\n|[\r\n]")
_ASTRAL = regex.compile("[\U00010000-\U0010ffff]")
_LINE = regex.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")


def parse(
    data: bytes, name: str, origin: str = "", limits: ReadSettings = READ_DEFAULTS
) -> Document:
    """Decode a text file and find its lines.

    Args:
        data: The whole file.
        name: How reports call the document.
        origin: Path or address, for error messages.
        limits: The longest line.

    Returns:
        A document in NFC whose blocks are its lines that are not blank, in order.

    Raises:
        ReadError: The file is empty or blank, binary, in no encoding that can be told, or has more
            lines than the limit, or one that is longer.
    """
    decoded = decode(data, origin or name)
    if _XML.match(decoded):
        raise ReadError(
            "This is an XML file, of no kind that is read.",
            where=origin or name,
            fix="Save its text as .txt (UTF-8), or export it as HTML, XLIFF or TMX.",
        )
    text, offsets = compose(decoded)
    lines = (m.span() for m in _LINE.finditer(text) if m.group().strip())
    # One more than the limit tells enough: millions would take gigabytes before they are counted.
    blocks = tuple(_trimmed(text, Span(*m)) for m in islice(lines, limits.elements + 1))
    if not blocks:
        raise ReadError(
            "The file is empty." if not text else "The file holds nothing but white space.",
            where=origin or name,
            fix="Check that it was saved, and that it is the file you meant.",
        )
    if len(blocks) > limits.elements:
        refuse_many(origin or name, limits, "lines")
    refuse_long(max(map(len, blocks)), origin or name, limits)
    return Document(
        name=name,
        text=text,
        blocks=blocks,
        origin=origin,
        offsets=offsets,
        line_starts=line_starts(decoded),
        astral=astral(decoded),
    )


def refuse_long(characters: int, where: str, limits: ReadSettings) -> None:
    """Refuse a paragraph that is longer than the limit.

    Raises:
        ReadError: It is.
    """
    if characters > limits.paragraph_chars:
        raise ReadError(
            f"A paragraph has {characters:,} characters, more than the limit of"
            f" {limits.paragraph_chars:,}.",
            where=where,
            fix="Cut it into paragraphs, or set paragraph_chars under [read] higher.",
        )


def by_line(document: Document) -> Document:
    r"""Take each line as a block, blank ones too, so that block numbers are line numbers from 0.

    Lines end as in a text editor, and not at `\u2028` or a form feed, which the tools that write
    and count such files keep inside a line.
    """
    text = document.text
    breaks = [match.span() for match in _LINE_BREAK.finditer(text)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    lines = [Span(*line) for line in zip(starts, ends, strict=True)]
    if not lines[-1]:
        lines.pop()  # what follows the last line break is no line
    return replace(document, blocks=tuple(_trimmed(text, line) for line in lines))


def line_starts(text: str) -> tuple[int, ...]:
    r"""Return where the lines of a file begin, as a text editor counts them.

    >>> line_starts("one\r\ntwo\n")
    (0, 5, 9)
    """
    return (0, *(match.end() for match in _LINE_BREAK.finditer(text)))


def astral(text: str) -> tuple[int, ...]:
    """Return where the characters stand that UTF-16 writes as two.

    >>> astral("a🙂b🙂")
    (1, 3)
    """
    return tuple(match.start() for match in _ASTRAL.finditer(text))


def decode(data: bytes, origin: str, *, guess: bool = True) -> str:
    """Decode bytes: by their byte order mark, as UTF-8, or, if allowed, by a guess that is logged.

    Raises:
        ReadError: The bytes are not text in UTF-8, UTF-16 with a mark, windows-1252, or one of
            the encodings of Vietnamese.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, mark, encoding, origin)
    _refuse_binary(data, origin)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is not UTF-8"
    guessed = _legacy(data) if guess else None
    if guessed is None:
        raise ReadError(
            f"The encoding cannot be told: {reason}, and no other fits for sure.",
            where=origin,
            fix="Save the file as UTF-8 and try again.",
        )
    encoding, text = guessed
    log.warning("%s: not UTF-8; read as %s, which is a guess.", origin, encoding)
    return text


def compose(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Return the text in NFC, and where each of its positions stood before.

    Returns:
        The text, and one offset for each of its positions and its end; None if nothing moved.
    """
    if unicodedata.is_normalized("NFC", text):
        return text, None
    parts: list[str] = []
    offsets: list[int] = []
    for match in _GRAPHEME.finditer(text):
        part = unicodedata.normalize("NFC", match.group())
        parts.append(part)
        offsets.extend([match.start()] * len(part))
    offsets.append(len(text))
    return "".join(parts), tuple(offsets)


def _strict(data: bytes, mark: bytes, encoding: str, origin: str) -> str:
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        place = len(mark) + error.start
        raise ReadError(
            f"The file begins like {encoding.upper()} but byte {place} is not.",
            where=origin,
            fix="Save the file as UTF-8 and try again.",
        ) from error


def _refuse_binary(data: bytes, origin: str) -> None:
    kind = next((kind for magic, kind in _KNOWN if data.startswith(magic)), None)
    if kind is None and _MULTIPART.match(data[:_HEADERS]):
        kind = "a web archive (MHTML) or a mail in parts"
    if kind:
        raise ReadError(
            f"This is not a text file but {kind}.",
            where=origin,
            fix="Save it as .docx, .html or .txt (UTF-8) and try again.",
        )
    if b"\x1b$" in data:
        raise ReadError(
            "This is Japanese, Korean or Chinese text in an ISO-2022 encoding.",
            where=origin,
            fix="Save the file as UTF-8 and try again.",
        )
    sample = data[:65536]
    controls = sum(byte in _CONTROL for byte in sample)
    if 0 in sample or controls > _CONTROL_SHARE * len(sample):
        raise ReadError(
            "This is a binary file, or UTF-16 without a byte order mark.",
            where=origin,
            fix="Save its text as .txt (UTF-8) and try again.",
        )


def _legacy(data: bytes) -> tuple[str, str] | None:
    """Decode text in a code page that can be told; return the code page's name and the text."""
    vietnamese_text = vietnamese.decode(data)
    if vietnamese_text is not None:
        return vietnamese_text
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        return None
    # Text in a Western language is mostly ASCII; a Cyrillic or Greek code page read as
    # windows-1252 is mostly accented capitals, which no language is.
    letters = [c for c in text if c.isalpha()]
    accented = sum(ord(c) > 127 for c in letters)
    if not letters or accented > 0.3 * len(letters):
        return None
    western = detect(_LINE.findall(text)).language not in _NOT_WESTERN
    return ("windows-1252", text) if western else None


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
