"""A web site on the loopback address that behaves or misbehaves as told, and counts what it is asked."""

from __future__ import annotations

import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "manual.example.org"
FILLER = (
    "The front door must decide on each referral within one working day and must tell the referrer what it "
    "has decided, and a manager should read every decision that a referral needs no further action."
)


@dataclass(frozen=True)
class Reply:
    """`stream` is called with a function that sends bytes, for bodies that come slowly or never end."""

    status: int = 200
    body: str | bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    stream: Callable[[Callable[[bytes], None]], None] | None = None


Page = Reply | Callable[[Mapping[str, str]], Reply]


@dataclass
class Site:
    """`pages` maps paths to replies or to what makes one from the request's headers; others are 404."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    raw: dict[str, Callable[[Callable[[bytes], None]], None]] = field(default_factory=dict)
    """By path, what sends bytes after the status line, without any end of headers."""
    otherwise: Callable[[str], Reply] = lambda _: Reply(404, "Not found")

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        self.asked[path] += 1
        page = self.pages.get(path)
        if page is None:
            return self.otherwise(path)
        return page(headers) if callable(page) else page


def chapter(title: str, *paragraphs: str, links: Sequence[tuple[str, str]] = ()) -> Reply:
    """A page of the manual, long enough to be more than its links."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (*paragraphs, FILLER))
    listed = "".join(f'<li><a href="{url}">{text}</a></li>' for url, text in links)
    nav = f"<nav><ul>{listed}</ul></nav>" if links else ""
    html = f"<!doctype html><html><head><title>{title}</title></head><body>{nav}<main><h1>{title}</h1>{body}"
    return Reply(body=f"{html}</main></body></html>", headers={"Content-Type": "text/html; charset=utf-8"})


def contents(*links: tuple[str, str]) -> Reply:
    """A page that only leads on."""
    listed = "".join(f'<li><a href="{url}">{text}</a></li>' for url, text in links)
    html = f"<!doctype html><title>Contents</title><main><h1>Contents</h1><ul>{listed}</ul></main>"
    return Reply(body=html, headers={"Content-Type": "text/html"})


def resolver_of(**more: list[str]) -> Callable[[str, int], list[str]]:
    """Knows the site, and further hosts by names whose dots are written as underscores."""
    known = {HOST: ["127.0.0.1"], **{name.replace("_", "."): ips for name, ips in more.items()}}

    def look_up(host: str, _port: int) -> list[str]:
        if host not in known:
            raise OSError("Name or service not known")
        return known[host]

    return look_up


@contextmanager
def running(certificate: Path | None = None) -> Iterator[Site]:
    """The site, with TLS where a certificate and its key are given in one file."""
    site: Site

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = site.reply(self.path, self.headers)  # type: ignore[arg-type]
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            try:
                self.send_response_only(reply.status)
                if self.path in site.raw:
                    self.flush_headers()
                    site.raw[self.path](self._send)
                    return
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.stream is None:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if reply.stream is not None:
                    reply.stream(self._send)
                elif reply.status != 304:
                    self.wfile.write(body)
            except OSError:
                return  # the other side has had enough

        def _send(self, data: bytes) -> None:
            self.wfile.write(data)
            self.wfile.flush()

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return  # a handshake that the other side broke off

        def log_message(self, *_: Any) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # The handshake is left to the request's own thread: one that fails must not stop the others.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
