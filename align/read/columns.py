"""Records of any table to rows: which columns hold the source and the target, and their texts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from align.errors import ReadError
from align.languages import LANGUAGES
from align.read.row import Asked, Cell, Row, paired, primary

_SOURCE = frozenset({
    "source", "src", "source text", "source segment", "original", "original text",
    "nguồn", "bản gốc", "nguyên văn", "quelle", "ausgangstext", "origen", "origine", "origem",
    "źródło", "исходный текст", "оригинал", "原文", "원문", "ต้นฉบับ", "sumber", "kaynak",
})  # fmt: skip
_TARGET = frozenset({
    "target", "tgt", "trg", "target text", "target segment", "translation", "translated",
    "đích", "bản dịch", "dịch", "ziel", "zieltext", "übersetzung", "traducción", "traduction",
    "traduzione", "tradução", "vertaling", "tłumaczenie", "překlad", "перевод", "переклад",
    "译文", "譯文", "訳文", "번역", "คำแปล", "terjemahan", "çeviri", "hedef",
})  # fmt: skip
_LANGUAGES = {
    name.casefold(): language.tag
    for language in LANGUAGES
    for name in (language.tag, language.name)
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read, with what its program calls it; `error` says why it has no cells.

    `is_header` says that the file marks it as one that names the columns.
    """

    label: str
    cells: Sequence[Cell] = ()
    error: str = ""
    path: str = ""
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of both columns, from 0; how many there must be; what the first row says."""

    source: int = 0
    target: int = 1
    count: int = 0
    has_header: bool = False
    languages: tuple[str, str] = ("", "")


def choose(first: Sequence[str], asked: Asked) -> Columns:
    """Tell the columns of a table by its first row.

    Returns:
        The columns that were asked for; else those whose names say source and target, or two
        languages; else the only two that there are.

    Raises:
        ReadError: There is no column of a name that was asked for.
    """
    names = [name.strip().casefold() for name in first]
    found = _by_role(names) or _by_language(names, asked)
    if not asked.columns:
        return found or Columns(count=2)
    if all(column.isdecimal() and int(column) for column in asked.columns):
        source, target = (int(column) - 1 for column in asked.columns)
        named = found is not None or {source, target} <= _spoken(names)
        return Columns(source, target, 0, named, _languages(names, source, target))
    for column in asked.columns:
        if column.strip().casefold() not in names:
            raise ReadError(
                f"There is no column {column!r}.",
                where=asked.origin,
                fix=f"The first row has: {', '.join(filter(None, first)) or 'nothing'}.",
            )
    source, target = (names.index(column.strip().casefold()) for column in asked.columns)
    return Columns(source, target, 0, has_header=True, languages=_languages(names, source, target))


def from_records(records: Iterable[Record], asked: Asked) -> Iterator[Row]:
    """Yield a row for each record, in order, numbered from 0; one that names the columns is none.

    The first record with several cells decides the columns, and so does each that the file marks.

    Raises:
        ReadError: There is no column of a name that was asked for.
    """
    columns: Columns | None = None
    number = 0
    for record in records:
        if columns is None and len(record.cells) > 1:
            columns = choose([cell.text for cell in record.cells], asked)
            if columns.has_header or record.is_header:
                continue
        elif record.is_header:
            if not asked.columns:
                named = choose([cell.text for cell in record.cells], asked)
                columns = named if named.has_header else columns
            continue
        yield _row(record, number, columns or Columns(count=2), asked)
        number += 1


def _row(record: Record, number: int, columns: Columns, asked: Asked) -> Row:
    error = record.error or _wrong(len(record.cells), columns)
    row = Row(number, "", "", error, record.label, record.path, languages=columns.languages)
    if error:
        return row
    source, target = record.cells[columns.source], record.cells[columns.target]
    return paired(row, source, target, asked.limits)


def _wrong(count: int, columns: Columns) -> str:
    """Tell what is wrong with a record of so many cells."""
    if columns.count and count != columns.count:
        return f"{count} columns, expected 2 (source, target); --columns names those of more"
    needed = max(columns.source, columns.target) + 1
    return f"{count} columns, expected {needed} at least" if count < needed else ""


def _by_role(names: Sequence[str]) -> Columns | None:
    sources = [i for i, name in enumerate(names) if name in _SOURCE]
    targets = [i for i, name in enumerate(names) if name in _TARGET]
    if len(sources) == len(targets) == 1:
        return Columns(sources[0], targets[0], has_header=True)
    return None


def _by_language(names: Sequence[str], asked: Asked) -> Columns | None:
    spoken = {i: _language(name) for i, name in enumerate(names) if _language(name)}
    if len(spoken) > 2:  # a third column named "id" counts the rows and is not Indonesian
        spoken = {i: tag for i, tag in spoken.items() if names[i] != "id"}
    wanted = [primary(tag) if tag else "" for tag in asked.languages]
    if len(spoken) > 2 and all(wanted):
        spoken = {i: tag for i, tag in spoken.items() if tag in wanted}
    if len(spoken) != 2 or len(set(spoken.values())) != 2:
        return None
    source, target = spoken
    if spoken[target] == wanted[0] or spoken[source] == wanted[1]:
        source, target = target, source
    return Columns(source, target, 0, has_header=True, languages=(spoken[source], spoken[target]))


def _spoken(names: Sequence[str]) -> set[int]:
    return {i for i, name in enumerate(names) if _language(name)}


def _languages(names: Sequence[str], source: int, target: int) -> tuple[str, str]:
    one, two = (_language(names[i]) if i < len(names) else "" for i in (source, target))
    return one, two


def _language(name: str) -> str:
    """Return the language that a column's name means: `en`, `English (US)`, `a.txt · English`."""
    plain = name.rpartition("·")[2].partition("(")[0].strip()
    return _LANGUAGES.get(plain) or _LANGUAGES.get(primary(plain), "")
