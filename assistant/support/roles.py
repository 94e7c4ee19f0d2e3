"""Who acts and who is acted upon: what stands before and after a must, should or may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.support.grammar import parts_of
from assistant.support.wording import COMMA, MODALS

_PRONOUNS = frozenset("they it this these those that he she such both".split())
_ADVERBS = 3  # words between "must" and "be"
_BY = 4  # words of who stands after "by"


@dataclass(frozen=True, slots=True)
class Roles:
    """Who stands before and who after a must, should or may, up to the next one, and who after "by".

    `subject` are those of the ones before who stand nearest to it, after the last comma.
    """

    is_passive: bool
    subject: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    by: frozenset[str]


def roles_of(words: Sequence[str], persons: Mapping[str, str]) -> list[Roles]:
    """Of each must, should or may; "they" are those of the sentence before."""
    found: list[Roles] = []
    for part in parts_of(words):
        places = [place for place, word in enumerate(part) if word in MODALS]
        for start, at, end in zip([0, *places], places, [*places[1:], len(part)], strict=False):
            roles = _roles(part[start:at], part[at + 1 : end], persons)
            if not roles.before and found and part[0] in _PRONOUNS:
                roles = replace(roles, before=found[-1].before)
            found.append(roles)
    return found


def _roles(before: Sequence[str], after: Sequence[str], persons: Mapping[str, str]) -> Roles:
    by = [after[place + 1 : place + 1 + _BY] for place, word in enumerate(after) if word == "by"]
    return Roles(
        is_passive="be" in after[:_ADVERBS],
        subject=_named(_after_last(before, COMMA), persons),
        before=_named(before, persons),
        after=_named(after, persons),
        by=frozenset[str]().union(*(_named(words, persons) for words in by)),
    )


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
