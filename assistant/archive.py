"""Recorded answers, as they are read again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, select

from assistant.answers import Answer, AnswerStatus, Group, Modality, Notice, NoticeKind, Sentence
from assistant.conversations import IS_TURN, TURNS, key_of, places_of
from assistant.enquiry import Turn
from assistant.feedback import Feedback, Reason
from assistant.records import Clock, now
from corpus.database import snapshot, transaction
from corpus.documents import Kind
from corpus.errors import NotKept
from corpus.passages import Citation
from corpus.tables import answer_citations, answer_feedback, answer_questions, answer_words, answers

# A question asked on another day stands alone, though its conversation is still kept.
_IS_POINTED_BACK_TO = timedelta(hours=12)
_MANY = 500
_TURNS_OF = (
    select(answers.c.sequence, answers.c.at, answer_questions.c.text)
    .join(answer_questions, answer_questions.c.sequence == answers.c.sequence)
    .where(answers.c.conversation == bindparam("key"), answers.c.status.in_([each.value for each in IS_TURN]))
    .order_by(answers.c.sequence.desc())
    .limit(TURNS)
)


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """A record: of an answer as it was given, less what was not kept or is removed by now.

    `run` is the newest ingest run by then; `hash` that of the record, `sequence` its place in the chain.
    """

    sequence: int
    at: datetime
    run: int | None
    hash: str
    answer: Answer
    feedback: Feedback | None


class Archive:
    """Reads records. Each method sees one state of the database."""

    def __init__(self, engine: Engine, clock: Clock = now) -> None:
        self._engine = engine
        self._clock = clock

    def conversation(self, conversation_id: str) -> list[RecordedAnswer]:
        """Oldest first. Raises NotKept where no question of it is kept."""
        query = select(answers).where(answers.c.conversation == (key_of(conversation_id) or ""))
        found = self._read(query.order_by(answers.c.sequence))
        if not any(record.answer.question for record in found):
            raise NotKept("No such conversation is kept.", "It was deleted, or its time is over.")
        return found

    def newest(
        self, limit: int, document_id: str | None = None, version: int | None = None
    ) -> list[RecordedAnswer]:
        """Newest first; of all answers, or of those that cite a document, or one version of it."""
        query = select(answers).order_by(answers.c.sequence.desc()).limit(limit)
        if document_id is not None:
            cites = answer_citations.c.document_id == document_id
            if version is not None:
                cites &= answer_citations.c.version == version
            query = query.where(answers.c.sequence.in_(select(answer_citations.c.sequence).where(cites)))
        return self._read(query)

    def all(self) -> Iterator[RecordedAnswer]:
        """Oldest first, a few at a time."""
        last = 0
        query = select(answers).order_by(answers.c.sequence).limit(_MANY)
        while found := self._read(query.where(answers.c.sequence > last)):
            yield from found
            last = found[-1].sequence

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """The last turns of a conversation, oldest first, if the newest is of the last twelve hours."""
        key = key_of(conversation_id)
        if key is None:
            return ()
        with transaction(self._engine) as connection:
            rows = connection.execute(_TURNS_OF, {"key": key}).all()
            if not rows or self._clock() - rows[0].at > _IS_POINTED_BACK_TO:
                return ()
            cited = _cited(connection, [row.sequence for row in rows])
        return tuple(Turn(json.loads(row.text)["question"], cited[row.sequence]) for row in reversed(rows))

    def _read(self, query: Select[Any]) -> list[RecordedAnswer]:
        with snapshot(self._engine) as connection:
            rows = connection.execute(query).all()
            sequences = [row.sequence for row in rows]
            questions = _contents(connection, answer_questions, sequences)
            words = _contents(connection, answer_words, sequences)
            given = {row.sequence: row for row in _rows(connection, answer_feedback, sequences)}
        return [
            _recorded(
                row, questions.get(row.sequence, {}), words.get(row.sequence, {}), given.get(row.sequence)
            )
            for row in rows
        ]


def _rows(connection: Connection, table: Any, sequences: Sequence[int]) -> Iterator[Row[Any]]:
    for at in range(0, len(sequences), _MANY):
        part = sequences[at : at + _MANY]
        yield from connection.execute(select(table).where(table.c.sequence.in_(part)))


def _contents(connection: Connection, table: Any, sequences: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {row.sequence: json.loads(row.text) for row in _rows(connection, table, sequences)}


def _cited(connection: Connection, sequences: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = sorted(_rows(connection, answer_citations, sequences), key=lambda row: row.number)
    return {n: places_of(row for row in rows if row.sequence == n) for n in sequences}


def _recorded(
    row: Row[Any], question: dict[str, Any], words: dict[str, Any], given: Row[Any] | None
) -> RecordedAnswer:
    answer = Answer(
        status=AnswerStatus(row.status),
        question=question.get("question", ""),
        standalone=question.get("standalone", ""),
        message=question.get("message", ""),
        sentences=tuple(map(_sentence, words.get("sentences", ()))),
        citations=tuple(map(_citation, words.get("citations", ()))),
        notices=tuple(map(_notice, words.get("notices", ()))),
        dropped=words.get("dropped", {}),
        further=tuple(map(_citation, words.get("further", ()))),
        confidence=row.confidence,
        timings=row.timings,
        id=row.id,
        model=row.model,
        prompt=row.prompt,
    )
    feedback = given and Feedback(given.useful, given.reason and Reason(given.reason), given.comment)
    return RecordedAnswer(row.sequence, row.at, row.run, row.hash, answer, feedback)


def _sentence(raw: dict[str, Any]) -> Sentence:
    modality = raw["modality"] and Modality(raw["modality"])
    parsed = {"group": Group(raw["group"]), "modality": modality, "citations": tuple(raw["citations"])}
    return Sentence(**raw | parsed)


def _notice(raw: dict[str, Any]) -> Notice:
    return Notice(NoticeKind(raw["kind"]), raw["text"], tuple(raw["citations"]))


def _citation(raw: dict[str, Any]) -> Citation:
    reviewed = raw["last_reviewed"] and date.fromisoformat(raw["last_reviewed"])
    parsed = {
        "kind": Kind(raw["kind"]),
        "heading_trail": tuple(raw["heading_trail"]),
        "last_reviewed": reviewed,
    }
    return Citation(**raw | parsed)
