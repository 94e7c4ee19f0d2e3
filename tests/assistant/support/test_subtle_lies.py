"""Every word stands in the source, and the sentence is false: nothing of that kind is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.support.checker import SupportChecker
from assistant.support.sources import Source, source_of_text
from assistant.support.verdict import Reason
from tests.stand_ins import WordsEmbedder

EMBEDDER = WordsEmbedder()
CHECKER = SupportChecker(EMBEDDER)
LIES: list[dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("subtle_lies.yaml").read_text(encoding="utf-8")
)


def source_of(text: str) -> Source:
    """A text, or a list with its lead-in."""
    lead, _, items = text.partition(":\n")
    if not items:
        return source_of_text(text, EMBEDDER)
    lines = source_of_text(items.replace(";", "."), EMBEDDER).lines
    return Source(text, tuple(replace(line, lead=f"{lead}:") for line in lines))


def named(lies: list[dict[str, str]]) -> list[Any]:
    return [pytest.param(lie, id=lie["lie"]) for lie in lies]


@pytest.mark.parametrize("lie", named(LIES))
def test_a_lie_in_the_source_s_own_words_is_not_said(lie: dict[str, str]) -> None:
    assert CHECKER.check(lie["wrong"], [source_of(lie["source"])]).reasons


@pytest.mark.parametrize("lie", named([lie for lie in LIES if "same" in lie]))
def test_what_says_the_same_is_said(lie: dict[str, str]) -> None:
    assert CHECKER.check(lie["same"], [source_of(lie["source"])]).reasons == ()


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ("who and whom, not a listed body", Reason.MIXED),
        ("duties of two bodies exchanged", Reason.ROLES),
        ("consider becomes do", Reason.MODALITY),
        ("failed to dropped", Reason.HEDGE),
        ("in an emergency dropped", Reason.CONDITION),
        ("they of nobody", Reason.ROLES),
        ("within dropped", Reason.TIME_LIMIT),
    ],
)
def test_it_is_told_what_is_wrong(lie: str, reason: Reason) -> None:
    [found] = [each for each in LIES if each["lie"] == lie]
    assert CHECKER.check(found["wrong"], [source_of(found["source"])]).reasons[0] is reason
