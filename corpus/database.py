"""The engine behind the register: SQLite in WAL mode, or PostgreSQL by URL."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from corpus.errors import SettingsError, StoreBusy, StoreError, reason_of
from corpus.file_names import shown
from corpus.room import disk_fault, disk_full, is_full, tells_of_full_disk, told_of_disk
from corpus.settings import DatabaseSettings

log = logging.getLogger(__name__)

LARGEST = 2**31 - 1
"""The largest number that an integer column of PostgreSQL holds: none of ours is above it."""

_LOCK_KEY = 5_461_999
_PATIENCE_MS = 30_000
_HURRIED_MS = 2_000
_TAKE_TURN = select(func.pg_advisory_xact_lock(_LOCK_KEY + 2))
_MIGRATIONS = Path(__file__).parent / "migrations"
_EXAMINE = "Run `assistant doctor` for details."
_DRIVER = "postgresql+psycopg"
# The first is what many hosts of databases write.
_POSTGRESQL = frozenset({"postgres", "postgresql", _DRIVER})


def open_database(settings: DatabaseSettings, data_dir: Path) -> Engine:
    """An engine whose schema is the newest.

    Raises StoreError where the database cannot be reached or its schema is not known here, SettingsError for
    an address that is none of a database.
    """
    try:
        engine = _engine(settings, data_dir)
        _migrate(engine)
    except DBAPIError as error:
        advice = "Start the database, or correct ASSISTANT_DATABASE__URL." if settings.url else _EXAMINE
        raise _store_error(error, engine, advice) from error
    except (ArgumentError, UnicodeError):
        # What is wrong with the name of a host, or with an option, shows only when it is called.
        raise _no_address() from None
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction, committed at the end; a database fault comes out as a StoreError."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise _store_error(error, engine) from error


def hurried(engine: Engine) -> Engine:
    """A second engine on the same database, for what is written while somebody waits for an answer.

    It waits at most two seconds for other writers, and not for the disk: a power cut, and nothing less, can
    cost the transactions of the last moments. One connection; it is the caller's to dispose of.
    """
    if engine.dialect.name == "postgresql":
        options = f"-c lock_timeout={_HURRIED_MS} -c synchronous_commit=off"
        one = {"pool_size": 1, "max_overflow": 0, "pool_pre_ping": True}
        return create_engine(engine.url, connect_args={"options": options}, **one)
    second = create_engine(engine.url, connect_args={"timeout": 0}, pool_size=1, max_overflow=0)
    event.listen(second, "connect", _configure_sqlite)
    event.listen(second, "connect", lambda made, _: made.execute("PRAGMA synchronous=NORMAL"))
    return second


@contextmanager
def next_in_line(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other of its kind overlaps, over all processes: each builds on the one before."""
    with transaction(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(_TAKE_TURN)
        else:
            _begin_in_a_gap(connection)
        yield connection


def _begin_in_a_gap(connection: Connection) -> None:
    """SQLite itself looks again every 100 ms, and finds no gap between the commits of a busy writer."""
    deadline = time.monotonic() + _HURRIED_MS / 1000
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.001, 0.004))
        else:
            return


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A transaction whose queries all see the database as the first of them did."""
    if engine.dialect.name == "postgresql":
        with transaction(engine.execution_options(isolation_level="REPEATABLE READ")) as connection:
            yield connection
    else:
        with transaction(engine) as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection


def flush(engine: Engine) -> bool:
    """Write everything out, so that deleted rows are no longer in SQLite's write-ahead log either; False
    where a reader stood in the way. PostgreSQL does both by itself, the second by its autovacuum."""
    if engine.dialect.name == "postgresql":
        return True
    with transaction(engine) as connection:
        blocked = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
    return not blocked


def _engine(settings: DatabaseSettings, data_dir: Path) -> Engine:
    if settings.url:
        return create_engine(_address(settings.url), pool_pre_ping=True)
    with told_of_disk(f"The data folder {shown(data_dir)}"):
        data_dir.mkdir(parents=True, exist_ok=True)
    # Not as text: a name with a question mark would be cut off there, and another file be opened.
    url = URL.create("sqlite", database=str(data_dir / "register.sqlite"))
    engine = create_engine(url, connect_args={"timeout": _PATIENCE_MS / 1000})
    event.listen(engine, "connect", _configure_sqlite)
    return engine


def _address(text: str) -> URL:
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise _no_address() from None
    if url.drivername not in _POSTGRESQL or "@" in (url.host or ""):
        raise _no_address()
    return url.set(drivername=_DRIVER)


def _no_address() -> SettingsError:
    """Without the address, and to be raised without its cause: both may hold a password."""
    return SettingsError(
        "ASSISTANT_DATABASE__URL is no address of a PostgreSQL database.",
        "Write it like postgresql://user:password@host:5432/name, with %40 for an @ in the password.",
    )


def _configure_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL: what a commit promised is on the disk also after a power cut.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # What is deleted is overwritten: people are told that their questions are gone.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        current = set(MigrationContext.configure(connection).get_current_heads())
    if unknown := current - {script.revision for script in scripts.walk_revisions()}:
        raise StoreError(
            f"The database was made by another version of this program: its schema "
            f"{', '.join(sorted(unknown))} is not known here.",
            "Install the version that made it or a later one, or name another database.",
        )
    if current == set(scripts.get_heads()):
        return
    with engine.begin() as connection:
        _begin_alone(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _begin_alone(connection: Connection) -> None:
    """Whoever comes second waits and finds the work done; SQLite's driver would not begin at all for DDL."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK_KEY + 1)))
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _store_error(error: DBAPIError, engine: Engine, advice: str = _EXAMINE) -> StoreError:
    reason = reason_of(error.orig or error)
    if "locked" in reason or "lock timeout" in reason:
        return StoreError("The register is busy with another writer.", "Try again when it has ended.")
    # SQLite speaks of input and output where the log beside the register cannot be made.
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    is_without_room = file and isinstance(error, OperationalError) and is_full(Path(file).parent)
    if is_without_room or tells_of_full_disk(error.orig or error):
        return disk_full()
    return StoreError(f"The register cannot be used: {reason}.", advice)


@contextmanager
def writer_lock(engine: Engine, data_dir: Path) -> Iterator[None]:
    """One writer at a time, over all processes and, with PostgreSQL, over all machines.

    Gone with the process that holds it. Raises StoreBusy at once where another holds it.
    """
    if engine.dialect.name == "postgresql":
        with _lock_of_postgresql(engine):
            yield
        return
    lock = FileLock(data_dir / "writer.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise _other_writer() from None
    except OSError as error:
        raise disk_fault(f"The data folder {shown(data_dir)}", error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _lock_of_postgresql(engine: Engine) -> Iterator[None]:
    """A connection holds it, without a transaction: that would keep old rows from being cleared away for as
    long as an ingest takes, and servers cut off one that lies idle."""
    try:
        with engine.connect() as pooled:
            connection = pooled.execution_options(isolation_level="AUTOCOMMIT")
            if not connection.execute(select(func.pg_try_advisory_lock(_LOCK_KEY))).scalar():
                raise _other_writer()
            try:
                yield
            finally:
                _unlock(connection)
    except DBAPIError as error:
        raise _store_error(error, engine) from error


def _unlock(connection: Connection) -> None:
    try:
        connection.execute(select(func.pg_advisory_unlock(_LOCK_KEY)))
    except DBAPIError as error:
        log.warning("The writer's lock was lost with its connection: %s.", reason_of(error.orig or error))


def _other_writer() -> StoreBusy:
    return StoreBusy("Another process is writing to the store.", "Try again when it has ended.")
