"""Fixtures of the ingest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.settings import Settings
from tests.ingest.grounds import Grounds


@pytest.fixture
def grounds(tmp_path: Path) -> Iterator[Grounds]:
    grounds = Grounds(tmp_path / "files", Settings(data_dir=tmp_path / "data"))
    yield grounds
    grounds.store.close()
