"""Title, kind and review dates."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.documents import Kind
from ingest.blocks import Block, BlockKind, Reading
from ingest.dates import read_date
from ingest.metadata import Facts, facts_of
from tests.ingest.making import heading, paragraph, reading, table


def facts(*words: str, title: str = "A page") -> Facts:
    return facts_of(reading(heading(title, 1), *map(paragraph, words)), "page.txt")


def test_the_title_is_the_stated_one_else_the_top_heading_else_the_file_name() -> None:
    top = (heading("Small", 3), heading("Large", 1))
    assert facts_of(reading(*top, title="Stated"), "x.md").title == "Stated"
    assert facts_of(reading(*top, title="Microsoft Word - draft.docx"), "x.md").title == "Large"
    assert (
        facts_of(reading(paragraph("x")), "in/child_protection-plans.v2.PDF").title
        == "Child protection plans.v2"
    )


@pytest.mark.parametrize("name", ["....md", "---.pdf", "..."])
def test_a_name_without_words_gives_no_title(name: str) -> None:
    assert facts_of(reading(paragraph("x")), name).title == "Document"


def test_the_kind_given_by_a_person_stands_above_the_stated_one() -> None:
    stated = reading(heading("Learning briefing"), kind="Procedure")
    assert facts_of(stated, "x").kind is Kind.PROCEDURE
    assert facts_of(stated, "x", Kind.GUIDANCE).kind is Kind.GUIDANCE


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Thematic LCSPR learning briefing", Kind.BRIEFING),
        ("Local child safeguarding practice review: Child Q", Kind.BRIEFING),
        ("Inspection of Sample local authority children's services", Kind.BRIEFING),
        ("Statutory guidance for schools", Kind.GUIDANCE),
        ("Information sharing: advice for practitioners", Kind.GUIDANCE),
        ("Children's social care national framework", Kind.GUIDANCE),
        ("Child protection procedures manual", Kind.PROCEDURE),
        ("Missing children policy", Kind.PROCEDURE),
    ],
)
def test_the_kind_is_recognised_from_the_title(title: str, kind: Kind) -> None:
    found = facts(title=title)
    assert (found.kind, found.warnings) == (kind, ())


def test_the_kind_is_recognised_from_the_first_words() -> None:
    assert facts("2.1.1 This procedure applies to all. See statutory guidance.").kind is Kind.PROCEDURE
    assert facts("Lead inspector: A. Person").kind is Kind.BRIEFING


def test_an_unknown_kind_is_guidance_with_advice_on_how_to_set_it() -> None:
    found = facts("Nothing to go by.")
    assert found.kind is Kind.GUIDANCE
    assert "kind: procedure" in found.warnings[0]


def test_a_stated_kind_that_does_not_exist_is_reported() -> None:
    found = facts_of(reading(heading("Policy"), kind="leaflet"), "x")
    assert found.kind is Kind.PROCEDURE
    assert "leaflet" in found.warnings[0]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12 March 2025", date(2025, 3, 12)),
        ("Tuesday 1st Sept 2025", date(2025, 9, 1)),
        ("March 2025", date(2025, 3, 1)),
        ("2025-03-12", date(2025, 3, 12)),
        ("12/03/2025", date(2025, 3, 12)),
        ("12.03.25", date(2025, 3, 12)),
        ("March 12, 2025", date(2025, 3, 12)),
        ("31 June 2025", None),
        ("soon", None),
    ],
)
def test_dates_are_read_as_they_are_printed_in_britain(words: str, day: date | None) -> None:
    assert read_date(words) == day


@pytest.mark.parametrize(
    ("words", "last", "following"),
    [
        ("Last reviewed: 12 March 2025. Next review: March 2026", date(2025, 3, 12), date(2026, 3, 1)),
        ("Reviewed 12/03/2025, review date 12/03/2026", date(2025, 3, 12), date(2026, 3, 12)),
        ("Date of last review May 2024; date of next review: May 2025", date(2024, 5, 1), date(2025, 5, 1)),
        ("Published on Monday 3 June 2024", date(2024, 6, 3), None),
        ("To be reviewed by 1 May 2027", None, date(2027, 5, 1)),
        ("Their annual report, published in May 2021, was reviewed in June 2021.", None, None),
        ("The review took place in 2021. The report of 5 May 2021 was read.", None, None),
    ],
)
def test_review_dates_count_only_where_they_are_called_so(
    words: str, last: date | None, following: date | None
) -> None:
    found = facts(words)
    assert (found.last_reviewed, found.next_review) == (last, following)


def test_review_dates_are_found_in_tables_and_on_the_last_page() -> None:
    middle = [Block(BlockKind.PARAGRAPH, f"Words {n}.", page=2) for n in range(200)]
    last = [Block(b.kind, b.text, page=3, cells=b.cells) for b in table(("Next review", "1 May 2027"))]
    doc = Reading((heading("Policy", 1), *middle, *last), "application/pdf", pages=3)
    assert facts_of(doc, "x").next_review == date(2027, 5, 1)


def test_stated_dates_come_first_and_unreadable_ones_are_reported() -> None:
    stated = reading(heading("Policy"), paragraph("Last reviewed: May 2020"), last_reviewed="2026-03-09")
    assert facts_of(stated, "x").last_reviewed == date(2026, 3, 9)
    wrong = facts_of(reading(heading("Policy"), next_review="in spring"), "x")
    assert "in spring" in wrong.warnings[0]


@pytest.mark.parametrize(
    "words",
    [
        "Effective from: 1 April 2027",
        "Effective date 01/04/2027",
        "This procedure applies from 1st April 2027.",
        "In force from April 2027",
    ],
)
def test_the_day_from_which_it_applies_is_read_where_it_is_printed(words: str) -> None:
    assert facts(words).effective_from == date(2027, 4, 1)


def test_the_day_from_which_it_applies_may_be_stated_and_need_not_be() -> None:
    stated = reading(heading("Visits"), effective_from="2027-04-01")
    assert facts_of(stated, "x").effective_from == date(2027, 4, 1)
    assert facts("The duty applies from the day of the referral.").effective_from is None
