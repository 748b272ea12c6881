"""The web application: pages, API, and what happens when something goes wrong."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from align import __version__
from align.desk import api, pages
from align.desk.desk import Desk, RefusedError
from align.desk.guard import Guard
from align.errors import AlignError
from align.write.slices import tidy

log = logging.getLogger(__name__)

THREADS = 4
"""Requests that are worked on at once; the others wait in the order in which they came.

Python computes in one thread at a time. With forty, as is usual, each step to the database and
back waits for all that compute, and whoever writes keeps the next writer waiting meanwhile.
"""


def make_app(desk: Desk) -> Guard:
    """Return the application of a desk, guarded; its worker begins and ends with it."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        desk.worker.start()
        yield
        desk.worker.stop()

    app = FastAPI(
        title="veralign desk",
        version=__version__,
        description="Check translations, and decide on what was found.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.include_router(api.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), "static")
    app.add_exception_handler(AlignError, _told)
    app.add_exception_handler(RefusedError, _told)
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(RequestValidationError, _told)
    app.add_exception_handler(Exception, _failed)
    return Guard(app, desk.door, desk.limit_bytes)


def _told(request: Request, error: Exception) -> Response:
    """Answer with what went wrong, in the three lines that every command prints."""
    status, what, where, fix = _lines(error)
    headers = getattr(error, "headers", None)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"what": what, "where": where, "fix": fix}, status, headers)
    answer = pages.page(request, "error.html.jinja", status, what=what, where=where, fix=fix)
    answer.headers.update(headers or {})
    return answer


def _lines(error: Exception) -> tuple[int, str, str, str]:
    if isinstance(error, RefusedError):
        return error.status, error.what, "", error.fix
    if isinstance(error, AlignError):
        return 400, error.what, error.where, error.fix
    if isinstance(error, RequestValidationError):
        wrong = error.errors()[0]
        where = ".".join(str(part) for part in wrong["loc"])
        return 422, "The request is not as it should be.", tidy(where), tidy(str(wrong["msg"]))
    assert isinstance(error, HTTPException)  # noqa: S101 - there is no fourth handler
    return error.status_code, str(error.detail), "", ""


def _failed(request: Request, error: Exception) -> Response:
    log.error("%s %s failed.", request.method, request.url.path, exc_info=error)
    what = f"The desk failed in a way that it should not: {type(error).__name__}."
    return _told(request, RefusedError(500, what, "The server's log says more."))
