"""How names are used in British English (`names.yaml`), and which are common (`common_names.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.patterns import compile_pattern

Patterns = tuple[re.Pattern[str], ...]

# With the apostrophe of "O'Hara", without that of "Mia's".
WORD = re.compile(r"(?<![^\W\d_]['’])[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least score, 0 to 1, of a word that is taken for part of a name."""

    certain: float
    alone: float
    capital: float
    context: float
    beside: float
    supported: float


@dataclass(frozen=True, slots=True)
class NameRules:
    """`likely` ones need the recogniser's support where there is one, `expected` ones are nothing without it.

    `not_people` and the `known` names, as words in small letters, cover what is no name by itself;
    `not_names` are ordinary words, `listed` ones names and hardly anything else, `also_words` both.
    A word before one of `objects` or `determiners` may be a verb.
    """

    thresholds: Thresholds
    certain: Patterns
    likely: Patterns
    expected: Patterns
    initials: Patterns
    not_people: Patterns
    known: frozenset[tuple[str, ...]]
    longest_known: int
    not_names: frozenset[str]
    objects: frozenset[str]
    determiners: frozenset[str]
    past_tenses: frozenset[str]
    listed: frozenset[str]
    also_words: frozenset[str]
    particles: frozenset[str]
    adjective_endings: tuple[str, ...]


@cache
def name_rules() -> NameRules:
    """Read and compiled once."""
    source, common = _read("names.yaml"), _read("common_names.yaml")
    also_words = common.pop("also_words")
    parts = source["parts"] | {"eponym": _any_of(source["eponyms"])}

    def compiled(patterns: Sequence[str]) -> Patterns:
        return tuple(compile_pattern(pattern, parts) for pattern in patterns)

    parts["place_and_name"] = _any_of(source["places_and_names"])
    known = frozenset(
        tuple(word.lower() for word in WORD.findall(name))
        for name in _listed(source["known_names"], source["places"])
    )
    return NameRules(
        thresholds=Thresholds(**source["thresholds"]),
        certain=compiled(source["certain"]),
        likely=compiled(source["likely"]),
        expected=compiled(source["expected"]),
        initials=compiled(source["initials"]),
        not_people=compiled(source["not_people"]),
        known=known,
        longest_known=max(map(len, known)),
        not_names=frozenset(source["not_names"].split()),
        objects=frozenset(source["objects"].split()),
        determiners=frozenset(source["determiners"].split()),
        past_tenses=frozenset(source["past_tenses"].split()),
        listed=frozenset(" ".join(common.values()).split()),
        also_words=frozenset(also_words.split()),
        particles=frozenset(source["particles"].split()),
        adjective_endings=tuple(source["adjective_endings"].split()),
    )


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(files("assistant").joinpath(name).read_text(encoding="utf-8"))
    return content


def _listed(*lists: str) -> list[str]:
    return [" ".join(name.split()) for listed in lists for name in listed.split(",")]


def _any_of(listed: str) -> str:
    """A pattern of names that are listed with commas between, in capitals or not."""
    return "(?i:" + "|".join(re.escape(name) for name in _listed(listed)) + ")"
