"""One small store for all tests of the doors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from corpus.settings import Settings
from corpus.store import Store
from tests.api.making import open_store, settings_for, write_library


@pytest.fixture(scope="session")
def api_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_for(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def store(api_settings: Settings, library: Path) -> Iterator[Store]:
    with open_store(api_settings, library) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(api_settings: Settings, store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(api_settings, store)) as connected:
        yield connected
