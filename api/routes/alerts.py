"""Being told of changes: the feed, and the pages where an e-mail address is entered, confirmed, removed."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.dependencies import AddressOf, DocumentId, PagesOf, RegisterOf, ServiceOf
from api.errors import responses
from api.pages import Pages
from api.security import refuse_other_sites
from api.service import Service
from assistant.alerts.choices import Choices
from assistant.alerts.feed import atom
from assistant.alerts.interest import Scope, concerning
from assistant.alerts.news import NewsDesk
from assistant.alerts.subscriptions import AddressError, Subscriptions, TooManyRequests
from assistant.themes import Themes
from corpus.errors import NotFound, NotKept
from corpus.register import Register

_ATOM = "application/atom+xml"
_ENTRIES = 100
# So many of the newest are looked through for those of a chapter or a theme.
_LOOKED_AT = 1000
_NO_MAIL = "Alerts by e-mail are not set up here. Please use the feed."
_WRONG = "Please choose one of the things in the list."

router = APIRouter()

Key = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Token = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{20,64}$")]
About = Annotated[str, Query(max_length=200, description="all, document:ID, chapter:NUMBER or theme:NAME")]
_FEED: dict[int | str, dict[str, Any]] = {
    200: {"description": "An Atom feed.", "content": {_ATOM: {"schema": {"type": "string"}}}},
    304: {"description": "Nothing new."},
}


class Step(StrEnum):
    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"


@router.get(
    "/v1/changes.atom",
    tags=["changes"],
    response_class=Response,
    responses=_FEED | responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
)
def feed(
    request: Request, address: AddressOf, service: ServiceOf, register: RegisterOf, about: About = "all"
) -> Response:
    """What changed, an entry for each new version, newest first: of all documents, or of one thing alone."""
    themes = Themes.load(service.settings.reports.lists)
    choices = Choices(register, themes)
    interest = choices.interest(about)
    is_all = interest.scope is Scope.ALL
    news = NewsDesk(register.engine).newest(_ENTRIES if is_all else _LOOKED_AT)
    found = list(concerning(news, interest, themes))[:_ENTRIES]
    path = request.url.path if is_all else f"{request.url.path}?{request.url.query}"
    return _answer(request, atom(found, address, path, choices.title(interest)))


@router.get(
    "/v1/documents/{document_id}/changes.atom",
    tags=["changes"],
    response_class=Response,
    responses=_FEED | responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
)
def document_feed(
    document_id: DocumentId, request: Request, address: AddressOf, register: RegisterOf
) -> Response:
    """What changed in one document, an entry for each new version, newest first."""
    title = register.document(document_id).title
    news = NewsDesk(register.engine).newest(_ENTRIES, document_id)
    return _answer(request, atom(news, address, request.url.path, title))


@router.get("/alerts", include_in_schema=False, response_class=HTMLResponse)
def form(pages: PagesOf, service: ServiceOf, register: RegisterOf, about: About = "all") -> HTMLResponse:
    """How to be told, and a form for those who want it by e-mail."""
    return _form(pages, service, register, about)


@router.post(
    "/alerts",
    include_in_schema=False,
    response_class=HTMLResponse,
    dependencies=[Depends(refuse_other_sites)],
)
def subscribe(
    pages: PagesOf,
    service: ServiceOf,
    register: RegisterOf,
    email: Annotated[str, Form()] = "",
    about: Annotated[str, Form()] = "all",
) -> HTMLResponse:
    """Ask the address's owner to confirm. The page says the same whether it is known already or not."""
    settings = service.settings.alerts
    if not _has_mail(service):
        return _form(pages, service, register, about, _NO_MAIL)
    choices = Choices(register, Themes.load(service.settings.reports.lists))
    try:
        interest = choices.interest(about)
        Subscriptions(register.engine).request(email, interest, settings.max_confirmations)
    except (AddressError, TooManyRequests) as error:
        return _form(pages, service, register, about, str(error))
    except NotFound:
        return _form(pages, service, register, "all", _WRONG)
    return pages.render(
        "alerts_done.html", done="asked", what=choices.in_words(interest), hours=settings.confirm_hours
    )


@router.get("/alerts/{step}/{key}/{token}", include_in_schema=False, response_class=HTMLResponse)
def ask(
    step: Step, key: Key, token: Token, pages: PagesOf, service: ServiceOf, register: RegisterOf
) -> HTMLResponse:
    """A button, since programs that look through e-mails follow links, too."""
    return _stepped(step, key, token, pages, service, register, done=False)


@router.post("/alerts/{step}/{key}/{token}", include_in_schema=False, response_class=HTMLResponse)
def act(
    step: Step, key: Key, token: Token, pages: PagesOf, service: ServiceOf, register: RegisterOf
) -> HTMLResponse:
    """A mail program calls this for its own button (RFC 8058), from no page of ours: the token suffices."""
    return _stepped(step, key, token, pages, service, register, done=True)


def _stepped(
    step: Step, key: str, token: str, pages: Pages, service: Service, register: Register, *, done: bool
) -> HTMLResponse:
    subscriptions = Subscriptions(register.engine)
    try:
        found = subscriptions.owned(key, token)
        if done and step is Step.CONFIRM:
            subscriptions.confirm(key, token)
        elif done:
            subscriptions.end(key, token)
    except NotKept:
        # Pressed twice, or too late: either way there is nothing to be sent to this address.
        return pages.render("alerts_done.html", HTTPStatus.NOT_FOUND, done="gone", what="", hours=0)
    what = Choices(register, Themes.load(service.settings.reports.lists)).in_words(found.interest)
    if done:
        return pages.render("alerts_done.html", done=step.value, what=what, hours=0)
    return pages.render("alerts_step.html", step=step.value, what=what)


def _form(pages: Pages, service: Service, register: Register, about: str, fault: str = "") -> HTMLResponse:
    choices = Choices(register, Themes.load(service.settings.reports.lists))
    return pages.render(
        "alerts.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        groups=choices.groups(),
        about=about,
        fault=fault,
        has_mail=_has_mail(service),
        hours=service.settings.alerts.confirm_hours,
    )


def _has_mail(service: Service) -> bool:
    settings = service.settings.alerts
    return bool(settings.smtp_url.get_secret_value() and settings.sender and settings.public_url)


def _answer(request: Request, content: bytes) -> Response:
    """With a tag, by which a feed reader need not be sent the same again."""
    headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match", "") == headers["ETag"]:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, media_type=_ATOM, headers=headers)
