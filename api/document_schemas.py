"""The shapes of documents at the door."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from corpus.documents import Because, Kind


class DocumentOut(BaseModel):
    """A document, as its current or a chosen version has it."""

    id: str
    title: str
    kind: Kind
    version: int
    last_reviewed: date | None
    next_review: date | None
    sections: int
    passages: int
    withdrawn: bool
    effective_from: date | None = None
    because: Because | None = Field(None, description="Why it answers no question any more.")
    superseded_by: str | None = Field(None, description="The document that took its place.")

    model_config = ConfigDict(from_attributes=True)


class SectionOut(BaseModel):
    """A heading or numbered paragraph; `start` and `end` are offsets into the canonical text."""

    number: str | None
    heading: str
    anchor: str
    level: int
    start: int
    end: int
    page: int | None
    part: str | None
    body: str | None
    sections: list[SectionOut]


class DocumentDetailOut(DocumentOut):
    """A document's version with its section tree."""

    current_version: int
    versions: list[int]
    text_sha256: str
    original_name: str
    original_sha256: str
    media_type: str
    ingested_at: datetime
    section_tree: list[SectionOut]
