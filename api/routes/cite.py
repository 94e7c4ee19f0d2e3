"""A document as a page, with the cited words marked: the permanent link of every citation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.dependencies import DocumentId, Offset, PagesOf, RegisterOf, Today, VersionNumber, VersionOf
from api.errors import responses
from api.pages import Pages
from api.pages.marking import MarkedText, Span
from corpus.documents import Document, Version
from corpus.passages import permanent_link
from corpus.register import Register

router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)
_FAULTS = responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class Newer:
    """The version that is current by now, and where it holds the cited words, if it still does."""

    number: int
    url: str
    holds_the_words: bool


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
    text = MarkedText(version.text, register.sections(version.id), register.passages(version.id), cited)
    return pages.render(
        "document.html",
        version=version,
        withdrawn=document.withdrawn,
        blocks=text.blocks(),
        cited=cited,
        newer=newer,
        overdue=version.next_review is not None and version.next_review < today,
        numbers=register.version_numbers(document.id),
    )


def _newer(register: Register, document: Document, shown: Version, quote: str, start: int) -> Newer | None:
    if shown.number == document.version:
        return None
    places = [match.start() for match in re.finditer(re.escape(quote), register.version(document.id).text)]
    if not places:
        return Newer(document.version, f"/documents/{document.id}", holds_the_words=False)
    place = min(places, key=lambda at: abs(at - start))
    url = permanent_link(document.id, document.version, place, place + len(quote))
    return Newer(document.version, url, holds_the_words=True)
