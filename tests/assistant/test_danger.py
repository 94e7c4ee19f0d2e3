"""Danger that is happening comes first; a question about danger is a question."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.danger import is_immediate_danger

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "danger.yaml").read_text(encoding="utf-8"))
DEVELOPMENT = [case for case in CASES if case["half"] == "development"]


@pytest.mark.parametrize("case", DEVELOPMENT, ids=lambda case: case["id"])
def test_development_cases_are_told_apart(case: dict[str, object]) -> None:
    assert is_immediate_danger(str(case["text"])) is case["danger"]


@pytest.mark.parametrize(
    "text",
    [
        "He is hitting her now",
        "he’s hitting her",
        "dad has got a knife and the kids are in the house",
        "she has just taken a load of paracetamol",
        "The baby is not breathing",
        "hes stranglin my mum",
    ],
)
def test_present_harm_is_danger_however_it_is_typed(text: str) -> None:
    assert is_immediate_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "What should I do if a child is being hit at home?",
        "Who decides on an emergency protection order?",
        "In 2019 the father hit the child with a belt",
        "Training scenario: a parent is hitting a child",
        "",
    ],
)
def test_topics_past_and_training_are_not_danger(text: str) -> None:
    assert not is_immediate_danger(text)
