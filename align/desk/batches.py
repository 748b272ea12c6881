"""The results of a batch, taken into the desk's database."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from align.batch import outcome
from align.desk.articles import Incoming, keep, keys_of
from align.desk.store import writing
from align.errors import ReadError
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
    path = folder / RESULTS
    if not path.is_file():
        raise ReadError(
            "This folder holds no results of a batch.",
            where=str(folder),
            fix="Make them first: veralign batch MANIFEST -o OUT",
        )
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
