"""The rules: what a sentence says and the line that it rests on does not."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.support.clauses import claims_in, coordinated_in, straddles
from assistant.support.conditions import Conditions
from assistant.support.exchanges import is_exchanged, order_of
from assistant.support.facts import FactFinder, Facts, Quantity
from assistant.support.grammar import (
    adds_negation,
    drops_hedge,
    drops_negation,
    grammar_of,
    keeps_modality,
)
from assistant.support.places import Places
from assistant.support.roles import keeps_roles, roles_of
from assistant.support.verdict import Reason
from assistant.support.wording import Wording, has_kin

_FEW = 2
# Shares of the statement's stems, or of their pairs.
_COMPANY = 0.6
_OWN = 0.5


class Statement:
    """A text with everything that the rules look at. `before` is the sentence that its "they" points back to;
    `about` is what it need not repeat, a heading."""

    def __init__(
        self, text: str, wording: Wording, finder: FactFinder, before: str = "", about: str = ""
    ) -> None:
        read = f"{before}\n{text}"
        self.grammar = grammar_of(text, wording)
        self.grammar_read = grammar_of(read, wording) if before else self.grammar
        self.words = wording.words(read)
        self.places = Places(text, wording)
        self.places_read = Places(read, wording) if before else self.places
        self.facts = finder.facts_of(text)
        self.all_facts = finder.facts_of(f"{about}\n{text}") if about else self.facts
        self.bodies = finder.facts_of(f"{about}\n{read}").bodies
        self.order = order_of(text, wording)
        self.claims, self.coordinated = claims_in(text, wording), coordinated_in(text, wording)
        self.known = frozenset(wording.stems([*self.words, *wording.words(about)]))


class Rules:
    """Compares a statement with the text that it is said to rest on."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._conditions = Conditions(wording)
        named = (*wording.lists["bodies"], *wording.lists["persons"])
        self._persons = {form: row[0] for row in named for form in row}

    def broken(self, said: Statement, source: Statement) -> Iterator[Reason]:
        """Each rule that is broken, once."""
        yield from _facts(said.facts, source.all_facts)
        if not keeps_modality(said.grammar, source.grammar):
            yield Reason.MODALITY
        if adds_negation(said.grammar, source.grammar) or drops_negation(said.grammar, source.grammar_read):
            yield Reason.NEGATION
        if self._names_others(said, source):
            yield Reason.BODY
        elif self._swaps(said, source) or said.places.body_strays(source.places_read):
            yield Reason.ROLES
        if self._conditions.are_dropped(said.grammar, source.grammar):
            yield Reason.CONDITION
        if drops_hedge(said.grammar, source.grammar, self._wording):
            yield Reason.HEDGE
        if said.places.swaps_choice(source.places):
            yield Reason.CHOICE
        if _is_mixed(said, source) or _is_rearranged(said, source):
            yield Reason.MIXED
        if self.new_words(said, source):
            yield Reason.NEW_WORDS

    def new_words(self, said: Statement, source: Statement) -> list[str]:
        """Stems that the source has in no form."""
        known = source.known | self._wording.reporting
        return [stem for stem in said.grammar.stems if not stem[0].isdigit() and not has_kin(stem, known)]

    def _names_others(self, said: Statement, source: Statement) -> bool:
        words = source.known | source.all_facts.names
        unknown = [name for name in said.facts.names if not has_kin(self._wording.stem(name), words)]
        return bool(set(said.facts.bodies) - set(source.bodies)) or any(
            name not in source.all_facts.names for name in unknown
        )

    def _swaps(self, said: Statement, source: Statement) -> bool:
        """Whether somebody acts who does not act there, or two change places."""
        mine = roles_of(said.words, self._persons, self._wording)
        theirs = roles_of(source.words, self._persons, self._wording)
        if mine and theirs:
            return not keeps_roles(mine, theirs)
        first = [body for body in dict.fromkeys(source.facts.bodies) if body in said.facts.bodies]
        order = [body for body in dict.fromkeys(said.facts.bodies) if body in first]
        # "The GP told the health visitor" and "was told by" name the two the other way round.
        is_turned = ("by" in said.order) != ("by" in source.order)
        return len(order) >= _FEW and order != (first[::-1] if is_turned else first)


def _is_mixed(said: Statement, source: Statement) -> bool:
    """Whether words of the source stand where others stood, or most are those of the sentence before."""
    own = sum(has_kin(stem, source.grammar.stems) for stem in said.grammar.stems)
    return (
        own < _OWN * len(said.grammar.stems)
        or said.places.number_strays(source.places)
        or said.places.turns_round(source.places)
        or said.places.company(source.places_read) < _COMPANY
    )


def _is_rearranged(said: Statement, source: Statement) -> bool:
    """Whether it is made of halves that the source does not join, or with two of its things exchanged."""
    return straddles(said.claims, source.claims, source.coordinated) or is_exchanged(said.order, source.order)


def _facts(said: Facts, source: Facts) -> Iterator[Reason]:
    for reason, these, those in (
        (Reason.PHONE, said.phones, source.phones),
        (Reason.CONTACT, said.contacts, source.contacts),
        (Reason.LAW, said.laws, source.laws),
        (Reason.DATE, said.dates, source.dates),
        (Reason.NUMBER, said.numbers, source.amounts),
    ):
        if these - those:
            yield reason
    if said.day_kinds - source.day_kinds:
        yield Reason.TIME_LIMIT
    if not said.numbers - source.amounts:
        yield from dict.fromkeys(filter(None, (_quantity(each, source) for each in said.quantities)))


def _quantity(said: Quantity, source: Facts) -> Reason | None:
    """None where the source has this amount of this unit, of the same kind of days, on the same side."""
    alike = [q for q in source.quantities if (q.amount, q.unit) == (said.amount, said.unit)]
    if any((q.days, q.side) == (said.days, said.side) and _same_bound(q, said) for q in alike):
        return None
    if alike:
        return Reason.TIME_LIMIT
    return Reason.UNIT if said.amount in source.amounts else Reason.NUMBER


def _same_bound(source: Quantity, said: Quantity) -> bool:
    """Where the source has no bound, "72 hours" is the most that there is time for."""
    return said.bound == source.bound or (not source.bound and said.bound == "most")
