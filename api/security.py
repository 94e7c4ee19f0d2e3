"""What stands around every route: headers, other origins, the size of a body, and faults nobody foresaw."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import FastAPI, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import fault_response, problem
from corpus.settings import ApiSettings

MostOf = Callable[[Scope], int | None]
"""The largest body of a request, in bytes; None for what holds for most of them."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: browsers then send `Origin: null` with our own forms, too.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def add_security(app: FastAPI, settings: ApiSettings, most_of: MostOf | None = None) -> None:
    """Wrap the app; the headers stand outermost, so that every response carries them. `most_of` gives the
    largest body of those requests that may be larger than others."""
    app.add_middleware(BodyLimit, most=settings.max_body_kb * 1000, most_of=most_of)
    app.add_middleware(FaultGuard)
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.allowed_origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Accept", "Content-Type"],
            # How long to wait, where too many ask at once.
            expose_headers=["Retry-After"],
        )
    app.add_middleware(SecurityHeaders)


def refuse_other_sites(request: Request) -> None:
    """Only our own pages send our forms. Raises HTTPException 403.

    A request with neither header comes from no browser of the last years, and so from nobody's session.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        ours = site in ("same-origin", "none")
    else:
        ours = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not ours:
        raise HTTPException(HTTPStatus.FORBIDDEN)


class SecurityHeaders:
    """Sets the headers of every response; what has no caching rule of its own is kept nowhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        caching = "no-cache" if scope["path"].startswith("/static/") else "no-store"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", caching)
            await send(message)

        return await self._app(scope, receive, send_with_headers)


class FaultGuard:
    """Makes an unforeseen fault a problem, with no trace in the log, for that may repeat a question."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, note_start)
        except Exception as error:
            if scope["type"] != "http":
                raise
            response = fault_response(Request(scope), error)
            if started:
                raise ConnectionAbortedError("A response broke off.") from None
            await response(scope, receive, send)


class BodyLimit:
    """Reads the body before the app does, at most `most` bytes of it, whatever its declared length."""

    def __init__(self, app: ASGIApp, most: int, most_of: MostOf | None = None) -> None:
        self._app = app
        self._most = most
        self._most_of = most_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        most = (self._most_of(scope) if self._most_of else None) or self._most
        body = await self._read(Headers(scope=scope), receive, most)
        if body is None:
            detail = f"The request is larger than {most // 1000} kB."
            return await problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)(scope, receive, send)
        replayed = False

        async def replay() -> Message:
            nonlocal replayed
            if replayed:
                return await receive()
            replayed = True
            return {"type": "http.request", "body": body, "more_body": False}

        return await self._app(scope, replay, send)

    async def _read(self, headers: Headers, receive: Receive, most: int) -> bytes | None:
        declared = headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > most:
            return None
        body, more = bytearray(), True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > most:
                return None
        return bytes(body)
