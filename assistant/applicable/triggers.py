"""Where one sentence of a situation says, nearly in its words, what a procedure names as its trigger.

Subjects and signs stand between a person's words and the manual's. A person who uses the manual's own words
needs no such help, and must not be lost to it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
import yaml

from assistant.applicable.scores import Scores
from assistant.applicable.situation import Aspect
from assistant.evidence import stem_of, stems_anew
from assistant.remembering import remembered
from corpus.procedures import ReadProcedure, Trigger, TriggerSort

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
# Each may stand by itself: "has been taken into police protection, or is the subject of an order".
_ALTERNATIVES = re.compile(
    r",? or (?=(?:is|are|was|has|have|may|must|can|does|a|an|the|there|they|it)\b)|;", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^)]*\)")
# "This procedure applies when a person is alleged to have:" goes on in the item, which says nothing alone.
_WHOLE_ITEM_FOLLOWS = re.compile(r"\b(?:when|where|if|that|cases?|following|these|babies)\W*$", re.IGNORECASE)
_FRAME = re.compile(
    r"^(?:this|the|it|these)\b.{0,40}?\bappl(?:y|ies)\b(?: also)? *(?:when|where|if|to)?", re.I
)
_LEAST, _LEAST_TELLING = 3, 2
_NEARLY, _ALL = 0.9, 0.999
_LITTLE = 0.15
_BEFORE = 5
_MOST_ALIKE = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """What must be held: each term (a stem, or two that stand side by side) and its weight; `telling` are
    those that say what it is about. `width` is how many words of a sentence may lie around them."""

    row: int
    weights: Mapping[str, float]
    telling: frozenset[str]
    total: float
    width: int
    is_negated: bool


class Triggers:
    """Of all procedures, one a row: `read` is None where nothing was read, `texts` its passages' texts."""

    def __init__(self, read: Sequence[ReadProcedure | None], texts: Sequence[Sequence[str]]) -> None:
        self._size = len(read)
        spread = _Spread(texts)
        listed = [
            (row, text)
            for row, one in enumerate(read)
            for trigger in (one.triggers if one else ())
            if trigger.sort is TriggerSort.TRIGGER
            for text in _texts(trigger)
        ]
        clauses = [clause for row, text in listed if (clause := _clause(row, text, spread)) is not None]
        # "A child with a child protection plan" is a trigger of too many to tell of any.
        terms = [(row, set(_terms(_WORD.findall(text.lower())))) for row, text in listed]
        self._clauses = [
            clause
            for clause in clauses
            if len({row for row, own in terms if clause.telling <= own}) <= _MOST_ALIKE
        ]

    def held(self, aspects: Iterable[Aspect]) -> Scores:
        """The greatest share, by weight, of a trigger of each procedure that one sentence says to be so now;
        0 where it is not nearly all. Shape (procedures,)."""
        best = np.zeros(self._size)
        for aspect in aspects:
            if aspect.is_denial or _words().past.search(aspect.told):
                continue
            words = _WORD.findall(aspect.told.lower())
            terms = set(_terms(words))
            for clause in self._clauses:
                if _share(clause, terms) >= _NEARLY:
                    best[clause.row] = max(best[clause.row], _share_near_together(clause, words))
        return best

    def lifted(
        self, strengths: Scores, aspects: Iterable[Aspect], may_apply: float, applies: float
    ) -> Scores:
        """The strengths of the procedures, at least `applies` where the whole of a trigger is held, at least
        `may_apply` where nearly all is."""
        held = self.held(aspects)
        least = np.where(held >= _ALL, applies, np.where(held >= _NEARLY, may_apply, 0.0))
        lifted = strengths.copy()
        lifted[: self._size] = np.maximum(lifted[: self._size], least)
        return lifted


