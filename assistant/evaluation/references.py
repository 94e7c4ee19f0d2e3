"""From a case's reference to the place in the library that it means, and to the passages that hold it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from assistant.evaluation.halves import document_of
from corpus.documents import Part, Section
from corpus.errors import EvaluationError
from corpus.passages import Citation, Passage
from corpus.register import Register

_PARTS = {"L": Part.KEY_LEARNING, "R": Part.RECOMMENDATION, "D": Part.DISCUSSION_POINT}
_IN_BRIEFING = re.compile(r"(?P<part>[LRD])(?P<number>\d+)|(?P<circumstances>C)")
_CIRCUMSTANCES = re.compile(r"\bcircumstances\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """What has to be known of a document to find a reference in it."""

    document_id: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """`start` and `end` are offsets into the canonical text of the document's current version; `passages` are
    the ids of those that hold any of it."""

    document_id: str
    start: int
    end: int
    passages: frozenset[str]

    def is_cited_by(self, citations: Iterable[Citation]) -> bool:
        """Whether any quote lies in this place, at least in part."""
        return any(
            citation.document_id == self.document_id
            and citation.start < self.end
            and self.start < citation.end
            for citation in citations
        )


class References:
    """'2.1.9' is the paragraph of that number in chapter 2.1; 'two-families#L3', '#R2', '#D4' the third key
    learning, second recommendation, fourth point for discussion of that briefing, '#C' its circumstances."""

    def __init__(self, outlines: Iterable[Outline]) -> None:
        self._outlines = {outline.document_id: outline for outline in outlines}

    @classmethod
    def of(cls, register: Register) -> Self:
        """Over the current versions of all documents that are not withdrawn."""
        outlines = []
        for document in register.documents():
            if not document.withdrawn:
                version = register.version(document.id)
                sections, passages = register.sections(version.id), register.passages(version.id)
                outlines.append(Outline(document.id, tuple(sections), tuple(passages)))
        return cls(outlines)

    def place(self, reference: str) -> Place:
        """Raises EvaluationError where nothing answers to the reference."""
        outline = self._outlines[self.document_id(document_of(reference))]
        section = next(_sections(outline, reference), None)
        if section is None:
            raise EvaluationError(
                f"Nothing in {outline.document_id} answers to {reference}.", "Correct the case."
            )
        held = frozenset(p.id for p in outline.passages if p.start < section.end and section.start < p.end)
        return Place(outline.document_id, section.start, section.end, held)

    def document_id(self, name: str) -> str:
        """Of a chapter ("2.1") or briefing ("two-families"). Raises EvaluationError."""
        prefix = f"{name.replace('.', '-')}-" if name[0].isdigit() else None
        for document_id in self._outlines:
            if document_id == name or (prefix and document_id.startswith(prefix)):
                return document_id
        raise EvaluationError(
            f"The store holds no document {name}.", "Take in the library that the cases belong to."
        )


def _sections(outline: Outline, reference: str) -> Iterator[Section]:
    _, mark, inner = reference.partition("#")
    if not mark:
        yield from (s for s in outline.sections if s.number == reference and not s.heading)
        return
    match = _IN_BRIEFING.fullmatch(inner)
    if match is None:
        return
    if match["circumstances"]:
        yield from (s for s in outline.sections if _CIRCUMSTANCES.search(s.heading))
        return
    parts = [section for section in outline.sections if section.part is _PARTS[match["part"]]]
    # A part is counted, not read: points for discussion carry no number.
    yield from parts[int(match["number"]) - 1 : int(match["number"])]
