"""Danger that is happening comes first; a question about danger is a question."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assistant.danger import is_immediate_danger
from assistant.evaluation.cases import DangerText, load_cases
from assistant.evaluation.halves import Half

CASES = Path(__file__).parents[1] / "cases"
TEXTS = yaml.safe_load((Path(__file__).parent / "danger_texts.yaml").read_text(encoding="utf-8"))
DEVELOPMENT = load_cases(CASES, Half.DEVELOPMENT)


def texts(kind: str) -> Iterator[str]:
    return (text for group in TEXTS for text in group[kind])


@pytest.mark.parametrize("case", DEVELOPMENT.danger, ids=lambda case: case.id)
def test_development_cases_are_told_apart(case: DangerText) -> None:
    assert is_immediate_danger(case.text) is case.danger


def test_no_text_that_speaks_of_danger_is_missed() -> None:
    assert [text for text in texts("danger") if not is_immediate_danger(text)] == []


def test_no_other_text_raises_an_alarm() -> None:
    assert [text for text in texts("none") if is_immediate_danger(text)] == []


def test_situations_and_questions_of_the_other_cases_raise_hardly_an_alarm() -> None:
    # Those of `situations-development.yaml` raise many more: see docs/decisions/0015-applicability.md.
    asked = [case.situation for case in DEVELOPMENT.situations if case.id.startswith("s-0")]
    asked += [case.question for case in (*DEVELOPMENT.answerable, *DEVELOPMENT.unanswerable)]
    asked += [turn for case in DEVELOPMENT.follow_ups for turn in (*case.turns, case.standalone)]
    assert sum(map(is_immediate_danger, asked)) <= len(asked) // 100


@pytest.mark.parametrize(
    "text",
    [
        "He is hitting her now",
        "he’s hitting her",
        "HES HITTING HER",
        "dad has got a knife and the kids are in the house",
        "she has just taken a load of paracetamol",
        "The baby is not breathing",
        "hes stranglin my mum",
        "someone is atacking my bruver with a nife",
        "helllp he is comin up the stairs",
        "Which form do I need, and can you hurry, he is strangling her right now",
        "my daughter went missing",
        "my little brother went missing at the fair",
        "My brother went missing at the station.",
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
        "Training scenario: a parent is hitting a child right now",
        "My manager will kill me if the report is late",
        "strangulation policy",
        "if my daughter went missing who would I ring?",
        "What if my daughter went missing?",
        "After my son went missing we had a meeting. Who chairs it?",
        "my daughter went missing at 15 and it took years to get help",
        "my brother went missing in 2019 and was found safe",
        "My son went missing last year, who reviews it?",
        "my phone went missing at school",
        "",
        "?!",
    ],
)
def test_topics_past_training_and_idioms_are_not_danger(text: str) -> None:
    assert not is_immediate_danger(text)


@pytest.mark.parametrize(
    ("figure", "beside"),
    [
        ("She is hitting all her milestones", "he is hitting her with a belt"),
        ("I'm killing myself trying to get these minutes done", "my brother is killing himself upstairs"),
        ("Nan is pushing for him to live with her", "he is pushing her down the stairs"),
        ("Dad is cutting her hours", "dad is cutting his wrists"),
        ("We've run out of ideas", "she has run out of school and we can't find her"),
        ("The housing officer is chasing her for a reply", "he is chasing her with a hammer"),
    ],
)
def test_a_figure_of_speech_is_no_danger_and_hides_none(figure: str, beside: str) -> None:
    assert not is_immediate_danger(f"{figure}.")
    assert is_immediate_danger(f"{figure} and {beside}.")


@pytest.mark.parametrize(
    "text",
    [
        "Nobody is trying to take him off the ward. Who chairs?",
        "There is no sign that anyone in the house is hitting him. Do we close?",
        "He is on bail for dealing crack. Who tells his school?",
        "How quickly does the police officer have to reply?",
        "She ran away in May and was found at her nan's. How long is the form kept?",
        "She married in Lahore at 18. Is that lawful here?",
    ],
)
def test_what_nobody_does_or_is_charged_or_over_is_not_danger(text: str) -> None:
    assert not is_immediate_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody is helping and my brother is choking",
        "He was arrested for hitting her and he's back now kicking the door in",
        "She ran off and came back with a knife and she's going for my mum",
        "She is getting married in Lahore at 2 tomorrow and she doesn't want to go",
        "He told me he's got a gun and he's outside my school",
    ],
)
def test_danger_told_beside_them_stands(text: str) -> None:
    assert is_immediate_danger(text)


@pytest.mark.parametrize(
    "row",
    ["what if he is hitting her now ", "knife ", "my mum's boyfriend's brother's ", "is still ", "?! ", "a"],
)
def test_a_hostile_text_takes_no_longer_than_its_length(row: str) -> None:
    text = (row * 8000)[:8000]
    is_immediate_danger(row)
    begun = time.process_time()
    is_immediate_danger(text)
    assert time.process_time() - begun < 3
