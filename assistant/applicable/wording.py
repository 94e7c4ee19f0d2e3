"""Texts as weighed words and pairs of neighbouring words, function words too: "who decides" and "next of kin"
say what no word of theirs does."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import stem_of

_WORD = re.compile(r"[a-z']+|\d+")

Terms = tuple[NDArray[np.intp], NDArray[np.float64]]
"""Columns and their weights, of length one together."""


class Wording:
    """The words and pairs of `texts`, each as rare as it is among them."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = Counter(term for text in texts for term in _terms(text))
        self._columns = {term: column for column, term in enumerate(counts)}
        self._rarity = np.array([math.log((1 + len(texts)) / (1 + n)) + 1 for n in counts.values()])

    @property
    def size(self) -> int:
        return len(self._columns)

    def terms_of(self, text: str) -> Terms:
        """Those that are known: a term's frequency counts by its logarithm."""
        counts = Counter(_all_terms(text))
        known = [(self._columns[term], n) for term, n in counts.items() if term in self._columns]
        columns = np.array([column for column, _ in known], dtype=np.intp)
        weights = np.array([1 + math.log(n) for _, n in known]) * self._rarity[columns]
        return columns, weights / (float(np.linalg.norm(weights)) or 1.0)

    def likenesses(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Cosine of each of the texts to each other, shape (texts, texts)."""
        held: dict[int, list[tuple[int, float]]] = {}
        for row, text in enumerate(texts):
            columns, weights = self.terms_of(text)
            for column, weight in zip(columns.tolist(), weights.tolist(), strict=True):
                held.setdefault(column, []).append((row, weight))
        likeness = np.zeros((len(texts), len(texts)))
        for postings in held.values():
            rows = np.array([row for row, _ in postings], dtype=np.intp)
            weights = np.array([weight for _, weight in postings])
            likeness[np.ix_(rows, rows)] += np.outer(weights, weights)
        return likeness


def _all_terms(text: str) -> list[str]:
    words = [stem_of(word) for word in _WORD.findall(text.lower())]
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]


def _terms(text: str) -> set[str]:
    return set(_all_terms(text))
