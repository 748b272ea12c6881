"""What the pages and the API share: the database, the worker, who is let in, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy import Engine

from align.desk.access import Door, Visitor
from align.desk.articles import Listed, Version, get, get_version
from align.desk.decisions import Decision
from align.desk.jobs import Task, enqueue, keep_upload
from align.desk.log import read_log
from align.desk.store import writing
from align.desk.worker import Worker
from align.errors import ReadError


def written_now() -> str:
    """Return the time as it is written down: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that answers a request."""

    engine: Engine
    door: Door
    worker: Worker
    limit_bytes: int
    clock: Callable[[], str] = written_now


class RefusedError(Exception):
    """A request that is answered with an error: its status, and what happened."""

    def __init__(self, status: int, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.status = status
        self.what = what
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Case:
    """An article with its newest version and what was decided on it."""

    article: Listed
    version: Version
    log: tuple[Decision, ...]


def current_desk(request: Request) -> Desk:
    """Return the desk that answers."""
    return cast(Desk, request.app.state.desk)


def current_visitor(request: Request) -> Visitor:
    """Return who asks; the guard has let nobody else through."""
    visitor = getattr(request.state, "visitor", None)
    if visitor is None:
        raise RefusedError(401, "Nobody knows who you are.")
    return cast(Visitor, visitor)


async def not_forged(request: Request) -> None:
    """Refuse a request that the page of another site may have made in the visitor's name."""
    visitor = current_visitor(request)
    if not visitor.is_browser:
        return
    given = request.headers.get("x-csrf-token")
    if given is None and "form" in request.headers.get("content-type", ""):
        given = str((await request.form()).get("csrf", ""))
    if given != visitor.csrf:
        raise RefusedError(403, "This form is not from this desk, or too old.", "Load it anew.")


TheDesk = Annotated[Desk, Depends(current_desk)]
TheVisitor = Annotated[Visitor, Depends(current_visitor)]
NotForged = Depends(not_forged)


def open_case(desk: Desk, article: int) -> Case:
    """Return an article with all that is known of it.

    Raises:
        RefusedError: There is no such article.
    """
    with desk.engine.connect() as connection:
        listed = get(connection, article)
        version = get_version(connection, article, listed.version) if listed else None
        if listed is None or version is None:
            raise RefusedError(404, "There is no such article.")
        return Case(listed, version, read_log(connection, article))


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that somebody has handed in."""

    name: str
    content: bytes


def ask_for_check(
    desk: Desk, files: tuple[Handed, Handed | None], task: Task, visitor: Visitor
) -> int:
    """Keep what was handed in, queue its check, and return the number of the job.

    Raises:
        ReadError: A file is empty.
    """
    for file in files:
        if file is not None and not file.content:
            raise ReadError("The file is empty.", where=file.name)
    source, target = files
    with writing(desk.engine) as connection:
        whole = Task(
            source_name=source.name,
            source_sha256=keep_upload(connection, source.content),
            target_name=target.name if target else "",
            target_sha256=keep_upload(connection, target.content) if target else "",
            languages=task.languages,
            fields=task.fields,
            article=task.article,
        )
        number = enqueue(connection, whole, visitor.person.name, desk.clock())
    desk.worker.wake()
    return number
