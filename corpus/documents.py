"""Documents, their versions and their section trees, as every room sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a document does for its reader; decides the group its words are shown under."""

    BRIEFING = "briefing"
    PROCEDURE = "procedure"
    GUIDANCE = "guidance"


class Because(StrEnum):
    """Why a document answers no question any more. Only what is gone comes back by itself."""

    GONE = "gone"
    BY_HAND = "by hand"
    SUPERSEDED = "superseded"
    ROLLED_BACK = "rolled back"


class Part(StrEnum):
    """The typed parts of a learning briefing."""

    KEY_LEARNING = "key_learning"
    RECOMMENDATION = "recommendation"
    DISCUSSION_POINT = "discussion_point"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, or a numbered paragraph, with all that stands under it.

    `ordinal` counts from 0 in reading order and names the section inside its version; `parent` is
    the ordinal of the enclosing section. `start` and `end` are character offsets into the version's
    canonical text: the heading's own words begin at `start`. `page` counts from 1 where the
    source has pages. `anchor` is unique inside the version and safe in a URL fragment.
    """

    ordinal: int
    parent: int | None
    level: int
    number: str | None
    heading: str
    anchor: str
    start: int
    end: int
    page: int | None = None
    part: Part | None = None
    body: str | None = None
    """The body that a recommendation is addressed to, in the briefing's own words."""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a document. `number` counts from 1; `text` is the canonical text."""

    id: int
    document_id: str
    number: int
    title: str
    kind: Kind
    text: str
    text_sha256: str
    original_sha256: str
    original_name: str
    media_type: str
    ingested_at: datetime
    last_reviewed: date | None
    next_review: date | None
    effective_from: date | None = None
    run: int | None = None
    recipe: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document with the version that is current; `withdrawn` ones answer no question.

    `source` is a path, a web address, or `upload:` and the document's id. `superseded_by` is the id of the
    document that took its place.
    """

    id: str
    source: str
    title: str
    kind: Kind
    version: int
    withdrawn: bool
    last_reviewed: date | None
    next_review: date | None
    sections: int
    passages: int
    effective_from: date | None = None
    because: Because | None = None
    withdrawn_at: datetime | None = None
    superseded_by: str | None = None
