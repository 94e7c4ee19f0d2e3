"""A text as it is compared: one form for what says the same, then words and their stems."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import Stemmer
import yaml

BREAK, COMMA = "|", ","
"""Stand among the words where a clause ends, and where it pauses."""
MODALS = ("must", "should", "may")

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*|[.;:!?\n|,]")
_NOT = (
    (re.compile(r"\bcan(?:not|'t)\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
)
# "Within 10 days after", "from" and "of" are one.
_SINCE = re.compile(r"\b(days?|weeks?|months?|hours?|years?) (?:after|from|following)\b")
# The month, before it is taken for a verb.
_MAY = re.compile(r"(?<=[a-z\d,] )May\b")
_KIN_ENDINGS = {("d", "s"), ("s", "d"), ("t", "c"), ("c", "t")}
_KIN_LENGTH, _KIN_SUFFIX = 4, 3


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of these, the longest first, white space of any length."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


class Wording:
    """The lists of `wording.yaml`, ready to use."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self.lists = lists
        self._stemmer = Stemmer.Stemmer("english")
        firsts = {phrase: row[0] for row in lists["phrases"] for phrase in row}
        numbers = {word: str(number) for word, number in lists["numbers"].items()}
        self._same = {**firsts, **numbers}
        self._phrase = re.compile(rf"(?<![\w-])(?:{alternation(self._same)})(?![\w-])")
        self._stems = {form: self._stem(row[0]) for row in lists["words"] for form in row}
        self._grammar = frozenset(lists["function_words"].split()) | {*MODALS, BREAK, COMMA}
        self.negations = frozenset(lists["negations"].split())
        self.hedges, self.hedges_before_that = (
            frozenset(self.stem(word) for word in lists["hedges"][which].split())
            for which in ("always", "before_that")
        )
        self._adverbs = frozenset(lists["adverbs"].split())
        kinds = (*lists["units"].values(), *lists["day_kinds"].values())
        self._units = frozenset(form for forms in kinds for form in forms) | {*lists["labels"].split()}
        self.relations = frozenset(self.stem(word) for word in lists["relations"].split())
        self._body_names = {form: f"body{n}" for n, row in enumerate(lists["bodies"]) for form in row}
        self.body_names = frozenset(self._body_names.values())
        self._body = re.compile(rf"\b(?:{alternation(self._body_names)})(?!\w)")
        self.reporting = frozenset(self.stem(word) for word in lists["reporting_words"].split())

    def canonical(self, text: str) -> str:
        """Lower case, with every phrase of the lists in its first form."""
        text = _MAY.sub("maymonth", text).casefold().replace("\u2019", "'").replace("\u2018", "'")
        for pattern, long in _NOT:
            text = pattern.sub(long, text)
        text = self._phrase.sub(lambda match: self._same[" ".join(match[0].split())], text)
        return _SINCE.sub(r"\1 of", text)

    def words(self, text: str) -> list[str]:
        """The words of a text in its canonical form, with BREAK at the end of each clause and COMMA in it."""
        found = _WORD.findall(self.canonical(text).replace("'s ", " "))
        return [word if word[0].isalnum() or word == COMMA else BREAK for word in found]

    def words_with_bodies(self, text: str) -> list[str]:
        """The words, with the name of a body as one of `body_names`."""
        named = self._body.sub(
            lambda match: self._body_names[" ".join(match[0].split())], self.canonical(text)
        )
        return self.words(named)

    def stem(self, word: str) -> str:
        return self._stems.get(word) or self._stem(word)

    def is_content(self, word: str) -> bool:
        """Whether the word says something of its own: no grammar, no negation, no must, should or may."""
        return word not in self._grammar and word not in self.negations

    def is_adverb(self, word: str) -> bool:
        """Whether the word may stand between a must, should or may and the verb that it binds."""
        return word in self._adverbs or word.endswith("ly") or word[0].isdigit() or word in self._units

    def is_silent(self, word: str) -> bool:
        """Whether the word only says what is counted ("working days"), or announces a number ("chapter")."""
        return word in self._units

    def stems(self, words: Sequence[str]) -> list[str]:
        """The stems of the content words, in order."""
        return [self.stem(word) for word in words if self.is_content(word)]

    def _stem(self, word: str) -> str:
        stem: str = self._stemmer.stemWord(word)
        return stem


def has_kin(stem: str, others: Collection[str]) -> bool:
    """Whether one of the others is the same word in another form ("decide", "decision")."""
    return stem in others or any(is_kin(stem, other) for other in others)


def is_kin(one: str, other: str) -> bool:
    """The shorter begins the longer, which has at most three letters more; or they part at d/s or t/c."""
    if one == other:
        return True
    # Asked of millions of pairs, of which hardly any gets past this.
    if one[:_KIN_LENGTH] != other[:_KIN_LENGTH]:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) < _KIN_LENGTH or len(long) - len(short) > _KIN_SUFFIX or not short.isalpha():
        return False
    return long.startswith(short) or (
        len(short) > _KIN_LENGTH
        and long.startswith(short[:-1])
        and (short[-1], long[len(short) - 1]) in _KIN_ENDINGS
    )


@cache
def wording() -> Wording:
    """As `wording.yaml` has it."""
    text = files("assistant.support").joinpath("wording.yaml").read_text(encoding="utf-8")
    return Wording(yaml.safe_load(text))
