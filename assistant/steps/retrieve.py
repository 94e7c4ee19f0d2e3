"""Find the passages, and tell whether they are strong enough to answer from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, AnswerStatus
from assistant.enquiry import Enquiry, Found
from assistant.parts import parts_of
from assistant.retriever import HybridRetriever, Results
from corpus.settings import RetrievalSettings


class Retrieve:
    """Ends in `not_in_corpus` below the confidence that the settings ask for.

    Of a question that asks several things, each is searched for by itself too: what is found for any of them
    is handed on, and what nothing is found for is named.
    """

    name = "retrieve"

    def __init__(self, retriever: HybridRetriever, settings: RetrievalSettings) -> None:
        self._retriever = retriever
        self._settings = settings

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
        whole = self._retriever.results(enquiry.standalone, latest=enquiry.latest, near=enquiry.near)
        # A part of a follow-up would mean little without what it leans on.
        asked = () if enquiry.latest else parts_of(enquiry.standalone)
        parts = {part: self._retriever.results(part) for part in asked}
        held = [results for results in parts.values() if self._is_enough(results)]
        if not held and not self._is_enough(whole):
            return Answer(AnswerStatus.NOT_IN_CORPUS, enquiry.text, confidence=whole.confidence)
        not_held = tuple(part for part, results in parts.items() if held and not self._is_enough(results))
        # What is asked besides and not held would draw in passages that answer nothing.
        found = held[0].found if not_held else whole.found
        return replace(
            enquiry,
            standalone=whole.wording,
            found=_with_firsts(found, held),
            confidence=max(results.confidence for results in (whole, *held)),
            not_held=not_held,
        )

    def _is_enough(self, results: Results) -> bool:
        return results.confidence >= self._settings.min_confidence


def _with_firsts(found: Sequence[Found], parts: Sequence[Results]) -> tuple[Found, ...]:
    """The passages, with the best of each part among the first."""
    firsts = {item.live.passage.id: item for part in parts for item in part.found[:1]}
    best, *others = found
    ahead = [best, *(item for key, item in firsts.items() if key != best.live.passage.id)]
    known = {item.live.passage.id for item in ahead}
    return (*ahead, *(item for item in others if item.live.passage.id not in known))
