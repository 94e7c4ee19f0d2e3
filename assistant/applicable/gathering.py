"""From strengths to procedures as they are shown: the reasons, the duties, what is open and what nothing
covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from assistant.applicable import duties, learning
from assistant.applicable.evidence import Meeting, because_of, meetings
from assistant.applicable.knowledge import Knowledge, Known
from assistant.applicable.ladder import ladder_of
from assistant.applicable.places import Places
from assistant.applicable.profiles import Profile
from assistant.applicable.reading import Reading
from assistant.applicable.results import (
    Because,
    Disagreement,
    Ladder,
    Lesson,
    NamedByReview,
    Procedure,
    Question,
    Step,
    Verdict,
)
from assistant.applicable.scores import Scores
from assistant.applicable.scoring import Weights
from assistant.applicable.subjects import BACKGROUND
from corpus.passages import Candidate
from corpus.procedures import ReadProcedure, Role, TriggerSort

_MOST = {Verdict.APPLIES: 5, Verdict.MAY_APPLY: 5, Verdict.CONSIDERED: 5}
_SURE = 0.75
_PLAIN = 1.0
_COVERED, _RECOGNISED = 0.2, 0.3


class Gathering:
    """For one situation."""

    def __init__(
        self, knowledge: Knowledge, known: Known, reading: Reading, weights: Weights, places: Places
    ) -> None:
        self._knowledge = knowledge
        self._known = known
        self._reading = reading
        self._weights = weights
        self._places = places

    def procedures(self, strengths: Scores) -> tuple[Procedure, ...]:
        """Strongest first; `strengths` are of the library's procedures, shape (procedures,)."""
        counts = dict.fromkeys(Verdict, 0)
        found = []
        for row in np.argsort(-strengths, kind="stable").tolist():
            verdict = self._verdict(float(strengths[row]), row)
            if verdict is not None and counts[verdict] < _MOST[verdict]:
                counts[verdict] += 1
                found.append(self._procedure(row, verdict, float(strengths[row])))
        return tuple(found)

    def for_role(self, procedures: Sequence[Procedure], role: Role | None) -> tuple[Procedure, ...]:
        """The same with the duties of the role alone."""
        return tuple(replace(one, duties=duties.for_role(one.duties, role)) for one in procedures)

    def steps(self, applies: Sequence[Procedure], role: Role | None) -> tuple[Step, ...]:
        """All duties of what applies in one list."""
        return duties.in_order(duties.for_role((step for one in applies for step in one.duties), role))

    def disagreements(self, shown: Sequence[Procedure]) -> tuple[Disagreement, ...]:
        return duties.disagreements({one.document_id: one.time_limits for one in shown})

    def ladder(self, shown: Sequence[Procedure]) -> Ladder | None:
        """Of the strongest procedure that has stages."""
        read = (self._known.read.get(one.document_id) for one in shown)
        return next((ladder for one in read if one and (ladder := ladder_of(one, self._places))), None)

    def lessons(self) -> tuple[Lesson, ...]:
        plain = self._reading.plainness().max(axis=0, initial=0.0) >= _PLAIN
        known = self._known
        speaks = (known.spoken & plain).any(axis=1) if len(known.reviews) else np.zeros(0, dtype=bool)
        return learning.lessons_of(self._reading, known.reviews, speaks, self._places)

    def named(self, strengths: Scores) -> tuple[NamedByReview, ...]:
        own = self._known.links[self._known.in_library :]
        enough = self._weights.may_apply
        return learning.named_by_reviews(
            self._reading, self._known.named, strengths, own, enough, self._places
        )

    def not_covered(self, *, is_any_shown: bool) -> tuple[str, ...]:
        """The words of aspects that speak plainly of a subject which no procedure of the library is about, or
        all aspects where nothing applies."""
        reading, links = self._reading, self._known.links[: self._known.in_library]
        if not is_any_shown:
            return tuple(reading.aspects[row].text for row in reading.told.tolist())
        is_covered = links.max(axis=0, initial=0.0) >= _COVERED
        speaks = (reading.cues > 0) | (reading.like >= _RECOGNISED)
        speaks[:, [subject.name == BACKGROUND for subject in self._knowledge.subjects]] = False
        return tuple(
            reading.aspects[row].text
            for row in reading.told.tolist()
            if speaks[row].any() and not (speaks[row] & is_covered).any()
        )

    def _verdict(self, strength: float, row: int) -> Verdict | None:
        if strength >= self._weights.applies:
            return Verdict.APPLIES
        if strength >= self._weights.may_apply:
            return Verdict.MAY_APPLY
        if strength >= self._weights.considered or (
            self._is_denied[row] and self._known.links[row].max() > 0
        ):
            return Verdict.CONSIDERED
        return None

    @cached_property
    def _is_denied(self) -> Scores:
        """Where the situation denies a sign of a procedure's own subject; shape (procedures,)."""
        own = np.where(self._known.links > 0.5, 1.0, 0.0)
        denied: Scores = own @ self._reading.denied.max(axis=0, initial=0.0)
        return denied

    def _procedure(self, row: int, verdict: Verdict, strength: float) -> Procedure:
        profile, links = self._known.profiles[row], self._known.links[row]
        assert profile.document is not None, "only what is in the library is shown as a procedure"
        document = profile.document
        read = self._known.read.get(document.id)
        passages = self._passages(document.id)
        lines = self._knowledge.lines_of(document.id, read, links)
        found = meetings(self._reading, lines, links) if lines is not None else []
        most = 1 if verdict is Verdict.CONSIDERED else 3
        because = because_of(found, self._reading, links, self._places, most)
        shown = Procedure(
            document_id=document.id,
            version=document.version,
            title=document.title,
            anchor=self._anchor(because),
            verdict=verdict,
            strength=round(strength, 3),
            because=because,
        )
        if verdict is Verdict.CONSIDERED:
            return shown
        return replace(
            shown,
            to_know=tuple(self._to_know(profile, read, found)) if strength < _SURE else (),
            duties=() if read is None else duties.steps_of(read, self._reading, passages, self._places),
            time_limits=() if read is None else duties.limits_shown(read, self._places),
        )

    def _to_know(
        self, profile: Profile, read: ReadProcedure | None, found: Sequence[Meeting]
    ) -> Iterator[Question]:
        """What its subject turns on, and the condition of its own that is nearest to the situation."""
        links = self._known.links[self._known.profiles.index(profile)]
        best = int(links.argmax()) if links.size else 0
        triggers = [t for t in (read.triggers if read else ()) if t.sort is TriggerSort.TRIGGER]
        met = {meeting.line.start for meeting in found}
        near = [trigger for trigger in triggers if trigger.place.start in met] or triggers
        if links.size and links[best] > 0:
            citation = self._places.cite(near[0].place) if near else None
            yield Question(self._knowledge.subjects[best].ask, citation)

    def _anchor(self, because: Sequence[Because]) -> str:
        numbers = {one.citation for one in because}
        return next((c.anchor for c in self._places.citations if c.number in numbers), "")

    def _passages(self, document_id: str) -> list[Candidate]:
        return self._knowledge.passages_of(document_id)
