"""How likely people are to call a sentence faithful: a logistic regression over three plain features."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
import yaml

from assistant.support.sources import Source
from assistant.support.wording import BREAK, COMMA, Wording
from corpus.embedding import Vectors


@dataclass(frozen=True, slots=True)
class Features:
    """Each 0 to 1: `similarity` is the cosine with the nearest line, `pairs` the share of neighbouring words
    that are neighbours in the sources, `ordered` the longest common subsequence of stems with any one line,
    as a share of the sentence's. `words` is how many content words the sentence has."""

    similarity: float
    pairs: float
    ordered: float
    words: int


def features_of(sentence: str, vector: Vectors, sources: Sequence[Source], wording: Wording) -> Features:
    """`vector` is the sentence's own embedding, shape (dimensions,)."""
    lines = [line for source in sources for line in source.lines]
    words = wording.words(sentence)
    stems = wording.stems(words)
    theirs = {pair for source in sources for pair in pairwise(wording.words(source.text))}
    mine = [pair for pair in pairwise(words) if not {BREAK, COMMA} & set(pair)]
    return Features(
        similarity=float(np.max(np.stack([line.vector for line in lines]) @ vector)) if lines else 0.0,
        pairs=sum(pair in theirs for pair in mine) / len(mine) if mine else 0.0,
        ordered=max((_common(stems, wording.stems(wording.words(line.read))) for line in lines), default=0)
        / max(len(stems), 1),
        words=len(stems),
    )


def logit(features: Features) -> float:
    """Log-odds of being called faithful."""
    w = weights()
    return (
        w["bias"]
        + w["similarity"] * features.similarity
        + w["pairs"] * features.pairs
        + w["ordered"] * features.ordered
    )


def probability(log_odds: float) -> float:
    """From log-odds to 0 to 1."""
    return 1 / (1 + math.exp(-log_odds))


@cache
def weights() -> dict[str, float]:
    """As `weights.yaml` has them."""
    text = files("assistant.support").joinpath("weights.yaml").read_text(encoding="utf-8")
    read: dict[str, float] = yaml.safe_load(text)
    return read


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    lengths = [0] * (len(other) + 1)
    for mine in one:
        diagonal = 0
        for place, theirs in enumerate(other, start=1):
            upper = lengths[place]
            lengths[place] = diagonal + 1 if mine == theirs else max(upper, lengths[place - 1])
            diagonal = upper
    return lengths[-1]
