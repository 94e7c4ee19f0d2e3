"""Stand-ins for what is slow or far away."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from corpus.embedding import Vectors

DIMENSIONS = 64


class WordsEmbedder:
    """A hashed bag of words: the same in every process, and texts with words in common come out near."""

    def __init__(self, fingerprint: str = "words@1") -> None:
        self.fingerprint = fingerprint
        self.embedded: list[str] = []

    def load(self) -> None:
        """Nothing to load."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        vectors[:, 0] = 0.01  # a text without words has a direction too
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, _bucket(word)] += 1
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


class UnwillingEmbedder:
    """For work that must not embed anything."""

    def __init__(self, fingerprint: str = "words@1") -> None:
        self.fingerprint = fingerprint

    def load(self) -> None:
        """Nothing to load."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"asked to embed {len(texts)} texts")


def _bucket(word: str) -> int:
    return int.from_bytes(hashlib.md5(word.encode(), usedforsecurity=False).digest()[:4]) % DIMENSIONS
