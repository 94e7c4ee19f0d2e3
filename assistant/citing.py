"""From quotes to numbered citations: the same words are cited once."""

from __future__ import annotations

from collections.abc import Iterable

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
