"""The shapes of applicable procedures. Fields may be added; none is ever renamed."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.schemas import CitationOut
from assistant.answers import AnswerStatus
from assistant.applicable.results import Findings, LimitShown, Procedure, Verdict
from corpus.passages import Citation
from corpus.procedures import Bound, Role, TimeLimit, Unit, Verb

_SITUATION = (
    "The parents will not let the health visitor in. At the last visit the father raised his fist at her."
)


def _role(value: Any) -> Any:
    """ "Social care" is `social_care`; nothing is all roles."""
    return (
        value.strip().lower().replace(" ", "_").replace("-", "_") or None if isinstance(value, str) else value
    )


RoleIn = Annotated[Role | None, BeforeValidator(_role)]


class _Shape(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class SituationIn(BaseModel):
    """What is going on, in a few sentences, without details of real people."""

    situation: str = Field(min_length=1, examples=[_SITUATION])
    role: RoleIn = Field(None, description="Whose duties to give; all, where it is left out.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"situation": _SITUATION, "role": "health"}]})


class BecauseOut(_Shape):
    """Words of the situation, and the number of the citation that they meet; `lead` is that of its
    lead-in."""

    situation: str
    start: int
    end: int
    citation: int
    lead: int | None
    is_denied: bool = Field(description="The situation says that this is not so.")


class QuestionOut(_Shape):
    """What one would need to know to decide."""

    text: str
    citation: int | None


class DutyOut(_Shape):
    """One duty, word for word."""

    document_id: str
    verb: Verb
    negated: bool
    actor: str
    roles: tuple[Role, ...]
    text: str
    lead: str
    details: tuple[str, ...]
    limit: str
    hours: float | None = Field(
        description="About how long the limit is; 0 at once, null where none is stated."
    )
    citation: int
    is_near: bool = Field(description="It speaks of what the situation tells, or is due within a day.")


class TimeLimitOut(BaseModel):
    """A limit as printed; `start` and `end` name it to `/v1/due-dates`."""

    document_id: str
    version: int
    start: int
    end: int
    text: str
    event: str
    what: str
    actor: str
    bound: Bound
    amount: int | None
    unit: Unit | None
    before: bool
    recurring: bool
    citation: int | None = None

    @classmethod
    def of(cls, limit: TimeLimit, citation: int | None = None) -> Self:
        """The limit in this shape."""
        place = limit.place
        return cls(
            document_id=place.document_id,
            version=place.version,
            start=place.start,
            end=place.end,
            text=place.words,
            event=limit.event.words if limit.event else "",
            what=limit.what.words if limit.what else "",
            actor=limit.actor.words if limit.actor else "",
            bound=limit.bound,
            amount=limit.amount,
            unit=limit.unit,
            before=limit.before,
            recurring=limit.recurring,
            citation=citation,
        )


class ProcedureOut(BaseModel):
    """A procedure with its reasons; one that was only considered has no duties here."""

    document_id: str
    version: int
    title: str
    anchor: str
    strength: float = Field(description="Probability, 0 to 1, that it applies.")
    because: list[BecauseOut]
    to_know: list[QuestionOut]
    duties: list[DutyOut]
    time_limits: list[TimeLimitOut]

    @classmethod
    def of(cls, one: Procedure) -> Self:
        """The procedure in this shape."""
        return cls(
            document_id=one.document_id,
            version=one.version,
            title=one.title,
            anchor=one.anchor,
            strength=one.strength,
            because=[BecauseOut.model_validate(because) for because in one.because],
            to_know=[QuestionOut.model_validate(question) for question in one.to_know],
            duties=[DutyOut.model_validate(duty) for duty in one.duties],
            time_limits=[_limit(shown) for shown in one.time_limits],
        )


class DisagreementOut(BaseModel):
    """Two limits for what seems to be the same thing."""

    one: TimeLimitOut
    other: TimeLimitOut


class RungOut(_Shape):
    number: int
    heading: str
    who: str
    deadline: str
    citation: int


class LadderOut(_Shape):
    """How to take a professional difference further."""

    document_id: str
    title: str
    rungs: tuple[RungOut, ...]


class LessonOut(_Shape):
    """What a review learned that bears on these words of the situation."""

    situation: str
    citation: int


class NamedOut(_Shape):
    """Named by a review, not in this library."""

    title: str
    strength: float
    situation: str
    citation: int


class ApplicableOut(BaseModel):
    """What applies to a situation. `signpost` is to be shown before everything else."""

    status: AnswerStatus
    situation: str = Field(description="As it was read; empty where it held details of a real person.")
    message: str
    signpost: str | None
    suggestion: str | None = Field(description="The situation without those details.")
    role: Role | None
    applies: list[ProcedureOut]
    may_apply: list[ProcedureOut]
    considered: list[ProcedureOut]
    steps: list[DutyOut] = Field(description="The duties of what applies, in order, for the role.")
    disagreements: list[DisagreementOut]
    escalation: LadderOut | None
    learning: list[LessonOut]
    named_by_reviews: list[NamedOut]
    not_covered: list[str]
    citations: list[CitationOut]
    link: str | None = Field(
        description="Permanent, relative to the service; holds no word of the situation."
    )
    timings: dict[str, float] = Field(description="Milliseconds.")

    @classmethod
    def of(cls, found: Findings) -> Self:
        """The findings in this shape."""
        lists = {v.value: [ProcedureOut.of(one) for one in found.of(v)] for v in Verdict}
        return cls(
            status=found.status,
            situation=found.situation,
            message=found.message,
            signpost=found.signpost,
            suggestion=found.suggestion,
            role=found.role,
            steps=[DutyOut.model_validate(step) for step in found.steps],
            disagreements=[
                DisagreementOut(one=_limit(pair.one), other=_limit(pair.other))
                for pair in found.disagreements
            ],
            escalation=LadderOut.model_validate(found.ladder) if found.ladder else None,
            learning=[LessonOut.model_validate(lesson) for lesson in found.lessons],
            named_by_reviews=[NamedOut.model_validate(named) for named in found.named],
            not_covered=list(found.not_covered),
            citations=[citation_out(citation) for citation in found.citations],
            link=found.link,
            timings=found.timings,
            **lists,
        )


def _limit(shown: LimitShown) -> TimeLimitOut:
    return TimeLimitOut.of(shown.limit, shown.citation)


def citation_out(citation: Citation) -> CitationOut:
    """The citation in its shape at the door."""
    return CitationOut.model_validate({name: getattr(citation, name) for name in CitationOut.model_fields})
