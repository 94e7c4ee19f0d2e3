"""What the assistant knows: documents, their sections, their text, and the files as they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, PlainTextResponse

from api.dependencies import RegisterOf, StoreOf, VersionOf
from api.document_schemas import DocumentDetailOut, DocumentOut, SectionOut
from api.errors import responses
from corpus.documents import Section
from corpus.errors import NotFound

router = APIRouter(
    prefix="/v1/documents",
    tags=["documents"],
    responses=responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
)


@router.get("")
def documents(
    register: RegisterOf,
    withdrawn: Annotated[bool, Query(description="Also those that answer no question any more.")] = False,
) -> list[DocumentOut]:
    """All documents by title."""
    return [
        DocumentOut.model_validate(document)
        for document in register.documents()
        if withdrawn or not document.withdrawn
    ]


@router.get("/{document_id}")
def document(version: VersionOf, register: RegisterOf) -> DocumentDetailOut:
    """A document with its section tree."""
    current = register.document(version.document_id)
    sections = register.sections(version.id)
    return DocumentDetailOut(
        id=version.document_id,
        title=version.title,
        kind=version.kind,
        version=version.number,
        last_reviewed=version.last_reviewed,
        next_review=version.next_review,
        sections=len(sections),
        passages=len(register.passages(version.id)),
        withdrawn=current.withdrawn,
        effective_from=version.effective_from,
        because=current.because,
        superseded_by=current.superseded_by,
        current_version=current.version,
        versions=register.version_numbers(version.document_id),
        text_sha256=version.text_sha256,
        original_name=version.original_name,
        original_sha256=version.original_sha256,
        media_type=version.media_type,
        ingested_at=version.ingested_at,
        section_tree=_tree(sections),
    )


@router.get("/{document_id}/text", response_class=PlainTextResponse)
def text(version: VersionOf) -> PlainTextResponse:
    """The canonical text: `text[start:end] == quote` for every citation, in Unicode code points."""
    return PlainTextResponse(version.text)


@router.get("/{document_id}/original", response_class=FileResponse)
def original(version: VersionOf, store: StoreOf) -> FileResponse:
    """The file as it came. Always a download: nothing in it is to run in a browser."""
    path = store.originals / version.original_sha256
    if not path.is_file():
        raise NotFound(f"The original of {version.document_id}, version {version.number}, is not kept.")
    return FileResponse(path, media_type="application/octet-stream", filename=version.original_name)


def _tree(sections: Sequence[Section]) -> list[SectionOut]:
    children: defaultdict[int | None, list[Section]] = defaultdict(list)
    for section in sections:
        children[section.parent].append(section)

    def under(parent: int | None) -> list[SectionOut]:
        return [_section(section, under(section.ordinal)) for section in children[parent]]

    return under(None)


def _section(section: Section, below: list[SectionOut]) -> SectionOut:
    return SectionOut(
        number=section.number,
        heading=section.heading,
        anchor=section.anchor,
        level=section.level,
        start=section.start,
        end=section.end,
        page=section.page,
        part=section.part,
        body=section.body,
        sections=below,
    )
