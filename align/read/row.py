"""The rows of a bilingual file, one pair of texts each, and what a reader of them is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from align.bitext import Document, Place, Span
from align.config import READ_DEFAULTS, ReadSettings
from align.errors import ReadError
from align.read.pieces import Origin, Run, flatten
from align.read.text import astral, compose, line_starts

_MEGABYTE = 1_000_000

NOWHERE = Origin("")
"""The file of rows that come from none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of a bilingual file; `error` says why there is none.

    `label` is what the program that made the file calls the row, `path` the part of the file that
    it stands in. `offsets` are, for the source and the target, the place of each character in the
    decoded file and of the end; empty where the file has none. `languages` are what the file says.
    """

    number: int
    source: str = ""
    target: str = ""
    error: str = ""
    label: str = ""
    path: str = ""
    offsets: tuple[Sequence[int], Sequence[int]] = ((), ())
    languages: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader of rows goes by.

    `columns` are names, or numbers from 1, of the source and the target column; empty where the
    file says it itself. `languages` choose among several in one file.
    """

    origin: str
    limits: ReadSettings = READ_DEFAULTS
    columns: tuple[str, ...] = ()
    languages: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one side of a row, and the place of each character and of the end."""

    text: str = ""
    offsets: Sequence[int] = field(default=(), repr=False)


def paired(row: Row, source: Cell, target: Cell, limits: ReadSettings) -> Row:
    """Return a row with its texts, or with an error if they are longer than the limit."""
    characters = len(source.text) + len(target.text)
    if characters > limits.row_chars:
        return replace(row, error=too_long(limits))
    return replace(
        row,
        source=source.text,
        target=target.text,
        offsets=(source.offsets, target.offsets),
    )


def too_long(limits: ReadSettings) -> str:
    """Return the error of a row that is longer than the limit."""
    return (
        f"longer than the limit of {limits.row_chars:,} characters (row_chars under [read] sets it)"
    )


def whole(file: BinaryIO, asked: Asked) -> bytes:
    """Return the content of a file that cannot be read row by row.

    Raises:
        ReadError: It is larger than the limit.
    """
    limit = int(asked.limits.limit_mb * _MEGABYTE)
    data = file.read(limit + 1)
    if len(data) > limit:
        raise ReadError(
            f"The file is larger than the limit of {asked.limits.limit_mb:g} MB.",
            where=asked.origin,
            fix="Give a higher limit with --max-size-mb, or cut the file into parts.",
        )
    return data


def placeless(text: str) -> Cell:
    """Return a text of which no place in the file is known; white space in it is run together."""
    return Cell(flatten([Run(text)])[0])


def contiguous(text: str, start: int) -> Cell:
    """Return a text that stands in the file as it is, without white space at its ends."""
    plain = text.strip()
    start += len(text) - len(text.lstrip())
    composed, moved = compose(plain)
    if moved is None:
        return Cell(plain, range(start, start + len(plain) + 1))
    return Cell(composed, tuple(start + offset for offset in moved))


def cell(runs: Iterable[Run]) -> Cell:
    """Put the runs of one side together: in NFC, white space run together."""
    return Cell(*flatten(tuple(runs)))


def primary(tag: str) -> str:
    """Return the language of a tag, without its region: `en` of `en-US` and `en_GB`."""
    return tag.replace("_", "-").split("-")[0].lower()


def rows_as_documents(
    rows: Sequence[Row], languages: tuple[str | None, str | None], file: Origin = NOWHERE
) -> tuple[Document, Document]:
    """Put the sources and the targets of rows into one document each, a block for every row.

    Args:
        rows: Rows that are no errors.
        languages: Tags of the two sides.
        file: The file of the rows; with its decoded text, positions have lines.
    """
    starts = line_starts(file.decoded) if file.decoded is not None else ()
    doubled = astral(file.decoded or "")
    known = rows if starts else []
    source = _side([row.source for row in rows], [row.offsets[0] for row in known])
    target = _side([row.target for row in rows], [row.offsets[1] for row in known])
    sides = zip((source, target), languages, strict=True)
    one, two = (
        replace(
            document,
            name=file.name,
            origin=file.path,
            language=language,
            line_starts=starts,
            astral=doubled,
            places=tuple(
                Place(block, row.label, row.path)
                for block, row in zip(document.blocks, rows, strict=True)
                if row.label
            ),
        )
        for document, language in sides
    )
    return one, two


def _side(texts: Sequence[str], offsets: Sequence[Sequence[int]]) -> Document:
    blocks, start = [], 0
    for words in texts:
        blocks.append(Span(start, start + len(words)))
        start += len(words) + 1
    # The line break behind each row is ours; in the file it stands where the row ends.
    places = tuple(place for row in offsets for place in row) if offsets else None
    return Document("", "\n".join(texts), tuple(blocks), offsets=places)
