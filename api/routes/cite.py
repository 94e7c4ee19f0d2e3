"""A document as a page, with the cited words marked: the permanent link of every citation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse

from api.dependencies import (
    DocumentId,
    Offset,
    PagesOf,
    RegisterOf,
    StoreOf,
    Today,
    VersionNumber,
    VersionOf,
)
from api.errors import responses
from api.pages import Pages
from api.pages.marking import MarkedText, Span
from api.reading import PDF, Rewording, contents, page_url, reworded
from corpus.documents import Document, Version
from corpus.errors import NotFound
from corpus.passages import Passage, permanent_link
from corpus.register import Register

router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)
_FAULTS = responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class Newer:
    """The version that is current by now, and where it holds the cited words, if it still does; where it
    does not, what became of the paragraph."""

    number: int
    url: str
    holds_the_words: bool
    change: Rewording | None = None


@router.get("/cite/{document_id}/{version}/{start}-{end}", responses=_FAULTS)
def cite(
    document_id: DocumentId,
    version: VersionNumber,
    start: Offset,
    end: Offset,
    register: RegisterOf,
    pages: PagesOf,
    today: Today,
) -> HTMLResponse:
    """The version that was cited, open at the cited words; a banner tells what has happened to it since."""
    quote = register.quote(document_id, version, start, end)
    shown = register.version(document_id, version)
    document = register.document(document_id)
    newer = _newer(register, document, shown, quote, start)
    return _page(register, pages, today, shown, document, cited=Span(start, end), newer=newer)


@router.get("/documents/{document_id}/pdf", response_class=FileResponse, responses=_FAULTS)
def pdf(version: VersionOf, store: StoreOf) -> FileResponse:
    """The original where it is a PDF, to be opened at a page (`#page=2`) in the browser's own viewer."""
    path = store.originals / version.original_sha256
    if version.media_type != PDF or not path.is_file():
        raise NotFound(f"There is no PDF of {version.document_id}, version {version.number}.")
    # Without the policy of the pages, under which a viewer cannot draw; nothing in it runs with our rights.
    policy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
    headers = {"Content-Security-Policy": policy}
    return FileResponse(
        path,
        media_type=PDF,
        headers=headers,
        filename=version.original_name,
        content_disposition_type="inline",
    )


@router.get("/documents/{document_id}", responses=_FAULTS)
def read(version: VersionOf, register: RegisterOf, pages: PagesOf, today: Today) -> HTMLResponse:
    """A document to be read from its beginning."""
    document = register.document(version.document_id)
    newer = None
    if version.number != document.version:
        newer = Newer(document.version, f"/documents/{document.id}", holds_the_words=False)
    return _page(register, pages, today, version, document, cited=None, newer=newer)


def _page(
    register: Register,
    pages: Pages,
    today: Today,
    version: Version,
    document: Document,
    *,
    cited: Span | None,
    newer: Newer | None,
) -> HTMLResponse:
    sections, passages = register.sections(version.id), register.passages(version.id)
    text = MarkedText(version.text, sections, passages, cited)
    page = _page_of(passages, cited)
    numbers = register.version_numbers(document.id)
    return pages.render(
        "document.html",
        version=version,
        document=document,
        blocks=text.blocks(),
        contents=contents(sections),
        cited=cited,
        newer=newer,
        overdue=version.next_review is not None and version.next_review < today,
        page=page,
        page_url=page_url(version, page),
        others=[
            register.version(document.id, number) for number in reversed(numbers) if number != version.number
        ],
    )


def _page_of(passages: list[Passage], cited: Span | None) -> int | None:
    """The page that the cited words begin on, counted from 1, where the source has pages."""
    if cited is None:
        return None
    return next((each.page for each in passages if each.start <= cited.start < each.end), None)


def _newer(register: Register, document: Document, shown: Version, quote: str, start: int) -> Newer | None:
    if shown.number == document.version:
        return None
    current = register.version(document.id, document.version)
    places = [match.start() for match in re.finditer(re.escape(quote), current.text)]
    if not places:
        change = reworded(register.passages(shown.id), register.passages(current.id), start)
        address = f"/documents/{document.id}"
        if change and change.anchor:
            address += f"#{change.anchor}"
        return Newer(document.version, address, holds_the_words=False, change=change)
    place = min(places, key=lambda at: abs(at - start))
    url = permanent_link(document.id, document.version, place, place + len(quote))
    return Newer(document.version, url, holds_the_words=True)
