"""The library as pages: for everybody what is in it, for its keepers the desk from which it is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.administration import COOKIE, KEEPERS_FORM, KEEPERS_PAGE, AdministrationOf, IsKeeper
from api.dependencies import DocumentId, PagesOf, RegisterOf, RowId, ServiceOf, Today
from api.desk import Desk, Refusal
from api.security import refuse_other_sites
from corpus.documents import Document, Kind
from corpus.errors import AssistantError
from corpus.runs import Runs

router = APIRouter(prefix="/library", include_in_schema=False, default_response_class=HTMLResponse)

_DESK = "/library/manage"
ChosenDocument = Annotated[str, Form(max_length=120, pattern="^[a-z0-9-]*$")]


@router.get("")
def library(pages: PagesOf, register: RegisterOf, today: Today, is_keeper: IsKeeper) -> HTMLResponse:
    """All documents that answer questions, by kind, with their review dates."""
    by_kind: defaultdict[Kind, list[Document]] = defaultdict(list)
    for document in register.documents():
        if not document.withdrawn:
            by_kind[document.kind].append(document)
    return pages.render("library.html", by_kind=by_kind, today=today, is_keeper=is_keeper)


@router.get("/sign-in")
def sign_in_page(pages: PagesOf, administration: AdministrationOf) -> HTMLResponse:
    """Where keepers give the token, or learn that none is set."""
    return pages.render("library_sign_in.html", has_token=administration.has_token, wrong=False)


@router.post("/sign-in", dependencies=[Depends(refuse_other_sites)])
def sign_in(
    request: Request,
    pages: PagesOf,
    administration: AdministrationOf,
    token: Annotated[str, Form()] = "",
) -> Response:
    """A session of some hours for whoever has the token."""
    session = administration.session(token.strip())
    if session is None:
        has_token = administration.has_token
        return pages.render(
            "library_sign_in.html", HTTPStatus.FORBIDDEN, has_token=has_token, wrong=has_token
        )
    response = RedirectResponse(_DESK, HTTPStatus.SEE_OTHER)
    is_secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=is_secure, path="/")
    return response


@router.post("/sign-out", dependencies=KEEPERS_FORM)
def sign_out() -> Response:
    response = RedirectResponse("/library", HTTPStatus.SEE_OTHER)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/manage", dependencies=KEEPERS_PAGE)
def desk(
    service: ServiceOf, pages: PagesOf, today: Today, administration: AdministrationOf, done: str = ""
) -> HTMLResponse:
    """The desk: hand in, what waits, all documents, sources, and the last ingests."""
    return Desk(service, pages, today, administration.has_token).page(done)


@router.post("/uploads", dependencies=KEEPERS_FORM)
def hand_in(
    service: ServiceOf,
    pages: PagesOf,
    today: Today,
    administration: AdministrationOf,
    file: UploadFile,
    kind: Annotated[Kind | None, Form()] = None,
    document_id: ChosenDocument = "",
    supersedes: ChosenDocument = "",
    publish_on: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Keep the file, and go to the page that shows how it was understood."""
    at = Desk(service, pages, today, administration.has_token)
    with _refusals() as refused:
        upload, _ = service.library.receive(
            file.filename or "document",
            file.file.read(),
            kind=kind,
            document_id=document_id or None,
            supersedes=supersedes or None,
            publish_on=_day(publish_on),
        )
        return RedirectResponse(f"/library/uploads/{upload.id}", HTTPStatus.SEE_OTHER)
    return at.page(refusal=refused.refusal)


@router.get("/uploads/{upload_id}", dependencies=KEEPERS_PAGE)
def preview(
    upload_id: str, service: ServiceOf, pages: PagesOf, today: Today, administration: AdministrationOf
) -> HTMLResponse:
    """How a file was understood, and the buttons that publish it or put it aside."""
    return Desk(service, pages, today, administration.has_token).preview(upload_id)


