"""Every answer leaves a record, of what may be kept and of no more; and no record ever costs an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from assistant.answers import Answer, AnswerStatus
from assistant.archive import Archive
from assistant.audit import Audit
from assistant.records import Records
from corpus.database import open_database
from corpus.settings import DatabaseSettings
from corpus.tables import answer_citations, answers, metadata
from tests.assistant.recording import CONVERSATION, NOON, answered, citation

SECRET = "Tobias Baker"
Recording = Callable[[Engine], Records]


def everything(engine: Engine) -> str:
    """All rows of all tables as text."""
    with engine.connect() as connection:
        return str([connection.execute(select(table)).all() for table in metadata.sorted_tables])


def test_a_record_gives_back_the_answer_as_it_was(records: Records, archive: Archive) -> None:
    given = records.keep(answered(), CONVERSATION)

    [record] = archive.conversation(CONVERSATION)

    assert record.answer == given
    assert (record.sequence, record.at, record.feedback) == (1, NOON, None)


def test_answers_that_cite_given_words_are_found_by_sql(engine: Engine, records: Records) -> None:
    here = records.keep(answered("one", citation(1, start=40), citation(2, start=900)))
    records.keep(answered("two", citation(version=4)))
    records.keep(answered("three", citation(document="6-2-escalation")))

    cited = answer_citations.c
    overlaps = (cited.start < 60) & (cited.end > 50)
    query = select(answers.c.id).join(answer_citations, cited.sequence == answers.c.sequence)
    query = query.where(cited.document_id == "2-1-referral", cited.version == 3, overlaps)
    with engine.connect() as connection:
        assert list(connection.execute(query).scalars()) == [here.id]


def test_the_archive_finds_answers_by_document_and_version(records: Records, archive: Archive) -> None:
    first = records.keep(answered("one"))
    second = records.keep(answered("two", citation(version=4)))
    records.keep(answered("three", citation(document="6-2-escalation")))

    assert [each.answer for each in archive.newest(10, "2-1-referral")] == [second, first]
    assert [each.answer for each in archive.newest(10, "2-1-referral", 3)] == [first]
    assert [each.sequence for each in archive.newest(2)] == [3, 2]
    assert [each.sequence for each in archive.all()] == [1, 2, 3]


@pytest.mark.parametrize("status", [AnswerStatus.IMMEDIATE_DANGER, AnswerStatus.CASE_DATA])
def test_of_danger_and_case_data_status_and_timings_are_kept_and_no_words(
    engine: Engine, records: Records, archive: Archive, status: AnswerStatus
) -> None:
    answer = Answer(
        status,
        question=SECRET,
        suggestion=SECRET,
        message=SECRET,
        signpost=SECRET,
        standalone=SECRET,
        timings={"screen": 1.5},
    )

    records.keep(answer, CONVERSATION)

    [record] = archive.newest(1)
    assert record.answer == Answer(status, "", timings={"screen": 1.5}, id=record.answer.id)
    assert SECRET not in everything(engine)


def test_of_an_unavailable_answer_the_status_alone_is_kept(
    engine: Engine, records: Records, archive: Archive
) -> None:
    # What was typed may not have been screened when the fault came.
    records.keep(Answer(AnswerStatus.UNAVAILABLE, SECRET, message=SECRET, timings={"screen": 1.5}))

    [record] = archive.newest(1)
    assert record.answer == Answer(AnswerStatus.UNAVAILABLE, "", id=record.answer.id)
    assert SECRET not in everything(engine)


def test_a_status_that_is_not_listed_keeps_no_words(engine: Engine, records: Records) -> None:
    for status in AnswerStatus:
        records.keep(Answer(status, f"{SECRET} {status}"))
    kept = {"answered", "partly_answered", "not_in_corpus", "out_of_scope"}
    assert {word for word in AnswerStatus if f"{SECRET} {word}" in everything(engine)} == kept


def test_the_id_of_a_conversation_is_kept_nowhere(engine: Engine, records: Records) -> None:
    records.keep(answered(), CONVERSATION)
    assert CONVERSATION not in everything(engine)


def test_odd_characters_are_kept(records: Records, archive: Archive) -> None:
    records.keep(answered("zero \x00, half \ud800, “quoted”, 👶"), CONVERSATION)
    [record] = archive.conversation(CONVERSATION)
    assert record.answer.question == "zero \x00, half \ud800, “quoted”, 👶"


def test_a_full_disk_costs_the_record_and_not_the_answer(
    tmp_path: Path, recording: Recording, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_database(DatabaseSettings(), tmp_path)
    before = recording(engine).keep(answered("before"))

    event.listen(Engine, "connect", no_room_left)
    try:
        records = recording(engine)
        lost = [records.keep(answered(f"{SECRET} {number}" * 500)) for number in range(3)]
    finally:
        event.remove(Engine, "connect", no_room_left)
    after = recording(engine).keep(answered("after"))

    assert [answer.id for answer in lost] == [None] * 3
    assert records.lost == 3
    assert "The disk is full" in caplog.text
    assert SECRET not in caplog.text
    assert Audit(engine).verify().is_whole
    assert [record.answer for record in Archive(engine).all()] == [before, after]
    engine.dispose()


def no_room_left(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA max_page_count = 1")


def test_a_locked_database_costs_the_record_and_two_seconds(
    database: DatabaseSettings,
    records: Records,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = open_database(database, tmp_path)
    with other.connect() as connection:
        if database.url:
            connection.exec_driver_sql("LOCK TABLE answers")
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        lost = records.keep(answered(SECRET))
    other.dispose()

    assert (lost.id, lost.question, records.lost) == (None, SECRET, 1)
    assert "busy with another writer" in caplog.text
    assert SECRET not in caplog.text
    assert records.keep(answered("after")).id


def test_a_table_that_is_gone_costs_the_record_alone(
    engine: Engine, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE answers RENAME TO gone")
    try:
        with caplog.at_level(logging.DEBUG):
            assert records.keep(answered(SECRET)).id is None
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE gone RENAME TO answers")

    assert records.lost == 1
    assert SECRET not in caplog.text


def test_a_fault_nobody_foresaw_is_logged_by_its_type(
    records: Records, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr("assistant.records.write_link", broken)

    assert records.keep(answered()).id is None
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text
