"""Transactions that follow one another, that see one state, and that do not keep anybody waiting."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert, select, text, update
from sqlalchemy.exc import OperationalError

from corpus.database import flush, hurried, next_in_line, open_database, snapshot, transaction, writer_lock
from corpus.errors import DiskFull, StoreBusy, StoreError
from corpus.settings import DatabaseSettings
from corpus.tables import state


def test_the_register_lies_in_its_folder_whatever_that_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "what? #1 100%25"
    open_database(DatabaseSettings(), folder).dispose()
    assert (folder / "register.sqlite").exists()
    assert list(tmp_path.iterdir()) == [folder]


def test_the_writers_lock_lies_in_no_open_transaction(postgres_url: str, tmp_path: Path) -> None:
    engine = open_database(DatabaseSettings(url=postgres_url), tmp_path)
    states = text("SELECT state FROM pg_stat_activity WHERE datname = current_database()")
    with writer_lock(engine, tmp_path):
        with transaction(engine) as connection:
            assert set(connection.scalars(states)) == {"idle", "active"}
        with pytest.raises(StoreBusy), writer_lock(engine, tmp_path):
            pass
    with writer_lock(engine, tmp_path):
        pass
    engine.dispose()


def test_a_writers_lock_whose_connection_is_cut_off_is_told_in_the_log(
    postgres_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_database(DatabaseSettings(url=postgres_url), tmp_path)
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with writer_lock(engine, tmp_path), transaction(engine) as connection:
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
    assert "The writer's lock was lost with its connection" in caplog.text
    engine.dispose()


def test_a_database_that_has_gone_is_told_to_whoever_would_write(tmp_path: Path) -> None:
    engine = create_engine("postgresql+psycopg://somebody@127.0.0.1:1/register")
    with pytest.raises(StoreError, match="The register cannot be used"), writer_lock(engine, tmp_path):
        pass


def test_transactions_in_line_never_overlap(engine: Engine) -> None:
    second = hurried(engine)
    with transaction(engine) as connection:
        connection.execute(insert(state).values(key="count", value="0"))

    def count_one(owner: Engine) -> None:
        with next_in_line(owner) as connection:
            value = int(connection.execute(select(state.c.value)).scalar_one())
            time.sleep(0.002)
            connection.execute(update(state).values(value=str(value + 1)))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count_one, [engine, second, engine] * 10))

    with transaction(engine) as connection:
        assert connection.execute(select(state.c.value)).scalar_one() == "30"
    second.dispose()


def test_a_snapshot_stays_as_it_was(engine: Engine) -> None:
    with snapshot(engine) as connection:
        before = connection.execute(select(state)).all()
        with transaction(engine) as other:
            other.execute(insert(state).values(key="new", value="1"))
        assert connection.execute(select(state)).all() == before
    with snapshot(engine) as connection:
        assert len(connection.execute(select(state)).all()) == len(before) + 1


def test_in_a_hurry_nobody_waits_for_another_writer_for_long(engine: Engine) -> None:
    second, began = hurried(engine), time.monotonic()
    busy = pytest.raises(StoreError, match="busy with another writer")
    with next_in_line(engine), busy, next_in_line(second):
        pytest.fail("two at once")
    assert 1.5 < time.monotonic() - began < 10
    second.dispose()


def test_in_a_hurry_nobody_waits_for_the_disk_and_the_checks_stand(engine: Engine) -> None:
    second = hurried(engine)
    names = {
        "sqlite": {"PRAGMA synchronous": 1, "PRAGMA foreign_keys": 1, "PRAGMA secure_delete": 1},
        "postgresql": {"SHOW synchronous_commit": "off"},
    }
    with second.connect() as connection:
        for name, expected in names[engine.dialect.name].items():
            assert connection.execute(text(name)).scalar() == expected
    second.dispose()


def test_a_flush_empties_the_write_ahead_log_unless_somebody_reads(tmp_path: Path) -> None:
    engine = open_database(DatabaseSettings(), tmp_path)
    log = tmp_path / "register.sqlite-wal"
    with transaction(engine) as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    with snapshot(engine) as connection:
        connection.execute(select(state)).all()
        with transaction(engine) as other:
            other.exec_driver_sql("PRAGMA busy_timeout = 0")
            other.execute(insert(state).values(key="new", value="1"))
        assert not flush(engine)
    assert flush(engine)
    assert log.stat().st_size == 0
    engine.dispose()


def test_a_register_that_fails_with_nothing_free_is_told_as_a_full_disk(
    tmp_path: Path, leave_free: Callable[[int | None], None]
) -> None:
    made = open_database(DatabaseSettings(), tmp_path)
    fault = OperationalError("", {}, sqlite3.OperationalError("disk I/O error"))
    with pytest.raises(StoreError, match="cannot be used: disk I/O error"), transaction(made):
        raise fault
    leave_free(0)
    with pytest.raises(DiskFull, match=r"The disk is full.*Free some space"), transaction(made):
        raise fault
    made.dispose()
