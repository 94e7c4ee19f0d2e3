"""What the commands open before they work."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from api import cli_output as output
from assistant.records import Records
from corpus.database import open_database
from corpus.register import Register
from corpus.settings import Settings, load_settings
from corpus.store import Store

Data = Annotated[
    Path | None, typer.Option("--data", help="Folder of the store.", envvar="ASSISTANT_DATA_DIR")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_for(data: Path | None) -> Settings:
    """Settings with logging set up as they say."""
    settings = load_settings(data)
    logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(message)s")
    for chatty in ("httpx", "alembic", "chromadb"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return settings


@contextmanager
def opened(data: Path | None, purpose: str) -> Iterator[tuple[Store, Settings]]:
    """The store and the settings it was opened with."""
    settings = settings_for(data)
    with Store(settings, purpose) as store:
        yield store, settings


@contextmanager
def recording(store: Store, settings: Settings) -> Iterator[Records | None]:
    """Where answers are recorded; None where the settings say that none are."""
    if not settings.records.keep:
        yield None
        return
    records = Records(store.register.engine)
    try:
        yield records
    finally:
        records.close()


def register_of(data: Path | None) -> Register:
    """The register alone, which may be read while another process owns the indexes."""
    settings = settings_for(data)
    return Register(open_database(settings.database, settings.data_dir))


@contextmanager
def database_of(data: Path | None) -> Iterator[tuple[Engine, Settings]]:
    """The register's engine, faults told as the commands tell them; closed at the end."""
    with output.faults():
        settings = settings_for(data)
        engine = open_database(settings.database, settings.data_dir)
        try:
            yield engine, settings
        finally:
            engine.dispose()
