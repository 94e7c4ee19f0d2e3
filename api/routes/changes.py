"""What changed between versions, paragraph by paragraph: for programs, and as pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.amendments import amendments_of, newest_amendments
from api.dependencies import DocumentId, PagesOf, RegisterOf
from api.errors import responses
from api.library_schemas import ChangeOut
from corpus.changes import ChangeKind
from corpus.database import LARGEST

_FAULTS = responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
_MOST_OVER_ALL = 300
_MOST_OF_ONE = 2_000

router = APIRouter(tags=["changes"], responses=_FAULTS)

OfDocument = Annotated[
    str | None, Query(max_length=200, pattern="^[a-z0-9-]+$", description="Only those of this document.")
]


@router.get("/v1/changes")
def changes(
    register: RegisterOf,
    document_id: OfDocument = None,
    kind: Annotated[list[ChangeKind], Query(description="Only these kinds.")] = [],  # noqa: B006
    since: Annotated[
        int | None, Query(ge=0, le=LARGEST, description="Only those after the change of this id.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="Most changes.")] = 200,
) -> list[ChangeOut]:
    """Newest first."""
    found = register.changes(document_id, limit, since, kind)
    return [ChangeOut.of(recorded) for recorded in found]


@router.get("/changes", response_class=HTMLResponse, include_in_schema=False)
def changes_page(register: RegisterOf, pages: PagesOf) -> HTMLResponse:
    """What changed over all documents, newest first."""
    documents = {document.id: document for document in register.documents()}
    amendments, has_older = newest_amendments(register, _MOST_OVER_ALL)
    return pages.render("changes.html", amendments=amendments, documents=documents, has_older=has_older)


@router.get("/documents/{document_id}/amendments", response_class=HTMLResponse, include_in_schema=False)
def amendments_page(document_id: DocumentId, register: RegisterOf, pages: PagesOf) -> HTMLResponse:
    """The amendments of one document, version by version."""
    document = register.document(document_id)
    amendments = amendments_of(register.changes(document_id, limit=_MOST_OF_ONE), register)
    return pages.render("amendments.html", amendments=amendments, document=document)
