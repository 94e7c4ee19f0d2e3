"""Links into the web: checked against a site on loopback that behaves and misbehaves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.reports.catalogue import report
from assistant.reports.web import WebCheck
from tests.assistant.reports.making import chapter, context_of
from tests.quick_library import QuickLibrary
from tests.services import free_port

_ANSWERS = {"/here": 200, "/gone": 404, "/broken": 500, "/members": 403}


class _Site(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        if self.path == "/get-only":
            self.send_response(405 if self.command == "HEAD" else 200)
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/here")
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
        elif self.path == "/inside":
            self.send_response(302)
            self.send_header("Location", "http://inside.example/")
        else:
            self.send_response(_ANSWERS[self.path])
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), _Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://site.example:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def resolve(host: str, _port: int) -> list[str]:
    return ["10.0.0.1" if host == "inside.example" else "127.0.0.1"]


def check() -> WebCheck:
    return WebCheck(timeout=5, pause=0, resolve=resolve, allow=lambda found: found == "127.0.0.1")


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/here", ""),
        ("/moved", ""),
        ("/get-only", ""),
        ("/members", ""),
        ("/gone", "There is no such page any more (404)."),
        ("/broken", "The site answers 500."),
        ("/round", "It leads from one address to the next without end."),
        ("/inside", "It leads to a private address, which is not called."),
    ],
)
def test_what_becomes_of_an_address(path: str, fault: str, site: str) -> None:
    assert check()(site + path) == fault


def test_private_addresses_are_not_called_unless_allowed(site: str) -> None:
    assert "private address" in WebCheck(resolve=resolve)(f"{site}/here")


def test_a_site_that_is_down_cannot_be_reached() -> None:
    assert check()(f"http://down.example:{free_port()}/").startswith("It cannot be reached")


def test_the_report_calls_the_web_only_when_it_is_asked_to(tmp_path: Path, site: str) -> None:
    library = QuickLibrary(tmp_path, {"1.md": chapter("1.1", "Links", f"Open {site}/gone or {site}/here.")})
    assert report("links", context_of(library)).rows == []
    [row] = report("links", context_of(library, web=check())).rows
    library.close()
    assert (row["reference"], row["fault"]) == (f"{site}/gone", "There is no such page any more (404).")
