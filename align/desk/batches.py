"""The results of a batch, taken into the desk's database, and what was ruled on them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, select

from align.batch import outcome
from align.desk.articles import Incoming, keep, keys_of
from align.desk.decided import REVISER, ruling
from align.desk.decisions import Standing, standings
from align.desk.log import read_logs
from align.desk.store import writing
from align.desk.tables import articles, findings
from align.errors import ReadError
from align.finding import ErrorType, Severity
from align.rulings import Ruling
from align.write.slices import tidy

RESULTS = "results.jsonl"

_AT_ONCE = 50
"""Articles to a transaction: the disk is waited for once in as many."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What opening a batch did: how many pairs it has, and how many of them are new or changed."""

    pairs: int
    changed: int


def take(engine: Engine, folder: Path, at: str) -> Taken:
    """Keep the reports of a batch as versions of its articles; those that are there already stay.

    Articles are known by the name of the folder and their pair, so that decisions hold when the
    batch has been run again, or its folder has been moved.

    Raises:
        ReadError: The folder holds no results.
    """
    path = _results(folder)
    collection = folder.resolve().name
    with engine.connect() as connection:
        known = keys_of(connection, collection)
    entries = outcome.entries(path)
    fresh = [e for e in entries if not e.key or known.get(tidy(e.pair)) != e.key]
    for start in range(0, len(fresh), _AT_ONCE):
        with writing(engine) as connection:
            for entry in fresh[start : start + _AT_ONCE]:
                keep(connection, _incoming(collection, outcome.read(path, entry)), at)
    return Taken(len(entries), len(fresh))


def rulings(engine: Engine, folder: Path) -> tuple[Ruling, ...]:
    """Return what was ruled on the findings of a batch, of the newest version of each pair.

    Raises:
        ReadError: The folder holds no results, or the desk does not know them.
    """
    _results(folder)
    collection = tidy(folder.resolve().name)
    with engine.connect() as connection:
        if not keys_of(connection, collection):
            raise ReadError(
                "The desk has never opened this batch.",
                where=str(folder),
                fix="Open it first: veralign desk OUT (with the same --database).",
            )
        known = {article: standings(log) for article, log in read_logs(connection).items()}
        rows = connection.execute(
            select(articles.c.pair, findings)
            .join_from(findings, articles)
            .where(articles.c.collection == collection)
        ).all()
    found = (_ruling(row, known.get(int(row.article), {}).get(str(row.key))) for row in rows)
    return tuple(one for one in found if one is not None)


def _ruling(row: Row[Any], standing: Standing | None) -> Ruling | None:
    given = None if standing is None else ruling(str(row.pair), str(row.key), standing)
    if given is None or row.check != REVISER:
        return given
    if given.verdict == "dismissed":
        return None  # what no check has found, and nobody stands by any longer
    error_type = given.error_type or ErrorType(row.type)
    severity = Severity[row.severity.upper()] if given.severity is None else given.severity
    return replace(given, verdict="missed", error_type=error_type, severity=severity)


def _results(folder: Path) -> Path:
    path = folder / RESULTS
    if not path.is_file():
        raise ReadError(
            "This folder holds no results of a batch.",
            where=str(folder),
            fix="Make them first: veralign batch MANIFEST -o OUT",
        )
    return path


def _incoming(collection: str, result: outcome.Outcome) -> Incoming:
    error = result.error
    lines = (error.message, error.where, error.fix) if error else ()
    paths = (result.source.path, result.target.path)
    return Incoming(
        collection=collection,
        pair=result.pair,
        names=(Path(paths[0]).name, Path(paths[1]).name),
        report=result.report,
        failure=" ".join(filter(None, lines)),
        fields=result.fields,
        key=result.key or f"{result.source.sha256} {result.target.sha256} failed",
        digests=(result.source.sha256, result.target.sha256),
        who="veralign batch",
    )
