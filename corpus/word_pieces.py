"""Word pieces in their context, by the signs of their vectors: a question and a passage are compared by them.

Of each vector one bit a dimension is kept: the share of signs that two vectors have in common tells the angle
between them (Charikar 2002), in a thirty-second of the room, and needs no floating point to compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Signs = NDArray[np.uint64]
"""Shape (pieces, dimensions / 64, rounded up)."""

_BITS = 64


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Those of a text that hold a letter or a digit; piece i stands for the characters of `spans[i]`."""

    signs: Signs
    spans: tuple[tuple[int, int], ...]


def pieces_of(vectors: NDArray[np.float32], spans: Sequence[tuple[int, int]], text: str) -> Pieces:
    """From a model's hidden states: `vectors` of shape (pieces, dimensions), and the characters of each."""
    kept = [place for place, (start, end) in enumerate(spans) if any(map(str.isalnum, text[start:end]))]
    return Pieces(signs_of(vectors[kept]), tuple(spans[place] for place in kept))


def signs_of(vectors: NDArray[np.float32]) -> Signs:
    """Dimensions beyond the last are nought in every vector, so that they set no two apart."""
    count, dimensions = vectors.shape
    positive = np.zeros((count, signs_width(dimensions) * _BITS), dtype=np.bool_)
    positive[:, :dimensions] = vectors > 0
    return np.packbits(positive, axis=1).view(np.uint64)


def vectors_of(signs: Signs, dimensions: int) -> NDArray[np.float32]:
    """What is left of the vectors, of length 1 each, shape (pieces, dimensions)."""
    positive = np.unpackbits(signs.view(np.uint8), axis=1, count=dimensions)
    vectors: NDArray[np.float32] = (2 * positive.astype(np.float32) - 1) / np.sqrt(np.float32(dimensions))
    return vectors


def signs_width(dimensions: int) -> int:
    """How many numbers hold the signs of one vector."""
    return -(-dimensions // _BITS)
