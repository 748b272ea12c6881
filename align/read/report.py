"""The report that `align.write.json` wrote, read back."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, get_args

from align.bitext import (
    Bead,
    Bitext,
    Document,
    Doubt,
    Excluded,
    ExclusionReason,
    Place,
    Segment,
    Span,
)
from align.errors import ReadError
from align.finding import (
    BeadRisk,
    ErrorType,
    Finding,
    Mark,
    Quote,
    Report,
    Severity,
    Skipped,
    Stance,
)

SCHEMA = "veralign-report/1"

_MOST_LINES = 10_000_000
"""Of a file; a number above it is damage, and would be taken for that many records."""

_DOUBTS = get_args(Doubt)
_SEVERITIES = {severity.label: severity for severity in Severity}
_T = TypeVar("_T")

Table = Mapping[str, Any]


class _WrongError(ValueError):
    """Something in the table is not what a report has there."""


def parse_bytes(data: bytes, where: str = "") -> Report:
    """Return the report that a JSON file holds.

    Raises:
        ReadError: The bytes are no JSON, or no report.
    """
    try:
        table = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _unreadable(f"it is not JSON: {error}", where) from error
    return parse(table, where)


def parse(table: object, where: str = "") -> Report:
    """Return the report that a table of `report.schema.json` says.

    Written again, it gives the same table. Of the documents only what was kept or excluded is
    there: their text is that of segments and excluded blocks, one after the other, and `offsets`,
    lines and places lead to the file that was compared.

    Args:
        table: Parsed JSON.
        where: The file and line, for the error.

    Raises:
        ReadError: The table is no report, or its parts do not fit together.
    """
    try:
        return _report(_is(table, dict, "the report"))
    except _WrongError as error:
        raise _unreadable(str(error), where) from error


def _unreadable(problem: str, where: str) -> ReadError:
    return ReadError(
        f"This is no report of veralign: {problem}.",
        where=where,
        fix="Give a report that `veralign check --format json` or `veralign batch` wrote.",
    )


def _report(table: Table) -> Report:
    if table.get("schema") != SCHEMA:
        raise _WrongError(f"its `schema` is {table.get('schema')!r:.60}, not {SCHEMA!r}")
    source, ours = _side(_get(table, "source", dict))
    target, theirs = _side(_get(table, "target", dict))
    rows = _tables(table, "beads")
    beads = tuple(_bead(row, (len(ours), len(theirs))) for row in rows)
    bitext = Bitext(source, target, ours, theirs, beads)
    summary = _get(table, "summary", dict)
    return Report(
        bitext,
        findings=tuple(_finding(row, bitext) for row in _tables(table, "findings")),
        skipped=tuple(
            Skipped(_get(row, "check", str), _get(row, "reason", str))
            for row in _tables(table, "skipped")
        ),
        signature=_get(table, "signature", str),
        risk=None if summary.get("risk", "") is None else _chance(summary, "risk"),
        risks=tuple(_risk(_get(row, "risk", dict)) for row in rows if "risk" in row),
    )


class _Run(NamedTuple):
    """Text that is in one piece in the file; `at` is where it begins in its segment."""

    at: int
    start: int
    line: int
    column: int
    place: str
    path: str


def _side(table: Table) -> tuple[Document, tuple[Segment, ...]]:
    """Return a document whose text is what the report tells of it, and its segments."""
    kept, left_out = _tables(table, "segments"), _tables(table, "excluded")
    texts: list[str] = []
    offsets: list[int] = []
    spans: dict[int, Span] = {}
    places: list[Place] = []
    lines: dict[int, int] = {}
    for row in sorted((*kept, *left_out), key=lambda row: _number(row, "start")):
        text, start = _get(row, "text", str), len(offsets)
        span = spans[id(row)] = Span(start, start + len(text))
        runs = _runs(row, len(text))
        # Behind each text stands one more character, so that its end has an offset of its own.
        texts.append(text + "\n")
        stops = (*(run.at for run in runs[1:]), len(text))
        for run, stop in zip(runs, stops, strict=True):
            offsets += range(run.start, run.start + stop - run.at)
        offsets.append(_number(row, "end"))
        places += (Place(Span(start + r.at, span.end), r.place, r.path) for r in runs)
        lines.update({r.line: r.start - r.column + 1 for r in runs if r.line})
    document = Document(
        _get(table, "name", str),
        "".join(texts),
        tuple(spans[id(row)] for row in kept),
        language=None if table.get("language", "") is None else _get(table, "language", str),
        language_confidence=_chance(table, "language_confidence"),
        excluded=tuple(Excluded(spans[id(row)], _reason(row)) for row in left_out),
        offsets=(*offsets, offsets[-1] if offsets else 0),
        line_starts=_line_starts(lines),
        places=tuple(places) if any(place.label or place.path for place in places) else (),
    )
    return document, tuple(
        Segment(spans[id(row)], row["text"], number) for number, row in enumerate(kept)
    )


def _runs(row: Table, length: int) -> tuple[_Run, ...]:
    if "runs" not in row:
        return (_run(row, 0),)
    more = _tables(row, "runs")
    runs = (_run(row, 0), *(_run(table, _number(table, "at")) for table in more))
    begins = [run.at for run in runs]
    if sorted(set(begins)) != begins or begins[-1] >= max(length, 1):
        raise _WrongError(f"the `runs` of a segment begin at {begins!r:.60}")
    return runs


def _run(row: Table, at: int) -> _Run:
    line, column = (_number(row, key) if key in row else 0 for key in ("line", "column"))
    if line > _MOST_LINES or bool(line) != bool(column):
        raise _WrongError(f"there is no line {line}, column {column}")
    place, path = (_get(row, key, str) if key in row else "" for key in ("place", "path"))
    return _Run(at, _number(row, "start"), line, column, place, path)


def _line_starts(lines: Mapping[int, int]) -> tuple[int, ...]:
    """Return where the lines of a file begin; of one without any text, where the next one does."""
    starts: list[int] = []
    for line, start in sorted(lines.items()):
        if start < (starts[-1] if starts else 0):
            raise _WrongError("its lines are out of order")
        starts += [start] * (line - len(starts))
    return tuple(starts)


def _reason(row: Table) -> ExclusionReason:
    reason: ExclusionReason = _one_of(row.get("reason"), get_args(ExclusionReason))
    return reason


def _bead(row: Table, lengths: tuple[int, int]) -> Bead:
    alone = _get(row, "alone", dict) if "alone" in row else {"source": [], "target": []}
    doubt: Doubt = _one_of(row.get("doubt", ""), _DOUBTS)
    return Bead(
        _range(_get(row, "source", list), lengths[0]),
        _range(_get(row, "target", list), lengths[1]),
        _chance(row, "score"),
        _is(row.get("moved", False), bool, "`moved`"),
        doubt,
        _chances(alone, "source"),
        _chances(alone, "target"),
    )


def _range(numbers: Sequence[object], length: int) -> range:
    if not numbers:
        return range(0)
    first = _is(numbers[0], int, "a segment's number")
    run = range(first, first + len(numbers))
    if list(run) != numbers or first < 0 or run.stop > length:
        raise _WrongError(f"a bead joins the segments {numbers!r:.60}")
    return run


def _risk(table: Table) -> BeadRisk:
    return BeadRisk(_chance(table, "chance"), _get(table, "judged", bool))


def _finding(row: Table, bitext: Bitext) -> Finding:
    bead = _number(row, "bead")
    if bead >= len(bitext.beads):
        raise _WrongError(f"a finding is in bead {bead}, and there is none")
    source, target = (
        tuple(_mark(mark, segments) for mark in _tables(row, side))
        for side, _, segments in bitext.sides()
    )
    kind = _one_of(row.get("type"), tuple(map(str, ErrorType)))
    return Finding(
        key=_get(row, "key", str),
        check=_get(row, "check", str),
        error_type=ErrorType(kind),
        severity=_SEVERITIES[_one_of(row.get("severity"), tuple(_SEVERITIES))],
        confidence=_chance(row, "confidence"),
        bead=bead,
        source=source,
        target=target,
        message=_get(row, "message", str),
        evidence=tuple(_is(line, str, "`evidence`") for line in _get(row, "evidence", list)),
        accepted=_get(row, "accepted", str) if "accepted" in row else "",
        reports=tuple(map(_quote, _tables(row, "reports"))) if "reports" in row else (),
    )


def _quote(row: Table) -> Quote:
    language = row.get("language")
    return Quote(
        name=_get(row, "name", str),
        language=None if language is None else _get(row, "language", str),
        segment=_number(row, "segment"),
        text=_get(row, "text", str),
        stance=_one_of(row.get("stance"), get_args(Stance)),
        score=_chance(row, "score"),
        line=_number(row, "line") if "line" in row else None,
    )


def _mark(row: Table, segments: Sequence[Segment]) -> Mark:
    segment, start, end = (_number(row, key) for key in ("segment", "start", "end"))
    if segment >= len(segments) or start > end:
        raise _WrongError(f"a mark is at {start} to {end} of segment {segment}")
    return Mark(segment, Span(start, end), _get(row, "text", str))


def _get(table: Table, key: str, kind: type[_T]) -> _T:
    value = table.get(key)
    # A batch has a million values, nearly all of them as they should be: only others cost words.
    if type(value) is kind and (not isinstance(value, str) or value.isascii()):
        return value
    if key not in table:
        raise _WrongError(f"`{key}` is missing")
    return _is(value, kind, f"`{key}`")


def _is(value: object, kind: type[_T], what: str) -> _T:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise _WrongError(f"{what} is {value!r:.60}")
    _check_text(value, what)
    return value


def _check_text(value: object, what: str) -> None:
    """Refuse a text that cannot be written."""
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise _WrongError(f"{what} is no text: it has half of a character") from error


def _tables(table: Table, key: str) -> tuple[Table, ...]:
    rows = _get(table, key, list)
    for row in rows:
        if not isinstance(row, dict):
            raise _WrongError(f"a member of `{key}` is {row!r:.60}")
    return tuple(rows)


def _number(table: Table, key: str) -> int:
    number = _get(table, key, int)
    if number < 0:
        raise _WrongError(f"`{key}` is {number}")
    return number


def _chance(table: Table, key: str) -> float:
    if key not in table:
        raise _WrongError(f"`{key}` is missing")
    return _probability(table[key], key)


def _chances(table: Table, key: str) -> tuple[float, ...]:
    return tuple(_probability(value, key) for value in _get(table, key, list))


def _probability(value: object, key: str) -> float:
    if type(value) is float and 0 <= value <= 1:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _WrongError(f"`{key}` is {value!r:.60}")
    if math.isnan(value) or not 0 <= value <= 1:
        raise _WrongError(f"`{key}` is {value!r:.60}, which is no probability")
    return value


def _one_of(value: object, known: Sequence[Any]) -> Any:  # noqa: ANN401 - a member of `known`
    if value not in known:
        raise _WrongError(f"there is no {value!r:.60}")
    return value
