"""Bilingual tables in Word documents, as they are sent out for review: a row for each row."""

from collections.abc import Iterator
from typing import BinaryIO

from align.errors import ReadError
from align.read.archive import open_archive
from align.read.columns import Record, from_records
from align.read.docx import table_rows
from align.read.row import Asked, Row, placeless, whole


def parse(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield the rows of all tables in a Word document, with all changes accepted.

    The first row may name the columns, and so may each that Word repeats as a header; two columns
    need no names. Only the packed file is kept in memory.

    Raises:
        ReadError: The file is damaged or larger than the limits, or has no table.
    """
    data = whole(file, asked)
    return from_records(_records(data, asked), asked)


def _records(data: bytes, asked: Asked) -> Iterator[Record]:
    has_rows = False
    for row in table_rows(open_archive(data, asked.origin, asked.limits)):
        has_rows = True
        if any(text.strip() for text in row.cells):
            label = f"table {row.table}, row {row.number}"
            cells = [placeless(text) for text in row.cells]
            yield Record(label, cells, path=row.path, is_header=row.is_header)
    if not has_rows:
        raise ReadError(
            "The document has no table.",
            where=asked.origin,
            fix="One Word file must hold both texts in a table; or give two files.",
        )
