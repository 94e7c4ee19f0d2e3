"""Whether a sentence means as much where the one before it is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from assistant.evidence import stem_of, stems_of
from corpus.sentences import sentence_spans

_PRONOUN = re.compile(
    r"\b(?:(?P<he>he|him|his)|(?P<she>she|her|hers)|(?P<they>they|them|their|theirs))\b", re.I
)
# "Saw her for sickness", and not "her sickness".
_OBJECT = re.compile(
    r"(?:him|them|her(?=[.,;:?!]|$| (?:a|an|and|alone|as|at|because|by|for|from|in|into|on|out|that|the|to|"
    r"up|with|what|when)\b))(?!\w)",
    re.IGNORECASE,
)
# One letter is how reviews name somebody: "T had twice been sent out of class".
_NAME = re.compile(r"\b(?:[B-HJ-Z]\b(?!\.)|[A-Z]{2,}\b)")
_PLURAL = re.compile(
    r"\b(?!(?:was|has|does|this|its|his|hers|always|perhaps|thus|unless|across)\b)[a-z]{2,}(?<![su])s\b", re.I
)
_NOUN = re.compile(r"\b(?:an?|any|every|each|no|the) (?:[\w'’-]+ ){0,2}?(?P<noun>[a-z]+)\b")
_DEFINITE = re.compile(r"\bthe (?P<noun>[a-z]{4,})\b", re.I)
_UNDER = re.compile(r"(?:If|Where|When|Unless|Once|Until) the (?P<noun>[a-z]{4,})\b")
# What may stand before the first sentence of a paragraph: "8.3.12 ", a bullet.
_NUMBERING = "0123456789.()•·*- \t"
_BINDING = re.compile(r"\b(?:must|should|may)\b")
_SUBJECT = re.compile(r"The (?:[a-z]+ ){1,3}(?:must|should|may)\b")
_BARE, _EARLY = 9, 15
_QUOTES = (('"', '"'), ("“", "”"), ("(", ")"))


# The same passages come up again and again, as in `stems_of`.
@lru_cache(maxsize=8_192)
def leans_on(text: str, before: str) -> bool:
    """Whether the text points back to what stands `before` it in its paragraph, or further back. Of a list,
    its lead-in is looked at."""
    text = text.split("\n", 1)[0]
    rules = _rules()
    # Of a duty, "that day" is the day of which it speaks itself.
    is_timed = rules.times.search(text) is not None and _BINDING.search(text) is None
    if rules.openers.match(text) or is_timed:
        return True
    points_back = rules.phrases.search(text)
    if begins_paragraph(before):
        # What it points to further on, it may have named itself.
        is_early = points_back is not None and points_back.start() <= _EARLY
        return is_early or any(match[0].lower() == "them" for match in _stray_pronouns(text))
    is_open = points_back is not None or any(_stray_pronouns(text)) or _has_stray_it(text)
    return is_open or _is_bare(text) or _takes_up(text, _last_sentence(before))


def is_whole(text: str) -> bool:
    """Whether quotation marks and brackets that open in it close in it."""
    return all(
        text.count(opening) % 2 == 0 if opening == closing else text.count(opening) == text.count(closing)
        for opening, closing in _QUOTES
    )


def begins_paragraph(before: str) -> bool:
    """Whether what stands before it in its paragraph is no more than a number or a bullet."""
    return not before.strip(_NUMBERING)


def _stray_pronouns(text: str) -> Iterator[re.Match[str]]:
    """Those for whom nobody is named before them in the sentence; one who does something to "them" is
    somebody else."""
    rules = _rules()
    for match in _PRONOUN.finditer(text):
        before = text[: match.start()]
        if match["he"]:
            named = _found(before, rules.men, rules.people, _NAME)
        elif match["she"]:
            named = _found(before, rules.women, rules.people, _NAME)
        else:
            named = _found(before, rules.men, rules.women, rules.people, rules.anybody, _NAME, _PLURAL)
        if len(named) < (2 if _OBJECT.match(text, match.start()) else 1):
            yield match


def _has_stray_it(text: str) -> bool:
    """Whether nothing but people is named before an "it" that something is done to, or that must do it."""
    rules = _rules()
    it = rules.things.search(text)
    return it is not None and not any(
        rules.people.fullmatch(each["noun"]) is None for each in _NOUN.finditer(text[: it.start()])
    )


def _is_bare(text: str) -> bool:
    """ "The check must be written down." says too little of which check."""
    return _SUBJECT.match(text) is not None and len(text.split()) <= _BARE


def _found(text: str, *patterns: re.Pattern[str]) -> set[str]:
    return {match[0].lower() for pattern in patterns for match in pattern.finditer(text)}


def _takes_up(text: str, before: str) -> bool:
    """Whether "the" help or "the" refusal is one that the sentence before has told of."""
    if not before:
        return False
    rules = _rules()
    told, definite = stems_of(before), _found(before, _DEFINITE)
    for match in _DEFINITE.finditer(text):
        noun = match["noun"].lower()
        is_usual = noun in rules.always or rules.people.fullmatch(noun) is not None
        if not is_usual and match[0].lower() not in definite and stem_of(noun) in told:
            return True
    under = _UNDER.match(text)
    return under is not None and under["noun"] not in rules.always and stem_of(under["noun"]) in told


def _last_sentence(before: str) -> str:
    spans = sentence_spans(before)
    return before[spans[-1][0] : spans[-1][1]] if spans else ""


class _Rules(NamedTuple):
    openers: re.Pattern[str]
    times: re.Pattern[str]
    things: re.Pattern[str]
    phrases: re.Pattern[str]
    men: re.Pattern[str]
    women: re.Pattern[str]
    people: re.Pattern[str]
    anybody: re.Pattern[str]
    always: frozenset[str]


@cache
def _rules() -> _Rules:
    """`leaning.yaml`."""
    read: dict[str, Any] = yaml.safe_load(
        files("assistant").joinpath("leaning.yaml").read_text(encoding="utf-8")
    )
    somebody = {name: _words(read[name].split("|")) for name in ("men", "women", "people", "anybody")}
    return _Rules(
        openers=re.compile(rf"(?:{'|'.join(read['openers'])})\b"),
        times=_anywhere(read["times"]),
        things=_anywhere(read["things"]),
        phrases=_anywhere(read["phrases"]),
        always=frozenset(read["always"].split("|")),
        **somebody,
    )


def _anywhere(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def _words(listed: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(each.strip() for each in listed)})(?:['’]?s|['’])?\b", re.IGNORECASE)
