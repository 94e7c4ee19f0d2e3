"""An embedder that embeds no text twice: the same questions are asked many times over, of several systems."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.embedding import Embedder, Vectors


class RememberingEmbedder:
    """Of another embedder, whose vectors it keeps for as long as it lives."""

    def __init__(self, embedder: Embedder) -> None:
        self.fingerprint = embedder.fingerprint
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    def load(self) -> None:
        self._embedder.load()

    def embed(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if not texts:
            return self._embedder.embed(texts)
        if new:
            self._known |= zip(new, self._embedder.embed(new), strict=True)
        return np.stack([self._known[text] for text in texts])
