"""Lines of a text file of any length, one after the other, each with its place in the file."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from align.config import ReadSettings
from align.errors import ReadError
from align.read.row import too_long

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTINUED = bytes(range(0x80, 0xC0))
_BYTES_A_CHARACTER = 4
_HEAD = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its line break; `start` counts the code points before it, `number` from 1."""

    number: int
    start: int
    text: str
    error: str = ""


def lines(file: BinaryIO, origin: str, limits: ReadSettings, encoding: str = "") -> Iterator[Line]:
    """Yield the lines of a file in UTF-8, or in UTF-16 or UTF-32 with a mark, or as it says.

    A line that is not UTF-8, or is longer than the limit, has an error and no text, so that no
    other line loses its number.

    Args:
        file: Open at its beginning.
        origin: Path, for error messages.
        limits: The longest line.
        encoding: The encoding that the file says it has, if it is another.

    Raises:
        ReadError: The file is not in the encoding that it says, or begins with the mark of.
    """
    head = file.read(_HEAD)
    wide = next((name for mark, name in _WIDE if head.startswith(mark)), encoding)
    whole = _Rest(head.removeprefix(codecs.BOM_UTF8), file)
    if not wide:
        yield from _narrow(whole, limits)
        return
    wrapped = io.TextIOWrapper(io.BufferedReader(_Rest(head, file)), encoding=wide, newline="")
    start, number = 0, 0
    try:
        while text := wrapped.readline(limits.row_chars + 1):
            number += 1
            is_whole = len(text) <= limits.row_chars or text.endswith("\n")
            yield Line(number, start, *((text, "") if is_whole else ("", too_long(limits))))
            start += len(text)
            while text and not text.endswith("\n"):
                text = wrapped.readline(limits.row_chars)
                start += len(text)
    except UnicodeError as error:
        raise ReadError(
            f"The file should be {wide.upper()}, but it is not.",
            where=origin,
            fix="Save it as UTF-8 and try again.",
        ) from error


class _Rest(io.RawIOBase):
    """A file of which some bytes were taken already."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head, self._file = head, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # io says so itself
        data = self._head[: len(buffer)] or self._file.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)

    def line(self, limit: int) -> bytes:
        """Return what is left of the line, or as much of it as the limit."""
        head, self._head = self._head, b""
        if b"\n" in head:
            first, _, self._head = head.partition(b"\n")
            return first + b"\n"
        return head + self._file.readline(limit)


def _narrow(file: _Rest, limits: ReadSettings) -> Iterator[Line]:
    limit = limits.row_chars * _BYTES_A_CHARACTER
    start, number = 0, 0
    while data := file.line(limit):
        number += 1
        length, is_long = 0, not data.endswith(b"\n") and len(data) >= limit
        if is_long:
            yield Line(number, start, "", too_long(limits))
            while data and not data.endswith(b"\n"):
                length += len(data.translate(None, _CONTINUED))
                data = file.line(limit)
            start += length + len(data.translate(None, _CONTINUED))
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            yield Line(number, start, "", f"not UTF-8 at byte {error.start}")
            start += len(data.decode("utf-8", "replace"))
        else:
            yield Line(number, start, text)
            start += len(text)


def begun(file: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """Return the first bytes of a file, and a file that still begins with them."""
    head = file.read(size)
    return head, io.BufferedReader(_Rest(head, file))


def decoded(data: bytes, encoding: str = "") -> str:
    """Return the text of a file of which `lines` has told the lines."""
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), encoding)
    return data.removeprefix(codecs.BOM_UTF8).decode(wide or "utf-8", "replace")
