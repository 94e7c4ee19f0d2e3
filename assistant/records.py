"""Every answer is recorded, without what was typed where that must not be kept; none fails for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, func, insert, select

from assistant.answers import Answer, AnswerStatus
from assistant.chain import GENESIS, HEAD, linked, read_link, sealed, write_link
from assistant.conversations import key_of
from corpus.database import hurried, next_in_line
from corpus.errors import AssistantError, StoreBusy
from corpus.passages import Citation, digest
from corpus.tables import answer_citations, answer_questions, answer_words, answers, runs

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

_PATIENCE_SECONDS = 2.0

# Made once: to make them for every record would take longer than to execute them.
_NEWEST_RUN = select(func.max(runs.c.id))
_ANSWER = insert(answers)
_QUESTION, _WORDS, _CITATION = map(insert, (answer_questions, answer_words, answer_citations))
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

    `lost` counts the answers that could not be recorded.
    """

    def __init__(self, engine: Engine, clock: Clock = now) -> None:
        self._engine = hurried(engine)
        self._clock = clock
        # Threads wait here, and not each with a connection of its own for the database's lock.
        self._one_at_a_time = threading.Lock()
        self._counting = threading.Lock()
        self.lost = 0

    def keep(self, answer: Answer, conversation_id: str | None = None) -> Answer:
        """The answer with its record's id; never raises: an answer that cannot be recorded has none."""
        try:
            return replace(answer, id=self._append(answer, conversation_id))
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

    def _append(self, answer: Answer, conversation_id: str | None) -> str:
        question, words = _question_of(answer), _words_of(answer)
        header = _header_of(answer, conversation_id) | {
            "question_sha256": digest(question) if question else None,
            "words_sha256": digest(words) if words else None,
        }
        with self._alone(), next_in_line(self._engine) as connection:
            before = read_link(connection, HEAD) or GENESIS
            run = connection.execute(_NEWEST_RUN).scalar()
            header |= {"sequence": before.sequence + 1, "at": self._clock(), "run": run}
            link = linked(before, header)
            chaining = {"previous_hash": before.hash, "hash": link.hash}
            connection.execute(_ANSWER, header | chaining)
            if question is not None:
                connection.execute(_QUESTION, {"sequence": link.sequence, "text": question})
            if words is not None:
                connection.execute(_WORDS, {"sequence": link.sequence, "text": words})
            if words is not None and answer.citations:
                connection.execute(_CITATION, [_cited(link.sequence, each) for each in answer.citations])
            write_link(connection, HEAD, link)
        return str(header["id"])

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._one_at_a_time.acquire(timeout=_PATIENCE_SECONDS):
            raise StoreBusy("Too many answers wait to be recorded.")
        try:
            yield
        finally:
            self._one_at_a_time.release()


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
    """What was said, with all that was cited."""
    if answer.status not in _WITH_QUESTION or not answer.sentences:
        return None
    return sealed({name: getattr(answer, name) for name in ("sentences", "citations", "notices", "dropped")})


def _cited(sequence: int, citation: Citation) -> dict[str, Any]:
    return {"sequence": sequence} | {name: getattr(citation, name) for name in _CITATION_FIELDS}
