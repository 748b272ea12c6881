"""What every request passes: the right host, a known visitor, a size, and safe headers."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from align.desk.access import Door, is_own_host

COOKIE = "veralign-desk"

PUBLIC = ("/enter", "/login", "/static/", "/language/")
"""Where one may go before one is known; `/api/login` is among them by its own name."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, door: Door, limit_bytes: int) -> None:
        """Take the application, who lets people in, and how large a request may be."""
        self._app = app
        self._door = door
        self._limit = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is None:
            cookie = cookie_of(headers)
            visitor = await run_in_threadpool(self._door.visitor, dict(headers), cookie)
            scope.setdefault("state", {})["visitor"] = visitor
            if visitor is None and not _is_public(scope["path"]):
                refusal = self._unknown(scope)
        if refusal is not None:
            await refusal(scope, receive, _dressed(send, scope["path"]))
            return
        await self._limited(scope, receive, _dressed(send, scope["path"]))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if not is_own_host(self._door.access, headers.get("host", "")):
            return PlainTextResponse("The desk is not known under this name; see --name.", 421)
        if scope["method"] not in _SAFE:
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc != headers.get("host"):
                return PlainTextResponse("This comes from another site.", 403)
        length = headers.get("content-length", "0")
        if length.isascii() and length.isdecimal() and int(length) > self._limit:
            return _too_large(self._limit)
        return None

    def _unknown(self, scope: Scope) -> Response:
        if scope["path"].startswith("/api/"):
            return JSONResponse(
                {"what": "Nobody knows who you are.", "where": "", "fix": _FIX}, 401
            )
        if self._door.access.accounts and scope["method"] in _SAFE:
            asked = scope["path"] + ("?" + scope["query_string"].decode("latin-1")).rstrip("?")
            return RedirectResponse(f"/login?next={quote(asked, safe='')}", 303)
        return PlainTextResponse(f"Nobody knows who you are. {_FIX}", 401)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, but no more of it than may be."""
        size, begun, is_over = 0, False, False

        async def counted() -> Message:
            nonlocal size, is_over
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._limit:
                is_over = True
                raise _TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            if is_over and not begun:
                return  # what the application makes of it is not what happened
            begun = True
            await send(message)

        with suppress(_TooLargeError):
            await self._app(scope, counted, noted)
        if is_over and not begun:
            await _too_large(self._limit)(scope, receive, send)


_FIX = "Open the address that `veralign desk` printed, or send `Authorization: Bearer TOKEN`."


class _TooLargeError(Exception):
    """More came than was announced or allowed."""


def cookie_of(headers: Headers) -> str:
    """Return the value of the desk's cookie, empty if there is none."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _is_public(path: str) -> bool:
    return path == "/api/login" or any(
        path == place or (place.endswith("/") and path.startswith(place)) for place in PUBLIC
    )


def _too_large(limit: int) -> Response:
    return PlainTextResponse(f"This is larger than the limit of {limit / 1e6:g} MB.", 413)


def _dressed(send: Send, path: str) -> Callable[[Message], Awaitable[None]]:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            is_ours = path.startswith("/static/")
            headers["Cache-Control"] = "max-age=3600" if is_ours else "no-store"
        await send(message)

    return dressed
