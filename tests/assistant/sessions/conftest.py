"""The whole sample library in a store, once: with a stand-in embedder, since here it matters what is quoted
and not how well it was found."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.store import Store
from ingest.pipeline import IngestPipeline
from tests.api.making import settings_for
from tests.stand_ins import WordsEmbedder

LIBRARY = Path(str(files("corpus"))) / "library"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    settings = settings_for(tmp_path_factory.mktemp("library-data"))
    with Store(settings, "test", WordsEmbedder()) as store:
        IngestPipeline(store, settings.ingest).run([LIBRARY / "briefings", LIBRARY / "procedures"])
        yield store


@pytest.fixture(scope="session")
def real_briefing(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Iterator[Store]:
    """A store that holds the real briefing beside the checkout and nothing else."""
    settings = settings_for(tmp_path_factory.mktemp("real-data"))
    with Store(settings, "test", WordsEmbedder()) as store:
        IngestPipeline(store, settings.ingest).run([shared_data / "briefings"])
        yield store
