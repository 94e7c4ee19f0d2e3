"""From candidates to a ranking: features of each passage for a question, and one learned weight a feature."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.evidence import Evidence, QuestionWords, rank_lines, stems_of
from corpus.embedding import Vectors
from corpus.passages import Candidate

_BEST_OF_DOCUMENT = 3
_LINES_FOR_FIGURE = 2
_ASKS_FOR_FIGURE = re.compile(
    r"\b(?:how (?:long|many|much|often|soon|quickly|late|old)|when|deadline|by when|until|frequency"
    r"|time ?(?:limit|scale|frame)s?|phone|number)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|forty)\s*(?:-\s*)?"
    r"(?:working |school |calendar )?(?:minute|hour|day|week|month|year)s?\b"
    r"|\b(?:immediately|straight away|without delay|same day|at once)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """One a feature; `ranking.yaml` says what each is."""

    similarity: float
    line_similarity: float
    coverage: float
    line_coverage: float
    document_coverage: float
    document: float
    figure: float
    aspect: float


@dataclass(frozen=True, slots=True)
class Query:
    """A text to search for: its vector, shape (dimensions,), and its words."""

    text: str
    vector: Vectors
    words: QuestionWords


@cache
def load_weights() -> Weights:
    """Those that were learned."""
    text = files("assistant").joinpath("ranking.yaml").read_text(encoding="utf-8")
    return Weights(**yaml.safe_load(text))


def rank_all(candidates: Sequence[Candidate], query: Query) -> list[tuple[Evidence, ...]]:
    """Each candidate's lines, best first."""
    return [rank_lines(candidate, query.vector, query.words) for candidate in candidates]


def scores(
    candidates: Sequence[Candidate],
    lines: Sequence[Sequence[Evidence]],
    query: Query,
    weights: Weights,
) -> NDArray[np.float64]:
    """Shape (candidates,); they order the candidates of one query."""
    documents = [candidate.live.document_id for candidate in candidates]
    stems = [_stems(candidate) for candidate in candidates]
    similarity = np.stack([candidate.vector for candidate in candidates]) @ query.vector
    line_similarity = np.array([max((line.similarity for line in ranked), default=0.0) for ranked in lines])
    total: NDArray[np.float64] = (
        weights.similarity * similarity.astype(np.float64)
        + weights.line_similarity * line_similarity
        + weights.coverage * np.array([query.words.coverage(held) for held in stems])
        + weights.line_coverage
        * np.array([max((e.coverage for e in ranked), default=0.0) for ranked in lines])
        + weights.document_coverage * _document_coverage(documents, stems, query.words)
        + weights.document * _document_strength(documents, similarity + line_similarity)
        + weights.figure * _figures(query.text, lines)
    )
    return total


def _stems(candidate: Candidate) -> frozenset[str]:
    passage = candidate.live.passage
    return stems_of("\n".join((*passage.trail, passage.text)))


def _document_coverage(
    documents: Sequence[str], stems: Sequence[frozenset[str]], words: QuestionWords
) -> NDArray[np.float64]:
    held: defaultdict[str, set[str]] = defaultdict(set)
    for document, own in zip(documents, stems, strict=True):
        held[document] |= own
    coverage = {document: words.coverage(together) for document, together in held.items()}
    return np.array([coverage[document] for document in documents])


def _document_strength(documents: Sequence[str], strengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of the three best; a document with fewer candidates is filled up with the weakest of all."""
    by_document: defaultdict[str, list[float]] = defaultdict(list)
    for document, strength in zip(documents, strengths.tolist(), strict=True):
        by_document[document].append(strength)
    filler = [float(strengths.min())] * _BEST_OF_DOCUMENT
    means = {
        document: float(np.mean([*sorted(values, reverse=True), *filler][:_BEST_OF_DOCUMENT]))
        for document, values in by_document.items()
    }
    return np.array([means[document] for document in documents])


def _figures(question: str, lines: Sequence[Sequence[Evidence]]) -> NDArray[np.float64]:
    if not _ASKS_FOR_FIGURE.search(question):
        return np.zeros(len(lines))
    nearest = (sorted(ranked, key=lambda e: -e.similarity)[:_LINES_FOR_FIGURE] for ranked in lines)
    return np.array([float(any(_FIGURE.search(e.text) for e in best)) for best in nearest])
