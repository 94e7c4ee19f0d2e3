"""What takes a minute to learn is learned before anybody waits for it, and never stops the service."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from api.service import Service
from corpus.embedding import Vectors
from corpus.errors import ModelError
from corpus.settings import EmbeddingSettings, Settings
from corpus.store import Store
from tests.api.making import settings_for
from tests.stand_ins import WordsEmbedder


class _Counting(WordsEmbedder):
    """Counts the texts that it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        return super().embed(texts)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = settings_for(tmp_path)
    return given.model_copy(update={"embedding": EmbeddingSettings(cache_dir=tmp_path / "cache")})


def test_what_situations_are_read_by_is_learned_once_for_all_stores_of_a_machine(
    settings: Settings, tmp_path: Path
) -> None:
    first, second = _Counting(), _Counting()
    for embedder, name in ((first, "one"), (second, "other")):
        own = settings.model_copy(update={"data_dir": tmp_path / name})
        with Store(own, "test", embedder) as store:
            Service(own, store).prepare()

    assert first.texts > 3_000
    assert second.texts == 0


def test_a_model_that_is_gone_is_logged_and_stops_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with Store(settings, "test", WordsEmbedder()) as store:
        service = Service(settings, store)
        monkeypatch.setattr(store.embedder, "embed", _gone)
        service.prepare()

    assert "What situations are read by cannot be made: The model is gone." in caplog.text


def test_without_a_store_there_is_nothing_to_learn(settings: Settings) -> None:
    Service(settings).prepare()


def _gone(_texts: list[str]) -> None:
    raise ModelError("The model is gone.", "Run `assistant doctor`.")
