"""Find the passages, and tell whether they are strong enough to answer from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import yaml

from assistant.answers import Answer, AnswerStatus
from assistant.enquiry import Enquiry, Found
from assistant.retriever import HybridRetriever
from corpus.settings import RetrievalSettings

_FIRST_FOR_SIMILARITY = 5
_FIRST_FOR_SHARE = 10


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
    """Probability, 0 to 1, that these passages, best first, answer the question they were found for."""
    lines = [line for passage in found[:_FIRST_FOR_SIMILARITY] for line in passage.lines]
    if not lines:
        return 0.0
    weights = _weights()
    first = [passage.live.document_id for passage in found[:_FIRST_FOR_SHARE]]
    share = max(Counter(first).values()) / len(first)
    similarity = max(line.similarity for line in lines)
    logit = weights["bias"] + weights["similarity"] * similarity + weights["share"] * share
    return 1 / (1 + math.exp(-logit))


@cache
def _weights() -> dict[str, float]:
    text = files("assistant.steps").joinpath("confidence.yaml").read_text(encoding="utf-8")
    weights: dict[str, float] = yaml.safe_load(text)
    return weights
