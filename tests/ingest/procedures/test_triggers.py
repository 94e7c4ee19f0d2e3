"""When a procedure applies is read from what it says of itself, from its lists, and from its headings."""

from __future__ import annotations

import pytest

from corpus.procedures import TriggerSort
from tests.ingest.procedures.making import read_sentence, read_text

SCOPE, TRIGGER = TriggerSort.SCOPE, TriggerSort.TRIGGER
INDICATOR, EXCLUSION = TriggerSort.INDICATOR, TriggerSort.EXCLUSION


@pytest.mark.parametrize(
    ("sentence", "sort"),
    [
        ("This procedure covers children in hospital.", SCOPE),
        ("This multi-agency protocol sets out how agencies share information.", SCOPE),
        ("This guidance applies to all schools.", SCOPE),
        ("This procedure applies when a child is missing.", TRIGGER),
        ("This chapter should be used where a parent threatens staff.", TRIGGER),
        ("This procedure does not apply to children in care.", EXCLUSION),
        ("This policy is not intended for complaints.", EXCLUSION),
        ("Being young is not a reason for referral by itself.", EXCLUSION),
        ("Signs include unexplained gifts and tiredness.", INDICATOR),
    ],
)
def test_what_a_chapter_says_of_itself(sentence: str, sort: TriggerSort) -> None:
    (trigger,) = read_sentence(sentence).triggers

    assert (trigger.sort, trigger.place.words, trigger.lead) == (sort, sentence, None)


def test_it_means_the_chapter_only_where_the_chapter_is_spoken_of() -> None:
    about = read_sentence("This procedure covers schools. It also applies when a child is at home.")
    other = read_sentence("A visit is short. It covers the home.")

    assert [trigger.sort for trigger in about.triggers] == [SCOPE, TRIGGER]
    assert other.triggers == ()


@pytest.mark.parametrize(
    ("heading", "lead", "sort"),
    [
        ("Scope", "This procedure applies when:", TRIGGER),
        ("What to do", "A referral should be made where one or more of the following apply:", TRIGGER),
        ("Criteria", "The child has:", TRIGGER),
        ("Warning signs", "Among others:", INDICATOR),
        ("What to do", "Practitioners should look for:", INDICATOR),
        ("Scope", "This procedure does not apply where:", EXCLUSION),
    ],
)
def test_items_are_of_the_sort_of_their_lead_in(heading: str, lead: str, sort: TriggerSort) -> None:
    read = read_text(f"# 1.1 A chapter\n\n## {heading}\n\n1.1.1 {lead}\n\n- a bruise; or\n- a fall.\n")

    assert [(t.sort, t.place.words, t.lead and t.lead.words) for t in read.triggers] == [
        (sort, "a bruise; or", lead),
        (sort, "a fall.", lead),
    ]


def test_lists_of_other_things_are_no_triggers() -> None:
    read = read_text("# 1.1 A\n\n## The plan\n\n1.1.1 The plan must say:\n\n- who visits; and\n- when.\n")

    assert read.triggers == ()


def test_a_section_on_scope_opens_with_what_it_is_about() -> None:
    read = read_sentence("A strategy discussion brings agencies together. It is short. It is kind.", "Scope")

    assert [trigger.sort for trigger in read.triggers] == [SCOPE]


def test_what_counts_is_said_where_the_scope_is() -> None:
    read = read_sentence(
        "The law is old. A child is privately fostered when the child lives with a friend.", "Scope"
    )

    assert read.triggers[-1].sort is TRIGGER
