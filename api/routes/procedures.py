"""A situation in, the procedures that apply out; and the dates by which something is due."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from api.dependencies import AddressOf, DocumentId, RegisterOf, ServiceOf, VersionOf, require_length
from api.due_date_schemas import DueDateOut, DueDatesIn
from api.errors import responses
from api.procedure_schemas import ApplicableOut, SituationIn, TimeLimitOut
from assistant.due_dates import DueDate, DueDates, calendar_file
from assistant.timescales import Event

router = APIRouter(prefix="/v1", tags=["procedures"])

CALENDAR = "text/calendar"
_NAME = {"Content-Disposition": 'attachment; filename="due-dates.ics"'}
_ICS: dict[int | str, dict[str, Any]] = {
    200: {"description": "An iCalendar file.", "content": {CALENDAR: {"schema": {"type": "string"}}}}
}
_NOT_FOUND = responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)


def now() -> datetime:
    """What a calendar file says of when it was made."""
    return datetime.now(UTC)


Now = Annotated[datetime, Depends(now)]


@router.post("/applicable-procedures", responses=responses(HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
async def applicable(asked: SituationIn, service: ServiceOf) -> ApplicableOut:
    """Find the procedures that apply to a situation, why, and who must do what by when.

    Details of real people are refused by `status`. Immediate danger is told by it, too, and the procedures
    follow all the same. Nothing that was sent is kept.
    """
    require_length(asked.situation, service)
    found = await service.asking.run(
        lambda: service.find_procedures(asked.situation, asked.role), asked.situation
    )
    return ApplicableOut.of(found)


@router.get("/documents/{document_id}/time-limits", responses=_NOT_FOUND)
def time_limits(document_id: DocumentId, version: VersionOf, register: RegisterOf) -> list[TimeLimitOut]:
    """The time limits that a document states, in reading order."""
    return [TimeLimitOut.of(limit) for limit, _ in DueDates(register).limits(document_id, version.number)]


@router.post("/due-dates", responses=_NOT_FOUND)
def due_dates(asked: DueDatesIn, register: RegisterOf) -> list[DueDateOut]:
    """Count the time limits of a document from an event. Working days leave out week-ends and the bank
    holidays of England and Wales."""
    return [DueDateOut.of(one) for one in _counted(asked, register)]


@router.post("/due-dates.ics", response_class=Response, responses=_ICS | _NOT_FOUND)
def due_dates_file(asked: DueDatesIn, register: RegisterOf, address: AddressOf, at: Now) -> Response:
    """The same as a file for a calendar."""
    content = calendar_file(_counted(asked, register), at, address)
    return Response(content, media_type=CALENDAR, headers=_NAME)


def _counted(asked: DueDatesIn, register: RegisterOf) -> list[DueDate]:
    event = Event(asked.event, asked.time)
    return DueDates(register).of(asked.document_id, asked.version, event, asked.starts)
