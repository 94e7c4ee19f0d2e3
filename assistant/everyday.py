"""Everyday words for what the documents say in words of their own: "kicked out" for homeless."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from functools import cache
from importlib.resources import files

import yaml

from assistant.evidence import stem_of, stems_of

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_FILES = ("everyday.yaml", "sayings.yaml")
_MOST = 12
# Written in C where it is there: the file is long, and somebody waits for the first answer.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Phrase = tuple[str, ...]
"""A phrase as the stems of its words, so that each form of a word stands for all."""


def formal_terms(text: str, known: Set[str]) -> list[str]:
    """The terms of `everyday.yaml` and `sayings.yaml` that the text's everyday words stand for, in their
    order, at most twelve: those that it does not use, and whose words are all among the `known` stems.

    Of phrases that overlap the longest counts. Where there are too many terms, those of the longest phrases
    are kept, which say the most.
    """
    stems = _stems(text)
    held = set(stems)
    phrases = sorted(_phrases_in(stems), key=len, reverse=True)
    terms = dict.fromkeys(term for phrase in phrases for term in _terms()[phrase])
    fit = (term for term in terms if _is_new(term, held, known))
    return [term for term, _ in zip(fit, range(_MOST), strict=False)]


def is_everyday(word: str) -> bool:
    """Whether a phrase of these holds the word (lower-case) or a form of it: it is not misspelt."""
    words, stems = _everyday()
    stem = stem_of(word)
    return word in words or (stem != word and stem in stems)


@cache
def everyday_words() -> frozenset[str]:
    """Those that are phrases by themselves, lower-case: each brings in a term."""
    phrases = (phrase.lower() for own in _lists().values() for phrase in own)
    return frozenset(phrase for phrase in phrases if phrase.isalpha())


def _is_new(term: str, held: Set[str], known: Set[str]) -> bool:
    content = stems_of(term)
    return not content <= held and content <= known


def _phrases_in(stems: Phrase) -> Iterator[Phrase]:
    place = 0
    while place < len(stems):
        longest = min(_longest(), len(stems) - place)
        for length in range(longest, 0, -1):
            phrase = stems[place : place + length]
            if phrase in _terms():
                yield phrase
                place += length
                break
        else:
            place += 1


def _stems(text: str) -> Phrase:
    return tuple(stem_of(word) for word in _TOKEN.findall(text.lower().replace("’", "'")))


@cache
def _lists() -> dict[str, list[str]]:
    lists: defaultdict[str, list[str]] = defaultdict(list)
    for name in _FILES:
        text = files("assistant").joinpath(name).read_text(encoding="utf-8")
        for term, phrases in yaml.load(text, _LOADER).items():
            lists[str(term)] += map(str, phrases)
    return lists


@cache
def _terms() -> dict[Phrase, tuple[str, ...]]:
    terms: defaultdict[Phrase, list[str]] = defaultdict(list)
    for term, phrases in _lists().items():
        for phrase in phrases:
            terms[_stems(phrase)].append(term)
    return {phrase: tuple(dict.fromkeys(own)) for phrase, own in terms.items()}


@cache
def _everyday() -> tuple[frozenset[str], frozenset[str]]:
    """The words of all phrases, and their stems."""
    words = frozenset(
        word for own in _lists().values() for phrase in own for word in _TOKEN.findall(phrase.lower())
    )
    return words, frozenset(stem for phrase in _terms() for stem in phrase)


@cache
def _longest() -> int:
    return max(map(len, _terms()))
