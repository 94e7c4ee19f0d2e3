"""What is said beside the quotes: sources that do not agree, an older edition, a part that is not held."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.answers import Answer, AnswerStatus, NoticeKind, Replies
from assistant.enquiry import Enquiry, Found
from assistant.steps.compose import Compose
from assistant.steps.remark import Remark
from corpus.settings import AnswerSettings
from tests.assistant.making import found

OURS = "The first core group must meet within 10 working days of the initial conference."


def remarked(*passages: Found, said: int = 6, **more: Any) -> Answer:
    enquiry = Enquiry("How soon?", standalone="How soon?", found=passages, **more)
    composed = Compose(AnswerSettings(max_sentences=said))(enquiry)
    assert isinstance(composed, Enquiry)
    draft = Remark(Replies(AnswerSettings()), AnswerSettings())(composed).draft
    assert draft is not None
    return draft


def other(text: str, title: str = "Another manual", score: float = 0.8) -> Found:
    passage = found(text, score=score, document="another")
    return replace(passage, live=replace(passage.live, title=title))


@pytest.mark.parametrize(
    "theirs",
    [
        "The first core group must meet within 15 working days of the initial conference.",
        "The first core group must meet within 10 days of the initial conference.",
        "The first core group should meet within 3 weeks of the initial conference.",
    ],
)
def test_two_time_limits_for_one_thing_are_shown_side_by_side(theirs: str) -> None:
    answer = remarked(found(OURS), other(theirs), said=1)
    assert [sentence.text for sentence in answer.sentences] == [OURS, theirs]
    [notice] = answer.notices
    assert notice.kind is NoticeKind.DIFFERING
    assert notice.citations == (1, 2)
    assert "Another manual" in notice.text


@pytest.mark.parametrize(
    "theirs",
    [
        "The first core group must meet within ten working days of the initial conference.",
        "A later core group must meet at least every 6 weeks until the plan ends and is closed.",
        "The first core group must meet at the school, after the initial conference.",
        "The parents must see the report within 2 working days of the initial conference.",
    ],
)
def test_what_does_not_contradict_is_not_said_to(theirs: str) -> None:
    assert not remarked(found(OURS), other(theirs), said=1).notices


def test_one_document_is_not_held_against_itself() -> None:
    theirs = found(OURS.replace("10", "15"), start=500)
    assert not remarked(found(OURS), theirs, said=1).notices


def test_an_older_edition_is_named_as_such() -> None:
    old = found("Staff must read part one.")
    old = replace(old, live=replace(old.live, title="Keeping bees safe 2024"))
    answer = remarked(old, other("All staff have to know the signs.", "Keeping bees safe 2025"))
    [notice] = answer.notices
    assert notice.kind is NoticeKind.OLDER_EDITION
    assert notice.text.startswith("Keeping bees safe 2024 is an earlier edition of Keeping bees safe 2025")


def test_a_part_that_is_not_held_is_named() -> None:
    answer = remarked(found(OURS), not_held=("where do I park",))
    assert answer.status is AnswerStatus.PARTLY_ANSWERED
    assert "where do I park" in answer.notices[0].text


def test_what_does_not_say_what_is_asked_is_shown_as_the_nearest_and_no_answer() -> None:
    answer = remarked(*(found(f"Rule {n} is for group {n}.", start=90 * n) for n in range(5)), is_said=False)
    assert answer.status is AnswerStatus.NOT_IN_CORPUS
    assert len(answer.sentences) == 3
    [notice] = answer.notices
    assert notice.kind is NoticeKind.NEAREST
    assert notice.citations == (1, 2, 3)


def test_where_danger_is_doubtful_the_signpost_stands_above_the_answer() -> None:
    answer = remarked(found(OURS), may_be_danger=True)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.notices[0].kind is NoticeKind.DANGER
    assert "999" in answer.notices[0].text
