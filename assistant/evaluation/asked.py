"""An answerable question that was put to the assistant, and the measures over many of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Answer, AnswerStatus
from assistant.evaluation import measures as m
from assistant.evaluation.measures import Measure
from assistant.evaluation.references import Place

_WORST = 10
_ANSWERED = {AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED}


@dataclass(frozen=True, slots=True)
class Asked:
    """`ranking` holds passage ids, best first; `places` are those that answer; `wanted` their references."""

    id: str
    question: str
    answer: Answer
    ranking: tuple[str, ...]
    places: tuple[Place, ...]
    wanted: tuple[str, ...]
    first_found: str

    @property
    def rank(self) -> int | None:
        """Place, from 1, of the first passage that answers; None where none was found."""
        return m.rank_of(self.ranking, frozenset[str]().union(*(place.passages for place in self.places)))

    @property
    def is_cited(self) -> bool:
        return any(place.is_cited_by(self.answer.citations) for place in self.places)

    @property
    def is_shown(self) -> bool:
        """Cited, or among the passages named below."""
        shown = (*self.answer.citations, *self.answer.further)
        return any(place.is_cited_by(shown) for place in self.places)

    @property
    def is_answered(self) -> bool:
        return self.answer.status in _ANSWERED


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose answer was not cited; `rank` is that of the first passage that answers it."""

    id: str
    question: str
    status: AnswerStatus
    rank: int | None
    wanted: tuple[str, ...]
    first_found: str


def of_retrieval(asked: Sequence[Asked]) -> Iterator[Measure]:
    ranks = [item.rank for item in asked]
    for first in (1, 5, 10):
        yield m.mean(f"R@{first}", [m.is_within(rank, first) for rank in ranks])
    yield m.mean("MRR@10", [m.reciprocal_rank(rank) for rank in ranks])
    yield m.mean(
        "nDCG@10", [m.ndcg(item.ranking, [place.passages for place in item.places]) for item in asked]
    )


def of_answers(asked: Sequence[Asked], unanswerable: Sequence[Answer]) -> Iterator[Measure]:
    """What was cited, and what was refused with reason and without."""
    yield m.mean("answering paragraph cited", [float(item.is_cited) for item in asked])
    yield m.mean("answering paragraph cited or named below", [float(item.is_shown) for item in asked])
    yield from _of_refusals([item.answer for item in asked], unanswerable)


def of_probes(answerable: Sequence[Answer], unanswerable: Sequence[Answer]) -> Iterator[Measure]:
    """Of pairs of like manner, by other authors, beside the cases that the limits hold for."""
    for measure in _of_refusals(answerable, unanswerable):
        yield replace(measure, name=f"pairs by other authors: {measure.name}")


def _of_refusals(answerable: Sequence[Answer], unanswerable: Sequence[Answer]) -> Iterator[Measure]:
    rightly = [float(answer.status not in _ANSWERED) for answer in unanswerable]
    wrongly = [float(answer.status not in _ANSWERED) for answer in answerable]
    yield m.mean("refusal recall", rightly)
    yield m.ratio("refusal precision", [*rightly, *([0.0] * len(wrongly))], [*rightly, *wrongly])
    yield m.mean("wrongly refused", wrongly)
    yield m.auroc(
        "AUROC of confidence, answerable from near miss",
        [answer.confidence for answer in answerable],
        [answer.confidence for answer in unanswerable],
    )


def of_further(asked: Sequence[Asked]) -> Iterator[Measure]:
    """Of the questions by other authors, beside the cases that the limits hold for."""
    for measure in of_retrieval(asked):
        yield replace(measure, name=f"by other authors: {measure.name}")
    yield m.mean("by other authors: answering paragraph cited", [float(item.is_cited) for item in asked])
    yield m.mean("by other authors: wrongly refused", [float(not item.is_answered) for item in asked])


def of_follow_ups(
    asked: Sequence[Asked], last_alone: Sequence[Asked], reworded: Sequence[Asked]
) -> Iterator[Measure]:
    """`last_alone` is the search for the last turn as it was typed, `reworded` that for the question as a
    person would understand it: what there is to gain, and what could be gained at most."""
    for manner, cases in (
        ("", asked),
        (", last turn alone", last_alone),
        (", reworded by a person", reworded),
    ):
        ranks = [item.rank for item in cases]
        yield m.mean(f"follow-ups: R@1{manner}", [m.is_within(rank, 1) for rank in ranks])
        yield m.mean(f"follow-ups: R@10{manner}", [m.is_within(rank, 10) for rank in ranks])
        yield m.mean(f"follow-ups: MRR@10{manner}", [m.reciprocal_rank(rank) for rank in ranks])
    yield m.mean("follow-ups: answering paragraph cited", [float(item.is_cited) for item in asked])


def worst_of(asked: Sequence[Asked]) -> tuple[Miss, ...]:
    """The ten worst: not found at all first, then those found lowest."""
    missed = [item for item in asked if not item.is_cited]
    lowest = sorted(missed, key=lambda item: -(item.rank or len(item.ranking) + 1))
    return tuple(
        Miss(item.id, item.question, item.answer.status, item.rank, item.wanted, item.first_found)
        for item in lowest[:_WORST]
    )
