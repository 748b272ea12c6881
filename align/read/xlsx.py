"""Bilingual sheets of Excel: a row for each row of the first sheet that has two texts."""

import io
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from align.errors import ReadError
from align.read.archive import open_archive, read_member
from align.read.columns import Record, from_records
from align.read.row import Asked, Cell, Row, placeless, whole

_MOST_ROWS = 1_048_576
_BROKEN = (
    InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError,
    OSError, SyntaxError,
)  # fmt: skip


def parse(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield a row for each row of the first sheet that is not blank, while it is read.

    Numbers and formulas count as what they show. Only the strings that the sheets share are kept in
    memory.

    Raises:
        ReadError: The file is damaged, or larger than the limits.
    """
    data = whole(file, asked)
    _measure(data, asked)
    return from_records(_records(data, asked), asked)


def _measure(data: bytes, asked: Asked) -> None:
    """Unpack everything once, so that what openpyxl unpacks is known to be within the limit."""
    archive = open_archive(data, asked.origin, asked.limits)
    for name in archive.members:
        read_member(archive, name)


def _records(data: bytes, asked: Asked) -> Iterator[Record]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a sheet says of its own size is not believed
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            if number > _MOST_ROWS:
                raise ValueError("it has rows beyond the last that a sheet can have")
            cells = [_cell(value) for value in values]
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


def _cell(value: object) -> Cell:
    return Cell() if value is None else placeless(str(value))
