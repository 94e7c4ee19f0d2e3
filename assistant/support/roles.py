"""Who acts and who is acted upon: what stands before and after a must, should or may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.support.grammar import parts_of
from assistant.support.wording import COMMA, MODALS

_PRONOUNS = frozenset("they it this these those that he she such both".split())
_ADVERBS = 3  # words between "must" and "be"
_BY = 4  # words of who stands after "by"


@dataclass(frozen=True, slots=True)
class Roles:
    """Who stands before and who after the first must, should or may of one sentence, and who after "by".
    `subject` are those of the ones before who stand nearest to it, after the last comma."""

    is_passive: bool
    subject: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    by: frozenset[str]


def roles_of(words: Sequence[str], persons: Mapping[str, str]) -> list[Roles]:
    """Of each sentence with a must, should or may; "they" are those of the sentence before."""
    found: list[Roles] = []
    for part in parts_of(words):
        at = next((place for place, word in enumerate(part) if word in MODALS), None)
        if at is None:
            continue
        before = _named(part[:at], persons)
        if not before and found and part[:1] and part[0] in _PRONOUNS:
            before = found[-1].before
        is_passive = "be" in part[at + 1 : at + 1 + _ADVERBS]
        by = [part[place + 1 : place + 1 + _BY] for place, word in enumerate(part) if word == "by"]
        agents = frozenset[str]().union(*(_named(words, persons) for words in by))
        subject = before & _named(_after_last(part[:at], COMMA), persons)
        found.append(Roles(is_passive, subject, before, _named(part[at + 1 :], persons), agents))
    return found


def keeps_roles(said: Sequence[Roles], source: Sequence[Roles]) -> bool:
    """Whether whoever acts, or is acted upon, does so there."""
    return not source or all(any(_agree(one, other) for other in source) for one in said)


def _agree(said: Roles, source: Roles) -> bool:
    if said.is_passive == source.is_passive:
        return said.subject <= source.before and said.by <= source.by
    if said.is_passive:
        return said.subject <= source.after - source.before and said.by <= source.before
    return said.subject <= source.by


def _after_last(words: Sequence[str], mark: str) -> list[str]:
    return list(words)[len(words) - [*words[::-1], mark].index(mark) :]


def _named(words: Sequence[str], persons: Mapping[str, str]) -> frozenset[str]:
    text = f" {' '.join(words)} "
    return frozenset(who for form, who in persons.items() if f" {form} " in text)
