"""Find the passages, and tell whether they are strong enough to answer from."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers import Answer, AnswerStatus
from assistant.enquiry import Enquiry
from assistant.retriever import HybridRetriever
from corpus.settings import RetrievalSettings


class Retrieve:
    """Ends in `not_in_corpus` below the confidence that the settings ask for."""

    name = "retrieve"

    def __init__(self, retriever: HybridRetriever, settings: RetrievalSettings) -> None:
        self._retriever = retriever
        self._settings = settings

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
        results = self._retriever.results(enquiry.standalone)
        confidence = results.confidence
        if confidence < self._settings.min_confidence:
            return Answer(AnswerStatus.NOT_IN_CORPUS, enquiry.text, confidence=confidence)
        return replace(enquiry, standalone=results.wording, found=results.found, confidence=confidence)
