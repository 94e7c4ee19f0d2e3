"""Dense and keyword search over one store, brought into one ranking of live passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Self

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field, PrivateAttr, model_validator

from assistant.answerability import READ, Ranked
from assistant.answerability import load_weights as load_answerability
from assistant.confidence import confidence_of
from assistant.enquiry import Found
from assistant.evidence import QuestionWords, Reading, ranked, stems_of
from assistant.features import Columns, Query, features, read_all
from assistant.folding import folded
from assistant.interaction import asked_in
from assistant.ranking import Weights, load_weights, scores
from assistant.reranking import Reranker, as_document, load_compressor
from assistant.wording import Worded, Wording
from corpus.documents import Part
from corpus.passages import Candidate, LivePassage
from corpus.sentences import sentence_spans
from corpus.settings import RetrievalSettings
from corpus.store import Store

# How many times as many hits are asked for where only passages of some parts of a review are wanted.
_DEEPER = 15
# What a document counts more for a follow-up whose conversation it answered before, in units of a score.
_NEAR = 1.0
_FEWEST = 2
# So sure that the corpus deals with what is asked, to be surer tells nothing of whether it says it.
_DEALT_WITH = 0.3
# More than is needed is asked of an index, for some of what it holds may not be live any more.
_SPARE = 1.2


@dataclass(frozen=True, slots=True)
class Parts:
    """What can be switched off, to see what it is worth."""

    dense: bool = True
    keywords: bool = True
    wording: bool = True
    aspects: bool = True
    folding: bool = True


@dataclass(frozen=True, slots=True)
class Results:
    """`found` stands best first; `confidence` is the probability, 0 to 1, that the corpus deals with what is
    asked, and `answerability` that it says it; `wording` is the question as it was searched for."""

    found: tuple[Found, ...]
    confidence: float
    answerability: float
    wording: str

    @property
    def probability(self) -> float:
        """That the corpus answers the question: that it deals with it, and says what is asked."""
        return min(1.0, self.confidence / _DEALT_WITH) * self.answerability


class HybridRetriever(BaseRetriever):
    """Candidates from the vector and the keyword index, ranked by a learned linear model (`ranking.yaml`).

    Documents in `hidden` are passed over as if they were not there.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    store: Store
    settings: RetrievalSettings
    weights: Weights | None = Field(None, description="Where None, those learned for the store's embedder.")
    parts: Parts = Parts()
    hidden: frozenset[str] = frozenset()
    _wording: Wording = PrivateAttr()
    _weights: Weights = PrivateAttr()
    _reranker: Reranker | None = PrivateAttr(default=None)
    _hidden_ids: frozenset[str] = PrivateAttr(default=frozenset())

    @model_validator(mode="after")
    def _prepare(self) -> Self:
        self._wording = Wording(self.store.vocabulary)
        self._weights = self.weights or load_weights(self._fingerprint)
        self._hidden_ids = self.store.register.live_ids_of(self.hidden) if self.hidden else frozenset()
        if self.settings.reranker:
            self._reranker = Reranker(
                load_compressor(self.settings.reranker),
                self.settings.reranker_weight,
                self.settings.reranker_depth,
            )
        return self

    @property
    def _fingerprint(self) -> str:
        return self.store.embedder.fingerprint

    def search(self, question: str, limit: int | None = None) -> list[Found]:
        """The best live passages with their lines ranked, best first."""
        return list(self.results(question, limit).found)

    def results(
        self,
        question: str,
        limit: int | None = None,
        *,
        latest: str = "",
        near: frozenset[str] = frozenset(),
        parts: frozenset[Part] = frozenset(),
    ) -> Results:
        """At most `limit` passages (the settings' where it is None), and how far they can be trusted.

        Of a follow-up, `latest` is its last turn, which the question holds too, and `near` are ids of the
        documents that the conversation was answered from. Where `parts` are given, only passages in those
        parts of a briefing.
        """
        worded = self._worded(question)
        queries = self._queries(worded, self._worded(latest))
        limit = limit or self.settings.limit
        candidates = self._candidates(queries[0], parts)
        first = self._first(queries, candidates, near, max(limit, READ))
        said = self._answerability(queries[0], _with_candidates(first, candidates))
        return Results(tuple(first[:limit]), confidence_of(first, self._fingerprint), said, worded.text)

    def read(self, question: str) -> tuple[Query, list[Ranked]]:
        """A question as it is searched for, and what is found first: what answerability is learned from."""
        queries = self._queries(self._worded(question), Worded("", 0))
        candidates = self._candidates(queries[0])
        return queries[0], _with_candidates(self._first(queries, candidates, frozenset(), READ), candidates)

    def judged(self, question: str) -> tuple[list[LivePassage], Columns]:
        """All candidates of a question and their features: what weights are learned from."""
        worded = self._worded(question)
        queries = self._queries(worded, Worded("", 0))
        candidates = self._candidates(queries[0])
        readings = [read_all(candidates, query) for query in queries]
        return [each.live for each in candidates], self._columns(queries, candidates, readings)

    def _worded(self, text: str) -> Worded:
        return self._wording.of(text) if self.parts.wording else Worded(text, len(text))

    def _queries(self, worded: Worded, latest: Worded) -> list[Query]:
        """The whole text, and its aspect: of a follow-up its last turn, and after a situation the sentence
        that it ends in, which holds the question."""
        asked, weights = [worded], [1.0]
        aspect = latest if latest.text else _last_sentence(worded)
        if self.parts.aspects and aspect.text:
            asked.append(aspect)
            weights.append(self._weights.latest if latest.text else self._weights.aspect)
        stems = [stems_of(one.text) for one in asked]
        rarity = self.store.indexes.keywords.rarity(frozenset[str]().union(*stems))
        vectors, pieces = self.store.embedder.embed_with_pieces([one.text for one in asked])
        return [
            Query(
                one.text,
                one.length,
                vector,
                QuestionWords(held, rarity),
                asked_in(one.text, own, one.length),
                weight,
            )
            for one, vector, own, held, weight in zip(asked, vectors, pieces, stems, weights, strict=True)
        ]

    def _candidates(self, query: Query, parts: frozenset[Part] = frozenset()) -> list[Candidate]:
        wanted = int(self.settings.candidates * _SPARE)
        only = self.store.register.live_ids_in(parts) if parts else None
        # As many are left once the hidden ones are taken out, whichever those are.
        asked = wanted * (_DEEPER if parts else 1) + len(self._hidden_ids)
        indexes = self.store.indexes
        dense = indexes.vectors.search(query.vector, asked) if self.parts.dense else []
        keyword = indexes.keywords.search(query.text, asked) if self.parts.keywords else []
        ids = dict.fromkeys((*self._shown(dense, wanted, only), *self._shown(keyword, wanted, only)))
        return self.store.register.candidates(ids)

    def _shown(
        self, hits: Sequence[tuple[str, float]], wanted: int, only: frozenset[str] | None
    ) -> list[str]:
        return [
            passage_id
            for passage_id, _ in hits
            if passage_id not in self._hidden_ids and (only is None or passage_id in only)
        ][:wanted]

    def _first(
        self, queries: Sequence[Query], candidates: Sequence[Candidate], near: frozenset[str], wanted: int
    ) -> list[Found]:
        ranking = self._ranking(queries, candidates, near)
        return folded(ranking, wanted) if self.parts.folding else list(islice(ranking, wanted))

    def _answerability(self, query: Query, found: Sequence[Ranked]) -> float:
        """1 where it cannot be told: nothing was fitted for this embedder."""
        weights = load_answerability(self._fingerprint)
        is_fitted = found and weights.model == self._fingerprint
        return weights.probability(query, found) if is_fitted else 1.0

    def _ranking(
        self, queries: Sequence[Query], candidates: Sequence[Candidate], near: frozenset[str]
    ) -> Iterator[Found]:
        """Best first, made one by one: few of the candidates are ever looked at."""
        if not candidates:
            return
        readings = [read_all(candidates, query) for query in queries]
        columns = self._columns(queries, candidates, readings)
        values = scores(columns, self._weights) + _NEAR * np.array(
            [candidate.live.document_id in near for candidate in candidates]
        )
        found = (
            Found(
                candidates[index].live,
                float(values[index]),
                ranked(candidates[index].live.passage, [own[index] for own in readings]),
            )
            for index in np.argsort(-values, kind="stable")
        )
        yield from self._reranked(list(found), queries[0].text) if self._reranker else found

    def _columns(
        self,
        queries: Sequence[Query],
        candidates: Sequence[Candidate],
        readings: Sequence[Sequence[Reading]],
    ) -> Columns:
        """An aspect's features count beside the whole text's by its weight."""
        shares = np.array([query.weight for query in queries])
        made = [features(candidates, own, query) for query, own in zip(queries, readings, strict=True)]
        return {
            name: np.average([columns[name] for columns in made], axis=0, weights=shares) for name in made[0]
        }

    def _reranked(self, found: Sequence[Found], question: str) -> list[Found]:
        assert self._reranker is not None
        values = self._reranker.rescored(found, question)
        return [
            replace(found[index], score=float(values[index])) for index in np.argsort(-values, kind="stable")
        ]

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 (LangChain's signature)
        **_: Any,
    ) -> list[LangChainDocument]:
        return [as_document(found) for found in self.search(query)]


def _with_candidates(found: Sequence[Found], candidates: Sequence[Candidate]) -> list[Ranked]:
    held = {candidate.live.passage.id: candidate for candidate in candidates}
    return [Ranked(held[each.live.passage.id], each.score) for each in found]


def _last_sentence(worded: Worded) -> Worded:
    """Empty where the text is one sentence, or where the last ("What must she do?") says nothing of what it
    is about."""
    spans = sentence_spans(worded.text)
    start, end = spans[-1] if len(spans) > 1 else (0, 0)
    last = worded.text[start:end]
    return Worded(last, worded.length - start) if len(stems_of(last)) >= _FEWEST else Worded("", 0)
