"""Which words of the situation meet which words of a procedure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.applicable.places import Places
from assistant.applicable.reading import Reading
from assistant.applicable.results import Because
from assistant.applicable.scores import Scores
from assistant.applicable.subjects import Subject
from corpus.embedding import Vectors
from corpus.passages import Candidate, Line
from corpus.procedures import ReadProcedure, TriggerSort

_MOST = 3
_PLAIN, _ALIKE = 0.75, 0.58
_TERM_BONUS = 0.08
_BONUS = {
    TriggerSort.TRIGGER: 0.2,
    TriggerSort.INDICATOR: 0.15,
    TriggerSort.SCOPE: 0.05,
    TriggerSort.EXCLUSION: -1.0,
}


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a procedure: `vectors` has shape (lines, dimensions), `bonus` (lines,): what says when the
    procedure applies, or speaks of its subject, is preferred as a reason."""

    document_id: str
    version: int
    lines: tuple[Line, ...]
    vectors: Vectors
    bonus: Scores


def lines_of(
    candidates: Sequence[Candidate], read: ReadProcedure | None, subjects: Sequence[Subject]
) -> Lines | None:
    """`subjects` are the procedure's own. None where it has no line."""
    found = [(one.live.passage, line) for one in candidates for line in one.live.passage.lines]
    if not found:
        return None
    texts = [p.text[line.start - p.start : line.end - p.start] for p, line in found]
    bonus = [_bonus(line, text, read, subjects) for (_, line), text in zip(found, texts, strict=True)]
    live = candidates[0].live
    vectors = np.vstack([one.lines for one in candidates if len(one.live.passage.lines)])
    return Lines(live.document_id, live.version, tuple(line for _, line in found), vectors, np.array(bonus))


@dataclass(frozen=True, slots=True)
class Meeting:
    """Aspect number `aspect` and a line, with the cosine of the two. `worth` adds the line's bonus and how
    plainly the aspect speaks of the procedure's subjects."""

    aspect: int
    line: Line
    document_id: str
    version: int
    likeness: float
    worth: float


def meetings(reading: Reading, lines: Lines, links: Scores) -> list[Meeting]:
    """The best line for each aspect, most telling first. `links` are the procedure's, shape (subjects,)."""
    likeness = reading.vectors[1:] @ lines.vectors.T
    worth = likeness + lines.bonus
    plain = (reading.plainness() * links).max(axis=1, initial=0.0)
    found = [
        Meeting(
            aspect,
            lines.lines[column],
            lines.document_id,
            lines.version,
            float(likeness[aspect, column]),
            float(worth[aspect, column] + plain[aspect]),
        )
        for aspect, column in enumerate(worth.argmax(axis=1).tolist())
    ]
    return sorted(found, key=lambda meeting: -meeting.worth)


def because_of(
    found: Sequence[Meeting], reading: Reading, links: Scores, places: Places, most: int = _MOST
) -> tuple[Because, ...]:
    """The most telling meetings, and at least one; what the situation denies is told as such."""
    denied = (reading.denied * links).max(axis=1, initial=0.0) > 0
    plain = (reading.plainness() * links).max(axis=1, initial=0.0)
    open_to = [m for m in found if denied[m.aspect] or not reading.aspects[m.aspect].is_denial]
    return tuple(_because(list(_told(open_to, plain, denied, most)), reading, denied, places))


def _told(found: Sequence[Meeting], plain: Scores, denied: Scores, most: int) -> Iterator[Meeting]:
    # What is said not to be so is the first reason why a procedure does not apply.
    first = sorted(found, key=lambda m: not denied[m.aspect])
    # A line is a reason once, beside the words that it fits best.
    once = {m.line: m for m in reversed(first)}
    telling = [m for m in first if denied[m.aspect] or plain[m.aspect] >= _PLAIN or m.likeness >= _ALIKE]
    yield from [m for m in telling if once[m.line] is m][:most] or found[:1]


def _because(told: Sequence[Meeting], reading: Reading, denied: Scores, places: Places) -> Iterator[Because]:
    for meeting in told:
        aspect, line = reading.aspects[meeting.aspect], meeting.line
        lead = None
        if line.lead_end > line.lead_start:
            lead = places.cite_span(meeting.document_id, meeting.version, line.lead_start, line.lead_end)
        number = places.cite_span(meeting.document_id, meeting.version, line.start, line.end)
        yield Because(aspect.text, aspect.start, aspect.end, number, lead, bool(denied[meeting.aspect]))


def _bonus(line: Line, text: str, read: ReadProcedure | None, subjects: Sequence[Subject]) -> float:
    bonus = _TERM_BONUS if any(subject.mentions_in(text) for subject in subjects) else 0.0
    for trigger in read.triggers if read else ():
        if trigger.place.start < line.end and line.start < trigger.place.end:
            return bonus + _BONUS[trigger.sort]
    return bonus
