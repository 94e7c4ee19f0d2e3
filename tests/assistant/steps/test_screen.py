"""What is typed is screened before anything else sees it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import Answer, AnswerStatus
from assistant.enquiry import Enquiry
from assistant.name_model import Span
from assistant.steps.screen import Screen, visible
from corpus.errors import ModelError
from tests.assistant.screening import Scores


def screened(text: str) -> Enquiry | Answer:
    return Screen(lambda _: False)(Enquiry(text))


def test_danger_comes_before_case_data() -> None:
    answer = screened("Mr Ashdown is hitting his son now")
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.IMMEDIATE_DANGER
    assert answer.question == ""
    assert answer.suggestion == "Mr [name] is hitting his son now"


def test_danger_without_case_data_has_nothing_to_leave_out() -> None:
    answer = screened("He is hitting his son now")
    assert isinstance(answer, Answer)
    assert answer.suggestion is None


def test_danger_is_told_where_the_recogniser_of_names_is_gone() -> None:
    def gone(_: str, __: Sequence[Span]) -> Sequence[float]:
        raise ModelError("The recogniser of names is gone.", "Install it.")

    answer = Screen(lambda _: False, gone)(Enquiry("Mr Ashdown is hitting his son now"))
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.IMMEDIATE_DANGER


def test_case_data_is_offered_back_without_it_and_not_kept() -> None:
    answer = screened("Mrs Ashdown refuses consent, may I share?")
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.CASE_DATA
    assert answer.suggestion == "Mrs [name] refuses consent, may I share?"
    assert "Ashdown" not in repr(answer)


def test_nothing_visible_is_out_of_scope() -> None:
    answer = screened(" \u200b\n")
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.OUT_OF_SCOPE


def test_hidden_characters_are_dropped_and_words_kept() -> None:
    assert visible("How\u200b long\U000e0041\x07  is\n it?") == "How long is it?"
    unusual = "\uff21 \uff4d\uff41\uff4e\x00is \U0001d421\U0001d422\U0001d42d\U0001d42ding him \ud83d"
    assert visible(unusual) == "A man is hitting him"


def test_a_plain_question_goes_on() -> None:
    enquiry = screened("How long may an assessment take?")
    assert isinstance(enquiry, Enquiry)


def test_the_recogniser_of_names_is_asked() -> None:
    answer = Screen(lambda _: False, Scores(qwenda=0.9))(Enquiry("can qwenda be seen at school?"))
    assert isinstance(answer, Answer)
    assert answer.suggestion == "can [name] be seen at school?"
    assert isinstance(screened("can qwenda be seen at school?"), Enquiry)
