"""What has to be known of every procedure to tell whether it may apply: its subjects and its opening
words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.applicable.subjects import Subject
from corpus.documents import Document
from corpus.embedding import Vectors
from corpus.passages import Candidate
from corpus.procedures import ReadProcedure, TriggerSort

_OPENING = re.compile(
    r"scope|when (?:this|to use)|applies|signs?\b|indicat|recogni|what (?:it|this) (?:is|covers)", re.I
)
_FIRST_PASSAGES = 4
_SELDOM = 2
_BY_TEXT = 0.6


@dataclass(frozen=True, slots=True)
class Profile:
    """Of a procedure in the library, or of one that a review names: that one has neither text nor vectors.

    `opening` holds, one a row, the vectors of the words that say what it is for and when it applies.
    """

    title: str
    document: Document | None
    passages: tuple[str, ...]
    opening: Vectors | None
    opening_text: str


def profile_of(document: Document, candidates: Sequence[Candidate], read: ReadProcedure | None) -> Profile:
    """`candidates` are the passages of its current version, in reading order."""
    opening = list(_opening(candidates, read)) or list(candidates[:_FIRST_PASSAGES])
    rows = [np.vstack([one.vector[None, :], one.lines]) for one in opening]
    return Profile(
        document.title,
        document,
        tuple(one.live.passage.id for one in candidates),
        np.vstack(rows) if rows else None,
        "\n".join(one.live.passage.text for one in opening),
    )


def _opening(candidates: Sequence[Candidate], read: ReadProcedure | None) -> Iterable[Candidate]:
    """The passages that hold a trigger, a scope or a sign, as read; else those under such a heading."""
    places = [
        (trigger.place.start, trigger.place.end)
        for trigger in (read.triggers if read else ())
        if trigger.sort is not TriggerSort.EXCLUSION
    ]
    for one in candidates:
        passage = one.live.passage
        if places:
            if any(start < passage.end and passage.start < end for start, end in places):
                yield one
        elif _OPENING.search(" ".join(passage.trail[1:])):
            yield one


def links(profiles: Sequence[Profile], subjects: Sequence[Subject]) -> NDArray[np.float64]:
    """How far each subject is the procedure's own, 0 to 1; shape (profiles, subjects).

    By the title: the procedure that names the subject most plainly is the subject's, and others less. By
    what its opening speaks of, where a title names no subject, or where no title names the subject.
    """
    shares = np.array([[s.share_of(p.title) for s in subjects] for p in profiles], dtype=np.float64)
    shares = shares.reshape(len(profiles), len(subjects))
    by_title = shares / np.maximum(shares.max(axis=0, initial=0.0), 1e-9)
    by_title = by_title**2
    by_text = np.array([[_spoken(s.mentions_in(p.opening_text)) for s in subjects] for p in profiles])
    by_text = by_text.reshape(len(profiles), len(subjects))
    has_no_title = ~by_title.any(axis=0, keepdims=True)
    names_nothing = ~by_title.any(axis=1, keepdims=True)
    return np.where(has_no_title | names_nothing, by_text, by_title)


def _spoken(count: int) -> float:
    return _BY_TEXT * count / (count + _SELDOM)
