"""Words are cited by their place: the same words get the same number."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.sessions.sources import Words
from corpus.passages import Citation, digest, permanent_link


class PackCitations:
    """Numbers words from 1 in the order in which they are first cited."""

    def __init__(self) -> None:
        self._by_place: dict[tuple[str, int, int, int], Citation] = {}

    @property
    def all(self) -> tuple[Citation, ...]:
        return tuple(self._by_place.values())

    def cite(self, words: Iterable[Words]) -> tuple[int, ...]:
        """The numbers of these words, in their order."""
        return tuple(self._number(each) for each in words)

    def _number(self, words: Words) -> int:
        if words.place not in self._by_place:
            self._by_place[words.place] = _citation(len(self._by_place) + 1, words)
        return self._by_place[words.place].number


def _citation(number: int, words: Words) -> Citation:
    source, version = words.source, words.source.version
    section = source.section_at(words.start)
    return Citation(
        number=number,
        document_id=source.id,
        title=source.title,
        kind=source.kind,
        version=version.number,
        anchor=section.anchor if section else "",
        heading_trail=source.trail(section),
        page=source.page(words.start),
        quote=words.text,
        start=words.start,
        end=words.end,
        sha256=digest(words.text),
        url=permanent_link(source.id, version.number, words.start, words.end),
        last_reviewed=version.last_reviewed,
    )
