"""Whether the records are what they were when they were written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from assistant.chain import BASE, GENESIS, HEAD, Link, linked, read_link
from corpus.database import snapshot, transaction
from corpus.passages import digest
from corpus.tables import answer_citations, answer_questions, answer_words, answers

_MANY = 1_000
_SPAN = select(
    func.count().label("records"),
    func.min(answers.c.sequence).label("first"),
    func.min(answers.c.at).label("first_at"),
    func.max(answers.c.at).label("last_at"),
).select_from(answers)
_CITED = tuple(column.name for column in answer_citations.c if column.name != "sequence")


@dataclass(frozen=True, slots=True)
class Break:
    """The first record that is not as it was written; `id` is None where it is not there at all."""

    sequence: int | None
    id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`head` is the newest record's hash, to be noted elsewhere and held against later ones.

    `without_question` and `without_words` count records of which that part was removed.
    """

    records: int
    first: int | None
    first_at: datetime | None
    last_at: datetime | None
    head: str
    without_question: int
    without_words: int
    broken: Break | None

    @property
    def is_whole(self) -> bool:
        return self.broken is None


@dataclass(frozen=True, slots=True)
class _Record:
    header: Row[Any]
    question: str | None
    words: str | None
    cited: tuple[tuple[Any, ...], ...]


@dataclass(slots=True)
class _Walk:
    """Along the chain, record by record; stops at the first that is broken."""

    at: Link
    expected: str | None
    is_met: bool = False
    without_question: int = 0
    without_words: int = 0
    broken: Break | None = None

    def __post_init__(self) -> None:
        self.is_met = self.expected in (None, self.at.hash)

    def step(self, record: _Record) -> bool:
        """Whether the record is as it was written and stands where it stood."""
        header = record.header
        reason = _wrong_place(self.at, header) or _wrong_contents(record)
        if reason:
            self.broken = Break(header.sequence, header.id, reason)
            return False
        self.at = Link(header.sequence, header.hash)
        self.is_met = self.is_met or header.hash == self.expected
        self.without_question += header.question_sha256 is not None and record.question is None
        self.without_words += header.words_sha256 is not None and record.words is None
        return True

    def end(self, head: Link) -> None:
        """Hold the end against what the register and whoever asks know of it."""
        if self.at != head:
            reason = f"The register names record {head.sequence} as the newest, with another hash."
            if self.at.sequence < head.sequence:
                reason = f"Records {self.at.sequence + 1} to {head.sequence} are gone."
            self.broken = Break(self.at.sequence + 1, None, reason)
        elif not self.is_met:
            reason = "No record has the hash that was noted: newer ones were removed, or all written anew."
            self.broken = Break(None, None, reason)


class Audit:
    """Reads all records in one state of the database; others may go on writing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def head(self) -> Link:
        """The newest record, as the register names it."""
        with transaction(self._engine) as connection:
            return read_link(connection, HEAD) or GENESIS

    def verify(self, expected: str | None = None) -> Verdict:
        """`expected` is the head of an earlier verdict: it must still be some record's hash."""
        with snapshot(self._engine) as connection:
            span = connection.execute(_SPAN).one()
            walk = _Walk(read_link(connection, BASE) or GENESIS, expected)
            if all(walk.step(record) for record in _records(connection)):
                walk.end(read_link(connection, HEAD) or GENESIS)
        return Verdict(
            **span._asdict(),
            head=walk.at.hash,
            without_question=walk.without_question,
            without_words=walk.without_words,
            broken=walk.broken,
        )


def _wrong_place(before: Link, header: Row[Any]) -> str:
    if header.sequence != before.sequence + 1:
        return f"Between it and record {before.sequence} there are records missing."
    if header.previous_hash != before.hash:
        return "It does not follow on from the record before."
    if linked(before, header._asdict()).hash != header.hash:
        return "It was changed."
    return ""


def _wrong_contents(record: _Record) -> str:
    for text, expected, name in (
        (record.question, record.header.question_sha256, "What was asked"),
        (record.words, record.header.words_sha256, "What was said"),
    ):
        if text is not None and digest(text) != expected:
            return f"{name} was changed."
    citations = json.loads(record.words)["citations"] if record.words else []
    if sorted(record.cited) != sorted(tuple(raw[name] for name in _CITED) for raw in citations):
        return "What was cited was changed."
    return ""


def _records(connection: Connection) -> Iterator[_Record]:
    last = -1
    query = select(answers).order_by(answers.c.sequence).limit(_MANY)
    while rows := connection.execute(query.where(answers.c.sequence > last)).all():
        first, last = rows[0].sequence, rows[-1].sequence
        questions, words = (
            {row.sequence: row.text for row in _between(connection, table, first, last)}
            for table in (answer_questions, answer_words)
        )
        cited: defaultdict[int, tuple[tuple[Any, ...], ...]] = defaultdict(tuple)
        for row in _between(connection, answer_citations, first, last):
            cited[row.sequence] += (tuple(getattr(row, name) for name in _CITED),)
        for row in rows:
            yield _Record(row, questions.get(row.sequence), words.get(row.sequence), cited[row.sequence])


def _between(connection: Connection, table: Any, first: int, last: int) -> list[Row[Any]]:
    query = select(table).where(table.c.sequence.between(first, last))
    return list(connection.execute(query))
