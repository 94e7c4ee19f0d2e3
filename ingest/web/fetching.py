"""One page over HTTP, whatever the server does: no private address, no end of redirects, size or time."""

from __future__ import annotations

import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from corpus.errors import IngestError
from corpus.settings import WebSettings
from ingest.web.addresses import Forbidden, Resolver, normalised, pinned, resolve

_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Failed(IngestError):
    """A page that could not be had; `status` is the server's answer, `retry_after` the wait that it asks for,
    in seconds."""

    status: int | None = None
    retry_after: float | None = None

    @classmethod
    def by(cls, message: str, status: int, retry_after: float | None = None) -> Failed:
        failed = cls(message)
        failed.status, failed.retry_after = status, retry_after
        return failed


@dataclass(frozen=True, slots=True)
class Page:
    """`url` is where redirects ended. `body` is None where the server says that nothing has changed."""

    url: str
    status: int
    body: bytes | None
    media_type: str
    etag: str | None
    last_modified: str | None


Permitted = Callable[[str], None]
"""Called with each address before it is fetched; raises Forbidden."""
Wanted = Callable[[str, str], bool]
"""Whether a body of this media type at this address is worth reading."""


class Fetcher:
    """Gets pages one at a time; `most` is in bytes. `certificates` are whom to trust, the usual authorities
    by default; tests pass `resolver` and `now`, too."""

    def __init__(
        self,
        settings: WebSettings,
        most: int,
        resolver: Resolver = resolve,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._most = most
        self._resolver = resolver
        self._now = now
        self._too_slow = f"It took longer than {settings.page_seconds:g} s."
        # A connection for each page, so that the time limit knows which one to cut.
        limits = httpx.Limits(max_keepalive_connections=0)
        timeout = httpx.Timeout(settings.silence_seconds)
        verify = certificates or True
        self._client = httpx.Client(timeout=timeout, limits=limits, trust_env=False, verify=verify)

    def close(self) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        permitted: Permitted,
        wanted: Wanted,
        known: Mapping[str, str] | None = None,
    ) -> Page:
        """The page, redirects followed; `known` are headers that ask for changes alone.

        Raises Forbidden where the way leads to an address that must not be fetched, Failed otherwise.
        """
        seen = {url}
        for _ in range(_MOST_REDIRECTS + 1):
            permitted(url)
            page = self._once(url, wanted, known or {})
            if isinstance(page, Page):
                return page
            if page in seen:
                raise Failed("Its redirects go round in a circle.")
            seen.add(page)
            url = page
        raise Failed(f"It redirects more than {_MOST_REDIRECTS} times.")

    def _once(self, url: str, wanted: Wanted, known: Mapping[str, str]) -> Page | str:
        """The page, or the address that it redirects to."""
        with self._answer(url, known) as response:
            status = response.status_code
            if status in _REDIRECTS:
                target = normalised(response.headers.get("location", ""), url)
                if target is None or not response.headers.get("location"):
                    raise Forbidden("It redirects to what is no web address.")
                return target
            if status in _BUSY:
                raise Failed.by(f"The site answered {status}: too busy.", status, self._wait_of(response))
            if status != 304 and status != 200:
                raise Failed.by(f"The site answered {status}.", status)
            media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if status == 200 and not wanted(media_type, url):
                raise Forbidden(f"It is no document, but {media_type or 'of an unknown type'}.")
            body = None if status == 304 else self._body(response)
        return Page(
            url, status, body, media_type, response.headers.get("etag"), response.headers.get("last-modified")
        )

    @contextmanager
    def _answer(self, url: str, known: Mapping[str, str]) -> Iterator[httpx.Response]:
        """The response with its headers read, cut off when its time is over."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _DEFAULT_PORTS[parts.scheme]
        address = pinned(host, port, self._resolver, self._settings.private_hosts)
        cut = _Cut(self._settings.page_seconds)
        request = self._client.build_request(
            "GET",
            httpx.URL(url).copy_with(host=address),
            headers={
                "Host": parts.netloc,
                "User-Agent": self._settings.user_agent,
                "Accept": "text/html, application/pdf, */*;q=0.5",
                "Accept-Encoding": "gzip",
                "Connection": "close",
                **known,
            },
            # The certificate is held against the name, not against the address that was looked up for it.
            extensions={"sni_hostname": host, "trace": cut.note},
        )
        try:
            with cut:
                response = self._client.send(request, stream=True)
                try:
                    yield response
                finally:
                    response.close()
            if cut.is_over:
                # A body without a declared length ends where the connection does: this one was cut.
                raise Failed(self._too_slow)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, zlib.error) as error:
            if cut.is_over:
                raise Failed(self._too_slow) from error
            raise Failed(f"The site does not answer as it should ({type(error).__name__}).") from error

    def _body(self, response: httpx.Response) -> bytes:
        too_large = Failed(f"It is larger than {self._most // 1_000_000} MB.")
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._most:
            raise too_large
        encoding = response.headers.get("content-encoding", "identity").lower()
        if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise Failed(f"It came packed as {encoding}, which was not asked for.")
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if encoding not in ("identity", "") else None
        body = bytearray()
        for chunk in response.iter_raw():
            # One byte more than is allowed: a small packed file may hold gigabytes.
            room = self._most - len(body) + 1
            body += unpack.decompress(chunk, room) if unpack else chunk
            if len(body) > self._most:
                raise too_large
        return bytes(body)

    def _wait_of(self, response: httpx.Response) -> float | None:
        """Seconds, from either form of Retry-After."""
        given = response.headers.get("retry-after", "").strip()
        if given.isdecimal():
            return float(given)
        try:
            then = parsedate_to_datetime(given)
        except (TypeError, ValueError):
            return None
        then = then if then.tzinfo else then.replace(tzinfo=UTC)
        return max((then - self._now()).total_seconds(), 0.0)


class _Cut:
    """Shuts the connection when the time is over: a server may send one byte a second for hours."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._socket: socket.socket | None = None
        self.is_over = False

    def note(self, event: str, info: Mapping[str, Any]) -> None:
        """Called by the client at each of its steps."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")
            if self.is_over:
                self._shut()

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _shut(self) -> None:
        self.is_over = True
        if self._socket is not None:
            try:
                # Not `SSLSocket.shutdown`, which would take its TLS state away from under the reader.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:
                return  # closed already
