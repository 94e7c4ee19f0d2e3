"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from corpus import room
from tests import services

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=5, help="how often each ingest of test_killed.py is killed")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real texts kept beside the checkout; never copied into it."""
    if not SHARED_DATA.is_dir():
        services.absent(f"the real texts are not beside this checkout: {SHARED_DATA}")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have settings of their own."""
    for name in os.environ:
        if name.upper().startswith("ASSISTANT_"):
            monkeypatch.delenv(name)


@pytest.fixture
def leave_free(monkeypatch: pytest.MonkeyPatch) -> Callable[[int | None], None]:
    """Called with the bytes that every disk then seems to have left; with None they are told as they are."""
    as_they_are = room._free

    def leave(size: int | None) -> None:
        monkeypatch.setattr(room, "_free", as_they_are if size is None else lambda _: size)

    return leave


@pytest.fixture(scope="session")
def _postgresql() -> Iterator[str]:
    with services.postgresql() as url:
        yield url


_databases = count(1)


@pytest.fixture
def postgres_url(_postgresql: str) -> str:
    """The URL of an empty database on a real PostgreSQL."""
    name = f"test_{next(_databases)}"
    with psycopg.connect(_postgresql.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return _postgresql.format(name)


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real `chroma run`; tests keep apart by their collections' names."""
    with services.chroma(tmp_path_factory.mktemp("server")) as url:
        yield url
