"""The question cases over the library that they belong to, as a set to measure retrieval by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from assistant.evaluation import measures as m
from assistant.evaluation.cases import load_cases
from assistant.evaluation.external import place_of
from assistant.evaluation.halves import Half
from assistant.evaluation.ours import ours_over
from assistant.evaluation.plain import PlainStack
from assistant.evaluation.question_sets import Bench, Question, QuestionSet, Shown
from assistant.evaluation.references import Place, References
from assistant.steps.screen import visible
from corpus.settings import Settings
from corpus.store import Store

NAME = "cases"
FURTHER, PAIRED = "by other authors", "in pairs, by other authors"


def bench(store: Store, settings: Settings, cases: Path, half: Half) -> Bench:
    """Raises EvaluationError where the cases cannot be used or the store does not hold their library."""
    register = store.register
    live = [document.id for document in register.documents() if not document.withdrawn]
    questions = question_set(References.of(register), cases, half)
    texts = {document: register.version(document).text for document in live}
    plain = PlainStack(place_of(NAME, settings, store.embedder) / "plain", texts, store.embedder)
    return Bench(questions, ours_over(store, settings, {name: name for name in live}), plain)


def question_set(references: References, folder: Path, half: Half) -> QuestionSet:
    """The cases of both halves; the one that is not measured sets the thresholds for the other."""
    questions: list[Question] = []
    for own in Half:
        cases = load_cases(folder, own)
        for case in cases.answerable:
            places = [references.place(reference) for reference in case.answers]
            questions.append(_question(case.question, places, partial(scores, places), own))
        for more in cases.further:
            places = [references.place(reference) for reference in more.answers]
            questions.append(_question(more.question, places, partial(scores, places), own, FURTHER))
        for probe in cases.probes:
            if probe.answered:
                places = [references.place(probe.place)]
                questions.append(_question(probe.question, places, partial(scores, places), own, PAIRED))
        for near in cases.unanswerable:
            places = [references.place(reference) for reference in near.near]
            questions.append(_question(near.question, places, None, own))
    return QuestionSet(NAME, tuple(questions), halves=(half,), asks_gone=True)


def scores(places: Sequence[Place], passages: Sequence[Shown]) -> dict[str, float]:
    """A passage answers where it holds any of a place that does."""
    ranking = [str(number) for number in range(len(passages))]
    holders = [
        {name for name, shown in zip(ranking, passages, strict=True) if _holds(shown, place)}
        for place in places
    ]
    rank = m.rank_of(ranking, set[str]().union(*holders))
    found = {f"R@{first}": m.is_within(rank, first) for first in (1, 5, 10)}
    return found | {"MRR@10": m.reciprocal_rank(rank), "nDCG@10": m.ndcg(ranking, holders)}


def _holds(shown: Shown, place: Place) -> bool:
    return shown.document == place.document_id and shown.start < place.end and place.start < shown.end


def _question(
    text: str,
    places: Sequence[Place],
    scoring: partial[dict[str, float]] | None,
    half: Half,
    form: str = "",
) -> Question:
    return Question(visible(text), frozenset(place.document_id for place in places), scoring, half, form)
