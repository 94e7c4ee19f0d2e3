"""The shapes of due dates. Fields may be added; none is ever renamed."""

from __future__ import annotations

import datetime as dt
from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from api.procedure_schemas import TimeLimitOut, citation_out
from api.schemas import CitationOut
from assistant.due_dates import DueDate
from assistant.timescales import Due, Unknown
from corpus.database import LARGEST


class DueDatesIn(BaseModel):
    """An event's date, and its time of day for limits in hours; the limits of one document."""

    document_id: str = Field(pattern="^[a-z0-9-]{1,200}$")
    version: int | None = Field(None, ge=1, le=LARGEST, description="The current one, if left out.")
    event: date
    time: dt.time | None = None
    starts: list[int] = Field(
        default_factory=list, max_length=500, description="Only the limits whose words begin there."
    )

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"document_id": "2-1-making-a-referral", "event": "2026-04-02"}]}
    )


class BankHolidayOut(BaseModel):
    on: date
    name: str


class DueDateOut(BaseModel):
    """`due` is the last day, null where `reason` says why none can be given."""

    limit: TimeLimitOut
    due: date | None
    at: datetime | None
    following: tuple[date, ...]
    left_out: list[BankHolidayOut]
    reason: Unknown | None
    citation: CitationOut

    @classmethod
    def of(cls, one: DueDate) -> Self:
        """The date in this shape."""
        found = one.due if isinstance(one.due, Due) else None
        return cls(
            limit=TimeLimitOut.of(one.limit, one.citation.number),
            due=found.on if found else None,
            at=found.at if found else None,
            following=found.following if found else (),
            left_out=[BankHolidayOut(on=on, name=name) for on, name in (found.left_out if found else ())],
            reason=one.due if isinstance(one.due, Unknown) else None,
            citation=citation_out(one.citation),
        )
