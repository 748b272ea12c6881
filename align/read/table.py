"""Bilingual rows: one `source<TAB>target` a line, streamed."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of a bilingual file; `error` says why there is none."""

    number: int
    source: str = ""
    target: str = ""
    error: str = ""


def parse(lines: Iterable[bytes]) -> Iterator[Row]:
    r"""Yield one row for every line, in order, numbered from 0.

    A line that cannot be read is a row with an error, so that no other row loses its number.

    >>> [row.target for row in parse([b"Good.\tT\xe1\xbb\x91t.\n"])]
    ['Tốt.']
    """
    for number, line in enumerate(lines):
        yield _row(number, line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line)


def _row(number: int, line: bytes) -> Row:
    try:
        text = unicodedata.normalize("NFC", line.decode("utf-8")).rstrip("\r\n")
    except UnicodeDecodeError as error:
        return Row(number, error=f"not UTF-8 at byte {error.start}")
    cells = text.split("\t")
    if len(cells) != 2:
        return Row(number, error=f"{len(cells)} columns, expected 2 (source, tab, target)")
    return Row(number, cells[0].strip(), cells[1].strip())
