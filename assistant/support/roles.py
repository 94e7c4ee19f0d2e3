"""Who acts and who is acted upon: what stands before and after a must, should or may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from assistant.support.grammar import JOINTS, parts_of, verbs_of
from assistant.support.wording import COMMA, MODALS, Wording, has_kin

_PRONOUNS = frozenset("they it this these those that he she such both".split())
_ADVERBS = 3  # words between "must" and "be"
_BY = 4  # words of who stands after "by"


@dataclass(frozen=True, slots=True)
class Roles:
    """Who stands before and who after a must, should or may, up to the next one, and who after "by".

    `subject` are those of the ones before who stand nearest to it, after the last comma; `verbs` what is
    bound.
    """

    verbs: frozenset[str]
    is_passive: bool
    subject: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    by: frozenset[str]


def roles_of(words: Sequence[str], persons: Mapping[str, str], wording: Wording) -> list[Roles]:
    """Of each must, should or may; "they" are those of the sentence before, and whoever is not named again
    those of the verb before."""
    found: list[Roles] = []
    for part in parts_of(words):
        places = [place for place, word in enumerate(part) if word in MODALS]
        for start, at, end in zip([0, *places], places, [*places[1:], len(part)], strict=False):
            # What stands before the first joint is still what the verb before binds.
            before = part[start:at] if not start else _from_first(part[start + 1 : at], JOINTS)
            roles = _roles(before, part[at + 1 : end], persons, wording)
            if not roles.before and found and (start or part[0] in _PRONOUNS):
                roles = replace(roles, before=found[-1].before)
            found.append(roles)
    return found


def _roles(
    before: Sequence[str], after: Sequence[str], persons: Mapping[str, str], wording: Wording
) -> Roles:
    by = [after[place + 1 : place + 1 + _BY] for place, word in enumerate(after) if word == "by"]
    return Roles(
        verbs=verbs_of(after, wording),
        is_passive="be" in after[:_ADVERBS],
        subject=_named(_after_last(before, COMMA), persons),
        before=_named(before, persons),
        after=_named(after, persons),
        by=frozenset[str]().union(*(_named(words, persons) for words in by)),
    )


def keeps_roles(said: Sequence[Roles], source: Sequence[Roles]) -> bool:
    """Whether whoever acts, or is acted upon, does so there, with the same verb."""
    return not source or all(any(_agree(one, other) for other in _alike(one, source)) for one in said)


def _alike(said: Roles, source: Sequence[Roles]) -> Sequence[Roles]:
    """Those of the same verb; all where none is."""
    alike = [other for other in source if any(has_kin(verb, other.verbs) for verb in said.verbs)]
    return alike or source


def _agree(said: Roles, source: Roles) -> bool:
    if said.is_passive == source.is_passive:
        return said.subject <= source.before and said.by <= source.by
    if said.is_passive:
        return said.subject <= source.after - source.before and said.by <= source.before
    return said.subject <= source.by


def _from_first(words: Sequence[str], marks: Set[str]) -> Sequence[str]:
    place = next((place for place, word in enumerate(words) if word in marks), len(words))
    return words[place:]


def _after_last(words: Sequence[str], mark: str) -> list[str]:
    return list(words)[len(words) - [*words[::-1], mark].index(mark) :]


def _named(words: Sequence[str], persons: Mapping[str, str]) -> frozenset[str]:
    text = f" {' '.join(words)} "
    return frozenset(who for form, who in persons.items() if f" {form} " in text)
