"""Stand-ins for what is slow or far away."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from corpus.embedding import Vectors
from corpus.word_pieces import Pieces, pieces_of

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

    def embed_with_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        return self.embed(texts), [_pieces(text) for text in texts]


class UnwillingEmbedder:
    """For work that must not embed anything."""

    def __init__(self, fingerprint: str = "words@1") -> None:
        self.fingerprint = fingerprint

    def load(self) -> None:
        """Nothing to load."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"asked to embed {len(texts)} texts")

    def embed_with_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        raise AssertionError(f"asked to embed {len(texts)} texts")


def _pieces(text: str) -> Pieces:
    """A word is a piece, and the same wherever it stands; its signs are drawn by its letters."""
    words = list(re.finditer(r"\w+", text.lower()))
    vectors = np.zeros((len(words), DIMENSIONS), dtype=np.float32)
    for row, word in enumerate(words):
        vectors[row] = np.random.default_rng(_number(word[0])).standard_normal(DIMENSIONS)
    return pieces_of(vectors, [word.span() for word in words], text)


def _bucket(word: str) -> int:
    return _number(word) % DIMENSIONS


def _number(word: str) -> int:
    return int.from_bytes(hashlib.md5(word.encode(), usedforsecurity=False).digest()[:4])
