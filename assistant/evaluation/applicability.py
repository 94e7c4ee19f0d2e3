"""Which procedures apply: what the assistant says of the situations of one half, beside plain vector search.

The plain way ranks chapters by their passage nearest to the whole situation and takes the first few; how
many is chosen on the development half, where that way does best. Chapters about which careful leads could
differ count neither way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from assistant.answers import AnswerStatus, Replies
from assistant.applicable.finder import Finder
from assistant.applicable.results import Findings, Verdict
from assistant.evaluation import measures as m
from assistant.evaluation.cases import Situation, load_cases
from assistant.evaluation.halves import Half
from assistant.evaluation.measures import Measure
from assistant.evaluation.references import References
from assistant.evaluation.run import Report
from assistant.name_model import name_scores
from corpus.documents import Kind
from corpus.passages import digest
from corpus.settings import Settings
from corpus.store import Store

RECALL = "situations: recall of what applies"
PRECISION = "situations: precision of applies"
LOOKALIKES = "situations: look-alikes under applies"
_UNSEEN = ", never seen"
_PLAIN = ", by vector search alone"
_MOST_CHAPTERS = 6
_SHORT_QUESTION = "How soon must the front door decide on a new referral now?"
_WORDS = 120
_TIMED = 20

Decide = Callable[[Situation], set[str]]


@dataclass(frozen=True, slots=True)
class _Case:
    situation: Situation
    applies: frozenset[str]
    lookalikes: frozenset[str]
    arguable: frozenset[str]

    def counted(self, ids: Set[str]) -> Set[str]:
        """Those that are right or wrong."""
        return ids - self.arguable


class Applicability:
    """Over one store, which must hold the library that the cases belong to. Raises EvaluationError."""

    def __init__(self, store: Store, settings: Settings, cases: Path) -> None:
        self._store = store
        self._finder = Finder(store, Replies(settings.answers), name_scores(settings.screen))
        references = References.of(store.register)
        self._cases = {
            half: [
                _Case(
                    case,
                    frozenset(map(references.document_id, case.applies)),
                    frozenset(map(references.document_id, case.lookalikes)),
                    frozenset(map(references.document_id, case.arguable)),
                )
                for case in load_cases(cases, half).situations
            ]
            for half in Half
        }

    def run(self, half: Half) -> Report:
        """Ours, the plain way, and how long it takes."""
        cases = self._cases[half]
        found = [self._finder.find(case.situation.situation) for case in cases]
        chosen = [_ids(findings, Verdict.APPLIES) for findings in found]
        either = [_ids(findings, Verdict.APPLIES) | _ids(findings, Verdict.MAY_APPLY) for findings in found]
        first, plain = self._plain(cases)
        return Report(
            f"Situations, {half.value} half; beside them vector search alone (chapters taken: {first})",
            (
                *_measures("", cases, chosen),
                *_unseen(cases, chosen),
                m.ratio(
                    "situations: recall of what applies, may apply included",
                    [len(case.applies & ids) for case, ids in zip(cases, either, strict=True)],
                    [len(case.applies) for case in cases],
                ),
                *_calibration(cases, found),
                *_measures(_PLAIN, cases, plain),
                m.mean(
                    "situations: refused as case data",
                    [float(findings.status is AnswerStatus.CASE_DATA) for findings in found],
                ),
                m.mean("situations: quotes that equal the source", list(self._exact(found))),
                *self._times([case.situation.situation for case in cases]),
            ),
            has_limits=True,
        )

    def _plain(self, cases: Sequence[_Case]) -> tuple[int, list[set[str]]]:
        development = self._cases[Half.DEVELOPMENT]
        rankings = [self._ranking(case.situation.situation) for case in development]
        counts = range(1, _MOST_CHAPTERS + 1)
        first = max(counts, key=lambda count: _f1(development, [set(r[:count]) for r in rankings]))
        return first, [set(self._ranking(case.situation.situation)[:first]) for case in cases]

    def _ranking(self, text: str) -> list[str]:
        """Procedures in the order of their nearest passage."""
        store = self._store
        every = store.register.live_count()
        hits = store.indexes.vectors.search(store.embedder.embed([text])[0], every)
        live = store.register.live(passage_id for passage_id, _ in hits)
        ordered = (live[passage_id] for passage_id, _ in hits if passage_id in live)
        return list(dict.fromkeys(one.document_id for one in ordered if one.kind is Kind.PROCEDURE))

    def _exact(self, found: Sequence[Findings]) -> Iterator[float]:
        for citation in (citation for findings in found for citation in findings.citations):
            stored = self._store.register.quote(
                citation.document_id, citation.version, citation.start, citation.end
            )
            yield float(stored == citation.quote and digest(stored) == citation.sha256)

    def _times(self, texts: Sequence[str]) -> Iterator[Measure]:
        """Of situations of 120 words, against embedding a short question (R) in the same run."""
        words = " ".join(texts).split()
        starts = range(0, max(1, len(words) - _WORDS), _WORDS)
        long = [" ".join(words[at : at + _WORDS]) for at in starts][:_TIMED]
        short = np.median(
            [_milliseconds(lambda: self._store.embedder.embed([_SHORT_QUESTION])) for _ in range(_TIMED)]
        )
        taken = [_milliseconds(partial(self._finder.find, text)) for text in long]
        for name, value in (("p50", np.median(taken)), ("p95", np.percentile(taken, 95))):
            yield _number(f"a situation of {_WORDS} words, {name}, in R", float(value / short), len(taken))
        yield _number("R in milliseconds", float(short), _TIMED)


def _ids(findings: Findings, verdict: Verdict) -> set[str]:
    return {one.document_id for one in findings.of(verdict)}


def _measures(of: str, cases: Sequence[_Case], chosen: Sequence[Set[str]]) -> Iterator[Measure]:
    pairs = list(zip(cases, chosen, strict=True))
    hits = [float(len(case.applies & ids)) for case, ids in pairs]
    yield m.ratio(RECALL + of, hits, [len(case.applies) for case in cases])
    yield m.ratio(PRECISION + of, hits, [len(case.counted(ids)) for case, ids in pairs])
    wrong = [float(len(case.lookalikes & ids)) for case, ids in pairs]
    yield m.ratio(LOOKALIKES + of, wrong, [len(case.lookalikes) for case in cases])


def _unseen(cases: Sequence[_Case], chosen: Sequence[Set[str]]) -> Iterator[Measure]:
    """The same of the situations that nobody had seen who wrote the signs."""
    pairs = [(case, ids) for case, ids in zip(cases, chosen, strict=True) if case.situation.unseen]
    if pairs:
        yield from _measures(_UNSEEN, [case for case, _ in pairs], [ids for _, ids in pairs])


def _calibration(cases: Sequence[_Case], found: Sequence[Findings]) -> Iterator[Measure]:
    """Of all that is shown as applying or perhaps applying: how likely it is said to be, and how often it
    does."""
    shown = [
        (one.strength, float(one.document_id in case.applies))
        for case, findings in zip(cases, found, strict=True)
        for one in (*findings.of(Verdict.APPLIES), *findings.of(Verdict.MAY_APPLY))
        if one.document_id not in case.arguable
    ]
    yield m.mean("situations: strength of what is shown", [strength for strength, _ in shown])
    yield m.mean("situations: share of it that applies", [applies for _, applies in shown])


def _f1(cases: Sequence[_Case], chosen: Sequence[set[str]]) -> float:
    hits = sum(len(case.applies & ids) for case, ids in zip(cases, chosen, strict=True))
    shown = sum(len(case.counted(ids)) for case, ids in zip(cases, chosen, strict=True))
    return 2 * hits / (sum(len(case.applies) for case in cases) + shown)


def _milliseconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _number(name: str, value: float, cases: int) -> Measure:
    return Measure(name, value, float("nan"), float("nan"), cases)
