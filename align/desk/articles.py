"""Articles and their versions: kept, found again, and put into the order of the queue."""

import json
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from align.bitext import Document
from align.desk.decided import with_added
from align.desk.decisions import Decision, standings, tally
from align.desk.log import read_log
from align.desk.tables import articles, decisions, findings, versions
from align.finding import Report
from align.read import report as reports
from align.write import json as report_writer
from align.write.slices import tidy

UPLOADED = ""
"""The collection of articles that people have uploaded."""

PAGE = 50
"""Articles on one page of the queue."""

TRANSLATOR = "translator"
"""The manifest's column that names the translator."""

_LONGEST_NAME = 300

Standing = Literal["", "undecided", "disputed", "decided", "failed"]
Order = Literal["risk", "name", "changed"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One run of the checks on one pair, to be kept as a version of its article.

    `collection` and `pair` name the article. `key` tells a run that changes nothing. Where there is
    no `report`, `failure` says why.
    """

    collection: str
    pair: str
    names: tuple[str, str]
    report: Report | None
    failure: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    key: str = ""
    digests: tuple[str, str] = ("", "")
    who: str = ""
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as the queue shows it."""

    id: int
    pair: str
    names: tuple[str, str]
    languages: str
    translator: str
    fields: Mapping[str, str]
    risk: float | None
    failure: str
    found: int
    undecided: int
    disputed: int
    version: int
    changed: str

    @property
    def title(self) -> str:
        """Return what the article is called."""
        return f"{self.names[0]} → {self.names[1]}" if any(self.names) else self.pair


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of the queue somebody wants to see."""

    search: str = ""
    standing: Standing = ""
    translator: str = ""
    order: Order = "risk"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the queue."""

    rows: tuple[Listed, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article, with what was found in it."""

    number: int
    report: Report | None
    who: str
    at: str
    digests: tuple[str, str]


def keep(connection: Connection, incoming: Incoming, at: str) -> int:
    """Keep a run as the newest version of its article, and return the article's number.

    A run that changes nothing leaves everything as it is.
    """
    article = _lock(connection, incoming)
    values = _columns(incoming)
    if article is None:
        first = {**values, "version": 1, "undecided": 0, "disputed": 0, "changed": at}
        number, version = int(connection.execute(_inserted(first)).scalar_one()), 1
    else:
        number, version = int(article.id), int(article.version) + 1
        if incoming.key and incoming.key == _key(connection, number, version - 1):
            return number
        names = {} if incoming.article is None else {"collection": None, "pair": None}
        kept = {name: value for name, value in values.items() if name not in names}
        connection.execute(
            update(articles).where(articles.c.id == number).values(
                **kept, version=version, changed=at
            )
        )  # fmt: skip
    connection.execute(
        insert(versions).values(
            article=number,
            number=version,
            key=incoming.key,
            source_sha256=incoming.digests[0],
            target_sha256=incoming.digests[1],
            report=None if incoming.report is None else pack(incoming.report),
            who=incoming.who,
            at=at,
        )
    )
    recount(connection, number, incoming.report)
    return number


def recount(connection: Connection, article: int, report: Report | None) -> None:
    """Write down what findings an article has and how many of them are undecided.

    Args:
        connection: A transaction that writes.
        article: The article.
        report: Its newest report.
    """
    log = read_log(connection, article)
    whole = None if report is None else with_added(report, log)
    rows = [
        {
            "article": article,
            "position": position,
            "key": finding.key,
            "check": finding.check,
            "type": str(finding.error_type),
            "severity": finding.severity.label,
            "accepted": int(bool(finding.accepted)),
        }
        for position, finding in enumerate(whole.findings if whole else ())
    ]
    connection.execute(delete(findings).where(findings.c.article == article))
    if rows:
        connection.execute(insert(findings), rows)
    recount_open(connection, article, log)


def recount_open(connection: Connection, article: int, log: Sequence[Decision]) -> None:
    """Write down how many of an article's findings are undecided."""
    rows = connection.execute(
        select(findings.c.key, findings.c.accepted).where(findings.c.article == article)
    ).all()
    known = standings(log)
    keys = {str(row.key) for row in rows if not row.accepted or row.key in known}
    undecided, disputed = tally(keys, known)
    connection.execute(
        update(articles)
        .where(articles.c.id == article)
        .values(found=len(rows), undecided=undecided, disputed=disputed)
    )


def find(connection: Connection, asked: Asked) -> Found:
    """Return the part of the queue that somebody wants to see."""
    wanted = _filtered(select(articles), asked)
    total = int(
        connection.scalar(_filtered(select(func.count()).select_from(articles), asked)) or 0
    )
    pages = max(1, -(-total // PAGE))
    page = min(max(1, asked.page), pages)
    rows = connection.execute(
        wanted.order_by(*_ORDERS[asked.order]).limit(PAGE).offset((page - 1) * PAGE)
    )
    return Found(tuple(map(_listed, rows)), total, page, pages)


def get(connection: Connection, article: int) -> Listed | None:
    """Return one article; None if there is none of that number."""
    if not 0 < article < 2**31:
        return None
    row = connection.execute(select(articles).where(articles.c.id == article)).one_or_none()
    return None if row is None else _listed(row)


def newest(connection: Connection, article: int) -> str | None:
    """Return what changes with every version of an article and every decision on it.

    It costs one look into an index. None if there is no article of that number.
    """
    if not 0 < article < 2**31:
        return None
    last = select(func.max(decisions.c.id)).where(decisions.c.article == article)
    row = connection.execute(
        select(articles.c.version, last.scalar_subquery()).where(articles.c.id == article)
    ).one_or_none()
    return None if row is None else stamp(int(row[0]), row[1])


def stamp(version: int, decision: int | None) -> str:
    """Return what `newest` does, for a version and the last decision that are known."""
    return f"{version}.{decision or 0}"


def get_version(connection: Connection, article: int, number: int) -> Version | None:
    """Return one version of an article; None if there is none."""
    if not 0 < number < 2**31:
        return None
    row = connection.execute(
        select(versions).where(versions.c.article == article, versions.c.number == number)
    ).one_or_none()
    if row is None:
        return None
    report = None if row.report is None else unpack(row.report)
    digests = (str(row.source_sha256), str(row.target_sha256))
    return Version(int(row.number), report, str(row.who), str(row.at), digests)


def history(connection: Connection, article: int) -> list[tuple[int, str, str]]:
    """Return the number, the person and the time of each version of an article."""
    rows = connection.execute(
        select(versions.c.number, versions.c.who, versions.c.at)
        .where(versions.c.article == article)
        .order_by(versions.c.number)
    )
    return [(int(row.number), str(row.who), str(row.at)) for row in rows]


def translators(connection: Connection) -> tuple[str, ...]:
    """Return the names of all translators."""
    rows = connection.scalars(select(articles.c.translator).distinct())
    return tuple(sorted(str(name) for name in rows if name))


def keys_of(connection: Connection, collection: str) -> dict[str, str]:
    """Return, for each pair of a collection, the key of its newest version."""
    rows = connection.execute(
        select(articles.c.pair, versions.c.key)
        .join(versions, versions.c.article == articles.c.id)
        .where(articles.c.collection == tidy(collection), versions.c.number == articles.c.version)
    )
    return {str(row.pair): str(row.key) for row in rows}


def pack(report: Report) -> bytes:
    """Return a report as it is kept: JSON, compressed. A lone surrogate is kept as well."""
    text = json.dumps(json.loads(report_writer.render(report)))
    return zlib.compress(text.encode("ascii"))


def unpack(content: bytes) -> Report:
    """Return the report that `pack` has made bytes of."""
    return reports.parse(json.loads(zlib.decompress(content)))


def foldable(text: str) -> str:
    """Return a text as it is searched, without regard to case and to how accents are written."""
    return unicodedata.normalize("NFC", tidy(text)).casefold()


_ORDERS: dict[Order, tuple[Any, ...]] = {
    # What could not be checked stands first: nobody knows what is in it.
    "risk": (articles.c.risk.is_not(None), articles.c.risk.desc(), articles.c.id),
    "name": (articles.c.source_name, articles.c.id),
    "changed": (articles.c.changed.desc(), articles.c.id.desc()),
}

_STANDINGS = {
    "undecided": (articles.c.undecided > 0,),
    "disputed": (articles.c.disputed > 0,),
    "decided": (articles.c.undecided == 0, articles.c.failure == ""),
    "failed": (articles.c.failure != "",),
}


def _filtered(query: Select[Any], asked: Asked) -> Select[Any]:
    for word in foldable(asked.search).split():
        query = query.where(articles.c.search.contains(word, autoescape=True))
    if asked.translator:
        query = query.where(articles.c.translator == tidy(asked.translator))
    return query.where(*_STANDINGS[asked.standing]) if asked.standing else query


def _lock(connection: Connection, incoming: Incoming) -> Row[Any] | None:
    if incoming.article is not None:
        wanted = articles.c.id == incoming.article
    else:
        collection, pair = tidy(incoming.collection), tidy(incoming.pair)
        wanted = (articles.c.collection == collection) & (articles.c.pair == pair)
    return connection.execute(select(articles).where(wanted).with_for_update()).one_or_none()


def _inserted(values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - SQLAlchemy's own, five types deep
    return insert(articles).values(**values).returning(articles.c.id)


def _key(connection: Connection, article: int, version: int) -> str:
    wanted = (versions.c.article == article) & (versions.c.number == version)
    return str(connection.scalar(select(versions.c.key).where(wanted)) or "")


def _columns(incoming: Incoming) -> dict[str, Any]:
    names = [tidy(name)[:_LONGEST_NAME] for name in incoming.names]
    fields = {tidy(name): tidy(value) for name, value in incoming.fields}
    languages = _languages(incoming.report)
    failure = incoming.failure
    if incoming.report is not None and incoming.report.risk is None:
        failure = "; ".join(dict.fromkeys(s.reason for s in incoming.report.skipped))
    searched = (*names, tidy(incoming.pair), languages, *fields.values())
    return {
        "collection": tidy(incoming.collection),
        "pair": tidy(incoming.pair),
        "source_name": names[0],
        "target_name": names[1],
        "languages": languages,
        "translator": fields.get(TRANSLATOR, ""),
        "fields": json.dumps(fields),
        "search": foldable(" ".join(searched)),
        "risk": None if incoming.report is None else incoming.report.risk,
        "failure": tidy(failure),
        "found": 0,
    }


def _languages(report: Report | None) -> str:
    if report is None:
        return ""
    documents: Iterator[Document] = (document for _, document, _ in report.bitext.sides())
    return " → ".join(document.language or "?" for document in documents)


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        id=int(row.id),
        pair=str(row.pair),
        names=(str(row.source_name), str(row.target_name)),
        languages=str(row.languages),
        translator=str(row.translator),
        fields=json.loads(row.fields),
        risk=row.risk,
        failure=str(row.failure),
        found=int(row.found),
        undecided=int(row.undecided),
        disputed=int(row.disputed),
        version=int(row.version),
        changed=str(row.changed),
    )
