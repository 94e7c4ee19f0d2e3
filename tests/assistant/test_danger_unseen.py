"""What the recognition of danger shows on texts that no rule was made for: it never falls below this."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.danger import Recogniser, Recognises, is_immediate_danger
from corpus.embedding import open_embedder
from corpus.settings import EmbeddingSettings

CASES = yaml.safe_load(Path("tests/cases/danger-unseen.yaml").read_text(encoding="utf-8"))


def share(danger: bool, recognises: Recognises | None = None) -> float:
    """Shares only: a text shown in a failure would be a text that is seen."""
    texts = [case["text"] for case in CASES if case["danger"] is danger]
    return sum(is_immediate_danger(text, recognises) for text in texts) / len(texts)


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(open_embedder(EmbeddingSettings()))


def test_rules_alone_keep_their_floor() -> None:
    assert share(danger=True) >= 0.79
    assert share(danger=False) <= 0.07


def test_with_the_recogniser_more_is_found_at_hardly_more_false_alarms(recogniser: Recogniser) -> None:
    assert share(danger=True, recognises=recogniser) >= 0.955
    assert share(danger=False, recognises=recogniser) <= 0.095
