"""What is over its time goes, and what a person wants gone goes at once, also from the files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from assistant.archive import Archive
from assistant.audit import Audit
from assistant.feedback import Feedback, FeedbackBox
from assistant.records import Records
from assistant.retention import Purged, Retention
from corpus.database import open_database
from corpus.errors import NotKept
from corpus.settings import DatabaseSettings, RecordsSettings
from corpus.tables import answer_citations, answer_feedback
from tests.assistant.recording import CONVERSATION, NOON, QUOTE, Clock, answered

SETTINGS = RecordsSettings(retention_days=30, audit_days=2192)
OTHER = "0ther" * 6


@pytest.fixture
def retention(engine: Engine, clock: Clock) -> Retention:
    return Retention(engine, SETTINGS, clock)


def test_nothing_goes_before_its_time(
    records: Records, retention: Retention, archive: Archive, clock: Clock
) -> None:
    records.keep(answered(), CONVERSATION)
    clock.time = NOON + timedelta(days=30)
    assert retention.purge() == Purged(0, 0)
    assert archive.conversation(CONVERSATION)


def test_after_a_month_the_question_goes_and_the_cited_words_stay(
    engine: Engine, records: Records, retention: Retention, archive: Archive, clock: Clock
) -> None:
    old = records.keep(answered("old"), CONVERSATION)
    FeedbackBox(engine).put(old.id or "", Feedback(useful=False, comment="too long"))
    clock.time = NOON + timedelta(days=10)
    records.keep(answered("young"), OTHER)
    clock.time = NOON + timedelta(days=31)

    assert retention.purge() == Purged(1, 0)

    young, gone = archive.newest(2)
    assert (gone.answer.question, gone.answer.standalone) == ("", "")
    assert gone.answer.citations == old.citations
    assert gone.feedback == Feedback(useful=False)
    assert young.answer.question == "young"
    with pytest.raises(NotKept):
        archive.conversation(CONVERSATION)
    verdict = Audit(engine).verify()
    assert verdict.is_whole
    assert (verdict.without_question, verdict.without_words) == (1, 0)


def test_after_six_years_the_record_goes_and_the_rest_is_still_a_chain(
    engine: Engine, records: Records, retention: Retention, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.retention._MANY", 4)
    for number in range(30):
        clock.time = NOON + timedelta(days=100 * number)
        records.keep(answered(f"question {number}"))
    noted = Audit(engine).head().hash
    clock.time = NOON + timedelta(days=2192 + 1_001)

    assert retention.purge() == Purged(30, 11)

    verdict = Audit(engine).verify(noted)
    assert verdict.is_whole
    assert (verdict.records, verdict.first) == (19, 12)
    records.keep(answered("next"))
    clock.time += timedelta(days=9_000)
    assert retention.purge() == Purged(1, 20)
    assert Audit(engine).verify().is_whole
    records.keep(answered("after all"))
    assert Audit(engine).verify().first == 32


def test_a_conversation_goes_at_once_and_no_other(
    engine: Engine, records: Records, retention: Retention, archive: Archive
) -> None:
    mine = records.keep(answered("mine"), CONVERSATION)
    records.keep(answered("mine, too"), CONVERSATION)
    theirs = records.keep(answered("theirs"), OTHER)
    FeedbackBox(engine).put(mine.id or "", Feedback(useful=True))

    assert retention.erase_conversation(CONVERSATION) == 2

    with pytest.raises(NotKept):
        archive.conversation(CONVERSATION)
    assert [record.answer for record in archive.conversation(OTHER)] == [theirs]
    with engine.connect() as connection:
        assert connection.execute(select(answer_feedback)).all() == []
        assert len(connection.execute(select(answer_citations)).all()) == 1
    with pytest.raises(NotKept):
        retention.erase_conversation(CONVERSATION)


def test_one_answer_can_go_alone(records: Records, retention: Retention, archive: Archive) -> None:
    wrong = records.keep(answered("this one"), CONVERSATION)
    right = records.keep(answered("not this one"), CONVERSATION)

    retention.erase_answer(wrong.id or "")

    gone, kept = archive.conversation(CONVERSATION)
    assert (gone.answer.question, gone.answer.sentences) == ("", ())
    assert kept.answer == right


@pytest.mark.parametrize("conversation_id", ["one", "", "unknown" * 5])
def test_there_is_nothing_to_remove_of_an_unknown_or_guessable_conversation(
    records: Records, retention: Retention, conversation_id: str
) -> None:
    records.keep(answered(), "one")
    records.keep(answered(), "")
    records.keep(answered())
    with pytest.raises(NotKept):
        retention.erase_conversation(conversation_id)


@pytest.mark.parametrize("how", ["erase", "purge"])
def test_no_byte_of_what_was_removed_is_left_in_the_files(
    tmp_path: Path, recording: Callable[[Engine], Records], clock: Clock, how: str
) -> None:
    engine = open_database(DatabaseSettings(), tmp_path)
    records, retention = recording(engine), Retention(engine, SETTINGS, clock)
    for number in range(50):
        records.keep(answered(f"a very special question {number} " * 200), CONVERSATION)
    assert b"very special question" in _bytes(tmp_path)

    if how == "erase":
        retention.erase_conversation(CONVERSATION)
    else:
        clock.time += timedelta(days=31)
        retention.purge()

    assert b"very special question" not in _bytes(tmp_path)
    assert (QUOTE.encode()[:40] in _bytes(tmp_path)) is (how == "purge")
    engine.dispose()


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("register.sqlite*"))
