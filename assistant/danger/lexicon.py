"""The words and phrases of the rules, read from the YAML files beside this module.

`phrases/` is shared, `rules/` says what speaks of harm, `frames/` what takes a statement out of here and now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from assistant.danger.cascade import Cascade, Words
from assistant.danger.reading import Reader
from assistant.danger.spelling import Spelling

_FORMS = ("base", "s", "ing", "past", "part")
_DOUBLES = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")
_HERE = files("assistant.danger")


@cache
def harm_rules() -> Cascade:
    """What speaks of harm."""
    return Cascade(_words(), _folder("phrases") | {rule_tag(*key): found for key, found in _rules()})


@cache
def frame_rules() -> Cascade:
    """What takes a statement out of here and now; run after `harm_rules`."""
    return Cascade(_words(), _folder("frames"), given=harm_rules().tags)


@cache
def reader() -> Reader:
    typing = _loaded(_HERE.joinpath("typing.yaml"))
    aliases = {
        typed: [meant] for meant, all_typed in typing["aliases"].items() for typed in all_typed.split()
    }
    aliases |= {typed: meant.split() for typed, meant in typing["ambiguous"].items()}
    known = classes().keys() | harm_rules().symbols | frame_rules().symbols | set(typing["known"].split())
    return Reader(aliases, Spelling(typing["correctable"].split(), known | aliases.keys()))


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """The tags of each word."""
    sources = (_words().tags, harm_rules().classes, frame_rules().classes)
    tags: dict[str, set[str]] = {}
    for word, of_word in (item for source in sources for item in source.items()):
        tags.setdefault(word, set()).update(of_word)
    return {word: tuple(sorted(of_word)) for word, of_word in tags.items()}


@cache
def rules() -> dict[str, tuple[str, str]]:
    """Category and kind of each rule, by its tag."""
    return {rule_tag(*key): key for key, _ in _rules()}


def rule_tag(category: str, kind: str) -> str:
    return f"{category}:{kind}"


def inflected(verb: str, irregular: Mapping[str, str]) -> tuple[str, ...]:
    """The five forms of an English verb, in the order base, s, ing, past, past participle."""
    if verb in irregular:
        return (verb, *irregular[verb].split())
    stem = verb + verb[-1] if _DOUBLES.fullmatch(verb) else verb
    past = f"{verb}d" if verb.endswith("e") else f"{stem}ed"
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"
    progressive = f"{verb[:-1] if verb.endswith('e') else stem}ing"
    return (verb, third, progressive, past, past)


@cache
def _words() -> Words:
    source = _loaded(_HERE.joinpath("words.yaml"))
    tags: dict[str, set[str]] = {}
    for tag, members in source["classes"].items():
        for word in members.split():
            tags.setdefault(word, set()).add(tag)
    for name, verbs in source["verbs"].items():
        for verb in verbs.split():
            for form, word in zip(_FORMS, inflected(verb, source["irregular"]), strict=True):
                tags.setdefault(word, set()).add(f"<{name}.{form}>")
    often = {word: float(often) for often, words in source["frequent"].items() for word in words.split()}
    return Words(tags, often)


def _rules() -> Iterator[tuple[tuple[str, str], list[str]]]:
    for category, kinds in _folder("rules").items():
        for kind, patterns in kinds.items():
            yield (category, kind), patterns


def _folder(name: str) -> dict[str, Any]:
    """The entries of all files of a folder."""
    found: dict[str, Any] = {}
    for file in sorted(_HERE.joinpath(name).iterdir(), key=lambda file: file.name):
        found |= _loaded(file)
    return found


def _loaded(file: Traversable) -> dict[str, Any]:
    """Every value as it is written: "no" and "on" are words here."""
    loaded: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded
