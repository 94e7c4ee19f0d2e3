"""A trigger in nearly its own words is recognised, where it is told as so and of now."""

from __future__ import annotations

import pytest

from assistant.applicable.situation import aspects_of
from assistant.applicable.triggers import Triggers
from corpus.procedures import Anchored, ReadProcedure, Trigger, TriggerSort

APPLIES, MAY_APPLY = 0.2, 0.06
WHEN = "This procedure applies when:"
LISTED = {
    "carers": [(WHEN, "a child is acting as a carer for a parent; or")],
    "protection": [
        (
            WHEN,
            "a child has been taken into police protection or is the subject of an emergency protection "
            "order;",
        )
    ],
    "babies": [(WHEN, "a baby who is not yet crawling has a bruise or a mark;")],
    "allegations": [
        ("This procedure applies when a worker is alleged to have:", "harmed or frightened a child;")
    ],
    "many": [
        (WHEN, "a child has a child protection plan that has been signed;"),
        (WHEN, "an adult is involved;"),
    ],
    **{f"plans {n}": [(WHEN, "a child has a child protection plan that has been signed;")] for n in range(5)},
}


def place(words: str) -> Anchored:
    return Anchored("a", 1, "x", 0, len(words), words)


def procedure(title: str, triggers: list[tuple[str, str]]) -> ReadProcedure:
    found = tuple(Trigger(TriggerSort.TRIGGER, place(text), place(lead)) for lead, text in triggers)
    return ReadProcedure(title, 1, title, None, "rules", triggers=found)


@pytest.fixture(scope="module")
def triggers() -> Triggers:
    texts = [[text for _, text in listed] for listed in LISTED.values()]
    return Triggers([procedure(title, listed) for title, listed in LISTED.items()], texts)


def lifted(triggers: Triggers, situation: str) -> dict[str, float]:
    strengths = triggers.lifted(triggers.held(()), aspects_of(situation), MAY_APPLY, APPLIES)
    return {title: value for title, value in zip(LISTED, strengths.tolist(), strict=True) if value}


@pytest.mark.parametrize(
    ("situation", "title"),
    [
        ("A child is acting as a carer for a parent", "carers"),
        (
            "We think that a boy of nine acts as the carer for his mother, and he does not go to school.",
            "carers",
        ),
        ("Last night two sisters were taken into police protection. What now?", "protection"),
        ("His sister is the subject of an emergency protection order.", "protection"),
        ("The baby is not yet crawling and has a bruise or mark.", "babies"),
        ("The worker is alleged to have harmed or frightened a child.", "allegations"),
    ],
)
def test_a_sentence_with_all_words_of_a_trigger_or_an_alternative_makes_it_apply(
    triggers: Triggers, situation: str, title: str
) -> None:
    assert lifted(triggers, situation) == {title: APPLIES}


def test_a_sentence_that_lacks_a_word_of_little_weight_makes_it_possible(triggers: Triggers) -> None:
    assert lifted(triggers, "Two brothers are in police protection since last night.") == {
        "protection": MAY_APPLY
    }


@pytest.mark.parametrize(
    "situation",
    [
        "The boy is not acting as a carer for his mother.",
        "Nobody says that the child is acting as a carer for a parent.",
        "There is no sign that the child is acting as a carer for a parent.",
        "When she was a child the mother was acting as a carer for her parent.",
        "Ten years ago the child was acting as a carer for a parent.",
        "The baby is crawling and has a bruise or a mark.",
        # Words of a trigger from two sentences, or far apart in one.
        "The child is acting in a play. A carer of the parent came.",
        "The child was acting in the play at the new school on the hill for which they had been rehearsing "
        "since the summer term began, and his aunt, a carer in a home in another town, rang his parent.",
        # One that tells of nearly every procedure, one that goes on from its lead, and one that is too short.
        "A child has a child protection plan that has been signed.",
        "He harmed or frightened a child.",
        "An adult is involved.",
        "The police asked for the child's protection plan.",
    ],
)
def test_what_is_denied_past_scattered_or_said_of_too_many_lifts_nothing(
    triggers: Triggers, situation: str
) -> None:
    assert lifted(triggers, situation) == {}


def test_nothing_is_made_weaker(triggers: Triggers) -> None:
    strengths = triggers.held(()) + 0.9
    after = triggers.lifted(
        strengths, aspects_of("A child is acting as a carer for a parent."), MAY_APPLY, APPLIES
    )
    assert (after == strengths).all()