class _Spread:
    """How many procedures use a term."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._size = len(texts)
        used = ({term for text in own for term in _terms(_WORD.findall(text.lower()))} for own in texts)
        self._counts = Counter(term for terms in used for term in terms)

    def rarity_of(self, stem: str) -> float:
        """1 for one that all use, more for a rarer one."""
        return math.log((1 + self._size) / (1 + self._counts[stem])) + 1


@dataclass(frozen=True, slots=True)
class _Words:
    called: Mapping[str, str]
    little: frozenset[str]
    negation: re.Pattern[str]
    no_negation: re.Pattern[str]
    past: re.Pattern[str]

    def is_negated(self, text: str) -> bool:
        return self.negation.search(self.no_negation.sub(" ", text)) is not None


@cache
def _words() -> _Words:
    text = files("assistant.applicable").joinpath("trigger_words.yaml").read_text(encoding="utf-8")
    entry = yaml.safe_load(text)
    people: dict[str, list[str]] = entry["people"]
    called = {stem_of(name): stem_of(one) for one, names in people.items() for name in names}
    return _Words(
        called,
        frozenset(map(stem_of, (*people, *called, *entry["light"]))),
        *(re.compile(entry[name], re.IGNORECASE) for name in ("negation", "no_negation", "past")),
    )


def _texts(trigger: Trigger) -> Iterator[str]:
    """The trigger, and each of its alternatives; with its lead where it only goes on from there."""
    lead = trigger.lead.words if trigger.lead else ""
    start = "" if _WHOLE_ITEM_FOLLOWS.search(lead) else _FRAME.sub("", lead)
    text = _FRAME.sub("", _ASIDE.sub(" ", trigger.place.words)).removesuffix("or").strip(" ;,.")
    alternatives = [part for part in _ALTERNATIVES.split(text) if part.strip()]
    yield from (f"{start} {part}" for part in dict.fromkeys((text, *alternatives)))


def _clause(row: int, text: str, spread: _Spread) -> Clause | None:
    words = _WORD.findall(text.lower())
    terms = set(_terms(words))
    stems = {term for term in terms if " " not in term}
    little = _words().little
    if len(stems) < _LEAST or len(stems - little) < _LEAST_TELLING:
        return None
    telling = frozenset(term for term in terms if little.isdisjoint(term.split()))
    weights = {
        term: min(map(spread.rarity_of, term.split())) if term in telling else _LITTLE for term in terms
    }
    is_negated = _words().is_negated(text)
    return Clause(row, weights, telling, sum(weights.values()), 2 * len(words) + 6, is_negated)


def _terms(words: Sequence[str]) -> Iterator[str]:
    """Content words, stemmed, and pairs of them with nothing between; a person by what triggers call them."""
    called = _words().called
    stems = [_stem(word) for word in words]
    yield from (stem for stem in stems if stem)
    yield from (called[stem] for stem in stems if stem in called)
    yield from (f"{one} {other}" for one, other in pairwise(stems) if one and other)


# Words come here one by one; those of a manual would push whole texts out of the memory of `stems_of`.
@remembered(16_384, longest=40)
def _stem(word: str) -> str:
    """Empty for a function word."""
    return next(iter(stems_anew(word.replace("’", "'"))), "")


def _share(clause: Clause, terms: set[str]) -> float:
    return sum(weight for term, weight in clause.weights.items() if term in terms) / clause.total


def _share_near_together(clause: Clause, words: Sequence[str]) -> float:
    """Of the best run of words that is not much longer than the trigger, and is denied only where it is."""
    best = 0.0
    for start in range(max(1, len(words) - clause.width + 1)):
        run = words[start : start + clause.width]
        share = _share(clause, set(_terms(run)))
        if share >= _NEARLY and share > best:
            held = [at for at, word in enumerate(run) if clause.weights.keys() & set(_terms([word]))]
            first = max(0, start + held[0] - _BEFORE)
            said = " ".join(words[first : start + held[-1] + 1])
            if _words().is_negated(said) is clause.is_negated:
                best = share
    return best
