"""What the page for leads shows: roles by name, steps under headings of time, and the form of events and
dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Self

from assistant.applicable.results import Step
from assistant.due_dates import DueDate, DueDates
from assistant.timescales import Event, Unknown, due
from corpus.errors import NotFound
from corpus.passages import Citation
from corpus.procedures import Role, TimeLimit, Unit

ROLES = {role.value: role for role in Role if role is not Role.ALL}
ROLE_NAMES = {
    "school": "School or nursery",
    "health": "Health",
    "police": "Police",
    "social_care": "Children's social care",
    "housing": "Housing",
    "voluntary_sector": "Voluntary sector",
    "probation": "Probation",
}
VERDICTS = {
    "applies": "These apply",
    "may_apply": "These may apply",
    "considered": "Considered, does not seem to apply",
}
DATES = {
    Unknown.AT_ONCE: "At once: there is no date to work out.",
    Unknown.BY_EVENT: "By an event, not by a date.",
    Unknown.SCHOOL_DAYS: "School days follow the school's own calendar: count them there.",
    Unknown.NEEDS_TIME: "Give the time of day, too: this limit is counted in hours.",
    Unknown.OUT_OF_RANGE: "This date is too far away to work out.",
}
_DAY, _WEEK, _MONTH = 34.0, 170.0, 740.0
_HEADINGS = (
    (0.0, "At once, or the same day"),
    (_DAY, "Within a day"),
    (_WEEK, "Within a week"),
    (_MONTH, "Within a month"),
    (float("inf"), "Later, or again and again"),
)
NO_TIME = "By an event, or no time stated"


def grouped(steps: Iterable[Step]) -> dict[str, list[Step]]:
    """The steps, in their order, under headings of time; headings without any are left out."""
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(_heading(step.hours), []).append(step)
    return found


def _heading(hours: float | None) -> str:
    if hours is None:
        return NO_TIME
    return next(heading for most, heading in _HEADINGS if hours <= most)


@dataclass(frozen=True, slots=True)
class Group:
    """The limits of one document that are counted from one event. `name` is that of its fields; `on` and `at`
    are what was typed, `fault` says what is wrong with it."""

    name: str
    title: str
    event: str
    limits: tuple[tuple[TimeLimit, Citation], ...]
    on: str
    at: str
    fault: str
    dates: tuple[DueDate, ...]

    @property
    def heading(self) -> str:
        """From what the limits are counted, as far as the text says."""
        if self.event:
            return f"From: {self.event}"
        if all(limit.recurring for limit, _ in self.limits):
            return "From the last time that this was done"
        return "From the event that this speaks of"

    @property
    def needs_time(self) -> bool:
        """Whether any limit is counted in hours or minutes."""
        return any(limit.unit in (Unit.HOURS, Unit.MINUTES) for limit, _ in self.limits)


@dataclass(frozen=True, slots=True)
class DatesForm:
    """All groups of the chosen documents; `show` names these as a permanent link does."""

    show: str
    groups: tuple[Group, ...]

    @property
    def counted(self) -> list[DueDate]:
        """Every date that was asked for."""
        return [one for group in self.groups for one in group.dates]

    @classmethod
    def of(cls, due_dates: DueDates, chosen: Sequence[tuple[str, int]], sent: Mapping[str, str]) -> Self:
        """What of the documents is there, filled in with what was sent."""
        groups: list[Group] = []
        for number, (document_id, version) in enumerate(chosen):
            try:
                limits = due_dates.limits(document_id, version)
            except NotFound:
                continue  # The others are shown all the same.
            groups += _groups(f"{number}", limits, sent)
        return cls(".".join(f"{document}~{version}" for document, version in chosen), tuple(groups))


def _groups(
    prefix: str, limits: Sequence[tuple[TimeLimit, Citation]], sent: Mapping[str, str]
) -> Iterable[Group]:
    by_event: dict[str, list[tuple[TimeLimit, Citation]]] = {}
    for limit, citation in limits:
        if limit.amount is not None:
            by_event.setdefault(_event_of(limit) or f"\0{limit.line.start}", []).append((limit, citation))
    for at, (event, found) in enumerate(by_event.items()):
        name = f"{prefix}-{at}"
        yield _filled(name, "" if event.startswith("\0") else _event_of(found[0][0]), found, sent)


def _event_of(limit: TimeLimit) -> str:
    return limit.event.words if limit.event else ""


def _filled(
    name: str, event: str, limits: Sequence[tuple[TimeLimit, Citation]], sent: Mapping[str, str]
) -> Group:
    on, at = sent.get(f"on-{name}", "").strip()[:20], sent.get(f"at-{name}", "").strip()[:20]
    fault, dates = "", tuple[DueDate, ...]()
    if on:
        try:
            happened = Event(date.fromisoformat(on), time.fromisoformat(at) if at else None)
            dates = tuple(DueDate(limit, citation, due(limit, happened)) for limit, citation in limits)
        except ValueError:
            fault = "Write the date as 2026-04-02, and the time as 14:30."
    return Group(name, limits[0][1].title, event, tuple(limits), on, at, fault, dates)
