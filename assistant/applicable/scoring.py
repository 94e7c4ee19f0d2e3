"""From a reading to the strength of each procedure: features through its subjects, and a logistic function.

`applicability.yaml` says what each feature is worth; `scripts/fit_applicability.py` sets what is fitted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.applicable.profiles import Profile
from assistant.applicable.reading import Reading
from assistant.applicable.scores import Scores
from assistant.fitted import fitted

_BEST = 2
_MOST_CUES, _MOST_HINTS = 2, 4


@dataclass(frozen=True, slots=True)
class Weights:
    """The strength is logistic in `base` and the features, each times its weight; `gaps` weigh how far a
    procedure falls behind the best of procedures and of subjects that manuals have procedures for, whether
    this library has that one or not. At `applies` and above a procedure applies, at `may_apply` it may, at
    `considered` it is told of.
    """

    features: Mapping[str, float]
    gaps: Mapping[str, float]
    base: float
    floor: float
    applies: float
    may_apply: float
    considered: float


def load_weights(fingerprint: str) -> Weights:
    """Those that were set and fitted for the embedder."""
    return Weights(**fitted("applicability", fingerprint))


def strengths(
    reading: Reading, profiles: Sequence[Profile], links: Scores, likeness: Scores, weights: Weights
) -> Scores:
    """Probability, 0 to 1, that each procedure applies; shape (profiles,). `likeness` is that of the
    wording."""
    if not profiles:
        return np.zeros(0)
    features = features_of(reading, profiles, links, likeness)
    behind = gaps_of(reading, features, len(profiles))
    logits = weights.base + sum(
        (weight * features[name][: len(profiles)] for name, weight in weights.features.items()),
        start=sum((weight * behind[name] for name, weight in weights.gaps.items()), np.zeros(len(profiles))),
    )
    # Some subject always stands highest, also where the text speaks of none.
    damping = 1 / (1 + np.exp(-4 * (plainest(features) / weights.floor - 1)))
    values: Scores = damping / (1 + np.exp(-logits))
    return values


def features_of(
    reading: Reading, profiles: Sequence[Profile], links: Scores, likeness: Scores
) -> dict[str, Scores]:
    """Each of shape (profiles + subjects,): a subject stands as a procedure would that is its own. `links`
    has shape (profiles, subjects)."""
    subjects = np.eye(links.shape[1])
    every = np.vstack([links, subjects])
    is_linked = every > 0

    def by_subject(values: Scores) -> Scores:
        best = np.where(is_linked, every * values, -np.inf).max(axis=1, initial=-np.inf)
        return np.where(np.isfinite(best), best, 0.0)

    told = reading.told
    none = np.zeros(len(subjects))
    return {
        "near": by_subject(_best_mean(reading.near[told])),
        "like": by_subject(_best_mean(reading.like[told])),
        "like_whole": by_subject(reading.like_whole),
        "like_all": by_subject(np.maximum(reading.like[told], 0.0).sum(axis=0)),
        "in_common": by_subject(reading.in_common),
        "cues": by_subject(np.minimum(reading.cues.sum(axis=0), _MOST_CUES)),
        "hints": by_subject(np.minimum(reading.hints.sum(axis=0), _MOST_HINTS)),
        "breadth": by_subject(reading.breadth),
        "words": np.concatenate([likeness, none]),
        "opening": np.concatenate([opening_of(reading, profiles), none]),
    }


def gaps_of(reading: Reading, features: Mapping[str, Scores], count: int) -> dict[str, Scores]:
    """How far each of the first `count` rows, the procedures, falls behind the best of each feature; <= 0."""
    is_rival = np.concatenate([np.ones(count, dtype=bool), reading.is_particular])
    return {name: values[:count] - values[is_rival].max() for name, values in features.items()}


def plainest(features: Mapping[str, Scores]) -> float:
    """How plainly the text speaks of the subject that it speaks of most."""
    return float((features["like_all"] + features["in_common"]).max())


def _best_mean(values: Scores) -> Scores:
    """Of each column, the mean of the two highest."""
    mean: Scores = np.sort(values, axis=0)[-_BEST:].mean(axis=0)
    return mean


def opening_of(reading: Reading, profiles: Sequence[Profile]) -> Scores:
    """Cosine of the whole situation to the nearest of a procedure's opening words, less the mean over
    procedures; 0 where nothing of the procedure is known but its title."""
    whole = reading.vectors[0]
    found = [None if p.opening is None else float((p.opening @ whole).max()) for p in profiles]
    known = [value for value in found if value is not None]
    mean = sum(known) / len(known) if known else 0.0
    return np.array([0.0 if value is None else value - mean for value in found])
