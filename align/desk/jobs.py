"""Checks that people have asked for: a queue in the database that outlives a crash."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, insert, select, update

from align.desk.articles import Incoming, keep
from align.desk.store import writing
from align.desk.tables import jobs, uploads
from align.errors import AlignError
from align.read import report as reports

Status = Literal["queued", "running", "failed", "done"]

ATTEMPTS = 2
"""How often a check is begun whose process ends before it: what ended it may not have been it."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be checked: two texts, or one bilingual file where `target_sha256` is empty.

    `article` is the article whose new version this is. `languages` are tags, empty where they are
    to be detected.
    """

    source_name: str
    source_sha256: str
    target_name: str = ""
    target_sha256: str = ""
    languages: tuple[str, str] = ("", "")
    fields: tuple[tuple[str, str], ...] = ()
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A check and how far it has come. `failure` has up to three lines, as an `AlignError`."""

    id: int
    status: Status
    task: Task
    progress: float
    failure: str
    article: int | None
    attempts: int
    who: str
    at: str


def keep_upload(connection: Connection, content: bytes) -> str:
    """Keep the content of a file, and return its digest."""
    digest = hashlib.sha256(content).hexdigest()
    if connection.scalar(select(uploads.c.sha256).where(uploads.c.sha256 == digest)) is None:
        connection.execute(insert(uploads).values(sha256=digest, content=content))
    return digest


def get_upload(connection: Connection, digest: str) -> bytes:
    """Return the content of a file that was kept."""
    content = connection.scalar(select(uploads.c.content).where(uploads.c.sha256 == digest))
    if content is None:
        raise ValueError("no such upload")
    return bytes(content)


def enqueue(connection: Connection, task: Task, who: str, at: str) -> int:
    """Put a check into the queue, and return its number."""
    values = {
        "status": "queued",
        "task": json.dumps(asdict(task)),
        "progress": 0.0,
        "failure": "",
        "attempts": 0,
        "who": who,
        "at": at,
    }
    return int(connection.execute(insert(jobs).values(**values).returning(jobs.c.id)).scalar_one())


def requeue(engine: Engine) -> None:
    """Put back into the queue what was running when the server that had the turn ended.

    What was begun too often may be what ends the server, as a check does that takes all memory;
    it fails, so that the server can go on.
    """
    why = AlignError(
        "The server ended while this check ran, and again at the next attempt.",
        fix="Check smaller texts, or look at the server's log.",
    )
    running = jobs.c.status == "running"
    with writing(engine) as connection:
        connection.execute(
            update(jobs)
            .where(running, jobs.c.attempts >= ATTEMPTS)
            .values(status="failed", failure=str(why))
        )
        connection.execute(update(jobs).where(running).values(status="queued", progress=0.0))


def release(engine: Engine, job: Job) -> None:
    """Queue a check that was interrupted on purpose, as if it had not been begun."""
    with writing(engine) as connection:
        _change(connection, job, status="queued", progress=0.0, attempts=job.attempts)


def claim(engine: Engine) -> Job | None:
    """Take the next check off the queue, with the attempts before this; None if there is none."""
    with writing(engine) as connection:
        row = connection.execute(
            select(jobs).where(jobs.c.status == "queued").order_by(jobs.c.id).limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()  # fmt: skip
        if row is None:
            return None
        job = _job(row)
        values = {"status": "running", "attempts": job.attempts + 1, "progress": 0.0}
        connection.execute(update(jobs).where(jobs.c.id == job.id).values(**values))
    return job


def advance(engine: Engine, job: Job, progress: float) -> None:
    """Write down how far a check has come."""
    with writing(engine) as connection:
        _change(connection, job, progress=progress)


def put_back(engine: Engine, job: Job, why: str) -> None:
    """Queue a check whose process has ended once more, or let it fail with the reason."""
    if job.attempts + 1 >= ATTEMPTS:
        fail(engine, job, AlignError(why, fix="Check smaller texts, or look at the server's log."))
        return
    with writing(engine) as connection:
        _change(connection, job, status="queued")


def fail(engine: Engine, job: Job, error: AlignError) -> None:
    """Write down why a check came to nothing."""
    with writing(engine) as connection:
        _change(connection, job, status="failed", failure=str(error))


def finish(engine: Engine, job: Job, table: dict[str, Any], at: str) -> None:
    """Keep the report of a check as a version of its article."""
    task = job.task
    report = reports.parse(table)
    digests = (task.source_sha256, task.target_sha256)
    incoming = Incoming(
        collection="",
        pair=" ".join(digests).strip(),
        names=(task.source_name, task.target_name or task.source_name),
        report=report,
        fields=task.fields,
        key=" ".join((*digests, report.signature)),
        digests=digests,
        who=job.who,
        article=task.article,
    )
    with writing(engine) as connection:
        if _change(connection, job, progress=1.0):
            article = keep(connection, incoming, at)
            _change(connection, job, status="done", article=article)


def _change(connection: Connection, job: Job, **values: object) -> bool:
    """Write something down about a claimed check, unless another server has claimed it since."""
    is_ours = (jobs.c.status == "running") & (jobs.c.attempts == job.attempts + 1)
    changed = connection.execute(update(jobs).where(jobs.c.id == job.id, is_ours).values(**values))
    return changed.rowcount == 1


def get_job(connection: Connection, job: int) -> Job | None:
    """Return one check; None if there is none of that number."""
    if not 0 < job < 2**31:
        return None
    row = connection.execute(select(jobs).where(jobs.c.id == job)).one_or_none()
    return None if row is None else _job(row)


def recent(connection: Connection, limit: int = 8) -> tuple[Job, ...]:
    """Return the checks that are under way, and the last that failed or are done."""
    rows = connection.execute(select(jobs).order_by(jobs.c.id.desc()).limit(limit))
    return tuple(_job(row) for row in rows)


def _job(row: Row[Any]) -> Job:
    table = json.loads(row.task)
    task = Task(
        table["source_name"],
        table["source_sha256"],
        table["target_name"],
        table["target_sha256"],
        tuple(table["languages"]),
        tuple((name, value) for name, value in table["fields"]),
        table["article"],
    )
    return Job(
        id=int(row.id),
        status=row.status,
        task=task,
        progress=float(row.progress),
        failure=str(row.failure),
        article=None if row.article is None else int(row.article),
        attempts=int(row.attempts),
        who=str(row.who),
        at=str(row.at),
    )
