"""Every answer leaves a record, of what may be kept and of no more; and no record ever costs an answer."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, select

from assistant.answers import Answer, AnswerStatus
from assistant.archive import Archive
from assistant.audit import Audit
from assistant.records import Records
from corpus.database import next_in_line, open_database
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


def test_of_many_who_record_at_once_none_is_lost_however_slow_the_database(
    engine: Engine, archive: Archive, recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.records.next_in_line", slowly)
    monkeypatch.setattr("assistant.records._PATIENCE_SECONDS", 1.0)
    records, start = recording(engine), threading.Barrier(40)

    def keep(number: int) -> Answer:
        start.wait()
        return records.keep(answered(f"question {number}"), CONVERSATION)

    # One by one, the last would wait for two seconds.
    with ThreadPoolExecutor(40) as threads:
        kept = list(threads.map(keep, range(40)))

    assert records.lost == 0
    assert {record.answer.id: record.answer for record in archive.all()} == {each.id: each for each in kept}
    assert Audit(engine).verify().is_whole


def test_a_database_that_hangs_costs_the_records_and_some_seconds(
    engine: Engine, recording: Recording, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    goes_on, hangs = threading.Event(), threading.Event()

    @contextmanager
    def hanging(engine: Engine) -> Iterator[Connection]:
        hangs.set()
        assert goes_on.wait(30)
        with next_in_line(engine) as connection:
            yield connection

    monkeypatch.setattr("assistant.records.next_in_line", hanging)
    monkeypatch.setattr("assistant.records._PATIENCE_SECONDS", 0.2)
    records = recording(engine)
    with ThreadPoolExecutor(5) as threads:
        first = threads.submit(records.keep, answered("first"))
        assert hangs.wait(30)
        others = list(threads.map(records.keep, [answered(f"{SECRET} {number}") for number in range(4)]))
        goes_on.set()

    assert first.result().id
    assert [answer.id for answer in others] == [None] * 4
    assert records.lost == 4
    assert "Too many answers wait to be recorded" in caplog.text
    assert SECRET not in caplog.text
    assert records.keep(answered("after")).id
    assert Audit(engine).verify().records == 2


def test_an_answer_that_cannot_be_recorded_costs_no_other(
    engine: Engine, recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.records.next_in_line", slowly)
    records = recording(engine)
    given = [replace(answered(f"question {number}"), confidence=number / 10) for number in range(8)]
    given[5] = replace(given[5], confidence=math.nan)

    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(records.keep, given))

    assert [number for number, answer in enumerate(kept) if answer.id is None] == [5]
    assert records.lost == 1
    verdict = Audit(engine).verify()
    assert (verdict.is_whole, verdict.records) == (True, 7)


@contextmanager
def slowly(engine: Engine) -> Iterator[Connection]:
    with next_in_line(engine) as connection:
        time.sleep(0.05)
        yield connection
