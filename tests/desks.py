"""Desks for tests: a database with articles, who is let in, and a check that needs no model."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine
from starlette.testclient import TestClient

from align.bitext import Span
from align.desk.access import Access, Door
from align.desk.app import make_app
from align.desk.articles import Incoming, keep
from align.desk.desk import Desk
from align.desk.people import Account, Person, parse_people, render_line
from align.desk.store import open_store, writing
from align.desk.worker import Step, Texts, Worker
from align.errors import ReadError
from align.finding import Report
from align.read.report import parse_bytes

GOLDEN = Path(__file__).parent / "golden" / "voa-vi.json"
TOKEN = "token-of-the-tests"  # noqa: S105 - it opens nothing else
AT = "2026-01-02T03:04:05Z"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ENVOY = Person("Lan", "reviser")
HEAD = Person("Minh", "head")
PASSWORDS = {ENVOY.name: "a long password", HEAD.name: "another long one"}


def golden_report() -> Report:
    """Return the report on the seed pair."""
    return parse_bytes(GOLDEN.read_bytes())


def check(texts: Texts) -> Iterator[Step]:
    """Answer as the real check would for the seed pair; the text says what else to do."""
    content = texts.contents[0]
    if content.startswith(b"refuse"):
        raise ReadError("The text is not to its taste.", fix="Give another.")
    if content.startswith(b"raise"):
        raise ValueError("a mistake of ours")
    if content.startswith(b"die"):
        os._exit(9)
    for tenth in range(10):
        yield Step(tenth / 10)
        if content.startswith(b"slow"):
            time.sleep(0.3)
    yield Step(1.0, GOLDEN.read_text("utf-8"))


def accounts() -> dict[str, Account]:
    """Return a reviser and a head, as a password file has them."""
    lines = [
        render_line(person.name, person.role, PASSWORDS[person.name]) for person in (ENVOY, HEAD)
    ]
    return parse_people("".join(lines), "people.txt")


def add_article(engine: Engine, pair: str = "voa-vi", report: Report | None = None) -> int:
    """Keep the seed pair's report, or another one, as an article, and return its number."""
    report = report or golden_report()
    names = (f"{pair}.en.txt", f"{pair}.vi.txt")
    fields = (("translator", "Bùi Thu Hà"), ("desk", "world"))
    incoming = Incoming("week", pair, names, report, fields=fields, key=report.signature)
    with writing(engine) as connection:
        return keep(connection, incoming, AT)


def shorter(report: Report, findings: int) -> Report:
    """Return the report with only its first findings, as a new version of a text may have them."""
    return replace(report, findings=report.findings[:findings])


def hostile(report: Report, bad: str) -> Report:
    """Return a report in which the first sentence, a message and a language are hostile."""
    first = report.bitext.source_segments[0]
    segments = (replace(first, text=bad, span=Span(0, len(bad))),)
    document = replace(report.bitext.source, text=bad, name=bad[:300], offsets=None, line_starts=())
    beads = (report.bitext.beads[0],)
    bitext = replace(
        report.bitext,
        source=replace(document, excluded=()),
        source_segments=segments,
        target_segments=report.bitext.target_segments[:1],
        beads=beads,
    )
    finding = replace(report.findings[4], message=bad, bead=0, source=(), evidence=(bad,))
    return replace(report, bitext=bitext, findings=(finding,), risks=report.risks[:1])


def make_desk(database: str, access: Access | None = None) -> Desk:
    """Return a desk on a database, for whoever has the token if nothing else is said."""
    engine = open_store(database)
    access = access or Access(token=TOKEN, hosts=frozenset({"localhost", "testserver"}))
    return Desk(
        engine,
        Door(access, engine),
        Worker(engine, check, lambda: AT),
        limit_bytes=2_000_000,
        clock=lambda: AT,
    )


@contextmanager
def visiting(desk: Desk, *, enters: bool = True) -> Iterator[TestClient]:
    """Yield a client of a running desk, with a session if it `enters`."""
    with TestClient(make_app(desk)) as client:
        if enters and desk.door.access.token:
            client.get("/enter", params={"token": TOKEN})
        yield client


def csrf_of(client: TestClient) -> str:
    """Return the sign that the desk's forms carry for this client."""
    return client.get("/").text.split('data-csrf="')[1].split('"')[0]


def make_database(folder: Path) -> Path:
    """Make a database with one article, and return its file."""
    path = folder / "desk.sqlite"
    engine = open_store(str(path))
    add_article(engine)
    engine.dispose()
    return path
