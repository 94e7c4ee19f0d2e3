"""What is read from a procedure: when it applies, who must do what, by when, whom to ring, and what it names.

Everything carries the place that it was read from. Nothing here is the assistant's own wording.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Anchored:
    """Words of one version of one document.

    `start` and `end` are character offsets into the version's canonical text, and `words` is exactly what
    stands there: it is cut from that text whenever the place is read, and stored nowhere else. `anchor`
    is that of the section in which the words stand.
    """

    document_id: str
    version: int
    anchor: str
    start: int
    end: int
    words: str


class Role(StrEnum):
    """Whose staff an actor belongs to. ALL: everybody who works with children, of whatever agency."""

    SCHOOL = "school"
    HEALTH = "health"
    POLICE = "police"
    SOCIAL_CARE = "social_care"
    HOUSING = "housing"
    VOLUNTARY = "voluntary_sector"
    PROBATION = "probation"
    ALL = "all"


class Verb(StrEnum):
    """How a duty binds, as printed; in this order they come before one another."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class TriggerSort(StrEnum):
    """What a passage says of when its procedure applies."""

    SCOPE = "scope"  # what the chapter covers and whom it binds
    TRIGGER = "trigger"  # a condition under which it applies
    INDICATOR = "indicator"  # a sign to look for
    EXCLUSION = "exclusion"  # a case for which it is not meant


class Unit(StrEnum):
    """What a time limit is counted in. School days follow a school's own calendar: none can be computed."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    SCHOOL_DAYS = "school_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Bound(StrEnum):
    """How an amount of time binds."""

    AT_MOST = "at_most"  # within, no later than, up to
    AT_LEAST = "at_least"  # not before, for at least
    AT_ONCE = "at_once"  # immediately, without delay; there is no amount
    BY_EVENT = "by_event"  # before or by something that happens; there is no amount


@dataclass(frozen=True, slots=True)
class Trigger:
    """A sentence, list item or table row that says when the procedure applies, or does not.

    `lead` is the lead-in without which an item cannot be understood ("This procedure applies when:").
    """

    sort: TriggerSort
    place: Anchored
    lead: Anchored | None = None


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long something may take, as printed.

    `amount` of `unit`; both None where the bound is AT_ONCE or BY_EVENT. "The same day" is at most 0 days,
    "the next working day" at most 1 working day. `before`: counted back from the event. `recurring`: again
    and again, at this interval. `event` spans the words for what it is counted from ("receiving the
    referral"), None where the text leaves that to the reader. `what` and `actor` are set for the limits of
    a table, where no sentence says who does what. `place` spans the limit's own words, `line` the sentence,
    list item or table row around it.
    """

    bound: Bound
    place: Anchored
    line: Anchored
    amount: int | None = None
    unit: Unit | None = None
    before: bool = False
    recurring: bool = False
    event: Anchored | None = None
    what: Anchored | None = None
    actor: Anchored | None = None
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody must, should or may do.

    `actor` is as written, None where the sentence names nobody ("the reason must be recorded"); `antecedent`
    is whom a pronoun stands for. `roles` is empty where the text leaves open whose duty it is. `negated`: it
    is what must not or should not be done. `action` spans the words after the verb, `condition` the clause
    under which it is due ("Where the child is at immediate risk"). `line` is the sentence or list item,
    `lead` the list's lead-in where the verb stands there, `details` the list's items where the line is
    their lead-in. `time_limits` are those that stand in the line.
    """

    verb: Verb
    line: Anchored
    verb_place: Anchored
    action: Anchored
    negated: bool = False
    actor: Anchored | None = None
    antecedent: Anchored | None = None
    roles: tuple[Role, ...] = ()
    condition: Anchored | None = None
    lead: Anchored | None = None
    details: tuple[Anchored, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()

    @property
    def time_limit(self) -> TimeLimit | None:
        """The first limit, where there is one."""
        return self.time_limits[0] if self.time_limits else None


class NamedSort(StrEnum):
    """What a reader can use: fill in, ring, write to, open."""

    FORM = "form"
    TELEPHONE = "telephone"
    EMAIL = "email"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Named:
    """A form or a contact that the text names; `whose` spans the service that a number belongs to."""

    sort: NamedSort
    place: Anchored
    line: Anchored
    whose: Anchored | None = None


class ReferenceSort(StrEnum):
    """What is referred to."""

    CHAPTER = "chapter"
    LEGISLATION = "legislation"
    GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True)
class Reference:
    """`place` spans the reference's words.

    `number` and `title` are what the text calls the chapter ("6.2", "Professional differences and
    escalation"); `document_id` and `target_anchor` are what stands under that name in the library now, None
    where nothing does: they are looked up at each reading, since documents come and go.
    """

    sort: ReferenceSort
    place: Anchored
    number: str | None = None
    title: str | None = None
    document_id: str | None = None
    target_anchor: str | None = None


@dataclass(frozen=True, slots=True)
class EscalationStage:
    """A rung of the ladder: stage `number`, who speaks to whom or decides, and by when.

    `place` is the row or paragraph that says so; `heading` the stage's own heading, where there is one.
    """

    number: int
    place: Anchored
    who: Anchored | None = None
    roles: tuple[Role, ...] = ()
    deadline: TimeLimit | None = None
    heading: Anchored | None = None


@dataclass(frozen=True, slots=True)
class ReadProcedure:
    """All that was read from one version, each list in reading order.

    `time_limits` holds every limit, those of duties included. `chapter` is the printed number ("2.1"), None
    where the document has none. `rules` names the rules it was read by.
    """

    document_id: str
    version: int
    title: str
    chapter: str | None
    rules: str
    triggers: tuple[Trigger, ...] = ()
    duties: tuple[Duty, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()
    named: tuple[Named, ...] = ()
    references: tuple[Reference, ...] = ()
    stages: tuple[EscalationStage, ...] = ()
