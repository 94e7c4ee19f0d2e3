"""The shapes of conversations and of feedback at the door."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import AnswerOut
from assistant.archive import RecordedAnswer
from assistant.feedback import Reason

_ANSWER_ID = "8c3f0d2a9b7e4c16a5d4e3f2b1a09876"


class FeedbackIn(BaseModel):
    """What you think of an answer; without details of real people."""

    answer_id: str = Field(pattern="^[A-Za-z0-9_-]{1,64}$", description="`id` of the answer.")
    useful: bool
    reason: Reason | None = Field(None, description="Why it was of no use.")
    comment: str | None = Field(None, max_length=1000, description="In your own words.")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"answer_id": _ANSWER_ID, "useful": False, "reason": "out_of_date"}],
        }
    )


class SignpostOut(BaseModel):
    """What to do at once."""

    message: str
    signpost: str


class FeedbackOut(BaseModel):
    """What was thought of an answer; labels stand where the comment held case data."""

    useful: bool
    reason: Reason | None
    comment: str | None

    model_config = ConfigDict(from_attributes=True)


class RecordedAnswerOut(AnswerOut):
    """An answer as it was given. Of questions that were not to be kept only the status is left."""

    at: datetime
    feedback: FeedbackOut | None

    @classmethod
    def recorded(cls, record: RecordedAnswer, conversation_id: str) -> Self:
        """The record in this shape."""
        feedback = record.feedback and FeedbackOut.model_validate(record.feedback)
        return cls.of(record.answer, at=record.at, feedback=feedback, conversation_id=conversation_id)


class ConversationOut(BaseModel):
    """All that is kept of a conversation, oldest first."""

    id: str
    answers: list[RecordedAnswerOut]
