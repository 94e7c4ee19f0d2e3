"""Whatever is done to the records is found and named, but for removals that are meant to be."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, delete, insert, select, text, update

from assistant.archive import Archive
from assistant.audit import Audit
from assistant.chain import HEAD, Link, canonical, linked, sealed, write_link
from assistant.records import Records
from assistant.retention import Retention
from corpus.settings import DatabaseSettings, RecordsSettings
from corpus.tables import answer_citations, answer_questions, answer_words, answers
from tests.assistant.recording import CONVERSATION, NOON, answered, append, start

KILLED = -9
CHILDREN = (answer_citations, answer_words, answer_questions)


@pytest.fixture
def chain(engine: Engine, records: Records) -> Engine:
    """Five records, numbered from 1."""
    for number in range(1, 6):
        records.keep(answered(f"question {number}"), CONVERSATION)
    return engine


def unprotected(engine: Engine) -> Engine:
    """As somebody works who opens the database with other tools: SQLite then checks no foreign key."""
    if engine.dialect.name == "sqlite":
        return create_engine(engine.url)
    return engine


def remove(connection: Connection, sequence: int) -> None:
    for table in (*CHILDREN, answers):
        connection.execute(delete(table).where(table.c.sequence == sequence))


def renumber(connection: Connection, before: int, after: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))
    for table in (answers, *CHILDREN):
        connection.execute(update(table).where(table.c.sequence == before).values(sequence=after))


def change_status(connection: Connection) -> None:
    connection.execute(update(answers).where(answers.c.sequence == 3).values(status="not_in_corpus"))


def change_time(connection: Connection) -> None:
    earlier = NOON - timedelta(days=365)
    connection.execute(update(answers).where(answers.c.sequence == 3).values(at=earlier))


def change_question(connection: Connection) -> None:
    forged = sealed({"question": "another", "standalone": "another", "message": ""})
    connection.execute(update(answer_questions).where(answer_questions.c.sequence == 3).values(text=forged))


def change_words(connection: Connection) -> None:
    query = select(answer_words.c.text).where(answer_words.c.sequence == 3)
    words = json.loads(connection.execute(query).scalar_one())
    words["sentences"][0]["modality"] = "may"
    connection.execute(update(answer_words).where(answer_words.c.sequence == 3).values(text=canonical(words)))


def change_citation(connection: Connection) -> None:
    connection.execute(update(answer_citations).where(answer_citations.c.sequence == 3).values(version=99))


def insert_one(connection: Connection) -> None:
    """Between 2 and 3, with a hash that follows on from 2."""
    renumber(connection, 5, 6)
    renumber(connection, 4, 5)
    renumber(connection, 3, 4)
    before = connection.execute(select(answers).where(answers.c.sequence == 2)).one()._asdict()
    forged = before | {"sequence": 3, "id": "f" * 32, "question_sha256": None, "words_sha256": None}
    link = linked(Link(2, before["hash"]), forged)
    forged |= {"previous_hash": before["hash"], "hash": link.hash}
    connection.execute(insert(answers).values(forged))


def remove_one(connection: Connection) -> None:
    remove(connection, 2)


def remove_one_and_close_the_gap(connection: Connection) -> None:
    remove(connection, 3)
    renumber(connection, 4, 3)
    renumber(connection, 5, 4)


def swap_two(connection: Connection) -> None:
    renumber(connection, 3, 9)
    renumber(connection, 4, 3)
    renumber(connection, 9, 4)


def cut_off_the_newest(connection: Connection) -> None:
    remove(connection, 5)
    remove(connection, 4)


def cut_off_the_oldest(connection: Connection) -> None:
    remove(connection, 1)


def empty(connection: Connection) -> None:
    for sequence in range(1, 6):
        remove(connection, sequence)


@pytest.mark.parametrize(
    ("tamper", "broken", "reason"),
    [
        (change_status, 3, "It was changed."),
        (change_time, 3, "It was changed."),
        (change_question, 3, "What was asked was changed."),
        (change_words, 3, "What was said was changed."),
        (change_citation, 3, "What was cited was changed."),
        (insert_one, 4, "It does not follow on"),
        (remove_one, 3, "records missing"),
        (remove_one_and_close_the_gap, 3, "It does not follow on"),
        (swap_two, 3, "It does not follow on"),
        (cut_off_the_newest, 4, "Records 4 to 5 are gone."),
        (cut_off_the_oldest, 2, "records missing"),
        (empty, 1, "Records 1 to 5 are gone."),
    ],
)
def test_tampering_is_found_and_named(
    chain: Engine, tamper: Callable[[Connection], None], broken: int, reason: str
) -> None:
    assert Audit(chain).verify().is_whole
    with chain.connect() as connection:
        ids = dict(connection.execute(select(answers.c.sequence, answers.c.id)).all())  # type: ignore[arg-type]

    with unprotected(chain).begin() as connection:
        tamper(connection)

    verdict = Audit(chain).verify()
    assert verdict.broken is not None
    assert verdict.broken.sequence == broken
    assert reason in verdict.broken.reason
    if tamper in (change_status, change_time, change_question, change_words, change_citation):
        assert verdict.broken.id == ids[broken]


def test_a_chain_cut_short_with_its_note_is_told_by_a_head_noted_before(chain: Engine) -> None:
    noted = Audit(chain).verify().head
    with chain.begin() as connection:
        cut_off_the_newest(connection)
        left = connection.execute(select(answers.c.hash).where(answers.c.sequence == 3)).scalar_one()
        write_link(connection, HEAD, Link(3, left))

    assert Audit(chain).verify().is_whole
    verdict = Audit(chain).verify(noted)
    assert verdict.broken is not None
    assert "No record has the hash" in verdict.broken.reason


def test_a_head_noted_before_is_found_again_when_the_chain_has_grown(chain: Engine, records: Records) -> None:
    noted = Audit(chain).verify().head
    records.keep(answered("later"))

    verdict = Audit(chain).verify(noted)

    assert verdict.is_whole
    assert verdict.head != noted
    assert Audit(chain).head() == Link(6, verdict.head)


def test_a_verdict_counts_and_dates(chain: Engine) -> None:
    verdict = Audit(chain).verify()
    assert (verdict.records, verdict.first, verdict.without_question, verdict.without_words) == (5, 1, 0, 0)
    assert verdict.first_at
    assert verdict.last_at
    assert verdict.first_at <= verdict.last_at


def test_without_records_the_chain_holds(engine: Engine) -> None:
    verdict = Audit(engine).verify()
    assert verdict.is_whole
    assert (verdict.records, verdict.first_at, verdict.head) == (0, None, "0" * 64)
    assert not Audit(engine).verify("f" * 64).is_whole


def test_a_removed_conversation_leaves_the_chain_whole(chain: Engine, records: Records) -> None:
    head = Audit(chain).verify().head
    records.keep(answered("of somebody else"))

    Retention(chain, RecordsSettings()).erase_conversation(CONVERSATION)

    verdict = Audit(chain).verify(head)
    assert verdict.is_whole
    assert (verdict.records, verdict.without_question, verdict.without_words) == (6, 5, 5)


def test_what_was_removed_cannot_be_put_back_in_other_words(chain: Engine) -> None:
    Retention(chain, RecordsSettings()).erase_conversation(CONVERSATION)
    with chain.begin() as connection:
        forged = sealed({"question": "question 3", "standalone": "", "message": ""})
        connection.execute(insert(answer_questions).values(sequence=3, text=forged))

    verdict = Audit(chain).verify()
    assert verdict.broken is not None
    assert verdict.broken.sequence == 3


def test_many_threads_of_several_owners_make_one_chain(
    engine: Engine, recording: Callable[[Engine], Records]
) -> None:
    owners = [recording(engine), recording(engine)]
    with ThreadPoolExecutor(4) as threads:
        given = list(threads.map(lambda n: owners[n % 2].keep(answered(f"question {n}")), range(200)))

    assert len({answer.id for answer in given}) == 200
    assert sum(owner.lost for owner in owners) == 0
    verdict = Audit(engine).verify()
    assert verdict.is_whole
    assert verdict.records == 200


def test_several_processes_make_one_chain(database: DatabaseSettings, engine: Engine, tmp_path: Path) -> None:
    processes = [start(append, database, tmp_path, 100, f"process {n}") for n in range(2)]
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0]
    verdict = Audit(engine).verify()
    assert verdict.is_whole
    assert verdict.records == 200


def test_a_chain_survives_its_writers_being_killed(
    database: DatabaseSettings, engine: Engine, records: Records, tmp_path: Path
) -> None:
    rng, before = random.Random(7), 0
    for _ in range(5):
        process = start(append, database, tmp_path, 100_000)
        _wait_for_records(engine, before + 1)
        time.sleep(rng.uniform(0.02, 0.2))
        process.kill()
        process.join()
        assert process.exitcode == KILLED
        verdict = Audit(engine).verify()
        assert verdict.is_whole
        assert verdict.records > before
        before = verdict.records

    assert all(record.answer.sentences for record in Archive(engine).all())
    assert records.keep(answered()).id
    assert Audit(engine).verify().is_whole


def _wait_for_records(engine: Engine, count: int, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while Audit(engine).head().sequence < count:
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
