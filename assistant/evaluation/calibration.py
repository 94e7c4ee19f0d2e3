"""Is the confidence a probability, and does it tell the answerable questions from the others?

The unanswerable are near misses, which nothing ever answered, and questions whose page was hidden.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assistant.evaluation import measures as m
from assistant.evaluation.comparison import Bin, Compared
from assistant.evaluation.halves import Half
from assistant.evaluation.measures import Parted, Scores

_BINS = 10


class Kind(StrEnum):
    """What the texts that were searched hold."""

    ANSWERABLE = "answerable"
    NEAR_MISS = "near miss"
    GONE = "page gone"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a system thought of a question; one that is asked with its page there and hidden counts twice."""

    confidence: float
    kind: Kind
    half: Half


def compared(
    ours: Sequence[Judged], plain: Sequence[Judged], halves: Collection[Half], min_confidence: float
) -> Iterator[Compared]:
    """Both judged the same questions in the same order; measured are those of `halves`."""
    for kind in (Kind.NEAR_MISS, Kind.GONE):
        if not any(judged.kind is kind for judged in ours):
            continue
        name = f"AUROC of confidence, {kind}"
        yield _compared(name, _parted(ours, kind, halves), _parted(plain, kind, halves), m.area_under_curve)
        name = f"balanced accuracy, {kind}, from {min_confidence:g} on"
        hits = _hits(ours, kind, halves, lambda _: min_confidence)
        yield Compared(m.bootstrapped(name, *hits, _mean_of_both))
        name = f"balanced accuracy, {kind}, from the other half's threshold on"
        own, other = (_hits(judged, kind, halves, _thresholds(judged, kind)) for judged in (ours, plain))
        yield _compared(name, own, other, _mean_of_both)
    answered, unanswered = _parted_by_answer([judged for judged in ours if judged.half in halves])
    yield Compared(m.bootstrapped("Brier score", answered, unanswered, _brier))
    yield Compared(m.bootstrapped("expected calibration error", answered, unanswered, _calibration_error))


def reliability(judged: Sequence[Judged], halves: Collection[Half]) -> tuple[Bin, ...]:
    """The reliability curve in ten bins of equal size (one apart), over both kinds of unanswerable."""
    return tuple(_bins(*_parted_by_answer([one for one in judged if one.half in halves])))


def best_threshold(positive: Scores, negative: Scores) -> float:
    """The confidence from which on to answer, for the best balanced accuracy; NaN without scores of both."""
    if not len(positive) or not len(negative):
        return math.nan
    scores = np.unique(np.concatenate([positive, negative]))
    cuts = np.concatenate([scores[:1], (scores[:-1] + scores[1:]) / 2])
    accuracies = [_mean_of_both(positive >= cut, negative < cut) for cut in cuts]
    return float(cuts[int(np.argmax(accuracies))])


def _thresholds(judged: Sequence[Judged], kind: Kind) -> Callable[[Half], float]:
    """For each half, the best threshold on the other one."""
    best = {half: best_threshold(*_parted(judged, kind, set(Half) - {half})) for half in Half}
    return lambda half: best[half]


def _hits(
    judged: Sequence[Judged], kind: Kind, halves: Collection[Half], threshold: Callable[[Half], float]
) -> Parted:
    """1 for each question that was taken for what it is, 0 for each that was not."""
    told: dict[bool, list[float]] = {True: [], False: []}
    for one in judged:
        cut = threshold(one.half)
        if one.half in halves and one.kind in (Kind.ANSWERABLE, kind) and not math.isnan(cut):
            is_answerable = one.kind is Kind.ANSWERABLE
            told[is_answerable].append(float((one.confidence >= cut) is is_answerable))
    return np.array(told[True]), np.array(told[False])


def _parted(judged: Sequence[Judged], kind: Kind, halves: Collection[Half]) -> Parted:
    wanted = [one for one in judged if one.half in halves and one.kind in (Kind.ANSWERABLE, kind)]
    return _parted_by_answer(wanted)


def _parted_by_answer(judged: Sequence[Judged]) -> Parted:
    answered = [one.confidence for one in judged if one.kind is Kind.ANSWERABLE]
    return np.array(answered), np.array([one.confidence for one in judged if one.kind is not Kind.ANSWERABLE])


def _compared(
    name: str, ours: Parted, plain: Parted, statistic: Callable[[Scores, Scores], float]
) -> Compared:
    return Compared(
        m.bootstrapped(name, *ours, statistic),
        m.bootstrapped(name, *plain, statistic),
        m.paired(name, ours, plain, statistic),
    )


def _mean_of_both(positive: Scores, negative: Scores) -> float:
    return float((positive.mean() + negative.mean()) / 2)


def _brier(answered: Scores, unanswered: Scores) -> float:
    """Mean squared distance of the confidence from what is so (Brier 1950)."""
    return float(np.concatenate([(1 - answered) ** 2, unanswered**2]).mean())


def _calibration_error(answered: Scores, unanswered: Scores) -> float:
    """Mean distance of confidence and observed share over the bins (Naeini, Cooper and Hauskrecht 2015)."""
    bins = list(_bins(answered, unanswered))
    return sum(abs(b.confidence - b.observed) * b.cases for b in bins) / sum(b.cases for b in bins)


def _bins(answered: Scores, unanswered: Scores) -> Iterator[Bin]:
    confidences = np.concatenate([answered, unanswered])
    outcomes = np.concatenate([np.ones(len(answered)), np.zeros(len(unanswered))])
    for tenth in np.array_split(np.argsort(confidences, kind="stable"), _BINS):
        if len(tenth):
            yield Bin(float(confidences[tenth].mean()), float(outcomes[tenth].mean()), len(tenth))
