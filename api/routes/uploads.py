"""The library changed over HTTP: hand in, look, publish, withdraw, restore, supersede, roll back."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, UploadFile

from api.administration import KEEPERS_CALL
from api.dependencies import DocumentId, RegisterOf, RowId, ServiceOf
from api.document_schemas import DocumentOut
from api.errors import responses
from api.library_schemas import OutcomeOut, ReportOut, RunOut, SupersedeIn, UploadOut
from corpus.documents import Kind
from corpus.runs import Runs

_FAULTS = responses(
    HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE
)
router = APIRouter(prefix="/v1", tags=["library"], dependencies=KEEPERS_CALL, responses=_FAULTS)

ChosenDocument = Annotated[str | None, Form(max_length=120, pattern="^[a-z0-9-]+$")]


@router.post("/documents", status_code=HTTPStatus.CREATED)
def hand_in(
    service: ServiceOf,
    file: UploadFile,
    kind: Annotated[Kind | None, Form(description="What it is, where it does not say.")] = None,
    document_id: ChosenDocument = None,
    supersedes: ChosenDocument = None,
    publish_on: Annotated[date | None, Form(description="The day on which it goes live by itself.")] = None,
) -> UploadOut:
    """Hand in a file: a new document, or with `document_id` a new version. It waits until it is published."""
    upload, preview = service.library.receive(
        file.filename or "document",
        file.file.read(),
        kind=kind,
        document_id=document_id,
        supersedes=supersedes,
        publish_on=publish_on,
    )
    return UploadOut.of(upload, preview)


@router.get("/uploads")
def uploads(service: ServiceOf) -> list[UploadOut]:
    """All that wait to be published, oldest first."""
    return [UploadOut.of(upload) for upload in service.library.uploads.waiting()]


@router.get("/uploads/{upload_id}")
def upload(upload_id: str, service: ServiceOf) -> UploadOut:
    """An upload, and how it is understood."""
    found = service.library.uploads.get(upload_id)
    return UploadOut.of(found, service.library.preview(found))


@router.post("/uploads/{upload_id}/publish")
def publish(upload_id: str, service: ServiceOf) -> OutcomeOut:
    """Make it answer questions."""
    return OutcomeOut.of(service.library.publish(upload_id))


@router.delete("/uploads/{upload_id}", status_code=HTTPStatus.NO_CONTENT)
def discard(upload_id: str, service: ServiceOf) -> None:
    """Put it aside."""
    service.library.discard(upload_id)


@router.post("/documents/{document_id}/withdraw")
def withdraw(document_id: DocumentId, service: ServiceOf) -> DocumentOut:
    """It answers nothing any more; its citations still open."""
    return DocumentOut.model_validate(service.library.withdraw(document_id))


@router.post("/documents/{document_id}/restore")
def restore(document_id: DocumentId, service: ServiceOf) -> DocumentOut:
    """It answers again, with its newest version."""
    return DocumentOut.model_validate(service.library.restore(document_id))


@router.post("/documents/{document_id}/supersede")
def supersede(document_id: DocumentId, newer: SupersedeIn, service: ServiceOf) -> DocumentOut:
    """A newer document takes its place."""
    return DocumentOut.model_validate(service.library.supersede(document_id, newer.by))


@router.get("/ingests")
def ingests(
    register: RegisterOf, limit: Annotated[int, Query(ge=1, le=200, description="Most ingests.")] = 20
) -> list[RunOut]:
    """Newest first."""
    return [RunOut.of(run) for run in Runs(register.engine).newest(limit)]


@router.post("/ingests/{run}/roll-back")
def roll_back(run: RowId, service: ServiceOf) -> ReportOut:
    """Undo an ingest: what it brought gives way to what was there before."""
    return ReportOut.of(service.library.roll_back(run))
