"""Records on each database that they are kept in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, delete

from assistant.archive import Archive
from assistant.records import Records
from corpus.database import open_database
from corpus.settings import DatabaseSettings
from corpus.tables import metadata
from tests.assistant.recording import Clock


@pytest.fixture(scope="session")
def _records_url(_postgresql: str) -> str:
    """One database for all tests of records: to make one for each takes longer than the tests."""
    with psycopg.connect(_postgresql.format("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE records")
    return _postgresql.format("records")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> DatabaseSettings:
    """A database of each make."""
    url = request.getfixturevalue("_records_url") if request.param == "postgresql" else None
    return DatabaseSettings(url=url)


@pytest.fixture
def engine(database: DatabaseSettings, tmp_path: Path) -> Iterator[Engine]:
    """Without any row."""
    engine = open_database(database, tmp_path)
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def recording(clock: Clock) -> Iterator[Callable[[Engine], Records]]:
    """Makes records over an engine."""
    made: list[Records] = []

    def make(engine: Engine) -> Records:
        made.append(Records(engine, clock))
        return made[-1]

    yield make
    for records in made:
        records.close()


@pytest.fixture
def records(engine: Engine, recording: Callable[[Engine], Records]) -> Records:
    return recording(engine)


@pytest.fixture
def archive(engine: Engine, clock: Clock) -> Archive:
    return Archive(engine, clock)
