"""What was asked goes after a while, or at once where a person wishes it; the chain of records holds."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, select, update

from assistant.chain import BASE, Link, write_link
from assistant.conversations import key_of
from assistant.records import Clock, now
from corpus.database import flush, next_in_line, transaction
from corpus.errors import NotKept
from corpus.settings import RecordsSettings
from corpus.tables import answer_citations, answer_feedback, answer_questions, answer_words, answers

log = logging.getLogger(__name__)

# No more at once than an answer that is to be recorded meanwhile can wait for.
_MANY = 500
_CONTENTS = (answer_feedback, answer_citations, answer_words, answer_questions)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many questions with their conversations were removed, and how many whole records."""

    questions: int
    records: int


class Retention:
    """Removes what is over its time, and what a person wants removed."""

    def __init__(self, engine: Engine, settings: RecordsSettings, clock: Clock = now) -> None:
        self._engine = engine
        self._settings = settings
        self._clock = clock

    def purge(self) -> Purged:
        """Remove what is over its time. It can be broken off and run by several at once."""
        questions = self._purge_questions(self._last_before(self._settings.retention_days))
        records = self._purge_records(self._last_before(self._settings.audit_days))
        self._flush()
        return Purged(questions, records)

    def erase_conversation(self, conversation_id: str) -> int:
        """Remove what was asked and said in it and what was thought of it; how many answers that were.

        Raises NotKept where nothing is left to remove.
        """
        return self._erase(answers.c.conversation == (key_of(conversation_id) or ""))

    def erase_answer(self, answer_id: str) -> int:
        """The same for one answer alone."""
        return self._erase(answers.c.id == answer_id)

    def _erase(self, which: Any) -> int:
        with transaction(self._engine) as connection:
            sequences = list(connection.execute(select(answers.c.sequence).where(which)).scalars())
            removed = sum(_remove(connection, table, sequences) for table in _CONTENTS)
        if not removed:
            raise NotKept("Nothing of that is kept.", "It was removed before, or its time is over.")
        self._flush()
        return len(sequences)

    def _purge_questions(self, last: int) -> int:
        removed = 0
        with transaction(self._engine) as connection:
            has_comment = (answer_feedback.c.sequence <= last) & answer_feedback.c.comment.is_not(None)
            connection.execute(update(answer_feedback).where(has_comment).values(comment=None))
        while sequences := self._oldest(answer_questions, last):
            with transaction(self._engine) as connection:
                removed += _remove(connection, answer_questions, sequences)
        return removed

    def _purge_records(self, last: int) -> int:
        removed = 0
        while sequences := self._oldest(answers, last):
            with next_in_line(self._engine) as connection:
                newest = select(answers.c.hash).where(answers.c.sequence == sequences[-1])
                base = connection.execute(newest).scalar()
                for table in _CONTENTS:
                    _remove(connection, table, sequences)
                removed += _remove(connection, answers, sequences)
                if base is not None:
                    write_link(connection, BASE, Link(sequences[-1], base))
        return removed

    def _oldest(self, table: Table, last: int) -> Sequence[int]:
        sequence = table.c.sequence
        query = select(sequence).where(sequence <= last).order_by(sequence).limit(_MANY)
        with transaction(self._engine) as connection:
            return list(connection.execute(query).scalars())

    def _last_before(self, days: int) -> int:
        """The newest record that is older than this; 0 for none."""
        query = select(func.max(answers.c.sequence)).where(
            answers.c.at < self._clock() - timedelta(days=days)
        )
        with transaction(self._engine) as connection:
            return int(connection.execute(query).scalar() or 0)

    def _flush(self) -> None:
        if not flush(self._engine):
            log.warning("What was removed leaves the write-ahead log at the next purge: it is being read.")


def _remove(connection: Connection, table: Table, sequences: Sequence[int]) -> int:
    removed = 0
    for at in range(0, len(sequences), _MANY):
        part = sequences[at : at + _MANY]
        removed += connection.execute(delete(table).where(table.c.sequence.in_(part))).rowcount
    return removed
