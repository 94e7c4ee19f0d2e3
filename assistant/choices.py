"""Which lines of what was found are said, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.answers import Group
from assistant.enquiry import Found
from assistant.evidence import Evidence, stems_of
from assistant.figures import holds_figure
from assistant.modality import modality_of
from assistant.quotes import WHOLE_LIST_WORDS, Quote, lead_of, quotes_with_needed, says_something

# A sentence is kept while it is no less than so much of the best one.
_NEARLY = 0.3
# What the place of its passage in the ranking counts (1, 1/2, 1/3 ... of it), and that it binds where
# somebody asks what has to be done; a line's own score is at most 1.5.
_PLACE = 1.0
_BINDS = 0.1
# What it counts that a line holds the time limit, number or contact that is asked for.
_HOLDS = 0.2
_ASKS_FOR_DUTY = re.compile(
    r"\b(?:who|whom|must|should|shall|may|need|have to|supposed|am i|are we|is it ok|do (?:i|we|they)"
    r"|can (?:i|we|they|he|she)|what (?:do|should|must|can|does|to)|how (?:do|should|must))\b",
    re.IGNORECASE,
)
# So many of the first passages may say a second sentence: what is asked often stands beside the nearest line.
_LEADING = 1
_MOST_OF_ONE_PASSAGE = 2
# A list or table of up to so many words is said whole where it is asked for and not one of its items: of the
# first passage, and of so many of the first where the lead-in and the headings hold so much of the question.
_LONG_LIST_WORDS = 150
_LISTING, _ASKED_FOR = 4, 0.6
# Said besides the first passage is what stands near enough to it in the ranking, of all that lies between it
# and the tenth; and of what comes after the fourth only what fits nearly as well as the best line.
_TENTH, _NEAR_ENOUGH = 10, 0.85
_AHEAD, _AS_WELL = 4, 0.8
_ALIKE = 0.8
_CELLS = " | "


@dataclass(frozen=True, slots=True)
class Choice:
    """A line that may be said; of a list it may be said with at most so many words in all."""

    found: Found
    evidence: Evidence
    rank: float
    list_words: int

    @property
    def group(self) -> Group:
        return Group.of(self.found.live.kind)

    @property
    def quotes(self) -> list[Quote]:
        return quotes_with_needed(self.found.live, self.evidence.line, self.list_words)


def chosen(found: Sequence[Found], most: int, question: str, typed: str) -> list[Choice]:
    """The best lines of the best passages, the group of the best line first; where somebody asks what has to
    be done, what binds comes first.

    The best line of each group comes in before the second of any: what binds and what was learned belong
    together, and one long document must not crowd out the others.
    """
    asked, leading = stems_of(question), frozenset(each.live.passage.id for each in found[:_LEADING])
    ranked = sorted(_ranked(found, question, stems_of(typed)), key=lambda choice: -choice.rank)
    near = [choice for choice in ranked if choice.rank >= _NEARLY * ranked[0].rank]
    firsts = {choice.group: choice for choice in reversed(near)}
    picked: list[Choice] = []
    for choice in [*firsts.values(), *near]:
        if len(picked) < most and not _is_repeat(choice, picked) and _fits(choice, picked, asked, leading):
            picked.append(choice)
    picked = _to_the_point(picked, found)
    order = list(dict.fromkeys(choice.group for choice in near))
    if _ASKS_FOR_DUTY.search(question):
        # A review tells nobody what to do: what binds comes before what was learned.
        order.sort(key=lambda group: group is Group.LEARNING)
    return sorted(picked, key=lambda choice: (order.index(choice.group), -choice.rank))


def _to_the_point(chosen: Sequence[Choice], found: Sequence[Found]) -> list[Choice]:
    """Without what was found far below the first passage, and what was found late and fits much worse than
    the best line: it would only stand in the way of the answer."""
    if not chosen:
        return []
    best = max(choice.evidence.score for choice in chosen)
    ahead = {each.live.passage.id for each in found[:_AHEAD]}
    least = _least(found)
    return [
        choice
        for choice in chosen
        if choice.found.score >= least
        and (choice.found.live.passage.id in ahead or choice.evidence.score >= _AS_WELL * best)
    ]


def _least(found: Sequence[Found]) -> float:
    """The score down to which a passage stands near enough to the first; of few passages all do."""
    last = found[min(_TENTH, len(found)) - 1].score
    return last if len(found) < _TENTH else found[0].score - _NEAR_ENOUGH * (found[0].score - last)


def _ranked(found: Sequence[Found], question: str, typed: Set[str]) -> Iterator[Choice]:
    """A line's own score, with its passage's place, and a must, should or may where one is asked for."""
    asks_for_duty, asked = _ASKS_FOR_DUTY.search(question) is not None, stems_of(question)
    for place, passage in enumerate(found):
        for evidence in passage.lines:
            is_listed = place < _LISTING and _asks_for_list(passage, evidence, typed, asked, place)
            words = _LONG_LIST_WORDS if is_listed else WHOLE_LIST_WORDS
            if says_something(passage.live, evidence.line, words):
                binds = asks_for_duty and modality_of(evidence.text) is not None
                rank = evidence.score + _PLACE / (place + 1) + _BINDS * binds
                rank += _HOLDS * holds_figure(question, evidence.text)
                yield Choice(passage, evidence, rank, words)


def _asks_for_list(found: Found, evidence: Evidence, typed: Set[str], asked: Set[str], place: int) -> bool:
    """Whether it is the list, and not this item, that holds words of the question. Of a row of a table the
    headings above say nothing: a table of time limits stands under what each of its rows is about."""
    lead = lead_of(found.live, evidence.line)
    headings = "" if _CELLS in evidence.text else " ".join(found.live.passage.trail)
    told = stems_of(f"{headings} {lead}")
    if not typed.isdisjoint(stems_of(evidence.text) - told):
        return False
    return place == 0 or any(len(words & told) >= _ASKED_FOR * len(words) > 0 for words in (typed, asked))


def _is_repeat(choice: Choice, chosen: Sequence[Choice]) -> bool:
    """Whether nearly all that it says stands in a chosen line already; another number is never a repeat."""
    for other in chosen:
        words, others = _said(choice, other), _said(other, choice)
        differ = {word for word in words ^ others if any(map(str.isdigit, word))}
        if not differ and len(words & others) >= _ALIKE * min(len(words), len(others)):
            return True
    return False


def _said(choice: Choice, beside: Choice) -> Set[str]:
    """The content words; each word as it stands where one of the two is a table row, which a sentence of the
    same content says more plainly."""
    if _CELLS in choice.evidence.text or _CELLS in beside.evidence.text:
        return set(choice.evidence.text.lower().split())
    return stems_of(choice.evidence.text)


def _fits(choice: Choice, chosen: Sequence[Choice], asked: Set[str], leading: Set[str]) -> bool:
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
