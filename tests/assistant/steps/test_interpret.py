"""A follow-up is read with the question before it; a question that stands alone is left alone."""

from __future__ import annotations

import pytest

from assistant.enquiry import Enquiry, Turn
from assistant.steps.interpret import Interpret

BEFORE = (Turn("Who calls a strategy discussion?"),)


@pytest.mark.parametrize("text", ["and how long do they have?", "what about for a baby?", "by when?"])
def test_a_follow_up_takes_the_question_before_it(text: str) -> None:
    assert Interpret()(Enquiry(text, BEFORE)).standalone == f"Who calls a strategy discussion? {text}"


def test_a_new_subject_stands_alone() -> None:
    text = "How often is a private fostering arrangement visited by the council?"
    assert Interpret()(Enquiry(text, BEFORE)).standalone == text


def test_a_first_question_is_searched_for_as_it_is() -> None:
    assert Interpret()(Enquiry("by when?")).standalone == "by when?"
