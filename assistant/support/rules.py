"""The rules: what a sentence says and the line that it rests on does not."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.support.facts import FactFinder, Facts, Quantity
from assistant.support.grammar import (
    adds_negation,
    drops_negation,
    grammar_of,
    has_marker,
    keeps_modality,
    parts_of,
)
from assistant.support.places import Places
from assistant.support.roles import keeps_roles, roles_of
from assistant.support.verdict import Reason
from assistant.support.wording import BREAK, Wording, has_kin

_FEW = 2
# Shares of the statement's stems, or of their pairs.
_DRAWN = 0.25
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
        self.known = frozenset(wording.stems([*self.words, *wording.words(about)]))


class Rules:
    """Compares a statement with the text that it is said to rest on."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._conditions: dict[str, list[str]] = wording.lists["conditions"]
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
        if self._drops_condition(said, source):
            yield Reason.CONDITION
        if said.places.swaps_choice(source.places):
            yield Reason.CHOICE
        if _is_mixed(said, source):
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
        mine = roles_of(said.words, self._persons)
        theirs = roles_of(source.words, self._persons)
        if mine and theirs:
            return not keeps_roles(mine, theirs)
        first = [body for body in dict.fromkeys(source.facts.bodies) if body in said.facts.bodies]
        order = [body for body in dict.fromkeys(said.facts.bodies) if body in first]
        return len(order) >= _FEW and order != first

    def _drops_condition(self, said: Statement, source: Statement) -> bool:
        words = _parts_used(said, source, self._wording)
        return any(
            has_marker(words, markers) and not has_marker(said.grammar.words, markers)
            for markers in self._conditions.values()
        )


def _is_mixed(said: Statement, source: Statement) -> bool:
    """Whether words of the source stand where others stood, or most are those of the sentence before."""
    own = sum(has_kin(stem, source.grammar.stems) for stem in said.grammar.stems)
    return (
        own < _OWN * len(said.grammar.stems)
        or said.places.number_strays(source.places)
        or said.places.turns_round(source.places)
        or said.places.company(source.places_read) < _COMPANY
    )


def _parts_used(said: Statement, source: Statement, wording: Wording) -> list[str]:
    """The source's words up to its first break, which may lead in to all that follows, and of its other parts
    those that the statement draws on."""
    first, *others = parts_of(source.grammar.words)
    drawn = [
        part
        for part in others
        if sum(has_kin(stem, wording.stems(part)) for stem in said.grammar.stems)
        >= _DRAWN * len(said.grammar.stems)
    ]
    return [word for part in (first, *drawn) for word in (*part, BREAK)]


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


def _same_bound(one: Quantity, other: Quantity) -> bool:
    """A bound that is not told may be either."""
    return one.bound == other.bound or not one.bound or not other.bound
