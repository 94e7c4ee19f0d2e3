"""References, contacts, forms and the stages of escalation."""

from __future__ import annotations

import pytest

from corpus.procedures import NamedSort, ReferenceSort, Role, Unit
from tests.ingest.procedures.making import read_sentence, read_text


@pytest.mark.parametrize(
    ("sentence", "number", "title"),
    [
        ("See chapter 6.2 (Professional differences).", "6.2", "Professional differences"),
        (
            "This is for them (see chapter 6.1, Allegations against people).",
            "6.1",
            "Allegations against people",
        ),
        ("Chapter 2.3 applies.", "2.3", None),
        ("Please refer to the Neglect and Emotional Abuse Procedure.", None, "Neglect and Emotional Abuse"),
    ],
)
def test_chapters_are_referred_to_by_number_or_title(sentence: str, number: str | None, title: str) -> None:
    (reference,) = read_sentence(sentence).references

    assert (reference.sort, reference.number, reference.title) == (ReferenceSort.CHAPTER, number, title)


def test_each_of_several_chapters_is_a_reference() -> None:
    read = read_sentence("Use chapters 2.3 (Strategy discussions) and 2.4 (Section 47 enquiries).")

    assert [reference.number for reference in read.references] == ["2.3", "2.4"]


@pytest.mark.parametrize(
    "words",
    [
        "section 47 of the Children Act 1989",
        "Domestic Abuse Act 2021",
        "section 17",
        "s.17",
        "sections 141D and 141E of the Education Act 2002",
    ],
)
def test_statute(words: str) -> None:
    (reference,) = read_sentence(f"Staff act under {words} then.").references

    assert (reference.sort, reference.place.words) == (ReferenceSort.LEGISLATION, words)


def test_guidance_with_its_edition() -> None:
    (reference,) = read_sentence("It follows Working together to safeguard children 2026 in this.").references

    assert reference.sort is ReferenceSort.GUIDANCE
    assert reference.place.words == "Working together to safeguard children 2026"


@pytest.mark.parametrize(
    ("sentence", "sort", "words", "whose"),
    [
        ("Ring the front door on 01632 960100.", NamedSort.TELEPHONE, "01632 960100", "the front door"),
        (
            "The nurse must ring the Emergency Duty Service on 01632 960199.",
            NamedSort.TELEPHONE,
            "01632 960199",
            "the Emergency Duty Service",
        ),
        ("Staff must ring 999.", NamedSort.TELEPHONE, "999", None),
        ("Write to lado@sample.example today.", NamedSort.EMAIL, "lado@sample.example", None),
        ("See https://www.sample.example/forms.", NamedSort.WEB, "https://www.sample.example/forms", None),
        (
            "Complete the multi-agency referral form at once.",
            NamedSort.FORM,
            "multi-agency referral form",
            None,
        ),
    ],
)
def test_contacts_and_forms(sentence: str, sort: NamedSort, words: str, whose: str | None) -> None:
    (named,) = read_sentence(sentence).named

    assert (named.sort, named.place.words) == (sort, words)
    assert (named.whose.words if named.whose else None) == whose


def test_numbers_of_years_and_children_are_not_rung() -> None:
    assert read_sentence("In 2019 there were 101 children in 999 homes.").named == ()


STAGES = """# 6.2 Escalation of professional differences

## The stages

| Stage | Who speaks to whom | Time limit |
|---|---|---|
| Stage 1 | Practitioner to practitioner | 1 working day |
| Stage 2 | Health visitor's manager to school | 2 working days |

### Stage 1: practitioners

6.2.1 The practitioner must ring.

### Stage 2: managers

6.2.2 The managers must speak within 2 working days.
"""


def test_a_table_and_its_headings_make_one_ladder() -> None:
    first, second = read_text(STAGES).stages

    assert (first.number, first.who and first.who.words) == (1, "Practitioner to practitioner")
    assert first.heading
    assert first.heading.words == "Stage 1: practitioners"
    assert second.deadline
    assert (second.deadline.amount, second.deadline.unit) == (2, Unit.WORKING_DAYS)
    assert second.place.words.startswith("Stage 2 | ")


def test_headings_alone_make_a_ladder_too() -> None:
    text = STAGES[: STAGES.index("| Stage |")] + STAGES[STAGES.index("### Stage 1") :]
    first, second = read_text(text).stages

    assert (first.deadline, second.who and second.who.words) == (None, "managers")
    assert second.deadline
    assert second.deadline.place.words == "within 2 working days"
    assert second.roles == (Role.ALL,)


def test_the_steps_of_another_procedure_are_no_ladder() -> None:
    assert read_text(STAGES.replace("Escalation of professional differences", "Baking")).stages == ()
