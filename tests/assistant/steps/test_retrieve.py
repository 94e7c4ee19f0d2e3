"""What is found is handed on where it is enough; of several things asked, what is not held is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.answers import Answer, AnswerStatus
from assistant.enquiry import Enquiry, Found
from assistant.retriever import Results
from assistant.reviews import asked_of
from assistant.steps.retrieve import Retrieve
from corpus.documents import Part
from corpus.settings import RetrievalSettings
from tests.assistant.making import found

HELD = "How soon must a referral be decided"
NOT_HELD = "where do staff park their cars"
RULE, OTHER = found("It must be decided within 1 day."), found("Cars.", start=50)


class Known:
    """Finds a rule for what it knows, and something useless for all else."""

    def __init__(self, *known: str) -> None:
        self._known = known
        self.answerability = 1.0
        self.unsaid: frozenset[str] = frozenset()
        self.asked: list[dict[str, Any]] = []

    def results(self, question: str, **more: Any) -> Results:
        self.asked.append({"question": question, **more})
        knows = question in self._known
        passages: tuple[Found, ...] = (RULE, OTHER) if knows else (OTHER,)
        said = 0.0 if question in self.unsaid else self.answerability
        return Results(passages, 0.9 if knows else 0.1, said, question)


def retrieved(question: str, *known: str) -> Enquiry | Answer:
    step = Retrieve(Known(*known), RetrievalSettings(min_confidence=0.5))  # type: ignore[arg-type]
    return step(Enquiry(question, standalone=question))


def test_too_weak_a_find_ends_in_not_in_corpus() -> None:
    answer = retrieved("Where do staff park?")
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.NOT_IN_CORPUS


def test_what_is_found_and_does_not_say_it_is_handed_on_as_such() -> None:
    known = Known(HELD)
    for answerability, is_said in ((0.1, False), (0.3, True)):
        known.answerability = answerability
        step = Retrieve(known, RetrievalSettings(min_answerability=0.2))  # type: ignore[arg-type]
        enquiry = step(Enquiry(HELD, standalone=HELD))
        assert isinstance(enquiry, Enquiry)
        assert enquiry.is_said is is_said


@pytest.mark.parametrize(
    ("question", "is_said"),
    [
        ("How many days until a referral is decided?", True),
        ("How many days until a complaint is decided?", False),
        ("Who decided a referral?", False),
        ("How long?", False),
    ],
)
def test_a_line_with_a_time_limit_of_all_that_it_is_asked_for_says_it(question: str, is_said: bool) -> None:
    class Found(Known):
        def results(self, asked: str, **_: Any) -> Results:
            return Results((found("The referral must be decided within 1 day."),), 0.9, 0.1, asked)

    enquiry = Retrieve(Found(), RetrievalSettings())(Enquiry(question, standalone=question))  # type: ignore[arg-type]
    assert isinstance(enquiry, Enquiry)
    assert enquiry.is_said is is_said


def test_of_a_follow_up_it_is_not_told_whether_it_is_said() -> None:
    known = Known("who? by when?")
    known.answerability = 0.0
    step = Retrieve(known, RetrievalSettings())  # type: ignore[arg-type]
    enquiry = step(Enquiry("by when?", standalone="who? by when?", latest="by when?", leans=True))
    assert isinstance(enquiry, Enquiry)
    assert enquiry.is_said


def test_a_part_that_is_not_held_is_named_and_draws_nothing_in() -> None:
    whole = f"{HELD} and {NOT_HELD}?"
    enquiry = retrieved(whole, whole, HELD)
    assert isinstance(enquiry, Enquiry)
    assert enquiry.not_held == (NOT_HELD,)
    assert enquiry.found[0] == RULE


def test_a_part_that_what_was_found_does_not_seem_to_say_is_named() -> None:
    whole = f"{HELD} and {NOT_HELD}?"
    known = Known(whole, HELD, NOT_HELD)
    known.unsaid = frozenset({NOT_HELD})
    enquiry = Retrieve(known, RetrievalSettings())(Enquiry(whole, standalone=whole))  # type: ignore[arg-type]
    assert isinstance(enquiry, Enquiry)
    assert enquiry.not_held == (NOT_HELD,)


def test_one_part_that_is_held_is_answered_where_the_whole_is_too_weak() -> None:
    enquiry = retrieved(f"{HELD} and {NOT_HELD}?", HELD)
    assert isinstance(enquiry, Enquiry)
    assert enquiry.confidence == 1.0


def test_where_all_parts_are_held_the_best_of_each_comes_first() -> None:
    whole = f"{HELD} and {NOT_HELD}?"
    enquiry = retrieved(whole, whole, HELD, NOT_HELD)
    assert isinstance(enquiry, Enquiry)
    assert enquiry.not_held == ()
    assert [item.live.passage.id for item in enquiry.found] == ["manual-0", "manual-50"]


def test_a_follow_up_is_searched_for_with_its_last_turn_and_the_documents_near() -> None:
    known = Known("who? by when?")
    near = frozenset({"manual"})
    Retrieve(known, RetrievalSettings(min_confidence=0.5))(  # type: ignore[arg-type]
        Enquiry("by when?", standalone="who? by when?", latest="by when?", leans=True, near=near)
    )
    assert known.asked == [{"question": "who? by when?", "latest": "by when?", "near": near}]


class Reads:
    """Finds these passages, so sure and so much said, for these questions."""

    def __init__(self, **known: tuple[str, float, float]) -> None:
        self._known = known

    def results(self, question: str, **more: Any) -> Results:
        text, confidence, answerability = self._known["together" if more.get("latest") else "alone"]
        return Results((found(text),), confidence, answerability, question)


SHORT = Enquiry("when is it told?", standalone="bruise? when is it told?", latest="when is it told?")


def read(asked: Enquiry = SHORT, **known: tuple[str, float, float]) -> str:
    enquiry = Retrieve(Reads(**known), RetrievalSettings())(asked)  # type: ignore[arg-type]
    assert isinstance(enquiry, Enquiry)
    return enquiry.standalone


def test_a_short_question_belongs_to_what_came_before_where_that_meets_its_words_as_well() -> None:
    together, alone = ("A bruise is told the same day.", 0.9, 0.8), ("All is told.", 0.9, 0.85)
    assert read(together=together, alone=alone) == SHORT.standalone
    assert read(together=("A bruise.", 0.9, 0.8), alone=alone) == SHORT.latest
    assert read(together=together, alone=("All is told.", 0.9, 0.95)) == SHORT.latest


def test_a_bare_question_stands_alone_only_where_that_is_sure() -> None:
    bare, together = replace(SHORT, is_bare=True), ("A bruise.", 0.9, 0.8)
    for confidence, read_as in ((0.85, SHORT.latest), (0.7, SHORT.standalone)):
        alone = ("All is told.", confidence, 0.85)
        assert read(bare, together=together, alone=alone) == read_as
        assert read(together=together, alone=alone) == SHORT.latest


def test_what_reviews_learned_is_searched_for_among_what_they_learned() -> None:
    known = Known("neglect")
    step = Retrieve(known, RetrievalSettings(min_confidence=0.5))  # type: ignore[arg-type]
    question = "What have reviews learned about neglect?"
    enquiry = step(Enquiry(question, standalone=question, of_review=asked_of(question)))
    assert isinstance(enquiry, Enquiry)
    assert known.asked == [{"question": "neglect", "parts": {Part.KEY_LEARNING}}]
    assert enquiry.found == (RULE, OTHER)


def test_where_no_review_learned_anything_of_it_all_is_searched() -> None:
    known = Known("What have reviews learned about parking?")
    step = Retrieve(known, RetrievalSettings(min_confidence=0.5))  # type: ignore[arg-type]
    question = "What have reviews learned about parking?"
    enquiry = step(Enquiry(question, standalone=question, of_review=asked_of(question)))
    assert isinstance(enquiry, Enquiry)
    assert [each["question"] for each in known.asked] == [
        "parking",
        "What have reviews learned about parking?",
    ]


def test_what_was_told_already_is_not_searched_for() -> None:
    known = Known()
    step = Retrieve(known, RetrievalSettings())  # type: ignore[arg-type]
    told = Enquiry(HELD, standalone=HELD, draft=Answer(AnswerStatus.ANSWERED, HELD))
    assert step(told) is told
    assert known.asked == []
