"""What became of one pair of a batch: a report or an error, as one line of `results.jsonl`."""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from align.errors import ReadError
from align.finding import Report
from align.read import report as reports
from align.write import json as report_writer

SCHEMA = "veralign-batch/1"

log = logging.getLogger(__name__)

_REPORT, _SUMMARY = b', "report": {', b', "summary": {'


@dataclass(frozen=True, slots=True)
class Digested:
    """A file as the manifest names it, and the SHA-256 of its content; empty if nobody read it."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a pair has no report, in the three lines of an `AlignError`."""

    message: str
    where: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one pair: either a report or an error.

    `pair` names it within its batch. `fields` are the manifest's other columns, as text. `key` is
    the digest of all that decides the report, so that an unchanged pair need not be redone; it is
    empty if another try may end otherwise.
    """

    pair: str
    source: Digested
    target: Digested
    fields: tuple[tuple[str, str], ...] = ()
    key: str = ""
    report: Report | None = None
    error: Failure | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An outcome without its texts: what an overview needs, and where in the file the rest is.

    `risk` is None if the pair could not be compared, or has an error. The counts are those of open
    findings, by error type and by severity.
    """

    pair: str
    source: Digested
    target: Digested
    fields: tuple[tuple[str, str], ...]
    key: str
    risk: float | None
    by_type: Mapping[str, int]
    by_severity: Mapping[str, int]
    error: Failure | None
    offset: int
    size: int


def render(outcome: Outcome) -> str:
    """Return an outcome as one line of JSON, with its newline; the same outcome, the same line."""
    table: dict[str, Any] = {
        "schema": SCHEMA,
        "pair": outcome.pair,
        "source": asdict(outcome.source),
        "target": asdict(outcome.target),
        "fields": dict(outcome.fields),
        "key": outcome.key,
    }
    if outcome.report is not None:
        table["report"] = json.loads(report_writer.render(outcome.report))
    if outcome.error is not None:
        table["error"] = asdict(outcome.error)
    return json.dumps(table, ensure_ascii=False) + "\n"


def parse(line: str | bytes, where: str = "") -> Outcome:
    """Return the outcome that a line holds.

    Raises:
        ReadError: The line is none of `render`'s.
    """
    table = _loaded(line, where)
    report = table.get("report")
    try:
        head = _head(table)
        return Outcome(
            *head, None if report is None else reports.parse(report, where), _failure(table)
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _unreadable(where) from error


def parse_entry(line: bytes, offset: int = 0, where: str = "") -> Entry:
    """Return what an overview needs of a line.

    The beginning and the end of a line are enough: its texts are not read.

    Args:
        line: A line of results.
        offset: Where in its file it begins, in bytes.
        where: Its file, for errors.

    Raises:
        ReadError: The line is none of `render`'s.
    """
    table = _ends(line) or _loaded(line, where)
    report = table.get("report") or {"summary": {}}
    try:
        summary = report["summary"]
        return Entry(
            *_head(table),
            summary.get("risk"),
            dict(summary.get("by_type", {})),
            dict(summary.get("by_severity", {})),
            _failure(table),
            offset,
            len(line),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _unreadable(where) from error


def entries(path: Path) -> tuple[Entry, ...]:
    """Return the entry of each pair of a file of results, in the order of their lines.

    The last line of a pair counts. What a crash has left torn is passed over, as is a line that is
    no outcome.

    Raises:
        ReadError: The file cannot be read.
    """
    found: dict[str, Entry] = {}
    for offset, line in _lines(path):
        try:
            entry = parse_entry(line, offset, str(path))
        except ReadError:
            log.warning("%s: what stands at byte %d is no outcome; passed over.", path, offset)
            continue
        found.pop(entry.pair, None)
        found[entry.pair] = entry
    return tuple(found.values())


def read_line(path: Path, entry: Entry) -> bytes:
    """Return the line of an entry, with its newline.

    Raises:
        ReadError: The file cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(entry.offset)
            return file.read(entry.size)
    except OSError as error:
        raise _closed(path, error) from error


def read(path: Path, entry: Entry) -> Outcome:
    """Return the whole outcome of an entry.

    Raises:
        ReadError: The file cannot be read, or has changed since.
    """
    return parse(read_line(path, entry), str(path))


def outcomes(path: Path) -> Iterator[Outcome]:
    """Yield the outcome of each pair of a file of results; the last line of a pair counts.

    Raises:
        ReadError: The file cannot be read.
    """
    for entry in entries(path):
        yield read(path, entry)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    offset = 0
    try:
        with path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield offset, line
                offset += len(line)
    except OSError as error:
        raise _closed(path, error) from error


def _ends(line: bytes) -> dict[str, Any] | None:
    """Return what stands before and after the texts of a line; None if it is laid out otherwise.

    Within a string a quotation mark has a backslash before it, so that neither sign that is looked
    for can stand in one.
    """
    start, end = line.find(_REPORT), line.rfind(_SUMMARY)
    if not 0 < start < end:
        return None
    try:
        table: dict[str, Any] = json.loads(line[:start] + b"}")
        table["report"] = json.loads(b"{" + line[end + 2 : -2])
    except ValueError:
        return None
    return table if "risk" in table["report"]["summary"] else None


def _loaded(line: str | bytes, where: str) -> dict[str, Any]:
    try:
        table = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _unreadable(where) from error
    if not isinstance(table, dict) or table.get("schema") != SCHEMA:
        raise _unreadable(where)
    if ("report" in table) is ("error" in table):
        raise _unreadable(where)
    return table


def _head(
    table: Mapping[str, Any],
) -> tuple[str, Digested, Digested, tuple[tuple[str, str], ...], str]:
    return (
        str(table["pair"]),
        Digested(**table["source"]),
        Digested(**table["target"]),
        tuple((str(name), str(value)) for name, value in table["fields"].items()),
        str(table["key"]),
    )


def _failure(table: Mapping[str, Any]) -> Failure | None:
    return Failure(**table["error"]) if "error" in table else None


def _unreadable(where: str) -> ReadError:
    return ReadError(
        f"This is no line of a batch's results ({SCHEMA}).",
        where=where,
        fix="Give the folder that `veralign batch` wrote, as this version writes it.",
    )


def _closed(path: Path, error: OSError) -> ReadError:
    return ReadError(f"The results cannot be read: {error.strerror}.", where=str(path))
