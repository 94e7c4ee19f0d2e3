"""From a reading to the strength of each procedure: features through its subjects, and a calibrated
probability.

`weights.yaml` says what each feature is worth; `scripts/fit_applicability.py` sets what is fitted of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from assistant.applicable.known_signs import Scores
from assistant.applicable.profiles import Profile
from assistant.applicable.reading import Reading

_BEST = 2


@dataclass(frozen=True, slots=True)
class Feature:
    """`share` is its worth beside the others once it is standardised by `centre` and `scale`."""

    share: float
    centre: float
    scale: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The strength is logistic in `base`, `standing` times how a procedure stands among all subjects, and
    `gap` times how far it falls behind the best of them; it is damped where nothing in the text is worth
    `floor`.

    `words` is the worth of the wording in common, `words_scale` its deviation. At `applies` and above a
    procedure applies, at `may_apply` it may, at `considered` it is told of.
    """

    features: Mapping[str, Feature]
    words: float
    words_scale: float
    base: float
    standing: float
    gap: float
    floor: float
    applies: float
    may_apply: float
    considered: float


@cache
def load_weights() -> Weights:
    """Those that were set and fitted."""
    text = files("assistant.applicable").joinpath("weights.yaml").read_text(encoding="utf-8")
    return weights_of(yaml.safe_load(text))


def weights_of(entry: Mapping[str, object]) -> Weights:
    """From the file's content."""
    values = dict(entry)
    features: dict[str, dict[str, float]] = values.pop("features")  # type: ignore[assignment]
    made = {name: Feature(**feature) for name, feature in features.items()}
    return Weights(features=made, **values)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Standing:
    """`value` is a procedure's worth in deviations from the mean over all *subjects*, so that it means the
    same in a small library and a large one; `gap` is how far it is behind the highest of
    procedures and of subjects that manuals have procedures for, whether this library has that one or not.
    Both of shape (profiles,). `highest` is the highest worth, of procedures and of subjects."""

    value: Scores
    gap: Scores
    highest: float


def strengths(
    reading: Reading, profiles: Sequence[Profile], links: Scores, likeness: Scores, weights: Weights
) -> Scores:
    """Probability, 0 to 1, that each procedure applies; shape (profiles,). `likeness` is that of the
    wording."""
    if not profiles:
        return np.zeros(0)
    stands = standing(reading, profiles, links, likeness, weights)
    logits = weights.base + weights.standing * stands.value + weights.gap * stands.gap
    # Some subject always stands highest, also where the text speaks of none.
    damping = 1 / (1 + np.exp(-4 * (stands.highest - weights.floor)))
    values: Scores = damping / (1 + np.exp(-logits))
    return values


def standing(
    reading: Reading, profiles: Sequence[Profile], links: Scores, likeness: Scores, weights: Weights
) -> Standing:
    """How each procedure stands among the subjects themselves."""
    subjects = np.eye(links.shape[1])
    opening = np.concatenate([opening_of(reading, profiles), np.zeros(len(subjects))])
    features = features_of(reading, np.vstack([links, subjects])) | {"opening": opening}
    worth = sum(
        feature.share * (features[name] - feature.centre) / feature.scale
        for name, feature in weights.features.items()
    )
    own, of_subjects = np.split(np.asarray(worth), [len(profiles)])
    mean, deviation = float(of_subjects.mean()), float(of_subjects.std()) or 1.0
    value = (own - mean) / deviation + weights.words * likeness / weights.words_scale
    highest = max(float(own.max()), float(of_subjects.max()))
    best = (of_subjects[reading.is_particular].max() - mean) / deviation
    return Standing(value, value - max(float(value.max()), float(best)), highest)


def features_of(reading: Reading, links: Scores) -> dict[str, Scores]:
    """Each of shape (rows of links,); `links` has shape (rows, subjects)."""

    def by_subject(values: Scores) -> Scores:
        best: Scores = (links * values).max(axis=1, initial=0.0)
        return best

    told = reading.told
    return {
        "near": by_subject(_best_mean(reading.near[told])),
        "like": by_subject(_best_mean(reading.like[told])),
        "like_whole": by_subject(reading.like_whole),
        "cues": by_subject(np.minimum(reading.cues.sum(axis=0), _BEST)),
        "hints": by_subject(reading.hints.sum(axis=0)),
        "breadth": by_subject(reading.breadth),
    }


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
