"""Lists that offer a choice or put questions: what their items say binds nobody by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.procedures import Duty
from corpus.sentences import sentence_spans
from ingest.procedures.lexicon import any_of, loaded, plain
from ingest.procedures.statements import Span, Statement
from ingest.procedures.verbs import bindings_in


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """What `choices.yaml` says, as patterns."""

    lead: re.Pattern[str]
    question: re.Pattern[str]
    alternative: re.Pattern[str]
    listed: re.Pattern[str]


@cache
def choice_words() -> ChoiceWords:
    source = loaded("choices.yaml")
    return ChoiceWords(
        lead=re.compile(any_of([*source["offered"], *source["asked"]])),
        question=re.compile(source["question"]),
        alternative=re.compile(source["alternative"]),
        listed=re.compile(source["listed"]),
    )


def offers_a_choice(lead: str) -> bool:
    """Whether a lead-in has somebody choose, decide or ask what its items say."""
    spans = sentence_spans(lead)
    last = lead[slice(*spans[-1])] if spans else lead
    bindings = bindings_in(last)
    return choice_words().lead.search(plain(last), bindings[-1].end if bindings else 0) is not None


def are_alternatives(text: str, items: Sequence[Span]) -> bool:
    """Whether any one of the items would do: "...; ...; or ..."."""
    return len(items) > 1 and len(_alternatives(text, items)) == len(items)


@dataclass(frozen=True, slots=True)
class Options:
    """Where items begin that are no duties of their own: none of `chosen`, and of `alternatives` only what
    has a case of its own ("where the head is accused, the chair must be told; or")."""

    chosen: frozenset[int]
    alternatives: frozenset[int]

    def binding(self, item: int, duties: Sequence[Duty]) -> list[Duty]:
        """Those of an item's own duties that bind; `item` is where it begins."""
        if item in self.chosen:
            return []
        return [duty for duty in duties if duty.condition or item not in self.alternatives]


def options_of(text: str, statements: Iterable[Statement]) -> Options:
    """The options and questions of all lists.

    Alternatives under a lead-in that binds nobody are left out: nothing else would say what is due.
    """
    chosen: set[int] = set()
    alternatives: set[int] = set()
    for statement in statements:
        if not statement.items:
            continue
        lead = text[statement.start : statement.end]
        chosen |= {start for start, end in statement.items if _is_question(text[start:end])}
        if offers_a_choice(lead):
            chosen |= {start for start, _ in _until_full_stop(text, statement.items)}
        elif bindings_in(lead):
            alternatives |= _alternatives(text, statement.items)
    return Options(frozenset(chosen), frozenset(alternatives))


def _until_full_stop(text: str, items: Sequence[Span]) -> Sequence[Span]:
    """The items without what ran on after the list, as in text taken from a page: a list whose first item
    has no full stop ends with the item that has one."""
    ends = [place for place, (start, end) in enumerate(items, 1) if text[start:end].rstrip().endswith(".")]
    return items[: ends[0]] if ends and ends[0] > 1 else items


def _is_question(item: str) -> bool:
    return choice_words().question.match(plain(item).lstrip()) is not None


def _alternatives(text: str, items: Sequence[Span]) -> set[int]:
    """Where items begin that "or" joins: the one that ends in it, those listed right before, and the next."""
    words = choice_words()
    found: set[int] = set()
    for place, (start, end) in enumerate(items):
        if not words.alternative.search(plain(text[start:end])):
            continue
        first = place
        while first and words.listed.search(text[slice(*items[first - 1])]):
            first -= 1
        found |= {item[0] for item in items[first : place + 2]}
    return found
