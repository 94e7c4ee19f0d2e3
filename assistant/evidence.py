"""Which lines of the retrieved passages bear on the question, and how much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import Stemmer

from corpus.embedding import Vectors
from corpus.passages import Candidate, Line

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_FUNCTION_WORDS = frozenset(
    "a about after all also an and any are as at be because been before being but by can could "
    "did do does doing for from get had has have having he her here hers him his how i if in into "
    "is it its just me more my no not of off on once only or our out over own said she should so "
    "some such than that the their them then there these they this those to too under until up us "
    "very was we were what when where which while who whom why will with would you your must may "
    "might someone something anyone please tell need want".split()
)
# A child who is missing and an appointment that was missed are no forms of one word in this trade.
_WORDS_APART = frozenset({"missing"})
_COVERAGE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line and how well it answers: cosine similarity plus a weighted share of the question's words, about
    0 to 1.5. `similarity` is the cosine alone, `coverage` the share alone (0 to 1)."""

    line: Line
    text: str
    score: float
    similarity: float
    coverage: float


class QuestionWords:
    """The content words of a question, stemmed; `rarity` weighs each (its inverse document frequency)."""

    def __init__(self, stems: frozenset[str], rarity: Mapping[str, float]) -> None:
        self._rarity = {stem: rarity[stem] for stem in stems}
        self._total = sum(self._rarity.values())

    def coverage(self, stems: Iterable[str]) -> float:
        """Share of the question's content words, by rarity, among these stems, 0 to 1."""
        if not self._total:
            return 0.0
        return sum(self._rarity[stem] for stem in self._rarity.keys() & stems) / self._total


# The same passages come up again and again; a text costs some 3 kB to remember.
@lru_cache(maxsize=8_192)
def stems_of(text: str) -> frozenset[str]:
    """The content words of a text, stemmed."""
    return frozenset(map(stem_of, set(_WORD.findall(text.lower())) - _FUNCTION_WORDS))


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    if word in _WORDS_APART:
        return word
    # A stemmer of its own each time: one that threads share needs a lock, and few words come here twice.
    stem: str = Stemmer.Stemmer("english", 0).stemWord(word)
    return stem


def rank_lines(candidate: Candidate, query: Vectors, words: QuestionWords) -> tuple[Evidence, ...]:
    """The passage's lines, best first; `query` has shape (dimensions,).

    The headings count for each line's coverage: a line need not repeat what its heading says.
    """
    passage = candidate.live.passage
    trail = stems_of(" ".join(passage.trail))
    similarities = candidate.lines @ query if len(passage.lines) else np.empty(0, dtype=np.float32)
    ranked = []
    for line, similarity in zip(passage.lines, similarities.tolist(), strict=True):
        text = passage.text[line.start - passage.start : line.end - passage.start]
        coverage = words.coverage(trail | stems_of(text))
        score = similarity + _COVERAGE_WEIGHT * coverage
        ranked.append(Evidence(line, text, score, similarity, coverage))
    return tuple(sorted(ranked, key=lambda evidence: -evidence.score))


def together(readings: Sequence[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """The lines of one passage ranked for several queries, as one ranking by the mean of their scores; all
    else is as the first query has it."""
    first, *others = readings
    if not others:
        return tuple(first)
    scores = [{evidence.line: evidence.score for evidence in reading} for reading in readings]
    mean = (replace(e, score=sum(own[e.line] for own in scores) / len(scores)) for e in first)
    return tuple(sorted(mean, key=lambda evidence: -evidence.score))
