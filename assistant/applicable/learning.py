"""What reviews learned that bears on a situation, and the procedures that they name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.applicable.naming import Named
from assistant.applicable.places import Places
from assistant.applicable.reading import Reading
from assistant.applicable.results import Lesson, NamedByReview
from assistant.applicable.scores import Scores
from assistant.applicable.situation import Aspect
from corpus.documents import Part
from corpus.embedding import Vectors
from corpus.passages import Candidate

_MOST = 4
_MOST_OF_ONE = 2
_ALIKE = 0.42
_TERM_BONUS = 0.15
_LEARNED = frozenset({Part.KEY_LEARNING, Part.RECOMMENDATION})


def lessons_of(
    reading: Reading, reviews: Sequence[Candidate], speaks: NDArray[np.bool_], places: Places
) -> tuple[Lesson, ...]:
    """The nearest key learning and recommendations, not many of one review, each beside the sentence that it
    bears on: none bears on what is said not to be so. `speaks` says, for each review's passage, whether it
    speaks of what the situation plainly speaks of."""
    told = [row for row, aspect in enumerate(reading.aspects) if not aspect.is_denial]
    learned = [row for row, one in enumerate(reviews) if one.live.passage.part in _LEARNED]
    if not learned or not told:
        return ()
    # The text as a whole also holds what it denies.
    has_denial = any(aspect.denied for aspect in reading.aspects)
    heard = [row + 1 for row in told] if has_denial else [0, *(row + 1 for row in told)]
    likeness = np.stack([reviews[row].vector for row in learned]) @ reading.vectors[heard].T
    likeness = likeness + _TERM_BONUS * speaks[learned][:, None]
    chosen: list[Lesson] = []
    counts: dict[str, int] = {}
    for place in np.argsort(-likeness.max(axis=1), kind="stable").tolist():
        review = reviews[learned[place]]
        if likeness[place].max() < _ALIKE or len(chosen) == _MOST:
            break
        if counts.setdefault(review.live.document_id, 0) < _MOST_OF_ONE:
            counts[review.live.document_id] += 1
            row = told[int(likeness[place, -len(told) :].argmax())]
            chosen.append(_lesson(reading.aspects[row], reading.vectors[row + 1], review, places))
    return tuple(chosen)


def named_by_reviews(
    reading: Reading, named: Sequence[Named], strengths: Scores, links: Scores, enough: float, places: Places
) -> tuple[NamedByReview, ...]:
    """Those of the named procedures that may apply, strongest first; `strengths` and `links` are theirs."""
    plain = reading.plainness()
    found = []
    for one, strength, own in zip(named, strengths.tolist(), links, strict=True):
        if strength >= enough:
            aspect = reading.aspects[int((plain * own).max(axis=1).argmax())]
            citation = places.cite_span(one.live.document_id, one.live.version, one.start, one.end)
            found.append(NamedByReview(one.title, round(strength, 3), aspect.text, citation))
    return tuple(sorted(found, key=lambda one: -one.strength))


def _lesson(aspect: Aspect, vector: Vectors, review: Candidate, places: Places) -> Lesson:
    """With the line of the review that is nearest to the aspect, of which `vector` is."""
    live = review.live
    lines = live.passage.lines
    line = lines[int((review.lines @ vector).argmax())] if lines else None
    start, end = (line.start, line.end) if line else (live.passage.start, live.passage.end)
    return Lesson(aspect.text, places.cite_span(live.document_id, live.version, start, end))
