"""The product's own search, as a system to be measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.enquiry import Found
from assistant.evaluation.question_sets import DEPTH, Seen, Shown
from assistant.retriever import HybridRetriever
from corpus.settings import Settings
from corpus.store import Store


class Ours:
    """`names` gives, by document id, the name that the question set knows the document by."""

    def __init__(self, make: Callable[..., HybridRetriever], names: Mapping[str, str]) -> None:
        self._make = make
        self._names = names
        self._retrievers: dict[frozenset[str], HybridRetriever] = {}

    def search(self, question: str, hidden: frozenset[str] = frozenset()) -> Seen:
        results = self._retriever(hidden).results(question, DEPTH)
        return Seen(tuple(self._shown(results.found)), results.confidence)

    def _retriever(self, hidden: frozenset[str]) -> HybridRetriever:
        if hidden not in self._retrievers:
            ids = frozenset(document for document, name in self._names.items() if name in hidden)
            self._retrievers[hidden] = self._make(hidden=ids)
        return self._retrievers[hidden]

    def _shown(self, found: Sequence[Found]) -> list[Shown]:
        return [
            Shown(
                document=self._names[item.live.document_id],
                start=item.live.passage.start,
                end=item.live.passage.end,
                text=item.live.passage.text,
                headings=item.live.passage.trail,
            )
            for item in found
        ]


def ours_over(store: Store, settings: Settings, names: Mapping[str, str]) -> Callable[..., Ours]:
    """Makes the search over a store; its arguments are handed on to the retriever."""

    def ours(**changes: object) -> Ours:
        def make(**more: object) -> HybridRetriever:
            return HybridRetriever(store=store, settings=settings.retrieval, **changes, **more)

        return Ours(make, names)

    return ours
