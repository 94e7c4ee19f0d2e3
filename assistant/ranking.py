"""From features to a ranking: one learned weight a feature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.features import Columns
from assistant.fitted import fitted


@dataclass(frozen=True, slots=True)
class Weights:
    """One a feature; `ranking.yaml` says what each is."""

    similarity: float
    line_similarity: float
    line_coverage: float
    document_coverage: float
    document: float
    figure: float
    asked: float
    length: float
    circumstances: float
    discussion: float
    scope: float
    aspect: float
    latest: float


def load_weights(fingerprint: str) -> Weights:
    """Those that were learned for the embedder."""
    return Weights(**fitted("ranking", fingerprint))


def scores(columns: Columns, weights: Weights) -> NDArray[np.float64]:
    """Shape (candidates,); they order the candidates of one query."""
    total: NDArray[np.float64] = sum(getattr(weights, name) * column for name, column in columns.items())
    return total
