"""The pages that revisers see."""

import re
from pathlib import PurePath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, Field

from align.desk import statistics, views
from align.desk.access import SESSION_SECONDS, TooManyTriesError, Visitor
from align.desk.articles import (
    Asked,
    Order,
    Standing,
    find,
    get,
    history,
    newest,
    stamp,
    translators,
)
from align.desk.decided import decide
from align.desk.deciding import LONGEST_REASON, Wish, record
from align.desk.decisions import Action, in_force, last_of
from align.desk.desk import (
    Handed,
    NotForged,
    RefusedError,
    TheDesk,
    TheVisitor,
    ask_for_check,
    open_case,
)
from align.desk.guard import COOKIE, cookie_of
from align.desk.jobs import Job, Task, get_job, recent
from align.desk.phrases import LANGUAGES, chosen
from align.desk.phrases.messages import language_called, told
from align.finding import ErrorType, Severity
from align.write.formats import FORMATS
from align.write.slices import tidy
from align.write.words import percent

LANGUAGE_COOKIE = "veralign-language"
REASONS = ("meaning", "elsewhere", "style", "edited", "wrong")

router = APIRouter(include_in_schema=False)


class QueueForm(BaseModel):
    """The filters of the queue."""

    search: Annotated[str, Field(max_length=200)] = ""
    standing: Standing = ""
    translator: Annotated[str, Field(max_length=300)] = ""
    order: Order = "risk"
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class DecisionForm(BaseModel):
    """The form of a card."""

    action: Action
    key: Annotated[str, Field(max_length=64)] = ""
    value: Annotated[str, Field(max_length=100)] = ""
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] = ""
    request: Annotated[str, Field(max_length=64)] = ""
    csrf: str = ""


_LONG = 20_000
"""Characters from which a text is shown in parts: browsers take minutes to wrap a million."""

_PART = re.compile(r".{1,2000}(?!\S)\s?|.{1,2000}", re.DOTALL)


def parts(text: str) -> list[str]:
    """Cut a text that is too long to be wrapped at once, between words where there are any."""
    return _PART.findall(text) if len(text) > _LONG else [text]


