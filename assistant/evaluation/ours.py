"""The product's own search, as a system to be measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.answerability import Ranked
from assistant.enquiry import Found
from assistant.evaluation.question_sets import DEPTH, Seen, Shown
from assistant.features import Columns, Query
from assistant.retriever import HybridRetriever, Results
from corpus.passages import LivePassage
from corpus.settings import Settings
from corpus.store import Store


class Ours:
    """`names` gives, by document id, the name that the question set knows the document by."""

    def __init__(self, make: Callable[..., HybridRetriever], names: Mapping[str, str]) -> None:
        self._make = make
        self._names = names
        self._retrievers: dict[frozenset[str], HybridRetriever] = {}

    def search(self, question: str, hidden: frozenset[str] = frozenset()) -> Seen:
        results = self._results(question, hidden)
        return Seen(tuple(self._shown(item.live) for item in results.found), results.confidence)

    def found(self, question: str, hidden: frozenset[str] = frozenset()) -> tuple[Found, ...]:
        """What it found itself, before it is shown as the set would have it."""
        return self._results(question, hidden).found

    def _results(self, question: str, hidden: frozenset[str]) -> Results:
        return self._retriever(hidden).results(question, DEPTH)

    def judged(self, question: str) -> tuple[list[Shown], Columns]:
        """All passages that were looked at, in no order, and what they are ranked by."""
        lives, columns = self._retriever(frozenset()).judged(question)
        return [self._shown(live) for live in lives], columns

    def read(self, question: str, hidden: frozenset[str] = frozenset()) -> tuple[Query, list[Ranked]]:
        """A question as it is searched for, and what is found first."""
        return self._retriever(hidden).read(question)

    def _retriever(self, hidden: frozenset[str]) -> HybridRetriever:
        if hidden not in self._retrievers:
            ids = frozenset(document for document, name in self._names.items() if name in hidden)
            self._retrievers[hidden] = self._make(hidden=ids)
        return self._retrievers[hidden]

    def _shown(self, live: LivePassage) -> Shown:
        passage = live.passage
        return Shown(
            document=self._names[live.document_id],
            start=passage.start,
            end=passage.end,
            text=passage.text,
            headings=passage.trail,
        )


def ours_over(store: Store, settings: Settings, names: Mapping[str, str]) -> Callable[..., Ours]:
    """Makes the search over a store; its arguments are handed on to the retriever."""

    def ours(**changes: object) -> Ours:
        def make(**more: object) -> HybridRetriever:
            return HybridRetriever(store=store, settings=settings.retrieval, **changes, **more)

        return Ours(make, names)

    return ours
