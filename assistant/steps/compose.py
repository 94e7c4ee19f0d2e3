"""The sentences that answer, word for word, best first, grouped by what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, AnswerStatus
from assistant.choices import Choice, chosen
from assistant.citing import citation_of, sentence_of
from assistant.enquiry import Enquiry
from assistant.quotes import Quote, joined
from corpus.settings import AnswerSettings

# Most sentences where they are only near to what is asked.
_NEAREST = 3


class Compose:
    """Extractive: every sentence is a quote with one citation of its own. What does not seem to be said stays
    `not_in_corpus`, with the nearest that is."""

    name = "compose"

    def __init__(self, settings: AnswerSettings) -> None:
        self._most = settings.max_sentences

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
        if enquiry.draft is not None:
            return enquiry
        most = self._most if enquiry.is_said else min(self._most, _NEAREST)
        quotes = _quotes(chosen(enquiry.found, most, enquiry.standalone, enquiry.text), most)
        if not quotes:
            return Answer(AnswerStatus.NOT_IN_CORPUS, enquiry.text, confidence=enquiry.confidence)
        draft = Answer(
            status=AnswerStatus.ANSWERED if enquiry.is_said else AnswerStatus.NOT_IN_CORPUS,
            question=enquiry.text,
            sentences=tuple(sentence_of(number, quote) for number, quote in enumerate(quotes, start=1)),
            citations=tuple(citation_of(number, quote) for number, quote in enumerate(quotes, start=1)),
            confidence=enquiry.confidence,
        )
        return replace(enquiry, draft=draft)


def _quotes(picked: Sequence[Choice], most: int) -> list[Quote]:
    """No more than `most`; a lead-in and its item, and a sentence and those that it leans on, stand together
    in their order or not at all."""
    quotes: list[Quote] = []
    for choice in picked:
        own = choice.quotes
        if any(_holds(quote, own[-1]) or _holds(own[-1], quote) for quote in quotes):
            continue
        new = joined([quote for quote in own if quote not in quotes])
        if len(quotes) + len(new) <= most:
            said = [quotes.index(quote) for quote in own if quote in quotes]
            place = _behind(said[-1], new, quotes) if said else len(quotes)
            quotes[place:place] = new
    return quotes


def _behind(said: int, new: Sequence[Quote], quotes: Sequence[Quote]) -> int:
    """Where to go on from what is said already; items of one list stand in its order."""
    place = said + 1
    while place < len(quotes) and quotes[place].is_item and new and quotes[place].start < new[0].start:
        place += 1
    return place


def _holds(quote: Quote, other: Quote) -> bool:
    return quote.live is other.live and quote.start <= other.start and other.end <= quote.end
