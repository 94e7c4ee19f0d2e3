"""Details of real people are found and put out of the question; what is published is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.case_data import find_case_data, is_nhs_number, without_case_data

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "case_data.yaml").read_text(encoding="utf-8"))


def test_most_of_the_development_cases_are_told_apart() -> None:
    cases = [case for case in CASES if case["half"] == "development"]
    library = "\n".join(path.read_text(encoding="utf-8") for path in Path("corpus/library").rglob("*.md"))
    right = [
        bool(find_case_data(case["text"], lambda words: words in library)) is case["case_data"]
        for case in cases
    ]
    assert sum(right) / len(right) >= 0.97


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Her NHS number is 943 476 5919", "[NHS number]"),
        ("DOB 12/03/2019, what now?", "[date of birth]"),
        ("They live at 14 Marlow Road", "[address]"),
        ("postcode ZZ9 9ZZ is on the form", "[postcode]"),
        ("ring me on 07700 900123", "[phone]"),
        ("write to worker@council.example", "[e-mail]"),
        ("NI number QQ 12 34 56 C", "[NI number]"),
        ("case number LCS-44871", "[case number]"),
        ("Mrs Ashdown will not answer the door", "[name]"),
        ("A boy called Tobias has a bruise", "[name]"),
    ],
)
def test_each_kind_of_detail_is_found_and_named(text: str, label: str) -> None:
    details = find_case_data(text)
    assert label in {detail.label for detail in details}
    assert without_case_data(text, details) != text


@pytest.mark.parametrize(
    "text",
    [
        "What did the review of Family C find?",
        "Section 47 of the Children Act 1989",
        "Is paragraph 2.1.19 a must?",
    ],
)
def test_pseudonyms_and_law_are_not_case_data(text: str) -> None:
    assert find_case_data(text) == []


def test_published_words_are_not_case_data() -> None:
    assert find_case_data("ring 01632 960100", lambda words: words == "01632 960100") == []


def test_the_suggestion_keeps_everything_else() -> None:
    text = "Mrs Ashdown refuses consent. May I share?"
    assert without_case_data(text, find_case_data(text)) == "[name] refuses consent. May I share?"


@given(st.integers(min_value=0, max_value=999_999_999))
def test_one_wrong_check_digit_is_no_nhs_number(number: int) -> None:
    digits = f"{number:09d}"
    assert sum(is_nhs_number(f"{digits}{check}") for check in range(10)) <= 1
