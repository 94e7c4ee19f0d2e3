"""Turns come from the records where there are any, else from memory, and never from a stranger."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.answers import Answer, AnswerStatus
from assistant.archive import Archive
from assistant.conversations import Conversations, key_of, turn_of
from assistant.enquiry import Turn
from assistant.records import Records
from assistant.retention import Retention
from corpus.errors import StoreError
from corpus.settings import RecordsSettings
from tests.assistant.recording import CONVERSATION, Clock, answered, citation


def test_the_last_four_turns_come_back_with_the_places_they_cited(records: Records, archive: Archive) -> None:
    for number in range(6):
        cited = citation(1), citation(2, start=900), citation(3, document="6-2-escalation")
        records.keep(answered(str(number), *cited), CONVERSATION)

    turns = archive.turns(CONVERSATION)

    assert [turn.question for turn in turns] == ["2", "3", "4", "5"]
    assert turns[0].cited == ("2-1-referral#2.1.1", "6-2-escalation#2.1.1")


def test_a_recorded_turn_is_the_turn_that_memory_would_hold(records: Records, archive: Archive) -> None:
    answer = records.keep(answered(), CONVERSATION)
    assert archive.turns(CONVERSATION) == (turn_of(answer),)


@pytest.mark.parametrize(
    "status", [AnswerStatus.CASE_DATA, AnswerStatus.IMMEDIATE_DANGER, AnswerStatus.OUT_OF_SCOPE]
)
def test_what_was_no_question_is_no_turn(records: Records, archive: Archive, status: AnswerStatus) -> None:
    records.keep(answered("before"), CONVERSATION)
    records.keep(Answer(status, "thank you"), CONVERSATION)
    assert [turn.question for turn in archive.turns(CONVERSATION)] == ["before"]


def test_a_question_of_the_next_day_stands_alone(records: Records, archive: Archive, clock: Clock) -> None:
    records.keep(answered(), CONVERSATION)
    clock.time += timedelta(hours=12)
    assert archive.turns(CONVERSATION)
    clock.time += timedelta(seconds=1)
    assert archive.turns(CONVERSATION) == ()


def test_a_conversation_whose_id_can_be_guessed_is_not_recorded_as_one(
    records: Records, archive: Archive
) -> None:
    records.keep(answered(), "one")
    assert archive.turns("one") == ()
    assert [key_of(name) for name in (None, "", "one", "x" * 21)] == [None] * 4
    assert key_of("x" * 22)


def test_an_erased_conversation_has_no_turns(engine: Engine, records: Records, archive: Archive) -> None:
    records.keep(answered(), CONVERSATION)
    Retention(engine, RecordsSettings()).erase_conversation(CONVERSATION)
    assert archive.turns(CONVERSATION) == ()


def test_memory_serves_where_nothing_is_recorded_or_the_register_does_not_answer() -> None:
    def broken(_: str) -> tuple[Turn, ...]:
        raise StoreError("The register is gone.")

    for recorded in (lambda _: (), broken):
        conversations = Conversations(recorded)
        conversations.add(CONVERSATION, Turn("one"))
        assert conversations.turns(CONVERSATION) == (Turn("one"),)
        assert conversations.forget(CONVERSATION)
        assert not conversations.forget(CONVERSATION)
        assert conversations.turns(CONVERSATION) == ()
