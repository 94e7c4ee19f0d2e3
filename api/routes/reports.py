"""Reports as JSON and CSV, and what is recorded beside a recommendation: for the keepers of the library.

A report may hold what people asked and thought.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from api.administration import KEEPERS_CALL
from api.dependencies import DocumentId, ServiceOf, Today
from api.errors import responses
from api.record_schemas import SignpostOut
from api.report_schemas import NoteIn, NoteOut, ReportNameOut, ReportOut
from api.reporting import DangerTold, Reporting
from assistant.reports.catalogue import CATALOGUE, report
from assistant.reports.notes import Note, Notes
from assistant.reports.table import csv_of
from assistant.reports.tracker import one_tracked
from corpus.passages import digest

router = APIRouter(prefix="/v1/reports", tags=["reports"])

Name = Annotated[str, Path(pattern="^[a-z-]{1,40}$", examples=["recommendations"])]
Anchor = Annotated[str, Path(pattern="^[A-Za-z0-9_.-]{1,200}$", examples=["recommendation-2-a"])]
Format = Annotated[Literal["json", "csv"], Query(description="JSON, or CSV for a spreadsheet.")]

_CSV = "text/csv"
_FAULTS = responses(HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
_EXPORT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The report.", "content": {_CSV: {"schema": {"type": "string"}}}}
}

_SIGNPOST: dict[int | str, dict[str, Any]] = {
    200: {"description": "As it was kept; or, where it tells of immediate danger, the signpost."}
}


def _reporting(request: Request) -> Reporting:
    reporting: Reporting = request.app.state.reporting
    return reporting


ReportingOf = Annotated[Reporting, Depends(_reporting)]


@router.get("")
def names() -> list[ReportNameOut]:
    """The reports that can be had."""
    return [ReportNameOut.of(kept) for kept in CATALOGUE.values()]


@router.get("/{name}", response_model=ReportOut, responses=_EXPORT | _FAULTS, dependencies=KEEPERS_CALL)
def one(name: Name, reporting: ReportingOf, today: Today, format: Format = "json") -> Any:
    """A report over the library and the records as they are now."""
    made = report(name, reporting.context(today))
    if format == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return Response(csv_of(made), media_type=_CSV, headers=headers)
    return ReportOut.of(made)


@router.put(
    "/recommendations/{document_id}/{anchor}",
    response_model=NoteOut,
    responses=_SIGNPOST | _FAULTS,
    dependencies=KEEPERS_CALL,
)
def note(
    document_id: DocumentId,
    anchor: Anchor,
    given: NoteIn,
    reporting: ReportingOf,
    service: ServiceOf,
    today: Today,
) -> Any:
    """Record who sees to a recommendation, by when, and what shows it; details of people are put out."""
    try:
        kept = keep_note(reporting, service, today, document_id, anchor, given)
    except DangerTold as told:
        signpost = SignpostOut(message=told.message, signpost=service.replies.signpost)
        return JSONResponse(signpost.model_dump())
    return NoteOut(progress=kept.progress, owner=kept.owner, due=kept.due, evidence=kept.evidence)


def keep_note(
    reporting: Reporting, service: ServiceOf, today: Today, document_id: str, anchor: str, given: NoteIn
) -> Note:
    """As it was kept. Raises NotFound where there is no such recommendation, and DangerTold."""
    tracked = one_tracked(reporting.context(today), document_id, anchor)
    kept = Note(
        document_id=document_id,
        anchor=anchor,
        progress=given.progress,
        owner=reporting.kept_words(given.owner),
        due=given.due,
        evidence=reporting.kept_words(given.evidence),
        text_sha256=digest(tracked.recommendation.text),
    )
    Notes(service.store.register.engine).put(kept)
    return kept
