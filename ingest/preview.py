"""How a file was understood, shown before it answers any question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.changes import Change, changes_between
from corpus.documents import Document, Kind, Section, Version
from corpus.paragraphs import paragraphs_of
from corpus.register import Register
from ingest.preparing import Prepared
from ingest.structure import Structured

_FEW = 0.5
_NUMBER = re.compile(r"(?P<stem>(?:\d{1,3}\.)*)(?P<last>\d{1,3})")


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be taken in. `changes` are those against `replaces`, the document that it is a new
    version of; `doubts` are what a person should look at before it is published."""

    document: Structured
    media_type: str
    passages: int
    numbered: tuple[str, ...]
    doubts: tuple[str, ...]
    replaces: Document | None = None
    changes: tuple[Change, ...] = field(default=())

    @property
    def headings(self) -> list[Section]:
        """In reading order."""
        return [section for section in self.document.sections if section.heading]


def preview_of(prepared: Prepared, register: Register, replaces: Document | None) -> Preview:
    """What is to be shown of a prepared file, held against the document that it would be a new version of."""
    document = prepared.document
    new = paragraphs_of(document.text, document.sections, prepared.passages)
    changes: list[Change] = []
    doubts = list(_doubts(document))
    if replaces is None:
        doubts += _namesakes(document, register)
    else:
        version = register.version(replaces.id)
        old = paragraphs_of(version.text, register.sections(version.id), register.passages(version.id))
        changes = changes_between(old, new)
        doubts += _doubts_beside(document, version, len(old), len(new), len(changes))
    return Preview(
        document=document,
        media_type=prepared.media_type,
        passages=len(prepared.passages),
        numbered=tuple(_numbered(document.sections)),
        doubts=tuple(doubts),
        replaces=replaces,
        changes=tuple(changes),
    )


def _numbered(sections: Sequence[Section]) -> Iterator[str]:
    """The numbers of paragraphs, in reading order."""
    return (section.number for section in sections if section.number and not section.heading)


def _doubts(document: Structured) -> Iterator[str]:
    numbers = list(_numbered(document.sections))
    if not any(section.heading for section in document.sections):
        yield "No headings were recognised, so quotes will be shown without a place."
    if document.kind is Kind.PROCEDURE and not numbers:
        yield "No numbered paragraphs were recognised. Quotes from procedures are cited by paragraph number."
    if document.last_reviewed is None:
        yield "No date of the last review was found."
    if document.next_review is None and document.kind is Kind.PROCEDURE:
        yield "No date of the next review was found."
    yield from _gaps(numbers)


def _namesakes(document: Structured, register: Register) -> Iterator[str]:
    for other in register.documents():
        if not other.withdrawn and other.title.casefold() == document.title.casefold():
            yield (
                f"There is a {other.kind.value} “{other.title}” already, and both would answer. Is this a "
                "new version of it, or does it supersede it?"
            )


def _gaps(numbers: Sequence[str]) -> Iterator[str]:
    for before, after in pairwise(numbers):
        one, other = _NUMBER.fullmatch(before), _NUMBER.fullmatch(after)
        if not one or not other or one["stem"] != other["stem"]:
            continue
        step = int(other["last"]) - int(one["last"])
        if step > 1:
            yield f"Paragraph {before} is followed by {after}: is something missing or not recognised?"
        elif step < 1:
            yield f"Paragraph {before} is followed by {after}: the numbers do not go up."


def _doubts_beside(
    document: Structured, version: Version, before: int, after: int, changed: int
) -> Iterator[str]:
    if document.kind is not version.kind:
        yield f"It was a {version.kind.value} so far, and would become a {document.kind.value}."
    if document.title != version.title:
        yield f"The title changes from “{version.title}” to “{document.title}”."
    if after < _FEW * before:
        yield f"It has {after} paragraphs where the present version has {before}. Is it the whole document?"
    elif before and changed > max(before, after):
        yield "Nearly every paragraph differs from the present version. Is it the same document?"
