"""The words of the rules, read from the YAML files beside this module and made into patterns.

All patterns run over words made plain (see `plain`), which keep their offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from corpus.procedures import Role, Verb

_PLAIN = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00a0": " ", "\u2011": "-"})


def plain(text: str) -> str:
    """Lower case, straight apostrophes, simple spaces; as long as the text was."""
    low = text.translate(_PLAIN).lower()
    return low if len(low) == len(text) else text.translate(_PLAIN)


@cache
def loaded(name: str) -> dict[str, Any]:
    """The entries of a YAML file beside this module."""
    found: dict[str, Any] = yaml.safe_load(files("ingest.procedures").joinpath(name).read_text("utf-8"))
    return found


def words_in(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def any_of(patterns: Iterable[str]) -> str:
    """One pattern for all, the longest first, so that the fullest wording is what is found."""
    return "(?:" + "|".join(sorted(patterns, key=len, reverse=True)) + ")"


@dataclass(frozen=True, slots=True)
class ActorWords:
    """`pattern` finds every phrase for somebody who can act; `roles` says whose staff each is.

    `gatherings` act where they decide, and are things where `of_gatherings` follows; "it" can only stand for
    one of `collective`. `agents` finds a word whose ending makes it somebody.
    """

    pattern: re.Pattern[str]
    roles: Mapping[str, frozenset[Role]]
    pronouns: frozenset[str]
    agents: re.Pattern[str]
    gatherings: frozenset[str]
    of_gatherings: re.Pattern[str]
    collective: re.Pattern[str]

    def roles_of(self, match: re.Match[str]) -> frozenset[Role]:
        return self.roles.get(match["phrase"], frozenset())


@cache
def actor_words() -> ActorWords:
    source = loaded("actors.yaml")
    roles: dict[str, frozenset[Role]] = {
        phrase: frozenset() for phrase in (*source["people"], *source["gatherings"])
    }
    for role, phrases in source["roles"].items():
        for phrase in phrases:
            roles[phrase] = roles.get(phrase, frozenset()) | {Role(role)}
    phrases = any_of(re.escape(phrase) for phrase in roles)
    pattern = re.compile(rf"(?<![\w'-])(?P<phrase>{phrases})(?:'?s|es)?(?![\w-])(?!'s)")
    collective = any_of(word.replace("_", " ") for word in source["collective"].split())
    return ActorWords(
        pattern=pattern,
        roles=roles,
        pronouns=frozenset(source["pronouns"]),
        agents=re.compile(
            rf"(?<![\w'-])(?!{any_of(source['not_agents'].split())}\b)[a-z]{{3,}}{any_of(source['agent_endings'])}$"
        ),
        gatherings=frozenset(source["gatherings"]),
        of_gatherings=re.compile(rf"\s+(?:also\s+|at least\s+)?(?:{source['of_gatherings']})\b"),
        collective=re.compile(rf"\b{collective}(?= (?:of|for|in|that|which|responsible)\b|$)"),
    )


@dataclass(frozen=True, slots=True)
class VerbWords:
    """What `verbs.yaml` says, as patterns; `binding` has one named group for each Verb."""

    binding: re.Pattern[str]
    possible: re.Pattern[str]
    may_be: re.Pattern[str]
    permitted: frozenset[str]
    adjectives: frozenset[str]
    participles: frozenset[str]
    subordinators: frozenset[str]
    finite: frozenset[str]
    finite_after_plural: frozenset[str]


@cache
def verb_words() -> VerbWords:
    source = loaded("verbs.yaml")
    groups = "|".join(rf"(?P<{verb}>\b{any_of(source[verb])}\b)" for verb in Verb)
    adverbs = any_of(source["possible"]["adverbs"].split())
    verbs = any_of(verb.replace("_", " ") for verb in source["possible"]["verbs"].split())
    return VerbWords(
        binding=re.compile(groups),
        possible=re.compile(rf"\s+(?:{adverbs}\s+)*{verbs}\b"),
        may_be=re.compile(rf"\s+(?:{adverbs}\s+)*be\s+(?:\w+ly\s+)?(?P<done>\w+(?: aside)?)"),
        permitted=frozenset(source["permitted"]),
        adjectives=words_in(source["adjectives"]),
        participles=words_in(source["participles"]),
        subordinators=words_in(source["subordinators"]),
        finite=words_in(source["finite"]),
        finite_after_plural=words_in(source["finite_after_plural"]),
    )


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """What `subjects.yaml` says: `core_ends` finds where the head of a noun phrase ends."""

    never_first: frozenset[str]
    never_before: frozenset[str]
    core_ends: re.Pattern[str]
    of_roles: re.Pattern[str]


@cache
def subject_words() -> SubjectWords:
    source = loaded("subjects.yaml")
    never_first = words_in(source["never_first"])
    after_head, last = any_of(source["after_head"].split()), any_of(source["last"].split())
    return SubjectWords(
        never_first=never_first,
        never_before=never_first | words_in(source["never_before"]),
        core_ends=re.compile(rf"\s{after_head}\s|\s{last}$"),
        of_roles=re.compile(rf"(?:\W|\b{any_of(source['of_roles'].split())}\b)*"),
    )
