"""Bilingual tables in Word documents, as they are sent out for review: a row for each row."""

from collections.abc import Iterator
from typing import BinaryIO

from align.errors import ReadError
from align.read.archive import open_archive
from align.read.columns import Record, from_records
from align.read.docx import cell_text, main_part, table_rows
from align.read.row import Asked, Row, placeless, whole


def parse(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield the rows of all tables in a Word document, with all changes accepted.

    The first row may name the columns; two columns need no names.

    Raises:
        ReadError: The file is damaged or larger than the limits, or has no table.
    """
    data = whole(file, asked)
    part = main_part(open_archive(data, asked.origin, asked.limits))
    records = [
        Record(
            f"table {table}, row {number}",
            [placeless(cell_text(one)) for one in cells],
            path=part.name,
        )
        for table, rows in table_rows(part)
        for number, cells in enumerate(rows, 1)
    ]
    if not records:
        raise ReadError(
            "The document has no table.",
            where=asked.origin,
            fix="One Word file must hold both texts in a table; or give two files.",
        )
    return from_records((r for r in records if any(one.text for one in r.cells)), asked)
