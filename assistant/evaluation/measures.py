"""The measures: pure functions over what was found and said.

Every measure but one is a ratio of two sums over cases (for a mean, the lower one counts the cases), so that
one bootstrap gives their intervals.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Scores = NDArray[np.float64]
Parted = tuple[Scores, Scores]
"""Of positive and of negative cases."""

_RESAMPLES = 2_000
_SEED = 20_260_101
_INTERVAL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Measure:
    """`value` with its 95 % interval; `cases` is how many it rests on. Without any, there are no numbers."""

    name: str
    value: float
    low: float
    high: float
    cases: int


def mean(name: str, values: Sequence[float]) -> Measure:
    """Mean over cases."""
    return ratio(name, values, [1.0] * len(values))


def ratio(name: str, hits: Sequence[float], of: Sequence[float]) -> Measure:
    """Sum of `hits` over sum of `of`, one entry of each for every case.

    The interval is the percentile bootstrap over cases (Efron and Tibshirani 1993), with a fixed seed.
    """
    above, below = np.asarray(hits, dtype=np.float64), np.asarray(of, dtype=np.float64)
    if not below.sum():
        return Measure(name, math.nan, math.nan, math.nan, 0)
    drawn = np.random.default_rng(_SEED).integers(0, len(above), size=(_RESAMPLES, len(above)))
    sums = below[drawn].sum(axis=1)
    samples = above[drawn].sum(axis=1)[sums > 0] / sums[sums > 0]
    low, high = np.percentile(samples, _INTERVAL)
    return Measure(
        name, float(above.sum() / below.sum()), float(low), float(high), int(np.count_nonzero(below))
    )


def auroc(name: str, positive: ArrayLike, negative: ArrayLike) -> Measure:
    """Area under the receiver operating characteristic."""
    return bootstrapped(name, positive, negative, area_under_curve)


def bootstrapped(
    name: str, positive: ArrayLike, negative: ArrayLike, statistic: Callable[[Scores, Scores], float]
) -> Measure:
    """A statistic over the scores of positive and negative cases; bootstrap within both."""
    above, below = np.asarray(positive, dtype=np.float64), np.asarray(negative, dtype=np.float64)
    if not len(above) or not len(below):
        return Measure(name, math.nan, math.nan, math.nan, 0)
    samples = [statistic(above[drawn], below[other]) for drawn, other in _drawn(len(above), len(below))]
    low, high = np.percentile(samples, _INTERVAL)
    return Measure(name, statistic(above, below), float(low), float(high), len(above) + len(below))


def paired(name: str, ours: Parted, theirs: Parted, statistic: Callable[[Scores, Scores], float]) -> Measure:
    """A statistic of ours less that of theirs, where both scored the same cases, in the same order: the
    bootstrap draws cases, not scores."""
    (a, b), (c, d) = ours, theirs
    if not len(a) or not len(b):
        return Measure(name, math.nan, math.nan, math.nan, 0)
    samples = [
        statistic(a[drawn], b[other]) - statistic(c[drawn], d[other])
        for drawn, other in _drawn(len(a), len(b))
    ]
    low, high = np.percentile(samples, _INTERVAL)
    return Measure(name, statistic(a, b) - statistic(c, d), float(low), float(high), len(a) + len(b))


def _drawn(positive: int, negative: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    generator = np.random.default_rng(_SEED)
    for _ in range(_RESAMPLES // 10):
        yield generator.integers(0, positive, positive), generator.integers(0, negative, negative)


def area_under_curve(positive: Scores, negative: Scores) -> float:
    """Probability that a positive case scores above a negative one, ties half."""
    ordered = np.sort(negative)
    under = np.searchsorted(ordered, positive, side="left")
    upto = np.searchsorted(ordered, positive, side="right")
    return float((under + upto).mean() / 2 / len(negative))


def rank_of(ranking: Sequence[str], wanted: Collection[str]) -> int | None:
    """Place, from 1, of the first of the wanted ids."""
    return next((rank for rank, found in enumerate(ranking, start=1) if found in wanted), None)


def is_within(rank: int | None, first: int) -> float:
    """1 where the rank is among the first so many, else 0: one place that answers is enough."""
    return float(rank is not None and rank <= first)


def reciprocal_rank(rank: int | None, first: int = 10) -> float:
    """1 / rank, 0 below the first ten."""
    return 1 / rank if rank is not None and rank <= first else 0.0


def ndcg(ranking: Sequence[str], places: Sequence[Collection[str]], first: int = 10) -> float:
    """Normalised discounted cumulative gain; each place gains 1, once, at the first id that holds it."""
    left = list(places)
    gain = 0.0
    for rank, found in enumerate(ranking[:first], start=1):
        met = [place for place in left if found in place]
        left = [place for place in left if found not in place]
        gain += bool(met) / math.log2(rank + 1)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(first, len(places)) + 1))
    return gain / ideal if ideal else 0.0


def share_held(wanted: Collection[str], ranking: Sequence[str], first: int) -> float:
    """Share of the wanted ids that are among the first so many."""
    return len(set(wanted) & set(ranking[:first])) / len(wanted) if wanted else 0.0


def is_before(ranking: Sequence[str], one: str, other: str) -> float:
    """1 where the first stands before the second; one that is not in the ranking stands at its end."""
    places = {found: place for place, found in enumerate(ranking)}
    return float(places.get(one, len(ranking)) < places.get(other, len(ranking)))
