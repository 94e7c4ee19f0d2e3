"""Texts of like meaning put together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.embedding import Vectors

_ROUNDS = 4


def clusters_of(vectors: Vectors, least: float) -> list[list[int]]:
    """Indices of the rows in groups, the largest first; in each the one nearest to its middle comes first.

    `vectors` are unit vectors, shape (texts, dimensions). A text joins the group whose middle it is nearest
    to, if that is at least `least` (cosine); otherwise it begins one. A few rounds over all texts settle what
    was put into the first group that came along. The same texts in the same order give the same groups.
    """
    if not len(vectors):
        return []
    middles: list[Vectors] = []
    homes = np.zeros(len(vectors), dtype=int)
    for _ in range(_ROUNDS):
        before = homes.copy()
        for index, vector in enumerate(vectors):
            likeness = np.array([float(middle @ vector) for middle in middles])
            if not len(likeness) or likeness.max() < least:
                middles.append(vector)
                homes[index] = len(middles) - 1
            else:
                homes[index] = int(likeness.argmax())
        used = sorted(set(homes.tolist()))
        middles = [_middle(vectors[homes == home]) for home in used]
        homes = np.searchsorted(used, homes)
        if (homes == before).all():
            break
    groups = [np.flatnonzero(homes == home) for home in range(len(middles))]
    ordered = [
        [int(group[at]) for at in np.argsort(-(vectors[group] @ middle), kind="stable")]
        for group, middle in zip(groups, middles, strict=True)
    ]
    return sorted(ordered, key=lambda group: (-len(group), group[0]))


def _middle(vectors: Vectors) -> Vectors:
    mean: Vectors = vectors.mean(axis=0)
    length = float(np.linalg.norm(mean)) or 1.0
    unit: Vectors = (mean / length).astype(np.float32)
    return unit


def common_words(texts: Sequence[Sequence[str]], most: int = 3) -> list[str]:
    """The words that most of the texts share, the commonest first; of one text its own first words."""
    counts: dict[str, int] = {}
    for words in texts:
        for word in dict.fromkeys(words):
            counts[word] = counts.get(word, 0) + 1
    fewest = max(1, (len(texts) + 1) // 2)
    shared = [word for word, count in counts.items() if count >= fewest]
    return sorted(shared, key=lambda word: -counts[word])[:most]
