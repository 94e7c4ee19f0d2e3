"""The sentences that answer, word for word, best first, grouped by what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from assistant.answers import Answer, AnswerStatus, Group
from assistant.citing import citation_of, sentence_of
from assistant.enquiry import Enquiry, Found
from assistant.evidence import Evidence, stems_of
from assistant.modality import modality_of
from assistant.quotes import Quote, quotes_of, says_something
from corpus.settings import AnswerSettings

# A sentence is kept while it is no less than so much of the best one.
_NEARLY = 0.3
# What the place of its passage in the ranking counts (1, 1/2, 1/3 ... of it), and that it binds where
# somebody asks what has to be done; a line's own score is at most 1.5.
_PLACE = 1.0
_BINDS = 0.1
_ASKS_FOR_DUTY = re.compile(
    r"\b(?:who|whom|must|should|shall|may|need|have to|supposed|am i|are we|is it ok|do (?:i|we|they)"
    r"|can (?:i|we|they|he|she)|what (?:do|should|must|can|does|to)|how (?:do|should|must))\b",
    re.IGNORECASE,
)
# So many of the first passages may say a second sentence: what is asked often stands beside the nearest line.
_LEADING = 1
_MOST_OF_ONE_PASSAGE = 2
# Most sentences where they are only near to what is asked.
_NEAREST = 3
_ALIKE = 0.8
_CELLS = " | "


@dataclass(frozen=True, slots=True)
class _Choice:
    found: Found
    evidence: Evidence
    rank: float

    @property
    def group(self) -> Group:
        return Group.of(self.found.live.kind)


class Compose:
    """Extractive: every sentence is a quote with one citation of its own. What does not seem to be said stays
    `not_in_corpus`, with the nearest that is."""

    name = "compose"

    def __init__(self, settings: AnswerSettings) -> None:
        self._most = settings.max_sentences

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
        most = self._most if enquiry.is_said else min(self._most, _NEAREST)
        quotes = _quotes(_chosen(enquiry.found, most, enquiry.standalone), most)
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


def _quotes(chosen: Sequence[_Choice], most: int) -> list[Quote]:
    """No more than `most`; a lead-in and its items stand together or not at all."""
    quotes: list[Quote] = []
    for choice in chosen:
        first, *rest = quotes_of(choice.found.live, choice.evidence.line)
        own = [quote for quote in (first, *rest) if quote not in quotes]
        if len(quotes) + len(own) <= most:
            at = _behind(first, rest, quotes) if first in quotes else len(quotes)
            quotes[at:at] = own
    return quotes


def _behind(lead: Quote, items: Sequence[Quote], quotes: Sequence[Quote]) -> int:
    """Where further items of a list belong whose lead-in is quoted already: in the order of the list."""
    at = quotes.index(lead) + 1
    while at < len(quotes) and quotes[at].is_item and items and quotes[at].start < items[0].start:
        at += 1
    return at


def _chosen(found: Sequence[Found], most: int, question: str) -> list[_Choice]:
    """The best lines of the best passages, the group of the best line first.

    The best line of each group comes in before the second of any: what binds and what was learned belong
    together, and one long document must not crowd out the others.
    """
    asks_for_duty = _ASKS_FOR_DUTY.search(question) is not None
    asked, leading = stems_of(question), frozenset(each.live.passage.id for each in found[:_LEADING])
    ranked = sorted(_ranked(found, asks_for_duty), key=lambda choice: -choice.rank)
    near = [choice for choice in ranked if choice.rank >= _NEARLY * ranked[0].rank]
    firsts = {choice.group: choice for choice in reversed(near)}
    chosen: list[_Choice] = []
    for choice in [*firsts.values(), *near]:
        if len(chosen) < most and not _is_repeat(choice, chosen) and _fits(choice, chosen, asked, leading):
            chosen.append(choice)
    order = list(dict.fromkeys(choice.group for choice in near))
    return sorted(chosen, key=lambda choice: (order.index(choice.group), -choice.rank))


def _ranked(found: Sequence[Found], asks_for_duty: bool) -> Iterator[_Choice]:
    """A line's own score, with its passage's place, and a must, should or may where one is asked for."""
    for place, passage in enumerate(found):
        for evidence in passage.lines:
            if says_something(passage.live, evidence.line):
                binds = asks_for_duty and modality_of(evidence.text) is not None
                rank = evidence.score + _PLACE / (place + 1) + _BINDS * binds
                yield _Choice(passage, evidence, rank)


def _is_repeat(choice: _Choice, chosen: Sequence[_Choice]) -> bool:
    """Whether nearly all that it says stands in a chosen line already; another number is never a repeat."""
    for other in chosen:
        words, others = _said(choice, other), _said(other, choice)
        differ = {word for word in words ^ others if any(map(str.isdigit, word))}
        if not differ and len(words & others) >= _ALIKE * min(len(words), len(others)):
            return True
    return False


def _said(choice: _Choice, beside: _Choice) -> Set[str]:
    """The content words; each word as it stands where one of the two is a table row, which a sentence of the
    same content says more plainly."""
    if _CELLS in choice.evidence.text or _CELLS in beside.evidence.text:
        return set(choice.evidence.text.lower().split())
    return stems_of(choice.evidence.text)


def _fits(choice: _Choice, chosen: Sequence[_Choice], asked: Set[str], leading: Set[str]) -> bool:
    """One sentence of a passage, and of a leading one a second that holds a word of the question which stands
    in nothing chosen, nor in the headings."""
    passage = choice.found.live.passage
    own = sum(other.found.live.passage.id == passage.id for other in chosen)
    if not own:
        return True
    told = stems_of(" ".join((*passage.trail, *(other.evidence.text for other in chosen))))
    return (
        own < _MOST_OF_ONE_PASSAGE
        and passage.id in leading
        and not asked.isdisjoint(stems_of(choice.evidence.text) - told)
    )
