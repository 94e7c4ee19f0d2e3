"""Details of real people are found and put out of the question; what is published is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pytest

from assistant.case_data import Detail, find_case_data, without_case_data
from assistant.name_model import NameModel
from tests.assistant.screening import Text, development_texts, library_publishes, written_texts

Find = Callable[[str], list[Detail]]


@pytest.fixture(scope="module")
def model() -> NameModel:
    return NameModel()


def rates(texts: Iterable[Text], find: Find) -> tuple[float, float, float]:
    """Of the texts with case data: how many are recognised, and have none left. Of the others: are caught."""
    recognised, clean, caught = [], [], []
    for text in texts:
        details = find(text.text)
        suggestion = without_case_data(text.text, details)
        if text.spans:
            recognised.append(bool(details))
            clean.append(not any(span in suggestion for span in text.spans))
        else:
            caught.append(bool(details))
    return tuple(sum(each) / len(each) for each in (recognised, clean, caught))  # type: ignore[return-value]


def test_the_texts_are_told_apart(model: NameModel) -> None:
    texts = [*development_texts(), *written_texts()[::3]]
    find = partial(find_case_data, is_published=library_publishes, scores=model)
    recognised, clean, caught = rates(texts, find)
    assert min(recognised, clean) >= 0.99
    assert caught <= 0.01


def test_without_a_recogniser_most_of_them_are() -> None:
    texts = [*development_texts(), *written_texts()]
    recognised, clean, caught = rates(texts, partial(find_case_data, is_published=library_publishes))
    assert min(recognised, clean) >= 0.96
    assert caught <= 0.06


def test_a_suggestion_is_not_caught_again(model: NameModel) -> None:
    for text in written_texts()[::8]:
        suggestion = without_case_data(text.text, find_case_data(text.text, scores=model))
        assert find_case_data(suggestion, scores=model) == [], suggestion


def test_published_contacts_are_not_case_data() -> None:
    assert find_case_data("ring 01632 960100", lambda words: words == "01632 960100") == []


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Mrs Ashdown refuses consent. May I share?", "Mrs [name] refuses consent. May I share?"),
        ("Mia's mum (Anna Holt) is out.", "[name 1]'s mum ([name 2]) is out."),
        (
            "Tom Holt hit me, says Mia. Is Tom to be told?",
            "[name 1] hit me, says [name 2]. Is [name 1] to be told?",
        ),
        ("Anna, and then anna again", "[name], and then [name] again"),
        (
            "Mia Holt, 11/02/2020, 33 Station Parade, CT58 1LB: child in need?",
            "[name], [date of birth], [address]: child in need?",
        ),
        ("dob 03/05/19, NHS 999 483 3782", "dob [date of birth], NHS [NHS number]"),
    ],
)
def test_the_suggestion_reads_well(text: str, suggestion: str) -> None:
    assert without_case_data(text, find_case_data(text)) == suggestion


def test_labels_alone_are_a_plain_question() -> None:
    assert find_case_data("Mr [name 1], called [name 2], born [date of birth], at [address]") == []
