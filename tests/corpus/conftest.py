"""Fixtures of the corpus: one register on each database that it runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from corpus.database import open_database
from corpus.recording import Recorder
from corpus.register import Register
from corpus.settings import DatabaseSettings


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> DatabaseSettings:
    """An empty database of each make."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    return DatabaseSettings(url=url)


@pytest.fixture
def engine(database: DatabaseSettings, tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(database, tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def register(engine: Engine) -> Register:
    return Register(engine)


@pytest.fixture
def recorder(engine: Engine) -> Recorder:
    return Recorder(engine)
