"""Time limits are read with amount, unit, bound and the event that starts them."""

from __future__ import annotations

import pytest

from corpus.procedures import Bound, Role, TimeLimit, Unit
from tests.ingest.procedures.making import read_sentence, read_text


def limits(sentence: str) -> tuple[TimeLimit, ...]:
    return read_sentence(sentence).time_limits


@pytest.mark.parametrize(
    ("words", "bound", "amount", "unit"),
    [
        ("within 24 hours", Bound.AT_MOST, 24, Unit.HOURS),
        ("within one working day", Bound.AT_MOST, 1, Unit.WORKING_DAYS),
        ("within 45 (forty-five) working days", Bound.AT_MOST, 45, Unit.WORKING_DAYS),
        ("no later than ten school days", Bound.AT_MOST, 10, Unit.SCHOOL_DAYS),
        ("within a fortnight", Bound.AT_MOST, 2, Unit.WEEKS),
        ("within an hour", Bound.AT_MOST, 1, Unit.HOURS),
        ("within a maximum of six calendar months", Bound.AT_MOST, 6, Unit.MONTHS),
        ("up to 72 hours", Bound.AT_MOST, 72, Unit.HOURS),
        ("not less than 3 days", Bound.AT_LEAST, 3, Unit.DAYS),
        ("on the same day", Bound.AT_MOST, 0, Unit.DAYS),
        ("by the end of the next working day", Bound.AT_MOST, 1, Unit.WORKING_DAYS),
        ("at once", Bound.AT_ONCE, None, None),
        ("without undue delay", Bound.AT_ONCE, None, None),
        ("as soon as is reasonably practicable", Bound.AT_ONCE, None, None),
    ],
)
def test_wordings(words: str, bound: Bound, amount: int | None, unit: Unit | None) -> None:
    (limit,) = limits(f"The manager must decide {words}.")

    assert (limit.bound, limit.amount, limit.unit, limit.place.words) == (bound, amount, unit, words)


@pytest.mark.parametrize(
    "sentence",
    [
        "Staff must help a child under 16 years of age.",
        "The police must act when a child is missing for more than 48 hours.",
        "A manager must call a meeting after three episodes in 90 days.",
        "Staff should look at the last 6 months.",
        "A stay of 28 days or more counts.",
        "The child may not realise it immediately.",
        "Staff should ask whether it has happened before.",
    ],
)
def test_other_amounts_of_time_are_no_limits(sentence: str) -> None:
    assert limits(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "event", "before"),
    [
        (
            "It must be held within 15 working days of the strategy discussion.",
            "the strategy discussion",
            False,
        ),
        (
            "The team must decide within 1 working day of receiving the referral, and record it.",
            "receiving the referral",
            False,
        ),
        (
            "The review must be held no later than four weeks after the initial assessment.",
            "the initial assessment",
            False,
        ),
        ("Reports must be sent at least two working days before the conference.", "the conference", True),
        ("Within 2 days of the visit the manager must write.", "the visit", False),
        (
            "The LADO must be told within 1 working day of an event in paragraph 6.1.3.",
            "an event in paragraph 6.1.3",
            False,
        ),
    ],
)
def test_the_event_is_found(sentence: str, event: str, before: bool) -> None:
    (limit,) = limits(sentence)

    assert limit.event
    assert limit.event.words == event
    assert limit.before is before


@pytest.mark.parametrize(
    ("words", "amount", "unit"),
    [
        ("at least every 6 weeks", 6, Unit.WEEKS),
        ("every six months", 6, Unit.MONTHS),
        ("at intervals of no more than 10 working days", 10, Unit.WORKING_DAYS),
        ("at least once a month", 1, Unit.MONTHS),
    ],
)
def test_intervals_recur(words: str, amount: int, unit: Unit) -> None:
    (limit,) = limits(f"The worker must visit {words}.")

    assert (limit.bound, limit.recurring) == (Bound.AT_MOST, True)
    assert (limit.amount, limit.unit, limit.place.words) == (amount, unit, words)


def test_what_happens_first_can_be_the_limit() -> None:
    first, second = limits(
        "Before a visit the manager must read the record. Staff must ring as soon as they are safe."
    )

    assert (first.bound, first.event and first.event.words) == (Bound.BY_EVENT, "a visit")
    assert (second.bound, second.event and second.event.words) == (Bound.BY_EVENT, "they are safe")


def test_a_limit_goes_to_the_duty_that_it_stands_in() -> None:
    first, second = read_sentence("The midwife must ring at once, and must write within 2 days.").duties

    assert [limit.bound for limit in first.time_limits] == [Bound.AT_ONCE]
    assert [limit.amount for limit in second.time_limits] == [2]
    assert second.time_limit == second.time_limits[0]


TABLE = """# 1.1 A

| {0} | {1} | {2} |
|---|---|---|
| Decision on a referral | Front door manager | 1 working day |
| Call | Anyone | At once |
| Risk set | Police | When the report is made |
"""


@pytest.mark.parametrize(
    "heads", [("Event", "Who", "Time limit"), ("Action", "By whom", "Timescale"), ("Task", "Lead", "By when")]
)
def test_a_table_says_what_who_and_by_when(heads: tuple[str, str, str]) -> None:
    first, second, third = read_text(TABLE.format(*heads)).time_limits

    assert (first.amount, first.unit, first.roles) == (1, Unit.WORKING_DAYS, (Role.SOCIAL_CARE,))
    assert first.what
    assert first.what.words == "Decision on a referral"
    assert first.actor
    assert first.actor.words == "Front door manager"
    assert second.bound is Bound.AT_ONCE
    assert (third.bound, third.event and third.event.words) == (Bound.BY_EVENT, "When the report is made")


def test_a_table_without_such_a_column_gives_only_what_is_written_as_a_limit() -> None:
    table = "# 1.1 A\n\n| Age | Note |\n|---|---|\n| 6 weeks | Visit within 10 days |\n"

    assert [(limit.amount, limit.unit) for limit in read_text(table).time_limits] == [(10, Unit.DAYS)]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("At least 2 working days before", 2),
        ("2 working days before.", 2),
        ("At least 3 working days beforehand", 3),
        ("5 working days in advance", 5),
        ("5 working days ahead, in writing", 5),
        ("No later than 4 working days prior", 4),
    ],
)
def test_a_cell_that_ends_in_before_counts_back(cell: str, amount: int) -> None:
    table = f"# 1.1 A\n\n| Event | Who | Time limit |\n|---|---|---|\n| Report given | Nurse | {cell} |\n"

    (limit,) = read_text(table).time_limits

    assert (limit.amount, limit.before, limit.event) == (amount, True, None)
    assert limit.place.words == cell.partition(",")[0].rstrip(".")


@pytest.mark.parametrize("words", ["before", "ahead of", "in advance of", "prior to"])
def test_every_word_for_before_counts_back_from_its_event(words: str) -> None:
    (limit,) = limits(f"Reports must be sent at least two days {words} the conference.")

    assert (limit.before, limit.event and limit.event.words) == (True, "the conference")


@pytest.mark.parametrize("words", ["after", "afterwards", "later"])
def test_what_comes_after_does_not_count_back(words: str) -> None:
    table = f"# 1.1 A\n\n| Event | Time limit |\n|---|---|\n| Visit | Within 2 days {words} |\n"

    assert not any(limit.before for limit in read_text(table).time_limits)
