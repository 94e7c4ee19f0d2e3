"""What people think of answers: kept beside the record, the last opinion on each."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import Engine, delete, insert, select

from assistant.records import Clock, now
from corpus.database import transaction
from corpus.errors import NotKept
from corpus.tables import answer_feedback, answers


class Reason(StrEnum):
    """Why an answer was of no use."""

    WRONG_PASSAGE = "wrong_passage"
    SHOULD_HAVE_ANSWERED = "should_have_answered"
    INCOMPLETE = "incomplete"
    OUT_OF_DATE = "out_of_date"
    UNCLEAR = "unclear"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Feedback:
    """`comment` is in the giver's own words, with labels in place of case data."""

    useful: bool
    reason: Reason | None = None
    comment: str | None = None


class FeedbackBox:
    """Takes what was screened before."""

    def __init__(self, engine: Engine, clock: Clock = now) -> None:
        self._engine = engine
        self._clock = clock

    def put(self, answer_id: str, feedback: Feedback) -> None:
        """Keep it in place of any before. Raises NotKept where there is no such answer."""
        with transaction(self._engine) as connection:
            query = select(answers.c.sequence).where(answers.c.id == answer_id)
            sequence = connection.execute(query).scalar()
            if sequence is None:
                raise NotKept("No such answer is kept.")
            connection.execute(delete(answer_feedback).where(answer_feedback.c.sequence == sequence))
            values = {"sequence": sequence, "at": self._clock()} | asdict(feedback)
            connection.execute(insert(answer_feedback).values(values))
