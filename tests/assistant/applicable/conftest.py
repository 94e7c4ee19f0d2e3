"""One small store, with the built-in model: which procedure applies is a matter of meaning."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answers import Replies
from assistant.applicable.finder import Finder
from corpus.store import Store
from tests.api.making import open_store, settings_for, write_library
from tests.assistant.applicable.library import FILES


@pytest.fixture(scope="session")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    settings = settings_for(tmp_path_factory.mktemp("manual-data"))
    library = write_library(tmp_path_factory.mktemp("manual"), FILES)
    with open_store(settings, library) as store:
        yield store


@pytest.fixture(scope="session")
def finder(manual: Store) -> Finder:
    return Finder(manual, Replies(settings_for(manual.data_dir).answers))
