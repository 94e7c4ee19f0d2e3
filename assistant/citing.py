"""From quotes to numbered citations: the same words are cited once."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answers import Group, Sentence
from assistant.modality import modality_of
from assistant.quotes import Quote
from corpus.passages import Citation, digest, permanent_link


class CitationList:
    """Numbers quotes from 1 in the order in which they are first cited."""

    def __init__(self) -> None:
        self._by_place: dict[tuple[str, int, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._by_place.values())

    def cite(self, quotes: Iterable[Quote]) -> tuple[Citation, ...]:
        """The citations of these quotes, new ones and known ones."""
        return tuple(self._of(quote) for quote in dict.fromkeys(quotes))

    def _of(self, quote: Quote) -> Citation:
        place = (quote.live.document_id, quote.live.version, quote.start, quote.end)
        if place not in self._by_place:
            self._by_place[place] = citation_of(len(self._by_place) + 1, quote)
        return self._by_place[place]


def citation_of(number: int, quote: Quote) -> Citation:
    """The quote with everything that is shown of its place."""
    live = quote.live
    return Citation(
        number=number,
        document_id=live.document_id,
        title=live.title,
        kind=live.kind,
        version=live.version,
        anchor=live.passage.anchor,
        heading_trail=live.passage.trail,
        page=live.passage.page,
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        sha256=digest(quote.text),
        url=permanent_link(live.document_id, live.version, quote.start, quote.end),
        last_reviewed=live.last_reviewed,
    )


def sentence_of(number: int, quote: Quote) -> Sentence:
    """The quote said by itself, under the citation of this number."""
    group = Group.of(quote.live.kind)
    modality = None if group is Group.LEARNING else modality_of(quote.bound_by)
    return Sentence(quote.text, group, modality, (number,), quote.is_item)


def place_of(citation: Citation) -> str:
    """What the place is called: the printed number goes with the document's title."""
    number = citation.anchor if any(map(str.isdigit, citation.anchor)) else ""
    return f"{citation.title}, {number}" if number and number not in citation.title else citation.title
