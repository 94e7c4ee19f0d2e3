"""Dense and keyword search over one store, fused into one ranking of live passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from assistant.enquiry import Found
from assistant.evidence import QuestionWords, best, rank_lines
from corpus.embedding import Vectors
from corpus.passages import LivePassage
from corpus.settings import RetrievalSettings
from corpus.store import Store

# More than is needed is asked of an index, for some of what it holds may not be live any more.
_SPARE = 1.2
_DOCUMENT_WEIGHT = 0.5
_BEST_OF_DOCUMENT = 3


class HybridRetriever(BaseRetriever):
    """Adds standardised scores (passage similarity, best line, BM25, document) rather than ranks.

    A document's score is the mean of its three best passages: a page that speaks of the matter in several
    places is likelier the right one than its sibling that mentions it once.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    store: Store
    settings: RetrievalSettings

    def search(self, question: str, limit: int | None = None) -> list[Found]:
        """The best live passages with their lines ranked, best first."""
        query = self.store.embedder.embed([question])[0]
        candidates = int(self.settings.candidates * _SPARE)
        dense = self.store.indexes.vectors.search(query, candidates)
        keyword = dict(self.store.indexes.keywords.search(question, candidates))
        ids = list(dict.fromkeys([*(passage_id for passage_id, _ in dense), *keyword]))
        return self._fuse(question, query, ids, keyword)[: limit or self.settings.limit]

    def _fuse(
        self, question: str, query: Vectors, ids: Sequence[str], keyword: dict[str, float]
    ) -> list[Found]:
        candidates = self.store.register.candidates(ids)
        if not candidates:
            return []
        words = QuestionWords(question)
        passages = [candidate.live for candidate in candidates]
        lines = [rank_lines(candidate, query, words) for candidate in candidates]
        dense = np.stack([candidate.vector for candidate in candidates]) @ query
        bm25 = np.array([keyword.get(passage.passage.id, 0.0) for passage in passages])
        weights = self.settings
        scores = (
            weights.dense_weight * _standardised(dense)
            + weights.line_weight * _standardised(np.array([best(ranked) for ranked in lines]))
            + weights.keyword_weight * _standardised(bm25)
        )
        scores = scores + _DOCUMENT_WEIGHT * _document_scores(passages, scores)
        return [Found(passages[index], float(scores[index]), lines[index]) for index in np.argsort(-scores)]

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 (LangChain's signature)
        **_: Any,
    ) -> list[LangChainDocument]:
        return [
            LangChainDocument(
                id=found.live.passage.id,
                page_content=found.live.passage.text,
                metadata={
                    "document_id": found.live.document_id,
                    "title": found.live.title,
                    "anchor": found.live.passage.anchor,
                    "score": found.score,
                },
            )
            for found in self.search(query)
        ]


def _standardised(scores: NDArray[Any]) -> NDArray[np.float64]:
    """Mean 0 and deviation 1 over the candidates; all 0 where they do not differ."""
    values = scores.astype(np.float64)
    deviation = values.std()
    return (values - values.mean()) / deviation if deviation > 0 else np.zeros_like(values)


def _document_scores(passages: Sequence[LivePassage], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    by_document: defaultdict[str, list[float]] = defaultdict(list)
    for passage, score in zip(passages, scores.tolist(), strict=True):
        by_document[passage.document_id].append(score)
    means = {
        document: float(np.mean(sorted(values, reverse=True)[:_BEST_OF_DOCUMENT]))
        for document, values in by_document.items()
    }
    return _standardised(np.array([means[passage.document_id] for passage in passages]))
