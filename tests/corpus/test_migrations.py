"""The migrations make the tables that the code declares, and survive being cut off."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, event, inspect, text

import corpus.migrations
from corpus.database import open_database
from corpus.errors import SettingsError, StoreError
from corpus.recording import Recorder
from corpus.register import Register
from corpus.settings import DatabaseSettings
from corpus.tables import metadata
from tests.corpus.making import new_version, record
from tests.services import free_port

MIGRATIONS = Path(corpus.migrations.__file__).parent


def test_the_migrations_make_the_declared_tables(engine: Engine) -> None:
    assert _differences(engine) == []


def test_down_and_up_again_leads_to_the_same_tables(engine: Engine) -> None:
    record(Recorder(engine), new_version("visits", "See the child."))

    _migrate(engine, command.downgrade, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]

    _migrate(engine, command.upgrade, "head")
    assert _differences(engine) == []
    assert Register(engine).documents() == []


def test_opening_again_keeps_what_is_there(
    engine: Engine, database: DatabaseSettings, tmp_path: Path
) -> None:
    record(Recorder(engine), new_version("visits", "See the child."))

    again = open_database(database, tmp_path)

    assert [document.id for document in Register(again).documents()] == ["visits"]
    again.dispose()


def test_a_migration_that_was_cut_off_is_done_at_the_next_opening(
    database: DatabaseSettings, tmp_path: Path
) -> None:
    def fail_at_passages(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "CREATE TABLE passages" in statement:
            raise KeyboardInterrupt

    event.listen(Engine, "before_cursor_execute", fail_at_passages)
    try:
        with pytest.raises(KeyboardInterrupt):
            open_database(database, tmp_path)
    finally:
        event.remove(Engine, "before_cursor_execute", fail_at_passages)

    engine = open_database(database, tmp_path)
    assert _differences(engine) == []
    engine.dispose()


def test_several_may_open_an_empty_database_at_once(database: DatabaseSettings, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(lambda _: open_database(database, tmp_path), range(4)))

    assert _differences(opened[0]) == []
    for engine in opened:
        engine.dispose()


def test_sqlite_is_kept_in_wal_mode_and_flushed_at_each_commit(tmp_path: Path) -> None:
    engine = open_database(DatabaseSettings(), tmp_path)
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_file_that_is_no_database_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"not a database " * 100)

    with pytest.raises(StoreError, match="not a database"):
        open_database(DatabaseSettings(), tmp_path)


def test_a_database_that_does_not_answer_is_a_store_error(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/none"

    with pytest.raises(StoreError, match="The register cannot be used"):
        open_database(DatabaseSettings(url=url), tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "postgresql://user:secret@host:port/name",
        "postgresql://user:secret@[::1/name",
        "mysql://user:secret@host/name",
        "postgresql+psycopg2://user:secret@host/name",
        "sqlite:///secret.db",
        "postgresql://user:more@secret@host/name",
        "postgresql://user:secret@host..name/name",
        "postgresql://user:secret@/name?host=a&host=b&port=c",
    ],
)
def test_an_address_of_no_postgresql_database_is_a_wrong_setting_and_is_not_repeated(
    url: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_DATABASE__URL is no address") as raised:
        open_database(DatabaseSettings(url=url), tmp_path)

    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_database_may_be_named_as_its_host_writes_it(postgres_url: str, tmp_path: Path) -> None:
    url = postgres_url.replace("postgresql://", "postgres://", 1)

    engine = open_database(DatabaseSettings(url=f" {url}"), tmp_path)

    assert _differences(engine) == []
    engine.dispose()


def test_a_schema_of_a_later_version_is_told_and_left_alone(
    engine: Engine, database: DatabaseSettings, tmp_path: Path
) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))

    with pytest.raises(StoreError, match=r"its schema later is not known here\. Install the version that"):
        open_database(database, tmp_path)

    with engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "later"


def _differences(engine: Engine) -> list[Any]:
    fresh = create_engine(engine.url)  # a pooled connection may have prepared the tables of before
    with fresh.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), metadata
        )
    fresh.dispose()
    return found


def _migrate(engine: Engine, step: Any, target: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        step(config, target)
