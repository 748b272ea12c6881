"""XML without its dangers: events with their places in the file, or a tree.

Expat is used as it is, since no library above it tells where a character stands. What
`defusedxml` refuses is refused here: entities that a file declares itself, and anything outside
of the file. Nothing is fetched.
"""

import codecs
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NoReturn, Protocol
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

import webencodings

from align.config import ReadSettings
from align.errors import ReadError

_CHUNK = 1 << 16
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_SAVE = "Open it in the program that made it, save it again, and try once more."


@dataclass(frozen=True, slots=True)
class Event:
    """The start or end of an element, or text; `start` and `end` are code points of the file.

    Names are `{namespace}local`, as ElementTree writes them. Text comes in pieces, each of which
    stands in the file as it is, or is a single character that is written otherwise there.
    """

    kind: Literal["start", "end", "text"]
    name: str
    attributes: dict[str, str]
    text: str
    start: int
    end: int

    @property
    def local(self) -> str:
        """The element's name without its namespace."""
        return self.name.rpartition("}")[2]

    def offsets(self) -> range | tuple[int, int]:
        """Return where each character of the text stands, and where the last one ends."""
        if len(self.text) == 1:
            return (self.start, self.end)
        return range(self.start, self.start + len(self.text) + 1)


class Readable(Protocol):
    """A file, or a member of an archive, as far as it is needed here."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""


def decoded(file: Readable, where: str) -> Iterator[str]:
    """Yield the text of an XML file in pieces, decoded as its mark or declaration says.

    Raises:
        ReadError: It is not in that encoding, or nobody knows the encoding.
    """
    head = file.read(_CHUNK)
    mark, codec = _codec(head, where)
    decoder = codec.incrementaldecoder("strict")
    head = head[len(mark) :]
    try:
        while head:
            yield decoder.decode(head)
            head = file.read(_CHUNK)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"The file should be {codec.name}, but it is not: {error.reason}.",
            where=where,
            fix="Save it as UTF-8 and try again.",
        ) from error


def _codec(head: bytes, where: str) -> tuple[bytes, codecs.CodecInfo]:
    """Return the byte order mark that a file begins with, and its encoding."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return (b"" if b"<" in mark else mark), codecs.lookup(name)
    declared = _DECLARED.match(head)
    label = declared[1].decode("ascii") if declared else "utf-8"
    # Python knows "encodings" that unpack archives; the names of the web are encodings alone.
    known = webencodings.lookup(label)
    if known is None:
        raise ReadError(
            f"Nobody knows the encoding {label!r}, which the file says it has.",
            where=where,
            fix="Save it as UTF-8 and try again.",
        )
    return b"", known.codec_info


@dataclass(slots=True)
class _Listener:
    """What expat calls: it keeps events, and where each of them stands."""

    limits: ReadSettings
    events: list[Event] = field(default_factory=list)
    pending: tuple[str, int] | None = None
    depth: int = 0
    # Bytes that were given to expat but not counted yet, and what was counted before them.
    waiting: bytearray = field(default_factory=bytearray)
    bytes_before: int = 0
    characters_before: int = 0

    def listen(self) -> expat.XMLParserType:
        """Return a parser that reports here and refuses what is dangerous."""
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator="}")
        parser.buffer_text = False
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

        def here() -> int:
            return self.place(parser.CurrentByteIndex)

        def start(name: str, attributes: dict[str, str]) -> None:
            at = self.flush(here())
            self.depth += 1
            if self.depth > self.limits.nesting:
                raise _RefusedError(
                    f"Its elements are nested deeper than the limit of {self.limits.nesting}.",
                    "If you trust the file, set nesting under [read] higher.",
                )
            named = {_name(key): value for key, value in attributes.items()}
            self.events.append(Event("start", _name(name), named, "", at, at))

        def end(name: str) -> None:
            at = self.flush(here())
            self.depth -= 1
            self.events.append(Event("end", _name(name), {}, "", at, at))

        def characters(text: str) -> None:
            at = self.flush(here())
            self.pending = (text, at)

        def other(*_: object) -> None:
            self.flush(here())

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = characters
        parser.CommentHandler = parser.ProcessingInstructionHandler = other
        parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = other
        parser.EntityDeclHandler = _refuse_entity
        parser.UnparsedEntityDeclHandler = _refuse_entity
        parser.ExternalEntityRefHandler = _refuse_entity
        return parser

    def place(self, index: int) -> int:
        """Return the code point at which a byte of the whole input stands."""
        taken = self.waiting[: index - self.bytes_before]
        del self.waiting[: len(taken)]
        self.bytes_before += len(taken)
        self.characters_before += len(taken) if taken.isascii() else len(taken.decode())
        return self.characters_before

    def flush(self, at: int) -> int:
        """Report the text before `at`, whose end is known only now; return `at`."""
        if self.pending is not None:
            text, start = self.pending
            self.events.append(Event("text", "", {}, text, start, at))
            self.pending = None
        return at


