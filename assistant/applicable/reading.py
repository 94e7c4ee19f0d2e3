"""A situation read against the subjects: which of them each aspect speaks of, and how plainly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.applicable.known_signs import KnownSigns
from assistant.applicable.scores import Scores
from assistant.applicable.situation import Aspect, aspects_of
from assistant.applicable.subjects import Subject
from corpus.embedding import Embedder, Vectors

_MOST_HINTS = 4
_HINT_WORTH = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """`vectors` are of the whole text first, then of each aspect. The other arrays have a row an aspect and a
    column a subject, but for `like_whole`, `in_common` and `breadth` (subjects,): which share of a subject's
    hints the situation gives, 0 to 1. `cues`, `hints` and `denied` are 0 or 1."""

    text: str
    aspects: tuple[Aspect, ...]
    vectors: Vectors
    near: Scores
    like: Scores
    like_whole: Scores
    in_common: Scores
    cues: Scores
    hints: Scores
    denied: Scores
    breadth: Scores
    is_particular: NDArray[np.bool_]

    @property
    def told(self) -> NDArray[np.intp]:
        """Rows of the aspects that tell what is so; all where each of them denies something."""
        rows = np.flatnonzero([not aspect.is_denial for aspect in self.aspects])
        return rows if len(rows) else np.arange(len(self.aspects))

    def plainness(self) -> Scores:
        """How plainly each aspect speaks of each subject, about 0 to 2: what is shown as the reason."""
        plain: Scores = (
            self.cues + _HINT_WORTH * self.hints + np.maximum(self.like, 0) + np.maximum(self.near, 0)
        )
        for row, aspect in enumerate(self.aspects):
            if aspect.is_denial:
                plain[row] = 0
        return plain


def read_situation(text: str, subjects: Sequence[Subject], signs: KnownSigns, embedder: Embedder) -> Reading:
    """`text` is screened, and not empty. All its sentences are embedded at once."""
    aspects = aspects_of(text)
    # The whole apart: in one batch every sentence would be padded to its length.
    heard = [aspect.text if aspect.is_denial else " ".join(aspect.told.split()) for aspect in aspects]
    vectors = np.vstack([embedder.embed([text]), embedder.embed(heard)])
    told = [aspect.told for aspect in aspects]
    whole = " ".join(told)
    like = signs.likelihood(vectors, [whole, *heard])
    given = [[[bool(hint.search(t)) for t in told] for hint in s.hints] for s in subjects]
    return Reading(
        text=text,
        aspects=aspects,
        vectors=vectors,
        near=signs.nearness(vectors[1:]),
        like=like[1:],
        like_whole=like[0],
        in_common=signs.words_in_common(whole),
        cues=_found([[any(cue.search(t) for cue in s.cues) for s in subjects] for t in told]),
        hints=_found([[any(row[at] for row in rows) for rows in given] for at in range(len(told))]),
        denied=_found([[any(cue.search(a.denied) for cue in s.cues) for s in subjects] for a in aspects]),
        breadth=np.array([_breadth(rows) for rows in given]),
        is_particular=np.array([not subject.general for subject in subjects]),
    )


def _found(rows: Sequence[Sequence[bool]]) -> Scores:
    return np.array(rows, dtype=np.float64)


def _breadth(rows: Sequence[Sequence[bool]]) -> float:
    """Share of a subject's hints, four at most, that stand anywhere in the situation."""
    return min(sum(map(any, rows)), _MOST_HINTS) / min(_MOST_HINTS, max(1, len(rows)))
