"""An option or a question of a list is no duty by itself; the duty is to choose or to answer."""

from __future__ import annotations

import pytest

from corpus.procedures import Duty
from tests.ingest.procedures.making import read_text


def read(lead: str, *items: str) -> tuple[Duty, ...]:
    listed = "\n".join(f"- {item}" for item in items)
    return read_text(f"# 1.1 A chapter\n\n1.1.1 {lead}\n\n{listed}\n").duties


@pytest.mark.parametrize(
    "lead",
    [
        "The chair must choose one of these outcomes and record why:",
        "The manager must decide one of the following:",
        "The manager must decide:",
        "The meeting must decide and record:",
        "The panel should determine by the end of the day:",
        "The manager must say which of these is true:",
        "The panel must take either of the two courses:",
        "The nurse should ask:",
        "The team should consider whether:",
    ],
)
def test_what_is_chosen_from_or_asked_binds_nobody(lead: str) -> None:
    (duty,) = read(lead, "the case is plain and the police should be called;", "the school must write.")

    assert duty.line.words == lead
    assert len(duty.details) == 2


@pytest.mark.parametrize(
    "lead",
    [
        "One of these people must do the following:",
        "The manager must decide to do the following:",
        "When the panel decides, the manager must make sure of this:",
        "The manager must make sure of this:",
        "The lead should consider the following:",
    ],
)
def test_deeds_that_are_listed_stay_duties(lead: str) -> None:
    found = read(lead, "the police should be called; and", "the school must write.")

    assert [duty.action.words for duty in found[1:]] == ["be called; and", "write"]


@pytest.mark.parametrize("item", ["whether pills, diets or drugs should stop;", "or the school must write;"])
def test_a_question_binds_nobody_whatever_introduces_it(item: str) -> None:
    (duty,) = read("The record must set out:", "the facts;", item, "the date.")

    assert duty.line.words == "The record must set out:"


def test_a_deed_that_is_due_either_way_stays_a_duty() -> None:
    found = read("The manager must note:", "whether or not the parents agree, the school must write.")

    assert found[-1].action.words == "write"


def test_alternatives_under_a_duty_bind_nobody() -> None:
    (duty,) = read(
        "The plan must show that:", "staff should visit;", "the school must write; or", "all is well."
    )

    assert duty.line.words == "The plan must show that:"


def test_an_alternative_with_a_case_of_its_own_stays_a_duty() -> None:
    _, duty = read(
        "The worry must be passed on:", "where a head is accused, the chair must be told; or", "to the head."
    )

    assert duty.condition
    assert duty.condition.words == "where a head is accused"


def test_alternatives_that_no_lead_in_binds_to_stay_duties() -> None:
    found = read("If a child is hurt, then:", "the teacher must ring 999; or", "the nurse must come.")

    assert len(found) == 2


@pytest.mark.parametrize("lead", ["The nurse must:", "The nurse must either:"])
def test_alternatives_under_a_bare_verb_are_one_duty(lead: str) -> None:
    (duty,) = read(lead, "ring the school; or", "write to the parents.")

    assert [detail.words for detail in duty.details] == ["ring the school; or", "write to the parents."]


@pytest.mark.parametrize("lead", ["Staff must not:", "Staff may:"])
def test_of_what_is_forbidden_or_allowed_each_item_counts(lead: str) -> None:
    found = read(lead, "ring the parents; or", "write to the family.")

    assert [duty.action.words for duty in found] == ["ring the parents", "write to the family"]


def test_what_runs_on_after_the_options_stays_a_duty() -> None:
    found = read(
        "The chair must choose one of these:",
        "the school should write",
        "all is well.",
        "The nurse must keep a record.",
    )

    assert [duty.action.words for duty in found[1:]] == ["keep a record"]
