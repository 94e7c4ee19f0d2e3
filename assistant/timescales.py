"""Date arithmetic over time limits that were read from cited text: an event and its date in, the day it is
due out.

Working days leave out week-ends and the bank holidays of England and Wales, moved ones as they were moved.
The day of the event itself never counts: one working day after a Friday is the Monday, and so it is after a
Saturday or a Sunday. A month ends on the same day of the month, or on its last day where it is shorter.
Hours run by the clock of the people who work to them, also over the night in which the clocks change.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo

from corpus.procedures import Bound, TimeLimit, Unit

LONDON = ZoneInfo("Europe/London")
_FOLLOWING = 3
_SATURDAY = 5
# Forty years: no limit that a person will live to keep.
_MOST_WORKING_DAYS = 10_000
_HOURS_A_DAY = 24
_MINUTES_AN_HOUR = 60


class Unknown(StrEnum):
    """Why a limit gives no date."""

    AT_ONCE = "at_once"
    BY_EVENT = "by_event"
    SCHOOL_DAYS = "school_days"
    NEEDS_TIME = "needs_time"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or will; `at` is its time of day by the clock in England, None where
    unknown."""

    on: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """`on` is the last day (for a limit of "at least", the first); `at` the time of day where the limit is
    counted in hours or minutes and the event's time is known. `following` are the next dates of a recurring
    limit. `left_out` are the bank holidays, by date, that no working day could fall on."""

    on: date
    at: datetime | None = None
    following: tuple[date, ...] = ()
    left_out: tuple[tuple[date, str], ...] = ()


def due(limit: TimeLimit, event: Event) -> Due | Unknown:
    """When the limit ends that this event starts, or why no date can be given."""
    if limit.bound is Bound.AT_ONCE:
        return Unknown.AT_ONCE
    if limit.amount is None or limit.unit is None:
        return Unknown.BY_EVENT
    amount = -limit.amount if limit.before else limit.amount
    try:
        first = counted(event, amount, limit.unit)
        if isinstance(first, Unknown) or not limit.recurring:
            return first
        return _recurring(first, event, amount, limit.unit)
    except (OverflowError, ValueError):
        return Unknown.OUT_OF_RANGE


def counted(event: Event, amount: int, unit: Unit) -> Due | Unknown:
    """`amount` of `unit` from the event; a negative amount is counted back. Raises OverflowError or
    ValueError beyond what a calendar holds."""
    match unit:
        case Unit.SCHOOL_DAYS:
            return Unknown.SCHOOL_DAYS
        case Unit.HOURS:
            return _by_the_clock(event, amount * _MINUTES_AN_HOUR)
        case Unit.MINUTES:
            return _by_the_clock(event, amount)
        case Unit.WORKING_DAYS:
            day = working_days_from(event.on, amount)
            return Due(day, left_out=tuple(_bank_holidays_between(event.on, day)))
        case Unit.DAYS:
            return Due(event.on + timedelta(days=amount))
        case Unit.WEEKS:
            return Due(event.on + timedelta(weeks=amount))
        case Unit.MONTHS:
            return Due(months_from(event.on, amount))
        case Unit.YEARS:
            return Due(months_from(event.on, 12 * amount))


def working_days_from(day: date, amount: int) -> date:
    """The day that many working days later, or earlier where `amount` is negative; the day itself for 0.
    Raises OverflowError."""
    if abs(amount) > _MOST_WORKING_DAYS:
        raise OverflowError("So many working days are beyond any calendar.")
    step = timedelta(days=1 if amount > 0 else -1)
    for _ in range(abs(amount)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def months_from(day: date, amount: int) -> date:
    """The same day of the month that many months later, or the last of that month where it has no such
    day."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


@cache
def _bank_holidays(year: int) -> dict[date, str]:
    # Imported at the first date: nobody who only asks questions waits for it.
    from holidays import country_holidays

    # England's are those of Wales, too.
    return dict(country_holidays("GB", subdiv="ENG", years=year))


def _bank_holidays_between(one: date, other: date) -> Iterator[tuple[date, str]]:
    """Those that would have been working days, the first day left out."""
    low, high = sorted((one, other))
    for year in range(low.year, high.year + 1):
        for day, name in sorted(_bank_holidays(year).items()):
            if low <= day <= high and day != one and day.weekday() < _SATURDAY:
                yield day, name


def _by_the_clock(event: Event, minutes: int) -> Due | Unknown:
    if event.at is None:
        whole_days, rest = divmod(minutes, _HOURS_A_DAY * _MINUTES_AN_HOUR)
        # Whole days later at the same hour, whichever that was.
        return Unknown.NEEDS_TIME if rest else Due(event.on + timedelta(days=whole_days))
    started = datetime.combine(event.on, event.at, LONDON).astimezone(UTC)
    ended = (started + timedelta(minutes=minutes)).astimezone(LONDON)
    return Due(ended.date(), ended)


def _recurring(first: Due, event: Event, amount: int, unit: Unit) -> Due:
    return Due(first.on, first.at, tuple(islice(_later(event, amount, unit), _FOLLOWING)), first.left_out)


def _later(event: Event, amount: int, unit: Unit) -> Iterator[date]:
    """After the first, each counted from the event, so that a month's end stays one."""
    for times in range(2, _FOLLOWING + 2):
        found = counted(event, times * amount, unit)
        if isinstance(found, Due):
            yield found.on
