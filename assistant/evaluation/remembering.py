"""An embedder that embeds no text twice: the same questions are asked many times over, of several systems."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.embedding import Embedder, Vectors
from corpus.word_pieces import Pieces


class RememberingEmbedder:
    """Of another embedder, whose vectors it keeps for as long as it lives."""

    def __init__(self, embedder: Embedder) -> None:
        self.fingerprint = embedder.fingerprint
        self._embedder = embedder
        self._known: dict[str, tuple[Vectors, Pieces]] = {}

    def load(self) -> None:
        self._embedder.load()

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self.embed_with_pieces(texts)[0]

    def embed_with_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        if not texts:
            return self._embedder.embed_with_pieces(texts)
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            made = zip(*self._embedder.embed_with_pieces(new), strict=True)
            self._known |= zip(new, made, strict=True)
        vectors, pieces = zip(*(self._known[text] for text in texts), strict=True)
        return np.stack(vectors), list(pieces)
