"""A recogniser beside the rules: danger is told without a word of it, too. It may add alarms, and doubt them.

A logistic regression over the vector of each sentence and the phrases in it, and the same of its neighbours,
fitted by `scripts/fit_danger.py` as in multiple-instance learning (Andrews, Tsochantaridis and Hofmann 2002):
a text is as dangerous as its most dangerous sentence, whatever else it tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from typing import Protocol

import numpy as np

from assistant.danger.sentences import Sentence, asks, sentences_in, with_neighbours
from assistant.fitted import fitted
from corpus.embedding import Embedder, Vectors
from corpus.errors import AssistantError

# A few words ("unseen men", "newborn") are a topic; where so few tell of danger, the rules know it.
_FEW = 3


class Opinion(Enum):
    """Of a text: that it tells of danger, that it rather does and asks something besides, that it hardly
    does, or none of these."""

    DANGER = "danger"
    RATHER = "rather"
    HARDLY = "hardly"
    NONE = "none"


class Recognises(Protocol):
    """Its opinion of a text; NONE where that cannot be told."""

    def __call__(self, text: str) -> Opinion: ...


@dataclass(frozen=True, slots=True)
class Weights:
    """`model` is the fingerprint of the embedder whose vectors they are for. A text whose most dangerous
    sentence counts more than `threshold` raises an alarm; where it counts less than `doubt`, that of the
    rules is doubted. Of a text that asks something, its own is doubtful up to `sure`. `around_vector` and
    `around_phrases` are for a sentence with its neighbours."""

    model: str
    threshold: float
    sure: float
    doubt: float
    base: float
    vector: Vectors
    phrases: Mapping[str, float]
    around_vector: Vectors
    around_phrases: Mapping[str, float]

    def score(self, pieces: Sequence[Sentence], vectors: Vectors) -> float:
        """Of a text with at least one piece; a row of `vectors` for each."""
        around_phrases, around_vectors = with_neighbours(pieces, vectors)
        values = vectors @ self.vector + around_vectors @ self.around_vector
        by_phrases = [
            _sum_of(self.phrases, piece.phrases) + _sum_of(self.around_phrases, around)
            for piece, around in zip(pieces, around_phrases, strict=True)
        ]
        return self.base + float(np.max(values + np.array(by_phrases)))


def _sum_of(weights: Mapping[str, float], phrases: Iterable[str]) -> float:
    return sum(weights.get(phrase, 0.0) for phrase in phrases)


@cache
def load_weights(fingerprint: str) -> Weights:
    """Those for the embedder; `model` says whether any were fitted for it."""
    entry = fitted("danger", fingerprint)
    vectors = {name: np.array(entry[name], dtype=np.float32) for name in ("vector", "around_vector")}
    return Weights(**entry | vectors)


class Recogniser:
    """Knows nothing where no weights were fitted for the embedder, or where it is gone.

    `weights` are read at the first text.
    """

    def __init__(self, embedder: Embedder, weights: Callable[[], Weights] | None = None) -> None:
        self._embedder = embedder
        self._weights = weights or partial(load_weights, embedder.fingerprint)

    def __call__(self, text: str) -> Opinion:
        weights = self._weights()
        pieces = sentences_in(text) if weights.model == self._embedder.fingerprint else []
        if not pieces:
            return Opinion.NONE
        try:
            vectors = self._embedder.embed([piece.text for piece in pieces])
        except AssistantError:
            # The rules have spoken already; whatever else needs the embedder tells that it is gone.
            return Opinion.NONE
        score = weights.score(pieces, vectors)
        if score > weights.threshold and len(text.split()) > _FEW:
            return Opinion.RATHER if score <= weights.sure and asks(text) else Opinion.DANGER
        return Opinion.HARDLY if score < weights.doubt else Opinion.NONE
