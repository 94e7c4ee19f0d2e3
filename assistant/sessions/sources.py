"""Documents read for a pack, and words cut from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.documents import Document, Kind, Part, Section, Version
from corpus.errors import NotFound
from corpus.passages import Line, LivePassage, Passage
from corpus.procedure_register import READ_KINDS, ProcedureRegister
from corpus.procedures import Duty
from corpus.register import Register
from corpus.sentences import sentence_spans


class Source:
    """One version of one document with all its parts; read from the register once."""

    def __init__(
        self,
        document: Document,
        version: Version,
        sections: list[Section],
        passages: list[Passage],
        read_duties: Callable[[], tuple[Duty, ...]] = tuple,
    ) -> None:
        self.document = document
        self.version = version
        self.sections = sections
        self.passages = passages
        self._read_duties = read_duties

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def kind(self) -> Kind:
        return self.version.kind

    @property
    def title(self) -> str:
        return self.version.title

    def words(self, start: int, end: int) -> Words:
        return Words(self, start, end)

    def part(self, part: Part) -> list[Section]:
        return [section for section in self.sections if section.part is part]

    def inside(self, section: Section) -> list[Passage]:
        """The passages whose first character stands in the section."""
        return [passage for passage in self.passages if section.start <= passage.start < section.end]

    def lines(self, section: Section) -> Iterator[tuple[LivePassage, Line]]:
        """The section's lines in reading order; those of a passage that spans several are cut to it."""
        for passage in self.passages:
            for line in passage.lines:
                if section.start <= line.start and line.end <= section.end:
                    yield self.live(passage), line

    def live(self, passage: Passage) -> LivePassage:
        return LivePassage(
            passage,
            self.id,
            self.version.number,
            self.title,
            self.kind,
            self.version.last_reviewed,
        )

    def section_at(self, start: int) -> Section | None:
        """The innermost section around this offset."""
        around = [section for section in self.sections if section.start <= start < section.end]
        return max(around, key=lambda section: (section.level, section.ordinal), default=None)

    def trail(self, section: Section | None) -> tuple[str, ...]:
        """The headings down to the section, its own among them."""
        found: list[str] = []
        while section is not None:
            if section.heading:
                found.append(section.heading)
            section = self._by_ordinal.get(section.parent) if section.parent is not None else None
        return tuple(reversed(found))

    def page(self, start: int) -> int | None:
        for passage in self.passages:
            if passage.start <= start < passage.end:
                return passage.page
        section = self.section_at(start)
        return section.page if section else None

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """What was read from it of who must do what; nothing from a briefing."""
        return self._read_duties()

    @cached_property
    def _by_ordinal(self) -> dict[int, Section]:
        return {section.ordinal: section for section in self.sections}


@dataclass(frozen=True, slots=True)
class Words:
    """A span of a version's canonical text."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.version.text[self.start : self.end]

    @property
    def place(self) -> tuple[str, int, int, int]:
        """Document, version, start and end."""
        return self.source.id, self.source.version.number, self.start, self.end

    def sentences(self) -> list[Words]:
        return [
            Words(self.source, self.start + start, self.start + end)
            for start, end in sentence_spans(self.text)
        ]


class Shelf:
    """Reads each version once. Withdrawn documents are not on it."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._procedures = ProcedureRegister(register.engine)
        self._read: dict[tuple[str, int], Source] = {}
        self._documents = {each.id: each for each in register.documents() if not each.withdrawn}

    def ids(self, *kinds: Kind) -> list[str]:
        """Of the live documents of these kinds, by title."""
        return [each.id for each in self._documents.values() if each.kind in kinds]

    def source(self, document_id: str, number: int | None = None) -> Source:
        """The numbered version, or the current one. Raises NotFound."""
        document = self._documents.get(document_id)
        if document is None:
            raise NotFound(f"There is no document {document_id}.", "`assistant documents` lists all.")
        number = number or document.version
        if (document_id, number) not in self._read:
            version = self._register.version(document_id, number)
            sections = self._register.sections(version.id)
            passages = self._register.passages(version.id)
            self._read[document_id, number] = Source(
                document, version, sections, passages, lambda: self._duties(version)
            )
        return self._read[document_id, number]

    def _duties(self, version: Version) -> tuple[Duty, ...]:
        if version.kind not in READ_KINDS:
            return ()
        try:
            return self._procedures.of(version.document_id, version.number).duties
        except NotFound:
            # A store that was made before procedures were read.
            return ()
