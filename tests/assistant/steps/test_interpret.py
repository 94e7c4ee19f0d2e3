"""A follow-up is read with what it leans on; a question that stands alone is left alone."""

from __future__ import annotations

import pytest

from assistant.answers import Answer, AnswerStatus, Replies
from assistant.enquiry import Enquiry, Turn
from assistant.steps.interpret import Interpret
from corpus.settings import AnswerSettings

FIRST = Turn(
    "Who calls a strategy discussion?", ("2-3-strategy#2.3.4", "2-3-strategy#2.3.5", "2-4-enquiry#2.4.1")
)


def read(text: str, *turns: Turn) -> Enquiry:
    taken = Interpret(Replies(AnswerSettings()))(Enquiry(text, turns))
    assert isinstance(taken, Enquiry)
    return taken


@pytest.mark.parametrize("text", ["and how long do they have?", "what about for a baby?", "by when?"])
def test_a_follow_up_takes_the_question_before_it(text: str) -> None:
    enquiry = read(text, FIRST)
    assert enquiry.standalone == f"Who calls a strategy discussion? {text}"
    assert enquiry.latest == text


def test_a_follow_up_keeps_the_documents_that_were_cited_near() -> None:
    assert read("by when?", FIRST).near == {"2-3-strategy", "2-4-enquiry"}


def test_a_follow_up_of_a_follow_up_takes_both_questions_before_it() -> None:
    enquiry = read("and if she is ill?", FIRST, Turn("who chairs it?"))
    assert enquiry.standalone == "Who calls a strategy discussion? who chairs it? and if she is ill?"


def test_however_many_turns_lie_between_the_question_that_names_the_matter_is_kept() -> None:
    turns = [FIRST, Turn("who chairs it?"), Turn("by when?"), Turn("who tells them?")]
    enquiry = read("and if she is ill?", *turns)
    assert enquiry.standalone == "Who calls a strategy discussion? who tells them? and if she is ill?"


def test_a_long_question_that_points_to_nothing_stands_alone() -> None:
    text = "How often does the council visit a child who lives with a private foster carer?"
    enquiry = read(text, FIRST)
    assert (enquiry.standalone, enquiry.latest, enquiry.near) == (text, "", frozenset())


def test_a_short_question_that_points_to_nothing_may_belong_to_what_came_before() -> None:
    text = "When must the parents and the police be told?"
    enquiry = read(text, FIRST)
    assert (enquiry.standalone, enquiry.latest, enquiry.leans) == (f"{FIRST.question} {text}", text, False)
    assert (enquiry.is_bare, read("When must they?", FIRST).is_bare) == (False, True)


@pytest.mark.parametrize(
    "text", ["different question: who tells them?", "Sorry, new topic - who tells them?"]
)
def test_a_question_that_says_it_is_another_stands_alone(text: str) -> None:
    assert read(text, FIRST).standalone == "who tells them?"


def test_a_first_question_is_searched_for_as_it_is() -> None:
    assert read("by when?").standalone == "by when?"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hello", "Hello"),
        ("thanks!", "welcome"),
        ("who are you?", "not a person"),
        ("you are useless", "sorry"),
        ("that does not answer my question", "other words"),
    ],
)
def test_what_asks_nothing_gets_its_fixed_reply(text: str, words: str) -> None:
    answer = Interpret(Replies(AnswerSettings()))(Enquiry(text, (FIRST,)))
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.OUT_OF_SCOPE
    assert words in answer.message
