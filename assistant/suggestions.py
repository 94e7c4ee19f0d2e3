"""Questions to begin with, made from the library's own headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.documents import Document, Kind
from corpus.register import Register

# So many documents are looked into, evenly over the library.
_SAMPLE = 60
# A heading that so many documents share, such as "Time limits", says too little by itself.
_SHARED = 2
_FEWEST_WORDS = 3
_MOST_CHARS = 70


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`question` is what is asked; `heading` and `title` say where it comes from."""

    question: str
    heading: str
    title: str
    document_id: str


class Suggestions:
    """Other ones every day, and looked for anew when the library has changed."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._found: dict[str, list[Suggestion]] = {}
        self._of: frozenset[int] = frozenset()

    def on(self, day: date, limit: int) -> list[Suggestion]:
        """At most `limit`, each from another document."""
        live = self._register.live_versions()
        if live != self._of:
            self._found, self._of = self._look(), live
        documents = sorted(self._found)
        if not documents:
            return []
        start = day.toordinal()
        step = max(len(documents) // limit, 1)
        chosen = dict.fromkeys(documents[(start + turn * step) % len(documents)] for turn in range(limit))
        return [self._found[each][start % len(self._found[each])] for each in chosen]

    def _look(self) -> dict[str, list[Suggestion]]:
        """By document: procedures and guidance, since a briefing's headings name a family's story."""
        binding = [
            document
            for document in self._register.documents()
            if not document.withdrawn and document.kind is not Kind.BRIEFING
        ]
        sample = binding[:: max(len(binding) // _SAMPLE, 1)][:_SAMPLE]
        headings = {document.id: self._headings(document) for document in sample}
        shared = Counter(heading for found in headings.values() for heading in set(found))
        suggested = {
            document.id: [
                _suggestion(document, heading)
                for heading in headings[document.id]
                if shared[heading] < _SHARED
            ]
            for document in sample
        }
        return {each: found for each, found in suggested.items() if found}

    def _headings(self, document: Document) -> Sequence[str]:
        sections = self._register.sections(self._register.version(document.id, document.version).id)
        return [
            section.heading
            for section in sections
            if section.parent is not None
            and len(section.heading.split()) >= _FEWEST_WORDS
            and len(section.heading) <= _MOST_CHARS
        ]


def _suggestion(document: Document, heading: str) -> Suggestion:
    return Suggestion(_question(document.title, heading), heading, document.title, document.id)


def _question(title: str, heading: str) -> str:
    if heading.endswith("?"):
        return f"{title}: {_lowered(heading)}"
    return f"What does “{title}” say about {_lowered(heading.rstrip('.: '))}?"


def _lowered(heading: str) -> str:
    """The first letter small, as inside a sentence, unless it begins an abbreviation or "Section 47"."""
    first, _, rest = heading.partition(" ")
    is_name = first[1:] != first[1:].lower() or rest[:1].isdigit()
    return heading if is_name else heading[:1].lower() + heading[1:]
