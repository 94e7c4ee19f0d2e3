"""Where in the library the chapter stands that a text calls "chapter 6.2 (Professional differences)"."""

from __future__ import annotations

import re
from collections import defaultdict
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
        self._by_number: dict[str, list[Chapter]] = defaultdict(list)
        self._by_title: dict[str, list[Chapter]] = defaultdict(list)
        for chapter in documents:
            self._by_title[_plain(chapter.title)].append(chapter)
            if chapter.number:
                self._by_number[chapter.number].append(chapter)
        self._headings: list[tuple[str, str]] = []
        self._places: dict[tuple[str, str], list[int]] = defaultdict(list)
        """Of headings, by number and by words."""
        for place, (document, number, heading, anchor) in enumerate(headings):
            self._headings.append((document, anchor))
            self._places["words", _plain(heading)].append(place)
            if number:
                self._places["number", number].append(place)

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
        numbered = self._by_number.get(reference.number or "", [])
        titled = self._by_title.get(_plain(reference.title), []) if reference.title else []
        both = [c for c in numbered if c in titled]
        for found in (both, titled, numbered):
            others = [c for c in found if c.document_id != own] or found
            if len(others) == 1:
                return others[0].document_id, None
        return None

    def _section(self, own: str, reference: Reference) -> tuple[str, str | None] | None:
        """A chapter inside the manual that refers to it, or else inside another one."""
        names = [("number", reference.number)] if reference.number else []
        names += [("words", _plain(reference.title))] if reference.title else []
        places = {place for name in names for place in self._places.get(name, ())}
        found = [self._headings[place] for place in sorted(places)]
        inside = [target for target in found if target[0] == own]
        return (inside or found)[0] if inside or len(found) == 1 else None


def _plain(title: str) -> str:
    return _NOT_A_WORD.sub(" ", _NUMBER.sub("", title).lower().replace("&", "and")).strip()
