"""Print what keeping records costs: `python -m scripts.measure_records [DATABASE_URL]`; about a minute.

Milliseconds for one answer of six citations, on an empty register and on one that holds many records; the
lookup of a conversation's turns; and how fast the chain is verified. It is SQLite in a temporary folder,
unless the address of an empty PostgreSQL database is given.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine

from assistant.answers import Answer, AnswerStatus, Group, Modality, Sentence
from assistant.archive import Archive
from assistant.audit import Audit
from assistant.records import Records
from assistant.retention import Retention
from corpus.database import open_database
from corpus.documents import Kind
from corpus.passages import Citation, digest, permanent_link
from corpus.settings import DatabaseSettings, RecordsSettings

QUESTION = "How soon must the front door decide what happens to a referral?"
QUOTE = "The front door manager must decide what happens to a referral within 1 working day of receiving it."
ROUNDS = 1_000
MANY = 5_000


def main() -> None:
    url = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(DatabaseSettings(url=url), Path(folder))
        print(f"{engine.dialect.name}, {ROUNDS} answers of 6 citations each")
        _measure(engine)
        engine.dispose()


def _measure(engine: Engine) -> None:
    records, archive, audit = Records(engine), Archive(engine), Audit(engine)
    answer = _answer()
    _say("record, empty register", [_took(lambda: records.keep(answer, uuid4().hex)) for _ in range(ROUNDS)])
    with ThreadPoolExecutor(4) as threads:
        took = list(threads.map(lambda _: _took(lambda: records.keep(answer, uuid4().hex)), range(ROUNDS)))
    _say("record, 4 threads at once", took)
    while audit.head().sequence < MANY:
        records.keep(answer, uuid4().hex)
    _say(f"record, {MANY:,} held", [_took(lambda: records.keep(answer, uuid4().hex)) for _ in range(ROUNDS)])
    conversation = uuid4().hex
    for _ in range(6):
        records.keep(answer, conversation)
    _say("turns of a conversation", [_took(lambda: archive.turns(conversation)) for _ in range(ROUNDS)])
    _say("turns of an unknown one", [_took(lambda: archive.turns(uuid4().hex)) for _ in range(ROUNDS)])
    started = time.perf_counter()
    verdict = audit.verify()
    seconds = time.perf_counter() - started
    held = f"{verdict.records} records, whole: {verdict.is_whole}, lost: {records.lost}"
    print(f"verify {seconds:.1f} s: {held}")
    took = [_took(lambda: Retention(engine, RecordsSettings()).erase_conversation(conversation))]
    _say("erase a conversation", took)
    records.close()


def _took(work: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _say(name: str, took: list[float]) -> None:
    took = sorted(took)
    p95 = took[int(len(took) * 0.95)]
    print(f"{name:<26} p50 {statistics.median(took):6.2f} ms   p95 {p95:6.2f} ms   most {took[-1]:7.2f} ms")


def _answer() -> Answer:
    numbers = range(1, 7)
    return Answer(
        status=AnswerStatus.ANSWERED,
        question=QUESTION,
        standalone=QUESTION,
        sentences=tuple(Sentence(QUOTE, Group.PROCEDURE, Modality.MUST, (number,)) for number in numbers),
        citations=tuple(map(_citation, numbers)),
        confidence=0.87,
        timings=dict.fromkeys(("screen", "interpret", "retrieve", "compose", "verify"), 1.234),
    )


def _citation(number: int) -> Citation:
    start, end = 1_000 * number, 1_000 * number + len(QUOTE)
    return Citation(
        number=number,
        document_id="2-2-the-front-door",
        title="The front door",
        kind=Kind.PROCEDURE,
        version=1,
        anchor=f"2.2.{number}",
        heading_trail=("2.2 The front door", "Time limits"),
        page=number,
        quote=QUOTE,
        start=start,
        end=end,
        sha256=digest(QUOTE),
        url=permanent_link("2-2-the-front-door", 1, start, end),
        last_reviewed=None,
    )


if __name__ == "__main__":
    main()
