"""The HTTP API: what programs ask the desk, with the same rules as its pages."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from align.desk import statistics, views
from align.desk.access import TooManyTriesError
from align.desk.articles import Asked, Listed, find, get
from align.desk.decided import decide
from align.desk.deciding import LONGEST_REASON, Wish, record
from align.desk.decisions import Action, as_row
from align.desk.desk import (
    Handed,
    NotForged,
    RefusedError,
    TheDesk,
    TheVisitor,
    ask_for_check,
    open_case,
)
from align.desk.jobs import Job, Task, get_job
from align.desk.pages import QueueForm, exported, page
from align.desk.selection import Selected
from align.write import json as report_writer
from align.write.slices import tidy

Text = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(max_length=300)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Problem(BaseModel):
    """What went wrong, where, and what to do about it."""

    what: str
    where: str = ""
    fix: str = ""


class CheckRequest(BaseModel):
    """Two texts to compare. Names end in a suffix that tells the format; plain text is `.txt`."""

    model_config = ConfigDict(extra="forbid")

    source: Text
    target: Text
    source_name: Name = "source.txt"
    target_name: Name = "target.txt"
    source_language: Annotated[str, Field(max_length=35)] = ""
    target_language: Annotated[str, Field(max_length=35)] = ""
    fields: Annotated[dict[Name, Name], Field(max_length=50)] = {}
    article: Annotated[Number | None, Field(description="Whose new version this is.")] = None


class JobAnswer(BaseModel):
    """A check and how far it has come; `article` is there when it is done."""

    job: int
    status: Literal["queued", "running", "failed", "done"]
    progress: float
    failure: str
    article: int | None


class ArticleAnswer(BaseModel):
    """An article as the queue shows it."""

    id: int
    pair: str
    source_name: str
    target_name: str
    languages: str
    translator: str
    fields: dict[str, str]
    risk: float | None
    failure: str
    findings: int
    undecided: int
    disputed: int
    version: int
    changed: str


class QueueAnswer(BaseModel):
    """One page of the queue."""

    articles: list[ArticleAnswer]
    total: int
    page: int
    pages: int


class SelectedWords(BaseModel):
    """Words of one segment, as positions of UTF-16 units, as a browser counts."""

    segment: Number
    start: Number
    end: Number


class DecisionRequest(BaseModel):
    """What to do about a finding.

    `agree` and `dismiss` (with a `reason`) say whether it is an error; `type` and `severity` have
    the new one as `value`; `undo` has the number of a decision as `value`; `add` has an
    `error_type`, a `severity`, selected words, and the `version` in which they stand. The same
    `request` again is kept once.
    """

    model_config = ConfigDict(extra="forbid")

    action: Action
    key: Annotated[str, Field(max_length=64)] = ""
    value: Annotated[str, Field(max_length=100)] = ""
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] = ""
    error_type: Annotated[str, Field(max_length=60)] = ""
    severity: Annotated[str, Field(max_length=20)] = ""
    source: Annotated[list[SelectedWords], Field(max_length=20)] = []
    target: Annotated[list[SelectedWords], Field(max_length=20)] = []
    version: Number = 0
    request: Annotated[str, Field(max_length=64)] = ""


class Recorded(BaseModel):
    """A decision that is on the disk, and how many findings of its article are left."""

    decision: int
    undecided: int
    disputed: int


class Credentials(BaseModel):
    """A name and a password."""

    name: Name
    password: Annotated[str, Field(max_length=1000)]


class Token(BaseModel):
    """What to send as `Authorization: Bearer TOKEN`."""

    token: str


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The wish cannot be granted."},
    401: {"model": Problem, "description": "The token is missing or over."},
    403: {"model": Problem, "description": "The request may come from another site."},
    404: {"model": Problem, "description": "There is no such thing."},
    409: {"model": Problem, "description": "The article could not be checked."},
}
router = APIRouter(prefix="/api", responses=_PROBLEMS)


@router.post("/login", responses={429: {"model": Problem}})
def log_in(request: Request, desk: TheDesk, given: Credentials) -> Token:
    """Give out a token for a name and a password; it lasts for a working day."""
    address = request.client.host if request.client else ""
    try:
        secret = desk.door.log_in(given.name, given.password, address)
    except TooManyTriesError as error:
        raise RefusedError(429, f"Wait {error.seconds} seconds.") from error
    if secret is None:
        raise RefusedError(401, "Name or password is wrong.")
    return Token(token=secret)


@router.post("/check", status_code=202, dependencies=[NotForged])
def check(desk: TheDesk, visitor: TheVisitor, asked: CheckRequest) -> JobAnswer:
    """Queue the comparison of two texts."""
    if asked.article is not None:
        open_case(desk, asked.article)
    task = Task(
        "",
        "",
        languages=(tidy(asked.source_language), tidy(asked.target_language)),
        fields=tuple((tidy(k), tidy(v)) for k, v in asked.fields.items()),
        article=asked.article,
    )
    files = (
        Handed(tidy(asked.source_name) or "source.txt", asked.source.encode("utf-8", "replace")),
        Handed(tidy(asked.target_name) or "target.txt", asked.target.encode("utf-8", "replace")),
    )
    return _job_answer(desk, ask_for_check(desk, files, task, visitor))


@router.get("/jobs/{job}")
def show_job(desk: TheDesk, visitor: TheVisitor, job: int) -> JobAnswer:
    """Tell how far a check has come."""
    return _job_answer(desk, job)


@router.get("/articles")
def list_articles(
    desk: TheDesk, visitor: TheVisitor, asked: Annotated[QueueForm, Query()]
) -> QueueAnswer:
    """List articles, 50 to a page."""
    with desk.engine.connect() as connection:
        found = find(
            connection,
            Asked(asked.search, asked.standing, asked.translator, asked.order, asked.page),
        )
    rows = [_article(row) for row in found.rows]
    return QueueAnswer(articles=rows, total=found.total, page=found.page, pages=found.pages)


@router.get("/articles/{article}")
def show_article(desk: TheDesk, visitor: TheVisitor, article: int) -> JSONResponse:
    """Return an article with its report as decided, and where each finding stands."""
    case = open_case(desk, article)
    report = case.version.report
    cards = views.cards(report, case.log) if report else ()
    return JSONResponse(
        {
            "article": _article(case.article).model_dump(),
            "report": json.loads(report_writer.render(decide(report, case.log)))
            if report
            else None,
            "standings": {
                card.key: {
                    "verdict": card.verdict,
                    "type": str(card.error_type),
                    "severity": card.severity.label,
                    "opinions": [
                        {"who": o.who, "role": o.role, "is_error": o.is_error, "reason": o.reason}
                        for o in card.standing.opinions
                    ],
                }
                for card in cards
            },
        }
    )


@router.get("/articles/{article}/report")
def show_report(
    desk: TheDesk,
    visitor: TheVisitor,
    article: int,
    name: Annotated[str, Query(alias="format")] = "json",
) -> Response:
    """Return the report as decided, in one of the formats of `veralign check --format`."""
    return exported(desk, article, name)


@router.get("/articles/{article}/decisions")
def list_decisions(desk: TheDesk, visitor: TheVisitor, article: int) -> JSONResponse:
    """Return every decision on an article, in order."""
    return JSONResponse([as_row(decision) for decision in open_case(desk, article).log])


@router.post("/articles/{article}/decisions", status_code=201, dependencies=[NotForged])
def decide_finding(
    desk: TheDesk, visitor: TheVisitor, article: int, asked: DecisionRequest
) -> Recorded:
    """Write a decision down; it is on the disk when this answers."""
    if not 0 < article < 2**31:
        raise RefusedError(404, "There is no such article.")
    wish = Wish(
        action=asked.action,
        key=asked.key,
        value=asked.value,
        reason=asked.reason,
        error_type=asked.error_type,
        severity=asked.severity,
        source=tuple(Selected(w.segment, w.start, w.end) for w in asked.source),
        target=tuple(Selected(w.segment, w.start, w.end) for w in asked.target),
        version=asked.version,
        request=tidy(asked.request),
    )
    number = record(desk.engine, article, wish, visitor.person, desk.clock())
    with desk.engine.connect() as connection:
        listed = get(connection, article)
    if listed is None:
        raise RefusedError(404, "There is no such article.")
    return Recorded(decision=number, undecided=listed.undecided, disputed=listed.disputed)


@router.get("/statistics")
def show_statistics(desk: TheDesk, visitor: TheVisitor) -> JSONResponse:
    """Count how far revisers agree with each check and, for heads, errors by translator."""
    with desk.engine.connect() as connection:
        counted = statistics.count(connection)
    checks = [
        {
            "check": c.check,
            "found": c.found,
            "agreed": c.agreed,
            "dismissed": c.dismissed,
            "disputed": c.disputed,
            "precision": c.precision,
            "interval": None if c.precision is None else [c.low, c.high],
        }
        for c in counted.checks
    ]
    answer: dict[str, Any] = {"checks": checks, "missed": dict(counted.missed)}
    if visitor.person.role == "head":
        answer["translators"] = [
            {
                "translator": s.translator,
                "articles": s.articles,
                "by_type": dict(s.by_type),
                "agreed": dict(s.agreed),
            }
            for s in counted.translators
        ]
    return JSONResponse(answer)


@router.get("/docs", include_in_schema=False)
def show_docs(request: Request, visitor: TheVisitor) -> Response:
    """Show what the API can do."""
    return page(request, "api.html.jinja", description=request.app.openapi())


def _article(row: Listed) -> ArticleAnswer:
    return ArticleAnswer(
        id=row.id,
        pair=row.pair,
        source_name=row.names[0],
        target_name=row.names[1],
        languages=row.languages,
        translator=row.translator,
        fields=dict(row.fields),
        risk=row.risk,
        failure=row.failure,
        findings=row.found,
        undecided=row.undecided,
        disputed=row.disputed,
        version=row.version,
        changed=row.changed,
    )


def _job_answer(desk: TheDesk, number: int) -> JobAnswer:
    with desk.engine.connect() as connection:
        job: Job | None = get_job(connection, number)
    if job is None:
        raise RefusedError(404, "There is no such check.")
    return JobAnswer(
        job=job.id,
        status=job.status,
        progress=job.progress,
        failure=job.failure,
        article=job.article,
    )
