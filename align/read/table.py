"""Bilingual tables as text: tab-separated, comma-separated, and JSON lines, streamed."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

from align.read.columns import Record, from_records
from align.read.lines import Line, lines
from align.read.pieces import Run
from align.read.row import Asked, Cell, Row, cell, contiguous

_DELIMITERS = ",;\t|"
_SNIFFED = 20
_QUOTE = '"'
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_JSON_TOKEN = re.compile(rf"{_JSON_STRING.pattern}|[{{}}\[\]:,]|[^\s{{}}\[\]:,\"]+")
_JSON_PIECE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]+")


def parse_tsv(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield a row for every line: cells with a tab between them, in which nothing is quoted.

    A line that cannot be read is a row with an error, so that no other row loses its number. A
    first line that names the columns is none.
    """
    return from_records(map(_tabbed, lines(file, asked.origin, asked.limits)), asked)


def _tabbed(line: Line) -> Record:
    if line.error:
        return Record(f"line {line.number}", error=line.error)
    cells, start = [], line.start
    for text in line.text.rstrip("\r\n").split("\t"):
        cells.append(contiguous(text, start))
        start += len(text) + 1
    return Record(f"line {line.number}", cells)


def parse_csv(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield a row for every record; the delimiter is told from the first lines.

    Quoted cells may hold delimiters and line breaks. A record that cannot be read is a row with an
    error. A first record that names the columns is none.
    """
    stream = lines(file, asked.origin, asked.limits)
    first = list(islice(stream, _SNIFFED))
    delimiter = delimiter_of([line.text for line in first])
    return from_records(_records(chain(first, stream), delimiter), asked)


def delimiter_of(texts: Sequence[str]) -> str:
    """Return the sign that parts the cells: the one that most lines have, outside of quotes."""
    plain = [_JSON_STRING.sub("", text.replace(_QUOTE * 2, "")) for text in texts]
    return max(_DELIMITERS, key=lambda sign: (sum(sign in text for text in plain), sign == ","))


def _records(stream: Iterable[Line], delimiter: str) -> Iterator[Record]:
    taken: list[Line] = []

    def feed() -> Iterator[str]:
        for line in stream:
            taken.append(line)
            yield line.text

    reader = csv.reader(feed(), delimiter=delimiter)
    while True:
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(f"line {taken[0].number}", error=str(error))
            continue
        broken = next((line.error for line in taken if line.error), "")
        if broken:
            yield Record(f"line {taken[0].number}", error=broken)
        elif cells:
            yield Record(f"line {taken[0].number}", _placed(taken, cells, delimiter))


def _placed(taken: Sequence[Line], cells: Sequence[str], delimiter: str) -> list[Cell]:
    """Find where the cells of a record stand in its lines."""
    raw, at = "".join(line.text for line in taken), 0
    start, placed = taken[0].start, []
    for text in cells:
        if raw.startswith(_QUOTE, at):
            runs, at = _quoted(raw, at + 1, start)
            placed.append(cell(runs))
        else:
            placed.append(contiguous(text, start + at))
            at += len(text)
        at = raw.find(delimiter, at) + 1
    return placed


def _quoted(raw: str, at: int, start: int) -> tuple[list[Run], int]:
    """Return the pieces of a quoted cell, in which two quotes mean one, and where it ends."""
    runs = []
    while True:
        end = raw.find(_QUOTE, at)
        end = len(raw) if end < 0 else end
        is_doubled = raw.startswith(_QUOTE * 2, end)
        stop = end + is_doubled
        runs.append(Run(raw[at:stop], range(start + at, start + stop + 1)))
        if not is_doubled:
            return runs, end + 1
        at = end + 2


def parse_jsonl(file: BinaryIO, asked: Asked) -> Iterator[Row]:
    """Yield a row for every line that holds a JSON object; its keys are the columns."""
    return from_records(_objects(lines(file, asked.origin, asked.limits)), asked)


def _objects(stream: Iterable[Line]) -> Iterator[Record]:
    keys: list[str] = []
    for line in stream:
        label = f"line {line.number}"
        if line.error or not line.text.strip():
            if line.error:
                yield Record(label, error=line.error)
            continue
        found = _object(line)
        if isinstance(found, str):
            yield Record(label, error=found)
            continue
        if not keys:
            keys = list(found)
            yield Record(label, [Cell(key) for key in keys])
        yield Record(label, [found.get(key, Cell()) for key in keys])


def _object(line: Line) -> dict[str, Cell] | str:
    """Return the strings of an object by their keys, or what is wrong with the line."""
    try:
        given = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        return f"no JSON: {error}"
    if not isinstance(given, dict):
        return "no JSON object"
    places = _json_places(line)
    return {
        key: places.get(key, Cell(value)) if isinstance(value, str) else Cell()
        for key, value in given.items()
    }


def _json_places(line: Line) -> dict[str, Cell]:
    """Return the strings that stand right below the object, each with its place in the file."""
    cells: dict[str, Cell] = {}
    depth, key, before = 0, "", ""
    for match in _JSON_TOKEN.finditer(line.text):
        token = match.group()
        depth += (token in ("{", "[")) - (token in ("}", "]"))
        if depth == 1 and token.startswith(_QUOTE):
            if before == ":":
                cells[key] = cell(_json_runs(line, match.start() + 1, match.end() - 1))
            else:
                key = json.loads(token)
        before = token
    return cells


def _json_runs(line: Line, start: int, end: int) -> Iterator[Run]:
    for match in _JSON_PIECE.finditer(line.text, start, end):
        at, stop = (line.start + place for place in match.span())
        if match.group().startswith("\\"):
            text = json.loads(f'"{match.group()}"')
            yield Run(text, (*[at] * len(text), stop))
        else:
            yield Run(match.group(), range(at, stop + 1))
