"""Pages of others that the widget stands in, and a service that answers as slowly as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Everything that a page can do to an element from outside, and a root size that makes rem useless.
HOSTILE = """
html { font-size: 5px; direction: rtl; }
body { font: italic 40px/3 serif; letter-spacing: 9px; text-transform: uppercase; color: red; }
* { all: revert; color: red !important; background: yellow !important; font-size: 40px !important;
    position: static !important; float: right !important; text-shadow: 3px 3px lime !important; }
div, p, button, section, ul, li, textarea { display: none !important; }
safeguarding-assistant { display: none !important; opacity: 0 !important; visibility: hidden !important;
    transform: rotate(90deg) !important; pointer-events: none !important; width: 3px !important; }
.veil { display: block !important; position: fixed !important; inset: 0; z-index: 99999; opacity: 0.2;
    pointer-events: none; }
"""


def page(service: str, attributes: str = "", more: str = "") -> str:
    """A page with the widget as one line of HTML."""
    return f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A partnership</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">{more}
<script type="module" src="{service}/widget.js"></script></head>
<body><main><h1>Hosts</h1></main><span class="veil"></span>
<safeguarding-assistant {attributes}></safeguarding-assistant></body></html>"""


def policy(service: str) -> str:
    """As strict as a page can be that lets the widget in."""
    return (
        f"default-src 'none'; script-src {service}; connect-src {service}; style-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


@dataclass
class Host:
    """A server of pages: what `pages` holds by path, each as headers and content."""

    address: str
    pages: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)


@contextmanager
def hosting() -> Iterator[Host]:
    """On a free loopback port, and so on an origin of its own."""
    host = Host("")

    class Handler(_Quiet):
        def do_GET(self) -> None:
            headers, content = host.pages.get(self.path, ({}, ""))
            self.send_response(200 if content else 404)
            for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content.encode())

    with _serving(Handler) as host.address:
        yield host


class Slow:
    """A service that sends one event of an answer whenever it is told to, and what else a test gave it."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: list[dict[str, Any]] = []
        self.left = threading.Event()
        self._events: list[bytes] = []
        self._ready = threading.Condition()
        self._ended = False

    def send(self, name: str, content: Any) -> None:
        with self._ready:
            self._events.append(f"event: {name}\ndata: {json.dumps(content)}\n\n".encode())
            self._ready.notify_all()

    def end(self) -> None:
        """Close the stream, whether or not the answer was whole."""
        with self._ready:
            self._ended = True
            self._ready.notify_all()

    def events(self) -> Iterator[bytes]:
        """Each as it comes, until the end, or until none has come for 10 seconds."""
        while True:
            with self._ready:
                self._ready.wait_for(lambda: bool(self._events) or self._ended, timeout=10)
                fresh, self._events = self._events, []
            yield from fresh
            if not fresh:
                return


@contextmanager
def slow_service() -> Iterator[Slow]:
    slow = Slow()

    class Handler(_Quiet):
        def end_headers(self) -> None:
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "*")
            super().end_headers()

        def do_OPTIONS(self) -> None:
            self.send_response(204)
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(503)
            self.end_headers()

        def do_POST(self) -> None:
            slow.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            try:
                for event in slow.events():
                    self.wfile.write(event)
                    self.wfile.flush()
            except OSError:
                slow.left.set()

    with _serving(Handler) as slow.address:
        yield slow
        slow.end()


class _Quiet(BaseHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
