"""What stands around every route: headers, other origins, the size of a body, and faults nobody foresaw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.characters import in_utf_8, is_json, without_halves
from api.errors import fault_response, problem
from corpus.settings import ApiSettings

MostOf = Callable[[Scope], int | None]
"""The largest body of a request, in bytes; None where it has no say in it."""

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


def add_security(app: FastAPI, settings: ApiSettings, *most_of: MostOf) -> None:
    """Wrap the app; the headers stand outermost, so that every response carries them. The first of `most_of`
    that gives one gives the largest body of requests that may be larger than others."""
    app.add_middleware(Bodies, most=settings.max_body_kb * 1000, most_of=most_of)
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
        ours = origin is None or _host_of(origin) == request.headers.get("host")
    if not ours:
        raise HTTPException(HTTPStatus.FORBIDDEN)


def _host_of(origin: str) -> str | None:
    """None for what is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


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


class Bodies:
    """Reads the body before the app does, at most `most` bytes of it, whatever its declared length, and hands
    it on in whole characters."""

    def __init__(self, app: ASGIApp, most: int, most_of: Sequence[MostOf] = ()) -> None:
        self._app = app
        self._most = most
        self._most_of = most_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        most = next(filter(None, (most_of(scope) for most_of in self._most_of)), self._most)
        try:
            read = await self._read(Headers(scope=scope), receive, most)
        except ClientDisconnect:
            # Half of what was sent must not be taken for all of it, and nobody waits for an answer.
            return None
        if read is None:
            return await self._refuse(most)(scope, receive, send)
        scope = in_utf_8(scope)
        body = without_halves(read) if is_json(scope) else read
        replayed = False

        async def replay() -> Message:
            nonlocal replayed
            if replayed:
                return await receive()
            replayed = True
            return {"type": "http.request", "body": body, "more_body": False}

        return await self._app(scope, replay, send)

    def _refuse(self, most: int) -> Response:
        # It is not read, and so not screened: see `require_length`.
        detail = (
            f"The request is larger than {most // 1000:,} kB. Please shorten it: of a conversation, the last "
            "messages are enough. If a child is in immediate danger, ring 999 now."
        )
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)

    async def _read(self, headers: Headers, receive: Receive, most: int) -> bytes | None:
        """None for one that is too large. Raises ClientDisconnect."""
        declared = headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > most:
            return None
        body, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > most:
                return None
        return bytes(body)
