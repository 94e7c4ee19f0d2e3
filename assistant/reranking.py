"""A second look at the first passages, by any LangChain document compressor.

Candidates in, scores out: the compressor is handed LangChain documents and gives them back in its own order,
with `relevance_score` in their metadata where it has one. What it leaves out comes last.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib import import_module

import numpy as np
from langchain_core.documents import Document
from langchain_core.documents.compressor import BaseDocumentCompressor
from numpy.typing import NDArray

from assistant.enquiry import Found
from corpus.errors import SettingsError, reason_of

log = logging.getLogger(__name__)

_PLACE = "place"
_ADVICE = "ASSISTANT_RETRIEVAL__RERANKER names a function as package.module:function."


class Reranker:
    """Adds `weight` times the standardised relevance to the scores of the first `depth` passages, and nothing
    where the compressor fails."""

    def __init__(self, compressor: BaseDocumentCompressor, weight: float, depth: int) -> None:
        self._compressor = compressor
        self._weight = weight
        self._depth = depth

    def rescored(self, found: Sequence[Found], question: str) -> NDArray[np.float64]:
        """The new scores, shape (found,), in the order of `found`, which stands best first."""
        scores = np.array([passage.score for passage in found])
        first = [as_document(passage, {_PLACE: place}) for place, passage in enumerate(found[: self._depth])]
        try:
            relevance = self._relevance(first, question)
        except Exception as error:
            # What was ranked without it still answers; a message that is not ours may repeat the question.
            log.error("The reranker failed, and passages stand as without it: %s", type(error).__name__)  # noqa: TRY400
            return scores
        if not np.isnan(relevance).all():
            filled = np.where(np.isnan(relevance), np.nanmin(relevance), relevance)
            spread = filled.std()
            if spread > 0:
                scores[: len(first)] += self._weight * (filled - filled.mean()) / spread
        return scores

    def _relevance(self, documents: Sequence[Document], question: str) -> NDArray[np.float64]:
        """Of each document, NaN where it was left out. Raises whatever the compressor raises."""
        relevance = np.full(len(documents), np.nan)
        returned = self._compressor.compress_documents(documents, question)
        for rank, document in enumerate(returned):
            value = document.metadata.get("relevance_score", len(returned) - rank)
            relevance[document.metadata[_PLACE]] = value
        return relevance


def as_document(found: Found, metadata: dict[str, object] | None = None) -> Document:
    """A passage as LangChain knows it; the headings stand before the text."""
    passage = found.live.passage
    return Document(
        id=passage.id,
        page_content="\n".join((*passage.trail, passage.text)),
        metadata={
            "document_id": found.live.document_id,
            "title": found.live.title,
            "anchor": passage.anchor,
            "score": found.score,
            **(metadata or {}),
        },
    )


def load_compressor(name: str) -> BaseDocumentCompressor:
    """What `package.module:function` makes when it is called. Raises SettingsError."""
    module, _, attribute = name.partition(":")
    if not (module and attribute):
        raise SettingsError(f"The reranker {name} names no function.", _ADVICE)
    try:
        made = getattr(import_module(module), attribute)()
    except Exception as error:
        # The function is not ours: a model that it does not find, say, it reports in its own way.
        raise SettingsError(f"The reranker {name} cannot be made: {reason_of(error)}.", _ADVICE) from error
    if not isinstance(made, BaseDocumentCompressor):
        raise SettingsError(
            f"The reranker {name} is no LangChain document compressor.",
            "Its function must return a BaseDocumentCompressor.",
        )
    return made
