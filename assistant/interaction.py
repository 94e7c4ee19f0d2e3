"""Late interaction: the words of a question and of a passage compared one by one, each in its context.

Each word piece of the question looks for its nearest in the passage (Khattab and Zaharia 2020, there with
vectors that were trained for it; here with the embedder's own, by their signs). What a piece has to say is
measured by how the passages differ in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import stems_of
from corpus.word_pieces import Pieces, Signs

_WORD = re.compile(r"\w+")
# What a word piece of a function word counts beside one of a content word.
_FUNCTION_WORD = 0.2
# A piece that all passages come as near to says nothing, and is not to be blown up.
_FLOOR = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """The word pieces of a question; `weights`, shape (pieces,), add up to 1."""

    signs: Signs
    weights: NDArray[np.float64]


def asked_in(text: str, pieces: Pieces, length: int) -> Asked:
    """The question is the first `length` characters of the text; what was added to it is context alone."""
    content = {span for match in _WORD.finditer(text) if stems_of(match[0]) for span in range(*match.span())}
    own = [row for row, (start, _) in enumerate(pieces.spans) if start < length]
    weights = np.array([1.0 if pieces.spans[row][0] in content else _FUNCTION_WORD for row in own])
    return Asked(pieces.signs[own], weights / max(weights.sum(), 1.0))


def nearness(asked: Asked, passages: Sequence[Signs], dimensions: int) -> NDArray[np.float64]:
    """How near each passage comes to what is asked: the weighted mean, over the question's pieces, of the
    likeness of the nearest of the passage's, each in units of its standard deviation over the passages."""
    found = likenesses(asked, passages, dimensions)
    near: NDArray[np.float64] = found @ (asked.weights / (found.std(axis=0) + _FLOOR))
    return near


def likenesses(asked: Asked, passages: Sequence[Signs], dimensions: int) -> NDArray[np.float64]:
    """Of the nearest of each passage's pieces to each of the question's, shape (passages, pieces)."""
    if not len(asked.signs):
        return np.zeros((len(passages), 0))
    nothing = np.zeros((1, asked.signs.shape[1]), dtype=np.uint64)
    held = [signs if len(signs) else nothing for signs in passages]
    starts = np.cumsum([0, *(len(signs) for signs in held[:-1])])
    nearest = np.minimum.reduceat(_apart(asked.signs, np.concatenate(held)), starts, axis=1)
    return 1 - 2 * nearest.T.astype(np.float64) / dimensions


def _apart(ours: Signs, theirs: Signs) -> NDArray[np.uint16]:
    """How many signs each two differ in, shape (ours, theirs)."""
    apart = np.zeros((len(ours), len(theirs)), dtype=np.uint16)
    for column in range(ours.shape[1]):
        apart += np.bitwise_count(ours[:, column : column + 1] ^ theirs[:, column])
    return apart
