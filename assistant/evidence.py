"""Which lines of the retrieved passages bear on the question, and how much."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import Stemmer
from numpy.typing import NDArray

from assistant.remembering import remembered
from corpus.embedding import Vectors
from corpus.passages import Candidate, Line, Passage

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

    def coverage(self, stems: Container[str], beside: Container[str] = frozenset()) -> float:
        """Share of the question's content words, by rarity, among these or those beside them, 0 to 1."""
        if not self._total:
            return 0.0
        # A question has few words, and a hundred passages are asked for them: no set is made of any.
        held = [weight for stem, weight in self._rarity.items() if stem in stems or stem in beside]
        return sum(held) / self._total


# The same passages come up again and again; a text costs some 3 kB to remember.
@remembered(8_192, longest=1_500)
def stems_of(text: str) -> frozenset[str]:
    """The content words of a text, stemmed."""
    return stems_anew(text)


def stems_anew(text: str) -> frozenset[str]:
    """The same, not remembered."""
    return frozenset(map(stem_of, set(_WORD.findall(text.lower())) - _FUNCTION_WORDS))


@remembered(65_536, longest=40)
def stem_of(word: str) -> str:
    if word in _WORDS_APART:
        return word
    # A stemmer of its own each time: one that threads share needs a lock, and few words come here twice.
    stem: str = Stemmer.Stemmer("english", 0).stemWord(word)
    return stem


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A passage's lines read for one question: `similarity` and `coverage`, shape (lines,), are those of
    Evidence."""

    similarity: NDArray[np.float64]
    coverage: NDArray[np.float64]


def read(candidate: Candidate, query: Vectors, words: QuestionWords) -> Reading:
    """The passage's lines, in their order; `query` has shape (dimensions,).

    The headings count for each line's coverage: a line need not repeat what its heading says.
    """
    passage = candidate.live.passage
    trail = stems_of(" ".join(passage.trail))
    similarity = candidate.lines @ query if len(passage.lines) else np.empty(0)
    coverage = [words.coverage(stems_of(passage.words(line)), trail) for line in passage.lines]
    return Reading(similarity.astype(np.float64), np.array(coverage))


def ranked(passage: Passage, readings: Sequence[Reading]) -> tuple[Evidence, ...]:
    """The lines of a passage, best first by the mean of their scores in these readings; all else is as the
    first of them has it."""
    first = readings[0]
    means = np.mean([each.similarity + _COVERAGE_WEIGHT * each.coverage for each in readings], axis=0)
    return tuple(
        Evidence(
            passage.lines[row],
            passage.words(passage.lines[row]),
            float(means[row]),
            float(first.similarity[row]),
            float(first.coverage[row]),
        )
        for row in np.argsort(-means, kind="stable")
    )
