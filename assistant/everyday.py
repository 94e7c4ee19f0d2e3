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
_MOST = 12
# Written in C where it is there: the file is long, and somebody waits for the first answer.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Phrase = tuple[str, ...]
"""A phrase as the stems of its words, so that each form of a word stands for all."""


def formal_terms(text: str, known: Set[str]) -> list[str]:
    """The terms of `everyday.yaml` that the text's everyday words stand for, in their order, at most twelve:
    those that it does not use itself, and whose words are all among the `known` stems.

    Of phrases that overlap the longest counts. Where there are too many terms, those of the longest phrases
    are kept, which say the most.
    """
    stems = _stems(text)
    held = set(stems)
    phrases = sorted(_phrases_in(stems), key=len, reverse=True)
    terms = dict.fromkeys(term for phrase in phrases for term in _terms()[phrase])
    fit = (term for term in terms if _is_new(term, held, known))
    return [term for term, _ in zip(fit, range(_MOST), strict=False)]


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
def _terms() -> dict[Phrase, tuple[str, ...]]:
    text = files("assistant").joinpath("everyday.yaml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = yaml.load(text, _LOADER)
    terms: defaultdict[Phrase, list[str]] = defaultdict(list)
    for term, phrases in lists.items():
        for phrase in phrases:
            terms[_stems(str(phrase))].append(str(term))
    return {phrase: tuple(dict.fromkeys(own)) for phrase, own in terms.items()}


@cache
def _longest() -> int:
    return max(map(len, _terms()))
