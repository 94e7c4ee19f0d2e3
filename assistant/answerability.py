"""Is what is asked said in what was found? Near a question there is nearly always something.

A logistic regression, fitted by `scripts/fit_answerability.py` on questions in pairs of like manner, one that
the sample library or a page of public guidance answers and one that it nearly does. It weighs the question's
vector (what kind of thing is asked for), the product of that with the vector of the line most like it (what
the two share), those word pieces of the question that the first passage leaves unmet, and what the ranking
shows. Detecting unanswerable questions is a task of its own since Rajpurkar, Jia and Liang 2018.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import stems_of
from assistant.features import Query
from assistant.fitted import fitted
from assistant.interaction import likenesses
from corpus.documents import Kind
from corpus.embedding import Vectors
from corpus.passages import Candidate
from corpus.word_pieces import vectors_of

READ = 10
"""How many of the first passages it looks at."""
VECTORS = ("question", "shared", "unmet")
"""Which of what is told are vectors."""
_FEW = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that was found, with the score that it was ranked by."""

    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What is weighed: three vectors, shape (dimensions,), and `signs`, one number a name."""

    question: Vectors
    shared: Vectors
    unmet: Vectors
    signs: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Of what is told; `model` is the fingerprint of the embedder that its vectors are of."""

    model: str
    bias: float
    question: Vectors
    shared: Vectors
    unmet: Vectors
    signs: Mapping[str, float]

    def probability(self, query: Query, found: Sequence[Ranked]) -> float:
        """That what is asked is said, 0 to 1, were as many questions answered as not. `found` stands best
        first."""
        return 1 / (1 + math.exp(-self.log_odds(told(query, found))))

    def log_odds(self, told: Told) -> float:
        """The same before it is brought between 0 and 1."""
        by_vectors = told.question @ self.question + told.shared @ self.shared + told.unmet @ self.unmet
        by_signs = sum(self.signs[name] * sign for name, sign in told.signs.items())
        return self.bias + float(by_vectors) + by_signs


@cache
def load_weights(fingerprint: str) -> Weights:
    """Those for the embedder; `model` says whether any were fitted for it."""
    entry = fitted("answerability", fingerprint)
    vectors = {name: np.array(entry[name], dtype=np.float32) for name in VECTORS}
    return Weights(**entry | vectors)


def told(query: Query, found: Sequence[Ranked]) -> Told:
    """Of a question and what was found for it, best first."""
    pieces = [each.candidate.pieces for each in found[:READ]]
    near = likenesses(query.asked, pieces, len(query.vector))
    return Told(query.vector, _shared(query, found), _unmet(query, near[0]), _signs(query, found, near))


def _shared(query: Query, found: Sequence[Ranked]) -> Vectors:
    """The product, dimension by dimension, of the question and the line of the first passage most like it."""
    lines = found[0].candidate.lines
    if not len(lines):
        return np.zeros_like(query.vector)
    product: Vectors = query.vector * lines[np.argmax(lines @ query.vector)]
    return product


def _unmet(query: Query, near: NDArray[np.float64]) -> Vectors:
    """The question's word pieces added up, each as much as the first passage, which comes so `near` to them,
    leaves it unmet: not how much is missing alone, but what."""
    missing: Vectors = (query.asked.weights * (1 - near)).astype(np.float32)
    return missing @ vectors_of(query.asked.signs, len(query.vector))


def _signs(query: Query, found: Sequence[Ranked], near: NDArray[np.float64]) -> dict[str, float]:
    """One number a name: what of the question the first passages meet, and how the ranking stands; `near`,
    shape (passages, pieces), is how near each passage comes to each of the question's word pieces."""
    first = [each.candidate for each in found[:READ]]
    documents = [each.live.document_id for each in first]
    scores = [each.score for each in found[:READ]]
    words = [stems_of("\n".join((*each.live.passage.trail, each.live.passage.text))) for each in first]
    pieces = _of_content(query, near)
    return {
        "score": scores[0],
        "lead": scores[0] - (scores[1] if len(scores) > 1 else 0.0),
        "margin": scores[0] - float(np.mean(scores)),
        "share": documents.count(documents[0]) / READ,
        "binding": float(first[0].live.kind is Kind.PROCEDURE),
        "likeness": max(
            (float((each.lines @ query.vector).max()) for each in first if len(each.lines)), default=0.0
        ),
        "unmet": 1 - query.words.coverage(words[0]),
        "unmet_by_few": 1 - query.words.coverage(frozenset().union(*words[:_FEW])),
        "unmet_by_all": 1 - query.words.coverage(frozenset().union(*words)),
        "met": float(pieces[0].mean()),
        "met_by_all": float(pieces.max(axis=0).mean()),
        "least_met": float(np.sort(pieces.max(axis=0))[:2].mean()),
        "words": float(len(query.text[: query.length].split())),
    }


def _of_content(query: Query, near: NDArray[np.float64]) -> NDArray[np.float64]:
    """How near each passage comes to each content word of the question."""
    is_content = query.asked.weights >= query.asked.weights.max(initial=0.0)
    return near[:, is_content] if is_content.any() else np.zeros((len(near), 1))
