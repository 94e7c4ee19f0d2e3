"""Limits of two procedures disagree only where they are for the same thing, counted from the same event."""

from __future__ import annotations

import pytest

from assistant.applicable.duties import disagreements
from assistant.applicable.results import LimitShown
from corpus.procedures import Anchored, Bound, TimeLimit, Unit


def limit(line: str, amount: int, *, what: str = "", event: str = "", document: str = "a") -> LimitShown:
    """`line` holds "{}" where the limit stands, which is so many working days (of the event)."""
    words = f"within {amount} working days" + (f" of {event}" if event else "")
    start, text = line.index("{}"), line.format(words)

    def anchored(part: str) -> Anchored:
        return Anchored(document, 1, "x", text.index(part), text.index(part) + len(part), part)

    place = Anchored(document, 1, "x", start, start + len(words), words)
    read = TimeLimit(
        Bound.AT_MOST,
        place,
        anchored(text),
        amount,
        Unit.WORKING_DAYS,
        event=anchored(event) if event else None,
        what=anchored(what) if what else None,
    )
    return LimitShown(document, 1, read, 1)


CELL = "First core group"
MEETS = limit("The first core group must meet {}.", 10, event="the conference")


@pytest.mark.parametrize(
    "other",
    [
        limit("The first core group must meet {}.", 15, event="the conference"),
        limit("The first core group must be held {}.", 15, event="the initial child protection conference"),
        limit("The lead social worker must hold the first core group {}.", 15, event="the conference"),
        limit("First core group | Lead social worker | {}", 15, what=CELL, event="the conference"),
        # An event that is left to the reader may be the same one.
        limit("The first core group must meet {}.", 15),
    ],
)
def test_another_length_for_the_same_thing_is_a_disagreement(other: LimitShown) -> None:
    (pair,) = disagreements({"a": [MEETS], "b": [other]})
    assert {pair.one.limit.amount, pair.other.limit.amount} == {10, 15}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            limit("First core group | Lead social worker | {}", 10, what=CELL, event="the conference"),
            limit("Assessment completed | Social worker | {}", 45, what="Assessment completed"),
        ),
        (
            limit("First core group | Lead social worker | {}", 10, what=CELL),
            limit("Later core groups | Lead social worker | {}", 30, what="Later core groups"),
        ),
        (
            limit("The social worker must see the child {}.", 10, event="the referral"),
            limit("The social worker must tell the child the outcome {}.", 3, event="the referral"),
        ),
        (
            limit("The review conference must be held {}.", 60, event="the first conference"),
            limit("The review conference must be held {}.", 10, event="a serious injury"),
        ),
        (
            limit("Visits in the first year | Social worker | {}", 30, what="Visits in the first year"),
            limit("Visits after the first year | Social worker | {}", 60, what="Visits after the first year"),
        ),
        (MEETS, limit("The first core group must meet {}.", 10, event="the conference")),
    ],
)
def test_other_things_other_events_and_equal_lengths_are_none(one: LimitShown, other: LimitShown) -> None:
    assert disagreements({"a": [one], "b": [other]}) == ()


def test_one_procedure_is_not_set_against_itself() -> None:
    other = limit("The first core group must meet {}.", 15, event="the conference")
    assert disagreements({"a": [MEETS, other]}) == ()
