"""Each known embedder has what was learned for it; any other is ranked as the usual one."""

from __future__ import annotations

import pytest

from assistant.fitted import fitted
from corpus.embedding import open_embedder
from corpus.embedding_models import MODELS
from corpus.setting_sections import USUAL_MODEL
from corpus.settings import EmbeddingSettings

NAMES = ("answerability", "applicability", "confidence", "danger", "ranking", "relevance")


def fingerprint(model: str) -> str:
    return open_embedder(EmbeddingSettings(model=model)).fingerprint


@pytest.mark.parametrize("name", NAMES)
def test_what_was_learned_for_one_embedder_is_not_what_was_for_another(name: str) -> None:
    small, large = (fitted(name, fingerprint(model)) for model in MODELS)
    assert small.keys() == large.keys()
    assert small != large


@pytest.mark.parametrize("name", NAMES)
def test_an_embedder_that_nothing_was_learned_for_takes_what_the_usual_one_has(name: str) -> None:
    assert fitted(name, "words@1") == fitted(name, fingerprint(USUAL_MODEL))
