"""An answer ends the walk, a fault becomes `unavailable`, and danger needs no other part."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from assistant.answers import Answer, AnswerStatus, Replies
from assistant.danger import Opinion
from assistant.enquiry import Enquiry
from assistant.pipeline import AnswerPipeline
from assistant.steps.screen import Screen
from corpus.errors import StoreError
from corpus.settings import AnswerSettings

REPLIES = Replies(AnswerSettings(front_door_phone="01632 960100"))


class Broken:
    name = "retrieve"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __call__(self, _: Enquiry) -> Enquiry | Answer:
        raise self._error


def pipeline(*steps: object) -> AnswerPipeline:
    return AnswerPipeline(steps, REPLIES)  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [StoreError("The register is gone."), RuntimeError("boom: secret")])
def test_a_fault_becomes_unavailable_and_tells_what_to_do(error: Exception) -> None:
    answer = pipeline(Broken(error)).answer(Enquiry("How long?"))
    assert answer.status is AnswerStatus.UNAVAILABLE
    assert "do not wait for me" in answer.message


def test_danger_is_signposted_when_everything_else_is_down() -> None:
    def down(_: str) -> bool:
        raise StoreError("down")

    steps = Screen(down), Broken(StoreError("down"))
    answer = pipeline(*steps).answer(Enquiry("He is hitting her now"))
    assert answer.status is AnswerStatus.IMMEDIATE_DANGER
    assert answer.signpost
    assert answer.signpost.startswith("If a child is in immediate danger, ring 999")
    assert "01632 960100" in answer.signpost


def test_neither_question_nor_foreign_message_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        pipeline(Broken(RuntimeError("about Tobias"))).answer(Enquiry("Is Tobias safe?"))
    assert "Tobias" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_every_answer_carries_timings_of_the_steps_taken() -> None:
    answer = pipeline(Screen(lambda _: False), Broken(StoreError("down"))).answer(Enquiry("How long?"))
    assert list(answer.timings) == ["screen", "retrieve"]


def test_a_pipeline_that_ends_without_an_answer_is_a_fault() -> None:
    with pytest.raises(TypeError):
        pipeline(Screen(lambda _: False)).answer(Enquiry("How long?"))


@pytest.mark.parametrize("ending", [AnswerStatus.NOT_IN_CORPUS, AnswerStatus.UNAVAILABLE])
def test_a_doubtful_alarm_without_an_answer_to_show_below_it_is_an_alarm(ending: AnswerStatus) -> None:
    class Ends:
        name = "retrieve"

        def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
            assert enquiry.may_be_danger
            return Answer(ending, enquiry.text)

    doubting = Screen(lambda _: False, recognises=lambda _: Opinion.HARDLY, answers_below=True)
    answer = pipeline(doubting, Ends()).answer(Enquiry("He is hitting her now"))
    assert answer.status is AnswerStatus.IMMEDIATE_DANGER
    assert answer.question == ""


def test_where_the_question_is_not_given_back_its_reading_is_not_either() -> None:
    class Doubted:
        name = "screen"

        def __call__(self, enquiry: Enquiry) -> Enquiry:
            return replace(enquiry, may_be_danger=True, standalone="Is he hitting her?")

    answer = pipeline(Doubted(), Broken(StoreError("down"))).answer(Enquiry("Is he hitting her?"))
    assert answer.status is AnswerStatus.IMMEDIATE_DANGER
    assert (answer.question, answer.standalone) == ("", "")
