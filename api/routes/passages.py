"""The passage around cited words, and what has become of its document since."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.dependencies import DocumentId, Offset, RegisterOf, Today, VersionNumber
from api.errors import responses
from api.reading import page_url

router = APIRouter(prefix="/v1", tags=["documents"])


class CitedPassageOut(BaseModel):
    """`before + quote + after` is the passage, character for character."""

    before: str
    quote: str
    after: str
    next_review: date | None
    overdue: bool = Field(description="Whether the next review of this version should have been by now.")
    current_version: int
    withdrawn: bool
    page_url: str | None = Field(description="Opens the page of the original, where that is a PDF.")


@router.get(
    "/passages/{document_id}/{version}/{start}-{end}",
    responses=responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
)
def passage(
    document_id: DocumentId,
    version: VersionNumber,
    start: Offset,
    end: Offset,
    register: RegisterOf,
    today: Today,
) -> CitedPassageOut:
    """The whole of the passages that the words at these offsets stand in."""
    quote = register.quote(document_id, version, start, end)
    shown = register.version(document_id, version)
    around = [each for each in register.passages(shown.id) if each.start < end and each.end > start]
    first = min([each.start for each in around] + [start])
    last = max([each.end for each in around] + [end])
    document = register.document(document_id)
    return CitedPassageOut(
        before=shown.text[first:start],
        quote=quote,
        after=shown.text[end:last],
        next_review=shown.next_review,
        overdue=shown.next_review is not None and shown.next_review < today,
        current_version=document.version,
        withdrawn=document.withdrawn,
        page_url=page_url(shown, around[0].page if around else None),
    )
