"""A question as the documents would word it: spelt right, with abbreviations written out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.everyday import everyday_words, formal_terms, is_everyday
from assistant.evidence import stem_of
from corpus.english import english_words
from corpus.glossary import Glossary
from corpus.vocabulary import Terms, Vocabulary

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[/'’][A-Za-z0-9]*)*")
_SHORTEST_MISSPELT = 4
_LONGEST_ABBREVIATION = 7
_ALIKE = 0.74
# One slip in a long word: everyday words are many, and short ones are near to too much else.
_LONG, _ALIKE_EVERYDAY = 7, 0.85
_SHOUTING = 0.6

_Hit = tuple[str, float, int]


class Worded(NamedTuple):
    """The question itself is `text[:length]`; behind it stand the words that were added to it."""

    text: str
    length: int


class Wording:
    """Follows the vocabulary: made anew whenever that has changed."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words = _Words(vocabulary.terms)

    def of(self, question: str) -> Worded:
        """The question with shorthand, abbreviations and misspellings replaced; an abbreviation is kept in
        brackets, one that the documents use is added to its long form, and the documents' words for everyday
        ones are added at the end."""
        terms = self._vocabulary.terms
        if terms is not self._words.terms:
            self._words = _Words(terms)
        return self._words.reworded(question)


class _Words:
    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._glossary = Glossary(terms)
        self._stems = set(map(stem_of, terms.words))
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in terms.words:
            if len(word) >= _SHORTEST_MISSPELT:
                self._by_letter[word[0]].append(word)

    def reworded(self, question: str) -> Worded:
        letters = [character for character in question if character.isalpha()]
        shouting = sum(map(str.isupper, letters)) > _SHOUTING * len(letters)
        text = _TOKEN.sub(lambda match: self._word(match, shouting), question)
        known = {word.lower() for word in _TOKEN.findall(text)}
        added = [short.upper() for short in self._glossary.short_forms(text) if short not in known]
        added += formal_terms(text, self._stems)
        return Worded(f"{text} ({', '.join(added)})" if added else text, len(text))

    def _word(self, match: re.Match[str], shouting: bool) -> str:
        word = match[0]
        lower = word.lower()
        shorthand: dict[str, str] = _lists()["shorthand"]
        if lower in shorthand and (word == lower or shouting):
            return shorthand[lower]
        long = self._long_form(word, shouting)
        if long:
            return f"{long} ({word})"
        first = match.start() == 0
        return self._spelt(word) if word == lower or first or shouting else word

    def _long_form(self, word: str, shouting: bool) -> str | None:
        if len(word) > _LONGEST_ABBREVIATION:
            return None
        if sum(map(str.isupper, word)) >= 2 and not shouting:
            return self._glossary.long_form(word) or self._glossary.set_phrase(word)
        is_word = word.lower() in english_words() or (shouting and word.lower() in self.terms.words)
        return None if is_word else self._glossary.long_form(word)

    def _spelt(self, word: str) -> str:
        lower = word.lower()
        if len(word) < _SHORTEST_MISSPELT or not word.isalpha() or self._is_known(lower):
            return word
        found = _nearest(lower, self._by_letter[lower[0]], _ALIKE)
        if everyday := _everyday_for(lower):
            found.append(everyday)
        # Of two that are as near the one that the documents have more often.
        nearest = max(found, key=lambda hit: (hit[1], self.terms.words[hit[0]]), default=None)
        return nearest[0] if nearest else word

    def _is_known(self, word: str) -> bool:
        if word in self.terms.words or word in english_words() or word in _lists()["colloquial"].split():
            return True
        # A bare stem ("exclud") is no form of a word.
        stem = stem_of(word)
        return (stem != word and stem in self._stems) or is_everyday(word)


def _everyday_for(word: str) -> _Hit | None:
    """The everyday word that a long one is a slip away from, where no other English word is as near."""
    if len(word) < _LONG:
        return None
    hits = _nearest(word, _ordinary(word[0]), _ALIKE_EVERYDAY)
    nearest = max(hits, key=lambda hit: (hit[1], hit[0] in english_words()), default=None)
    return nearest if nearest and nearest[0] in everyday_words() else None


def _nearest(word: str, among: Sequence[str], least: float) -> list[_Hit]:
    """The five most alike, with how alike each is, 0 to 1."""
    alike = DamerauLevenshtein.normalized_similarity
    return process.extract(word, among, scorer=alike, score_cutoff=least, limit=5)


@cache
def _ordinary(letter: str) -> tuple[str, ...]:
    """Words that begin so and are spelt right, whatever the documents hold."""
    return tuple(sorted(word for word in english_words() | everyday_words() if word.startswith(letter)))


@cache
def _lists() -> dict[str, Any]:
    text = files("assistant").joinpath("wording.yaml").read_text(encoding="utf-8")
    lists: dict[str, Any] = yaml.safe_load(text)
    return lists
