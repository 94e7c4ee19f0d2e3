"""Where in the library the chapter stands that a text calls "chapter 6.2 (Professional differences)"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.procedures import ReadProcedure, Reference, ReferenceSort

_NUMBER = re.compile(r"^\s*(?:chapter\s+)?\d+(?:\.\d+)*[.:)]?\s+", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A document that is a chapter, or a manual of many."""

    document_id: str
    title: str
    number: str | None


class Chapters:
    """All live chapters, by number and by title; `headings` are (document id, number, heading, anchor) of
    the sections of every live manual, since one document may hold many chapters."""

    def __init__(
        self, documents: Iterable[Chapter], headings: Iterable[tuple[str, str | None, str, str]]
    ) -> None:
        self._documents = list(documents)
        self._ids = {chapter.document_id for chapter in self._documents}
        self._headings = list(headings)

    def resolved(self, read: ReadProcedure) -> ReadProcedure:
        """The same, its references to chapters with what stands under their names now."""
        return replace(read, references=tuple(self._resolve(read.document_id, r) for r in read.references))

    def _resolve(self, document_id: str, reference: Reference) -> Reference:
        if reference.sort is ReferenceSort.LEGISLATION:
            return reference
        target = self._document(document_id, reference) or self._section(document_id, reference)
        if target is None:
            return reference
        return replace(reference, document_id=target[0], target_anchor=target[1])

    def _document(self, own: str, reference: Reference) -> tuple[str, str | None] | None:
        """A number alone may be another manual's: it counts where one document has it, or where the
        title agrees."""
        numbered = [c for c in self._documents if reference.number and c.number == reference.number]
        titled = [c for c in self._documents if reference.title and _same(c.title, reference.title)]
        both = [c for c in numbered if c in titled]
        for found in (both, titled, numbered):
            others = [c for c in found if c.document_id != own] or found
            if len(others) == 1:
                return others[0].document_id, None
        return None

    def _section(self, own: str, reference: Reference) -> tuple[str, str | None] | None:
        """A chapter inside the manual that refers to it, or else inside another one."""
        found = [
            (document, anchor)
            for document, number, heading, anchor in self._headings
            if (reference.number and number == reference.number)
            or (reference.title and _same(heading, reference.title))
        ]
        inside = [target for target in found if target[0] == own]
        return (inside or found)[0] if inside or len(found) == 1 else None


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(title: str) -> str:
    return _NOT_A_WORD.sub(" ", _NUMBER.sub("", title).lower().replace("&", "and")).strip()
