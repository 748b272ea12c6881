"""Bilingual sheets of Excel: a row for each row of the first sheet that has two texts."""

import io
import json
import logging
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import islice
from typing import IO, BinaryIO, Protocol
from zipfile import BadZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS

from align.errors import ReadError
from align.read.archive import measure, open_archive
from align.read.columns import Record, from_records
from align.read.row import Asked, Cell, Row, placeless, whole

log = logging.getLogger(__name__)

_MOST_ROWS = 1_048_576
_BLOCK = 256
"""Shared strings that are packed together: about as many as some screens of a sheet have."""
_OPEN_BLOCKS = 16
_BROKEN = (
    InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError,
    OSError, SyntaxError, DefusedXmlException, zlib.error, EOFError,
)  # fmt: skip


class _Valued(Protocol):
    """A cell of openpyxl, which has no types."""

    value: object
    number_format: str


class _Strings:
    """The strings that the sheets share, packed: a sheet asks for them in about their order."""

    def __init__(self, strings: Iterable[str]) -> None:
        stream = iter(strings)
        self._blocks: list[bytes] = []
        self._open: OrderedDict[int, list[str]] = OrderedDict()
        while block := list(islice(stream, _BLOCK)):
            self._blocks.append(zlib.compress(json.dumps(block).encode(), 1))

    def __getitem__(self, index: int) -> str:
        """Return one string.

        Raises:
            IndexError: There is none of that number.
        """
        number, place = divmod(index, _BLOCK)
        block = self._open.get(number)
        if block is None:
            block = json.loads(zlib.decompress(self._blocks[number]))
            self._open[number] = block
            if len(self._open) > _OPEN_BLOCKS:
                self._open.popitem(last=False)
        return block[place]


class _Reader(ExcelReader):  # type: ignore[misc] # openpyxl has no types
    """The reader of openpyxl, which keeps the strings that sheets share as they are."""

    def read_strings(self) -> None:
        """Pack them instead: they are all that would grow with the sheet."""
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = _Strings(_shared(source))


def parse(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield a row for each row of the first sheet that is not blank, while it is read.

    Numbers and formulas count as what they show. Only what is packed is kept in memory: the file,
    and the strings that its sheets share.

    Raises:
        ReadError: The file is damaged, or larger than the limits.
    """
    data = whole(file, asked)
    # Once before openpyxl does, so that what it unpacks is known to be within the limit.
    measure(open_archive(data, asked.origin, asked.limits))
    return from_records(_records(data, asked), asked)


def _records(data: bytes, asked: Asked) -> Iterator[Record]:
    try:
        reader = _Reader(io.BytesIO(data), read_only=True, data_only=True)
        reader.read()
        sheet = reader.wb.worksheets[0]
        if (sheets := len(reader.wb.worksheets)) > 1:
            log.warning("%s: of %d sheets, only %s is read.", asked.origin, sheets, sheet.title)
        sheet.reset_dimensions()  # what a sheet says of its own size is not believed
        for number, row in enumerate(sheet.iter_rows(), 1):
            if number > _MOST_ROWS:
                raise ValueError("it has rows beyond the last that a sheet can have")
            cells = [_cell(cell) for cell in row]
            while cells and not cells[-1].text:
                cells.pop()  # cells that were only formatted
            if cells:
                yield Record(f"row {number}", cells, path=sheet.title)
    except _BROKEN as error:
        raise ReadError(
            f"The workbook cannot be read: {error}.",
            where=asked.origin,
            fix="Open it in the program that made it, save it as .xlsx again, and try once more.",
        ) from error


def _shared(source: IO[bytes]) -> Iterator[str]:
    """Yield the shared strings as openpyxl reads them, and forget each."""
    stream = iterparse(source, events=("start", "end"))
    _, root = next(stream)
    for event, element in stream:
        if event == "end" and element.tag == root.tag.replace("}sst", "}si"):
            yield str(Text.from_tree(element).content).replace("x005F_", "")
            root.clear()


def _cell(cell: _Valued) -> Cell:
    """Return what a cell shows: a day without its midnight, a share in percent."""
    value = cell.value
    if value is None:
        return Cell()
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    elif isinstance(value, int | float) and cell.number_format.endswith("%"):
        value = f"{round(100 * value, 6):g}%"
    return placeless(str(value))
