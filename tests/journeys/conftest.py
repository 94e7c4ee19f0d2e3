"""A service on a free loopback port, and a browser to visit it with."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from api.app import create_app
from corpus.settings import Settings
from corpus.store import Store
from tests.api.making import open_store, settings_for, write_library
from tests.journeys.hosts import Host, hosting

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """Another site, whose pages the widget may stand in."""
    with hosting() as opened:
        yield opened


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Settings:
    """Of the running service."""
    return settings_for(tmp_path_factory.mktemp("journey-data"), allowed_origins=[host.address])


@pytest.fixture(scope="session")
def opened_store(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Store]:
    """The small library, taken in."""
    with open_store(settings, write_library(tmp_path_factory.mktemp("journey-library"))) as store:
        yield store


@pytest.fixture(scope="session")
def address(settings: Settings, opened_store: Store) -> Iterator[str]:
    """Of a running service over the small library."""
    with running(settings, opened_store) as started:
        yield started


@contextmanager
def running(settings: Settings, store: Store) -> Iterator[str]:
    """A service on a free loopback port, stopped at the end."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(settings, store)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        _wait_until_started(server)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        reason = "no Chromium is installed: `apt-get install chromium` to run the journeys"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield launched
        launched.close()


def _wait_until_started(server: uvicorn.Server) -> None:
    deadline = time.monotonic() + 20
    while not server.started:
        if time.monotonic() > deadline:
            pytest.fail("the service did not start within 20 s")
        time.sleep(0.05)