class _RefusedError(Exception):
    """What a listener stops for: the reason, and what to do."""


def _refuse_entity(*_: object) -> NoReturn:
    raise _RefusedError(
        "It declares entities of its own, which can make a small file endless.",
        "Save it without a document type declaration, and try again.",
    )


def events(pieces: Iterable[str], where: str, limits: ReadSettings) -> Iterator[Event]:
    """Yield what an XML text consists of, while it is being read.

    Raises:
        ReadError: It is not well-formed, is nested too deeply, or declares entities.
    """
    listener = _Listener(limits)
    parser = listener.listen()
    try:
        for piece in pieces:
            data = piece.encode("utf-8", "surrogatepass")
            listener.waiting += data
            parser.Parse(data, False)
            yield from listener.events
            listener.events.clear()
        parser.Parse(b"", True)
        yield from listener.events
    except expat.ExpatError as error:
        raise ReadError(
            f"The file is no well-formed XML: {expat.ErrorString(error.code)}, line {error.lineno},"
            f" column {error.offset + 1}.",
            where=where,
            fix=_SAVE,
        ) from error
    except _RefusedError as refused:
        what, fix = refused.args
        raise ReadError(f"The file is not read. {what}", where=where, fix=fix) from refused


def parse(data: bytes, where: str, limits: ReadSettings) -> Element:
    """Return the root of a small XML file, such as one of an archive.

    Raises:
        ReadError: As `events`, `decoded` and `built`.
    """
    stream = events(decoded(io.BytesIO(data), where), where, limits)
    root = built(next(stream), stream, where, limits)
    deque(stream, maxlen=0)  # what follows may be an error, too
    return root


def built(start: Event, stream: Iterator[Event], where: str, limits: ReadSettings) -> Element:
    """Return the element that an event starts, and take what belongs to it from the stream.

    Raises:
        ReadError: It holds more elements than the limit.
    """
    builder = TreeBuilder()
    builder.start(start.name, start.attributes)
    depth, elements = 1, 1
    for event in stream:
        if event.kind == "start":
            elements += 1
            if elements > limits.elements:
                refuse_many(where, limits)
            builder.start(event.name, event.attributes)
            depth += 1
        elif event.kind == "text":
            builder.data(event.text)
        else:
            builder.end(event.name)
            depth -= 1
            if not depth:
                break
    return builder.close()


def refuse_many(where: str, limits: ReadSettings, what: str = "elements") -> NoReturn:
    """Refuse a file of more elements, or of what counts as such, than the limit.

    Raises:
        ReadError: Always.
    """
    raise ReadError(
        f"The file has more than the limit of {limits.elements:,} {what}.",
        where=where,
        fix="Cut it into parts, or set elements under [read] higher.",
    )


def _name(expat_name: str) -> str:
    return f"{{{expat_name}" if "}" in expat_name else expat_name
