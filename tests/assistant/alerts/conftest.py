from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alerting import Inbox, mail_server
from tests.assistant.alerts.making import Clock, Library
from tests.services import free_port


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path)
    yield made
    made.close()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def inbox(port: int) -> Iterator[Inbox]:
    """Of a mail server that runs at `port`."""
    taken = Inbox()
    with mail_server(taken, port):
        yield taken
