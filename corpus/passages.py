"""Passages, the unit that is found, and citations, the unit that is shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Kind, Part
from corpus.word_pieces import Signs


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, list item or table row: the smallest span that is ever quoted.

    All four numbers are character offsets into the version's canonical text. `lead_start` and
    `lead_end` span the words without which the line cannot be understood: the lead-in of a list,
    the header of a table. They are equal where there are none.
    """

    start: int
    end: int
    lead_start: int = 0
    lead_end: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered paragraph, or a few short neighbours under one heading.

    `id` is made from content and place (see `passage_id`), so it stays the same over versions as
    long as both do. `start` and `end` are offsets into the canonical text, `text == canonical[start:end]`.
    """

    id: str
    section: int
    anchor: str
    number: str | None
    trail: tuple[str, ...]
    text: str
    start: int
    end: int
    page: int | None
    part: Part | None
    lines: tuple[Line, ...]

    def words(self, line: Line) -> str:
        """The text of one of its lines."""
        return self.text[line.start - self.start : line.end - self.start]


@dataclass(frozen=True, slots=True)
class LivePassage:
    """A passage of a version that is current, with what a citation needs to know of its document."""

    passage: Passage
    document_id: str
    version: int
    title: str
    kind: Kind
    last_reviewed: date | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A live passage with its stored vectors: `vector` of shape (dimensions,), `lines` of shape
    (lines, dimensions), both float32; `pieces` are the signs of its word pieces and its headings'."""

    live: LivePassage
    vector: NDArray[np.float32]
    lines: NDArray[np.float32]
    pieces: Signs


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of one version of one document. `sha256` is that of the quote's UTF-8 bytes."""

    number: int
    document_id: str
    title: str
    kind: Kind
    version: int
    anchor: str
    heading_trail: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    sha256: str
    url: str
    last_reviewed: date | None


def digest(text: str) -> str:
    """Hexadecimal SHA-256 of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def passage_id(document_id: str, anchor: str, trail: tuple[str, ...], occurrence: int, text: str) -> str:
    """32 hexadecimal digits made from content and place.

    The trail is part of the place since it is embedded with the text. `occurrence` counts, from 0,
    equal texts in one place.
    """
    return digest("\0".join((document_id, anchor, *trail, str(occurrence), text)))[:32]


def permanent_link(document_id: str, version: int, start: int, end: int) -> str:
    """The link, relative to the service, that opens these words in this version for good."""
    return f"/cite/{document_id}/{version}/{start}-{end}#cited"
