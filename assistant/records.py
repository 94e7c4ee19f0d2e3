"""Every answer is recorded, without what was typed where that must not be kept; none fails for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self
from uuid import uuid4

from sqlalchemy import Engine, Insert, func, insert, select

from assistant.answers import Answer, AnswerStatus
from assistant.chain import GENESIS, HEAD, linked, read_link, sealed, write_link
from assistant.conversations import key_of
from assistant.group_commit import GroupCommit
from corpus.database import hurried, next_in_line
from corpus.errors import AssistantError
from corpus.passages import Citation, digest
from corpus.tables import answer_citations, answer_questions, answer_words, answers, runs

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

# More than twice what `hurried` waits for other writers: the write before one's own may do so, and one's own.
_PATIENCE_SECONDS = 5.0

# Made once: to make them for every record would take longer than to execute them.
_NEWEST_RUN = select(func.max(runs.c.id))
_ANSWER = insert(answers)
_QUESTION, _WORDS, _CITATION = map(insert, (answer_questions, answer_words, answer_citations))
_INSERTS = (_ANSWER, _QUESTION, _WORDS, _CITATION)
_CITATION_FIELDS = [column.name for column in answer_citations.c if column.name != "sequence"]

# Of all others, what was typed may name a child, or was never screened.
_WITH_QUESTION = frozenset(
    {
        AnswerStatus.ANSWERED,
        AnswerStatus.PARTLY_ANSWERED,
        AnswerStatus.NOT_IN_CORPUS,
        AnswerStatus.OUT_OF_SCOPE,
    }
)


def now() -> datetime:
    """The time, UTC."""
    return datetime.now(UTC)


class Records:
    """Writes records, one after the other; safe for many threads and processes.

    `lost` counts the answers that could not be recorded, or not in time.
    """

    def __init__(self, engine: Engine, clock: Clock = now) -> None:
        self._engine = hurried(engine)
        self._clock = clock
        # Threads wait here, and not each with a connection of its own for the database's lock.
        self._line = GroupCommit(self._append, _PATIENCE_SECONDS)
        self._counting = threading.Lock()
        self.lost = 0

    def keep(self, answer: Answer, conversation_id: str | None = None) -> Answer:
        """The answer with its record's id; never raises: an answer that cannot be recorded has none."""
        try:
            return replace(answer, id=self._record(answer, conversation_id))
        except Exception as error:
            # A driver's message may repeat what was to be written.
            reason = str(error) if isinstance(error, AssistantError) else type(error).__name__
            log.error("An answer was given that could not be recorded: %s", reason)  # noqa: TRY400
            with self._counting:
                self.lost += 1
            return answer

    def close(self) -> None:
        """Give its connection back."""
        self._engine.dispose()

    def _record(self, answer: Answer, conversation_id: str | None) -> str:
        record = _Record.of(answer, conversation_id)
        self._line.put(record)
        return str(record.header["id"])

    def _append(self, records: Sequence[_Record]) -> None:
        rows: dict[Insert, list[dict[str, Any]]] = {each: [] for each in _INSERTS}
        with next_in_line(self._engine) as connection:
            link = read_link(connection, HEAD) or GENESIS
            run = connection.execute(_NEWEST_RUN).scalar()
            for record in records:
                before = link
                header = record.header | {"sequence": before.sequence + 1, "at": self._clock(), "run": run}
                link = linked(before, header)
                rows[_ANSWER].append(header | {"previous_hash": before.hash, "hash": link.hash})
                for insertion, contents in record.contents.items():
                    rows[insertion] += [{"sequence": link.sequence} | each for each in contents]
            for insertion, together in rows.items():
                if together:
                    connection.execute(insertion, together)
            write_link(connection, HEAD, link)


@dataclass(frozen=True, slots=True)
class _Record:
    """What is to be written of an answer, but for its place in the chain."""

    header: dict[str, Any]
    contents: dict[Insert, list[dict[str, Any]]]

    @classmethod
    def of(cls, answer: Answer, conversation_id: str | None) -> Self:
        question, words = _question_of(answer), _words_of(answer)
        header = _header_of(answer, conversation_id) | {
            "question_sha256": digest(question) if question else None,
            "words_sha256": digest(words) if words else None,
        }
        contents: dict[Insert, list[dict[str, Any]]] = {}
        if question is not None:
            contents[_QUESTION] = [{"text": question}]
        if words is not None:
            contents[_WORDS] = [{"text": words}]
            contents[_CITATION] = [_cited(each) for each in answer.citations]
        return cls(header, contents)


def _header_of(answer: Answer, conversation_id: str | None) -> dict[str, Any]:
    is_available = answer.status is not AnswerStatus.UNAVAILABLE
    return {
        "id": uuid4().hex,
        "conversation": key_of(conversation_id),
        "status": answer.status.value,
        "confidence": float(answer.confidence),
        "model": answer.model,
        "prompt": answer.prompt,
        "timings": {name: float(ms) for name, ms in answer.timings.items()} if is_available else {},
    }


def _question_of(answer: Answer) -> str | None:
    """What was asked, and the reply, which may repeat it."""
    if answer.status not in _WITH_QUESTION or not answer.question:
        return None
    fields = ("question", "standalone", "message")
    return sealed({name: getattr(answer, name) for name in fields})


def _words_of(answer: Answer) -> str | None:
    """What was said, with all that was cited, and what was named below."""
    if answer.status not in _WITH_QUESTION or not answer.sentences:
        return None
    fields = ("sentences", "citations", "notices", "dropped", "further")
    return sealed({name: getattr(answer, name) for name in fields})


def _cited(citation: Citation) -> dict[str, Any]:
    return {name: getattr(citation, name) for name in _CITATION_FIELDS}