@router.post("/uploads/{upload_id}/publish", dependencies=KEEPERS_FORM)
def publish(
    upload_id: str, service: ServiceOf, pages: PagesOf, today: Today, administration: AdministrationOf
) -> Response:
    at = Desk(service, pages, today, administration.has_token)
    with _refusals() as refused:
        service.library.publish(upload_id)
        return _to_desk("published")
    return at.page(refusal=refused.refusal)


@router.post("/uploads/{upload_id}/discard", dependencies=KEEPERS_FORM)
def discard(upload_id: str, service: ServiceOf) -> Response:
    service.library.discard(upload_id)
    return _to_desk("discarded")


@router.get("/documents/{document_id}", dependencies=KEEPERS_PAGE)
def document(
    document_id: DocumentId,
    service: ServiceOf,
    pages: PagesOf,
    today: Today,
    administration: AdministrationOf,
) -> HTMLResponse:
    """Where one document is withdrawn, superseded or restored."""
    return Desk(service, pages, today, administration.has_token).document(document_id)


@router.post("/documents/{document_id}/{act}", dependencies=KEEPERS_FORM)
def change(
    document_id: DocumentId,
    act: str,
    service: ServiceOf,
    pages: PagesOf,
    today: Today,
    administration: AdministrationOf,
    by: ChosenDocument = "",
) -> Response:
    """Withdraw, restore, or supersede `by` another document."""
    at = Desk(service, pages, today, administration.has_token)
    with _refusals() as refused:
        return _to_desk(at.change(document_id, act, by))
    return at.page(refusal=refused.refusal)


@router.get("/ingests/{run}", dependencies=KEEPERS_PAGE)
def ingest(run: RowId, register: RegisterOf, pages: PagesOf) -> HTMLResponse:
    """What one ingest did, file by file."""
    runs = Runs(register.engine)
    return pages.render("library_ingest.html", run=runs.get(run), versions=runs.versions(run))


@router.post("/ingests/{run}/roll-back", dependencies=KEEPERS_FORM)
def roll_back(
    run: RowId, service: ServiceOf, pages: PagesOf, today: Today, administration: AdministrationOf
) -> Response:
    at = Desk(service, pages, today, administration.has_token)
    with _refusals() as refused:
        report = service.library.roll_back(run)
        return RedirectResponse(f"/library/ingests/{report.run}", HTTPStatus.SEE_OTHER)
    return at.page(refusal=refused.refusal)


@router.post("/sources", dependencies=KEEPERS_FORM)
def add_source(
    service: ServiceOf,
    pages: PagesOf,
    today: Today,
    administration: AdministrationOf,
    location: Annotated[str, Form(max_length=1000)] = "",
    kind: Annotated[Kind | None, Form()] = None,
) -> Response:
    at = Desk(service, pages, today, administration.has_token)
    with _refusals() as refused:
        at.add_source(location.strip(), kind)
        return _to_desk("source")
    return at.page(refusal=refused.refusal)


@router.post("/sources/{source}/{act}", dependencies=KEEPERS_FORM)
def change_source(
    source: RowId,
    act: str,
    service: ServiceOf,
    pages: PagesOf,
    today: Today,
    administration: AdministrationOf,
) -> Response:
    """Look at a source at the next turn of the schedule, or no more."""
    at = Desk(service, pages, today, administration.has_token)
    with _refusals() as refused:
        return _to_desk(at.change_source(source, act))
    return at.page(refusal=refused.refusal)


class _Refused:
    refusal: Refusal | None = None


@contextmanager
def _refusals() -> Iterator[_Refused]:
    """What the library will not do is told on the desk, with what to do about it."""
    refused = _Refused()
    try:
        yield refused
    except AssistantError as error:
        refused.refusal = Refusal(error.message, error.advice)


def _to_desk(done: str) -> RedirectResponse:
    return RedirectResponse(f"{_DESK}?done={done}", HTTPStatus.SEE_OTHER)


def _day(given: str) -> date | None:
    """Raises AssistantError for what is no day."""
    if not given.strip():
        return None
    try:
        return date.fromisoformat(given.strip())
    except ValueError as error:
        raise AssistantError("The day cannot be read.", "Write it like 2027-04-01.") from error
