"""The live documents as reports read them, each with its text, sections and passages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.documents import Document, Section, Version
from corpus.passages import Passage, permanent_link
from corpus.register import Register
from corpus.sentences import sentence_spans


@dataclass(frozen=True)
class LiveDocument:
    """One document as it stands now."""

    document: Document
    version: Version
    sections: list[Section]
    passages: list[Passage]

    @cached_property
    def _starts(self) -> list[int]:
        return [section.start for section in self.sections]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Spans in the text, in order."""
        return sentence_spans(self.version.text)

    def place(self, at: int) -> str:
        """The paragraph's number where it has one, else its heading, else the anchor of where it stands."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return ""
        section = self.sections[index]
        return section.number or section.heading or section.anchor

    def heading_at(self, at: int) -> str:
        """The heading that these words stand under."""
        index = bisect_right(self._starts, at) - 1
        while index >= 0 and not self.sections[index].heading:
            parent = self.sections[index].parent
            index = -1 if parent is None else parent
        return self.sections[index].heading if index >= 0 else ""

    def sentence_at(self, at: int) -> tuple[int, int]:
        """The span of the sentence around a character."""
        index = bisect_right(self.sentences, (at, len(self.version.text))) - 1
        return self.sentences[max(index, 0)]

    def link(self, start: int, end: int) -> str:
        return permanent_link(self.document.id, self.version.number, start, end)


def live_documents(register: Register) -> Iterator[LiveDocument]:
    """By title; what is withdrawn is left out."""
    for document in register.documents():
        if not document.withdrawn:
            version = register.version(document.id, document.version)
            yield LiveDocument(
                document, version, register.sections(version.id), register.passages(version.id)
            )