_PAGES = Environment(
    loader=PackageLoader("align.desk"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters["parts"] = parts
_YEAR_SECONDS = 365 * 24 * 3600


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
    """Return a page in the reader's language."""
    language = chosen(
        request.cookies.get(LANGUAGE_COOKIE, ""), request.headers.get("accept-language", "")
    )
    phrases = LANGUAGES[language]

    def say(key: str, **parts: object) -> str:
        return phrases[key].format(**parts) if parts else phrases[key]

    def tell(message: str, between: str = "\n") -> str:
        return between.join(told(part, language) for part in message.split(between))

    def called(side: views.Side) -> str:
        return language_called(side.language, language) or side.language_name

    visitor: Visitor | None = getattr(request.state, "visitor", None)
    text = _PAGES.get_template(name).render(
        say=say,
        tell=tell,
        called=called,
        language=language,
        languages={tag: table["language"] for tag, table in LANGUAGES.items()},
        here=quote(request.url.path),
        visitor=visitor,
        has_login=bool(request.app.state.desk.door.access.accounts),
        percent=percent,
        **values,
    )
    return HTMLResponse(text, status)


@router.get("/")
def show_queue(
    request: Request,
    desk: TheDesk,
    visitor: TheVisitor,
    asked: Annotated[QueueForm, Query()],
) -> HTMLResponse:
    """Show the articles, the riskiest first."""
    wanted = Asked(asked.search, asked.standing, asked.translator, asked.order, asked.page)
    with desk.engine.connect() as connection:
        return page(
            request,
            "queue.html.jinja",
            found=find(connection, wanted),
            asked=wanted,
            jobs=recent(connection),
            translators=translators(connection) if visitor.person.role == "head" else (),
        )


@router.get("/articles/{article}")
def show_article(request: Request, desk: TheDesk, visitor: TheVisitor, article: int) -> Response:
    """Show both texts side by side with every finding and decision."""
    case = open_case(desk, article)
    report = case.version.report
    shown = views.cards(report, case.log) if report else ()
    last = last_of(case.log, visitor.person.name)
    with desk.engine.connect() as connection:
        made = history(connection, article)
    return page(
        request,
        "article.html.jinja",
        case=case,
        cards=shown,
        rows=views.rows(report, case.log, shown) if report else (),
        sides=views.sides(report) if report else (),
        skipped=tuple(dict.fromkeys(tidy(s.reason) for s in report.skipped)) if report else (),
        undecided=sum(card.verdict in ("open", "disputed") for card in shown),
        undoable=last.id if last else 0,
        standing_ids={decision.id for decision in in_force(case.log)},
        versions=made,
        newest=stamp(case.article.version, case.log[-1].id if case.log else None),
        types=tuple(ErrorType),
        severities=tuple(Severity),
        formats=FORMATS,
        reasons=REASONS,
        longest=LONGEST_REASON,
    )


@router.get("/articles/{article}/newest")
def tell_newest(desk: TheDesk, visitor: TheVisitor, article: int) -> JSONResponse:
    """Tell an open page whether anything has been decided since; it asks every few seconds."""
    with desk.engine.connect() as connection:
        found = newest(connection, article)
    if found is None:
        raise RefusedError(404, "There is no such article.")
    return JSONResponse({"newest": found})


@router.post("/articles/{article}/decisions", dependencies=[NotForged])
def decide_finding(
    desk: TheDesk, visitor: TheVisitor, article: int, form: Annotated[DecisionForm, Form()]
) -> RedirectResponse:
    """Write a decision down, and show the article as it stands then."""
    wish = Wish(
        action=form.action,
        key=form.key,
        value=form.value,
        reason=form.reason,
        request=form.request,
    )
    record(desk.engine, article, wish, visitor.person, desk.clock())
    return RedirectResponse(f"/articles/{article}#f-{quote(form.key, safe='')}", 303)


@router.get("/articles/{article}/export/{name}")
def export(desk: TheDesk, visitor: TheVisitor, article: int, name: str) -> Response:
    """Hand out the findings as decided, in one of the formats of a report."""
    return exported(desk, article, name)


def exported(desk: TheDesk, article: int, name: str) -> Response:
    """Return an article's report as decided, as a file."""
    case = open_case(desk, article)
    wanted = next((known for known in FORMATS if known.name == name), None)
    if wanted is None:
        raise RefusedError(404, "There is no such format.", ", ".join(f.name for f in FORMATS))
    if case.version.report is None:
        raise RefusedError(409, "This article could not be checked.", case.article.failure)
    content = wanted.render(decide(case.version.report, case.log), Severity.MAJOR)
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    stem = PurePath(case.article.names[1] or f"article-{article}").stem
    file = quote(f"{stem}.decided{wanted.suffixes[0]}", safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{file}"}
    return Response(data, media_type=wanted.media_type, headers=headers)


@router.post("/check", dependencies=[NotForged])
def check(
    desk: TheDesk,
    visitor: TheVisitor,
    source: UploadFile,
    target: UploadFile | None = None,
    translator: Annotated[str, Form(max_length=300)] = "",
    article: Annotated[int | None, Form()] = None,
) -> RedirectResponse:
    """Queue the check of two texts, or of a bilingual file."""
    known = None
    if article is not None:
        with desk.engine.connect() as connection:
            known = get(connection, article)
        if known is None:
            raise RefusedError(404, "There is no such article.")
    fields = dict(known.fields) if known else {}
    if tidy(translator):
        fields["translator"] = tidy(translator)
    other = _handed(target) if target is not None and target.filename else None
    task = Task("", "", fields=tuple(fields.items()), article=article)
    job = ask_for_check(desk, (_handed(source), other), task, visitor)
    return RedirectResponse(f"/jobs/{job}", 303)


@router.get("/jobs/{job}")
def show_job(request: Request, desk: TheDesk, visitor: TheVisitor, job: int) -> Response:
    """Show how far a check has come, or go to its article."""
    found = _job(desk, job)
    if found.status == "done":
        return RedirectResponse(f"/articles/{found.article}", 303)
    return page(request, "job.html.jinja", job=found)


@router.get("/jobs/{job}/progress")
def progress(desk: TheDesk, visitor: TheVisitor, job: int) -> JSONResponse:
    """Tell a page how far a check has come."""
    found = _job(desk, job)
    return JSONResponse({"status": found.status, "progress": found.progress})


@router.get("/statistics")
def show_statistics(request: Request, desk: TheDesk, visitor: TheVisitor) -> HTMLResponse:
    """Show which checks to trust and, to heads of the desk, what kinds of errors come from whom."""
    with desk.engine.connect() as connection:
        counted = statistics.count(connection)
    is_head = visitor.person.role == "head"
    shares = counted.translators if is_head else ()
    return page(
        request,
        "statistics.html.jinja",
        counted=counted,
        shares=shares,
        types=statistics.types(shares),
        is_head=is_head,
    )


@router.get("/enter")
def enter(desk: TheDesk, token: str = "") -> Response:
    """Exchange the token of the printed address for a session."""
    return _begun(desk.door.enter(token), "/")


@router.get("/login")
def show_login(request: Request, after: Annotated[str, Query(alias="next")] = "/") -> HTMLResponse:
    """Show the form that asks for name and password."""
    return page(request, "login.html.jinja", after=_own_path(after), problem="")


@router.post("/login")
def log_in(
    request: Request,
    desk: TheDesk,
    name: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1000)],
    after: Annotated[str, Form()] = "/",
) -> Response:
    """Begin a session for who knows a password."""
    address = request.client.host if request.client else ""
    problem: tuple[str, dict[str, object], int]
    try:
        secret = desk.door.log_in(name, password, address)
    except TooManyTriesError as error:
        problem = ("login.wait", {"seconds": error.seconds}, 429)
    else:
        if secret is not None:
            return _begun(secret, _own_path(after), request.url.scheme == "https")
        problem = ("login.wrong", {}, 401)
    return page(
        request, "login.html.jinja", problem[2], after=_own_path(after), problem=problem[:2]
    )


@router.post("/leave", dependencies=[NotForged])
def leave(request: Request, desk: TheDesk) -> RedirectResponse:
    """End the session."""
    desk.door.leave(cookie_of(request.headers))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/language/{tag}")
def switch(tag: str, after: Annotated[str, Query(alias="next")] = "/") -> RedirectResponse:
    """Switch the language of the pages."""
    answer = RedirectResponse(_own_path(after), 303)
    if tag in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, tag, _YEAR_SECONDS, httponly=True, samesite="strict")
    return answer


def _begun(secret: str | None, after: str, is_secure: bool = False) -> Response:
    if secret is None:
        raise RefusedError(403, "This token opens nothing.", "Use the address that was printed.")
    answer = RedirectResponse(after, 303)
    answer.set_cookie(
        COOKIE, secret, int(SESSION_SECONDS), httponly=True, samesite="strict", secure=is_secure
    )
    return answer


def _own_path(path: str) -> str:
    """Return a path of this desk, whatever was asked for."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_own and path.isprintable() and path.isascii() else "/"


def _handed(file: UploadFile) -> Handed:
    # A browser sends a bare name; anything else must not look like a path to whoever reads it.
    name = tidy(PurePath((file.filename or "").replace("\\", "/")).name)
    return Handed(name or "unnamed", file.file.read())


def _job(desk: TheDesk, number: int) -> Job:
    with desk.engine.connect() as connection:
        found = get_job(connection, number)
    if found is None:
        raise RefusedError(404, "There is no such check.")
    return found
