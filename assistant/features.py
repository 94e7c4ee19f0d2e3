"""What a passage is judged by for a question: a plain number each, raw but for `asked` (see interaction)."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import QuestionWords, Reading, read, stems_of
from assistant.interaction import Asked, nearness
from corpus.documents import Kind, Part
from corpus.embedding import Vectors
from corpus.passages import Candidate, LivePassage, Passage

Columns = dict[str, NDArray[np.float64]]
"""Each feature by name, shape (candidates,); `ranking.yaml` says what each is."""

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
_SCOPE = re.compile(
    r"\bthis (?:procedure|chapter|section|guidance|document)"
    r" (?:applies|sets out|is for|is about|covers|does not)\b",
    re.IGNORECASE,
)
# In characters; half of the passages of a manual are shorter.
_USUAL_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Query:
    """A text to search for: its vector, shape (dimensions,), its words, and its word pieces. What was typed
    is `text[:length]`; `weight` is what it counts beside the whole text, which counts 1."""

    text: str
    length: int
    vector: Vectors
    words: QuestionWords
    asked: Asked
    weight: float = 1.0


def read_all(candidates: Sequence[Candidate], query: Query) -> list[Reading]:
    """Each candidate's lines, read for the query."""
    return [read(candidate, query.vector, query.words) for candidate in candidates]


def features(candidates: Sequence[Candidate], readings: Sequence[Reading], query: Query) -> Columns:
    """Of the candidates of one query, whose lines were read for it."""
    lives = [candidate.live for candidate in candidates]
    documents = [live.document_id for live in lives]
    similarity = (np.stack([each.vector for each in candidates]) @ query.vector).astype(np.float64)
    line_similarity = np.array(
        [float(each.similarity.max()) if len(each.similarity) else 0.0 for each in readings]
    )
    return {
        "similarity": similarity,
        "line_similarity": line_similarity,
        "line_coverage": np.array([each.coverage.max(initial=0.0) for each in readings]),
        "document_coverage": _document_coverage(
            documents, [_stems(each) for each in candidates], query.words
        ),
        "document": _document_strength(documents, similarity + line_similarity),
        "figure": _figures(query.text, candidates, readings),
        "asked": nearness(query.asked, [each.pieces for each in candidates], len(query.vector)),
        "length": np.array([math.log(max(len(live.passage.text), 1) / _USUAL_LENGTH) for live in lives]),
        "circumstances": np.array([float(_tells_the_case(live)) for live in lives]),
        "discussion": np.array([float(live.passage.part is Part.DISCUSSION_POINT) for live in lives]),
        "scope": np.array([float(_tells_the_scope(live.passage.text)) for live in lives]),
    }


def _stems(candidate: Candidate) -> frozenset[str]:
    passage = candidate.live.passage
    return stems_of("\n".join((*passage.trail, passage.text)))


def _tells_the_case(live: LivePassage) -> bool:
    """What happened in a case that was reviewed is not what was learned from it, nor what is to be done."""
    return live.kind is Kind.BRIEFING and live.passage.part is None


# The same passages come up again and again, as in `stems_of`.
@lru_cache(maxsize=8_192)
def _tells_the_scope(text: str) -> bool:
    return _SCOPE.search(text) is not None


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


def _figures(
    question: str, candidates: Sequence[Candidate], readings: Sequence[Reading]
) -> NDArray[np.float64]:
    if not _ASKS_FOR_FIGURE.search(question):
        return np.zeros(len(readings))
    return np.array(
        [float(_holds_figure(each.live.passage, own)) for each, own in zip(candidates, readings, strict=True)]
    )


def _holds_figure(passage: Passage, reading: Reading) -> bool:
    """Whether one of the lines most like the question does."""
    nearest = np.argsort(-reading.similarity, kind="stable")[:_LINES_FOR_FIGURE]
    return any(_FIGURE.search(passage.words(passage.lines[row])) for row in nearest)
