"""What is said of a situation: the procedures that apply, why, and what they ask of whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.answers import AnswerStatus
from corpus.passages import Citation
from corpus.procedures import Role, TimeLimit, Verb


class Verdict(StrEnum):
    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    CONSIDERED = "considered"


@dataclass(frozen=True, slots=True)
class Because:
    """Words of the situation and the citation, by number, of the words of the procedure that they meet;
    `lead` is the citation of the lead-in that they stand under. `start` and `end` are offsets into the
    situation.
    `is_denied`: it says that this is *not* so."""

    situation: str
    start: int
    end: int
    citation: int
    lead: int | None = None
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One duty, word for word. `actor` is as written, "" where nobody is named; `lead` the lead-in of a list
    that binds its items; `details` the items of a list that the sentence leads in to. `limit` are the
    words of its first time limit, `hours` about how long that is, for the order (0: at once; None: none is
    stated).
    `is_near`: it speaks of what the situation tells, and is shown first."""

    document_id: str
    verb: Verb
    negated: bool
    actor: str
    roles: tuple[Role, ...]
    text: str
    lead: str
    details: tuple[str, ...]
    limit: str
    hours: float | None
    citation: int
    is_near: bool


@dataclass(frozen=True, slots=True)
class LimitShown:
    """A time limit with the citation of its line, for the calculator."""

    document_id: str
    version: int
    limit: TimeLimit
    citation: int


@dataclass(frozen=True, slots=True)
class Question:
    """What one would need to know to decide; `citation` is what the procedure says of it, where it does."""

    text: str
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """`strength` is the probability, 0 to 1, that it applies. `when` are the citations of what it says of
    when it applies, where it is shown without a situation; `is_current` whether there is no newer version."""

    document_id: str
    version: int
    title: str
    anchor: str
    verdict: Verdict
    strength: float
    because: tuple[Because, ...]
    to_know: tuple[Question, ...] = ()
    duties: tuple[Step, ...] = ()
    time_limits: tuple[LimitShown, ...] = ()
    when: tuple[int, ...] = ()
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a review learned that bears on the situation."""

    situation: str
    citation: int


@dataclass(frozen=True, slots=True)
class NamedByReview:
    """A procedure that a review names and that is not in this library; cited where it is named."""

    title: str
    strength: float
    situation: str
    citation: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two procedures that give different limits for what seems to be the same thing."""

    one: LimitShown
    other: LimitShown


@dataclass(frozen=True, slots=True)
class Rung:
    """A stage of an escalation ladder."""

    number: int
    heading: str
    who: str
    deadline: str
    citation: int


@dataclass(frozen=True, slots=True)
class Ladder:
    document_id: str
    title: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """`steps` are the duties of what applies in one list, in their order. `situation` is empty where it was
    not to be kept. `link` is the permanent link to what applies, without a word of the situation."""

    status: AnswerStatus
    situation: str
    procedures: tuple[Procedure, ...] = ()
    steps: tuple[Step, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    ladder: Ladder | None = None
    lessons: tuple[Lesson, ...] = ()
    named: tuple[NamedByReview, ...] = ()
    not_covered: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    message: str = ""
    signpost: str | None = None
    suggestion: str | None = None
    link: str | None = None
    role: Role | None = None
    timings: dict[str, float] = field(default_factory=dict)

    def of(self, verdict: Verdict) -> tuple[Procedure, ...]:
        """Strongest first."""
        return tuple(one for one in self.procedures if one.verdict is verdict)
