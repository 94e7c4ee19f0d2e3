"""One probability: does the corpus answer this question?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from assistant.enquiry import Found
from assistant.fitted import fitted

_FIRST = 10


def confidence_of(found: Sequence[Found], fingerprint: str) -> float:
    """0 to 1, from the ranking, best first, by the logistic regression of `confidence.yaml` for the embedder
    that it was made with."""
    if not found:
        return 0.0
    weights: dict[str, float] = fitted("confidence", fingerprint)
    signs = signs_of(found, weights["enough"])
    return 1 / (1 + math.exp(-weights["bias"] - sum(weights[name] * value for name, value in signs.items())))


def signs_of(found: Sequence[Found], enough: float) -> dict[str, float]:
    """What the ranking tells by, one number a name of `confidence.yaml`."""
    first = found[:_FIRST]
    documents = Counter(passage.live.document_id for passage in first)
    score = first[0].score
    return {
        "score": min(score, enough),
        "more": max(score - enough, 0.0),
        "share": max(documents.values()) / _FIRST,
        "margin": score - float(np.mean([passage.score for passage in first])),
    }
