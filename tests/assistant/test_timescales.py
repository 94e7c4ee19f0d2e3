"""Each dated case against the day that was worked out by hand, and what no date can be given for."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.timescales import Due, Event, Unknown, counted, due, is_working_day
from corpus.procedures import Anchored, Bound, TimeLimit, Unit

CASES = yaml.safe_load((Path(__file__).parent / "dated_cases.yaml").read_text(encoding="utf-8"))
PLACE = Anchored("d", 1, "1", 0, 4, "soon")


def limit(bound: Bound, amount: int | None = None, unit: Unit | None = None, **more: Any) -> TimeLimit:
    return TimeLimit(bound, PLACE, PLACE, amount, unit, **more)


def test_there_are_sixty_dated_cases_at_least() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['event']} {case['amount']} {case['unit']}")
def test_a_limit_ends_on_the_day_that_a_calendar_says(case: dict[str, Any]) -> None:
    at = time.fromisoformat(case["at"]) if "at" in case else None

    found = counted(Event(case["event"], at), case["amount"], Unit(case["unit"]))

    assert isinstance(found, Due)
    assert found.on == case["due"]
    if "due_at" in case:
        assert found.at is not None
        assert f"{found.at:%H:%M}" == case["due_at"]


def test_a_limit_before_its_event_is_counted_back() -> None:
    found = due(limit(Bound.AT_LEAST, 6, Unit.WEEKS, before=True), Event(date(2026, 4, 20)))
    assert isinstance(found, Due)
    assert found.on == date(2026, 3, 9)


def test_a_recurring_limit_names_the_next_dates_each_counted_from_the_event() -> None:
    found = due(limit(Bound.AT_MOST, 1, Unit.MONTHS, recurring=True), Event(date(2026, 1, 31)))
    assert isinstance(found, Due)
    assert (found.on, *found.following) == (
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
    )


def test_the_bank_holidays_that_were_left_out_are_told() -> None:
    found = counted(Event(date(2026, 4, 2)), 1, Unit.WORKING_DAYS)
    assert isinstance(found, Due)
    assert [day for day, _ in found.left_out] == [date(2026, 4, 3), date(2026, 4, 6)]


@pytest.mark.parametrize(
    ("unknown", "of"),
    [
        (Unknown.AT_ONCE, limit(Bound.AT_ONCE)),
        (Unknown.BY_EVENT, limit(Bound.BY_EVENT)),
        (Unknown.SCHOOL_DAYS, limit(Bound.AT_MOST, 5, Unit.SCHOOL_DAYS)),
        (Unknown.NEEDS_TIME, limit(Bound.AT_MOST, 4, Unit.HOURS)),
        (Unknown.OUT_OF_RANGE, limit(Bound.AT_MOST, 9000, Unit.YEARS)),
        (Unknown.OUT_OF_RANGE, limit(Bound.AT_MOST, 10**12, Unit.DAYS)),
    ],
)
def test_where_no_date_can_be_given_the_reason_is(unknown: Unknown, of: TimeLimit) -> None:
    assert due(of, Event(date(2026, 3, 2))) is unknown


def test_the_same_day_is_the_day_of_the_event_even_on_a_sunday() -> None:
    found = due(limit(Bound.AT_MOST, 0, Unit.DAYS), Event(date(2026, 3, 8)))
    assert isinstance(found, Due)
    assert found.on == date(2026, 3, 8)


def test_a_moved_bank_holiday_is_a_working_day_where_it_would_have_been() -> None:
    assert is_working_day(date(2022, 5, 30))
    assert not is_working_day(date(2022, 6, 2))
