"""Which questions ask for a part of a review, and for which."""

from __future__ import annotations

import pytest

from assistant.reviews import AskedOf, ReviewPart, asked_of
from corpus.documents import Part


@pytest.mark.parametrize(
    ("question", "part", "pseudonym", "subject"),
    [
        ("What did the review of Child R find?", "key_learning", "Child R", ""),
        ("tell me about the child m review", "key_learning", "child m", ""),
        ("What went wrong in the Family D case?", "key_learning", "Family D", ""),
        ("What have reviews taught us about fathers?", "key_learning", "", "fathers"),
        ("lessons learned about neglect", "key_learning", "", "neglect"),
        ("What does the briefing on curiosity recommend?", "recommendation", "", "curiosity"),
        ("What recommendations were made about bruising?", "recommendation", "", "bruising"),
        ("What has changed since the review of Child T?", "action", "Child T", ""),
        ("What happened to Child B?", "circumstances", "Child B", ""),
        ("Discussion questions about neglect", "discussion_point", "", "neglect"),
    ],
)
def test_a_part_of_a_review_is_asked_for(question: str, part: str, pseudonym: str, subject: str) -> None:
    asked = asked_of(question)
    assert asked is not None
    assert (asked.parts, asked.pseudonym, asked.subject) == ((ReviewPart(part),), pseudonym, subject)


@pytest.mark.parametrize(
    "question",
    [
        "What is a practice review?",
        "How soon must a rapid review be done?",
        "What did the review conference recommend?",
        "When must a return home interview be held after a child is found?",
        "Who recommends legal action?",
        "Child A has a bruise. What must I do?",
        "Dad rang the surgery about the nappy, the receptionist hung up. What did the review recommend?",
    ],
)
def test_other_questions_ask_for_none(question: str) -> None:
    assert asked_of(question) is None


def test_several_parts_are_told_in_the_order_of_a_briefing() -> None:
    asked = asked_of("What did the review of Child R recommend, and what did it find?")
    assert asked is not None
    assert asked.parts == (ReviewPart.KEY_LEARNING, ReviewPart.RECOMMENDATION)
    assert asked.marked == {Part.KEY_LEARNING, Part.RECOMMENDATION}


def test_a_follow_up_asks_for_another_part_or_of_another_review() -> None:
    before = "What did the review of Child R find?"

    def then(latest: str) -> AskedOf | None:
        return asked_of(f"{before} {latest}", latest)

    recommended, other = then("and what did they recommend?"), then("And Child T?")
    assert recommended is not None
    assert (recommended.parts, recommended.pseudonym) == ((ReviewPart.RECOMMENDATION,), "Child R")
    assert other is not None
    assert (other.parts, other.pseudonym) == ((ReviewPart.KEY_LEARNING,), "Child T")
    assert then("how long do they have?") is None
