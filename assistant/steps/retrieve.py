"""Find the passages, and tell whether they are strong enough to answer from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, AnswerStatus
from assistant.enquiry import Enquiry, Found
from assistant.retriever import HybridRetriever
from corpus.settings import RetrievalSettings

# Logistic weights of the best line's similarity and of the share of the question's words that the best of the
# first passages holds.
_BIAS, _SIMILARITY, _COVERAGE = -7.0, 9.0, 4.0
_FIRST = 5


class Retrieve:
    """Ends in `not_in_corpus` below the confidence that the settings ask for."""

    name = "retrieve"

    def __init__(self, retriever: HybridRetriever, settings: RetrievalSettings) -> None:
        self._retriever = retriever
        self._settings = settings

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
        found = self._retriever.search(enquiry.standalone)
        confidence = confidence_of(found)
        if confidence < self._settings.min_confidence:
            return Answer(AnswerStatus.NOT_IN_CORPUS, enquiry.text, confidence=confidence)
        return replace(enquiry, found=tuple(found), confidence=confidence)


def confidence_of(found: Sequence[Found]) -> float:
    """Probability, 0 to 1, that these passages answer the question they were found for."""
    lines = [line for passage in found[:_FIRST] for line in passage.lines]
    if not lines:
        return 0.0
    similarity = max(line.similarity for line in lines)
    coverage = max(line.coverage for line in lines)
    return 1 / (1 + math.exp(-(_BIAS + _SIMILARITY * similarity + _COVERAGE * coverage)))
