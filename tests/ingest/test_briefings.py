"""The typed parts of a learning briefing, in the forms in which briefings show them."""

from __future__ import annotations

import pytest

from corpus.documents import Kind, Part, Section
from ingest.addressee import addressee
from ingest.blocks import Block
from ingest.structure import Structured, structure
from tests.ingest.making import heading, item, paragraph, reading

PLAIN = (
    heading("Learning briefing", 1),
    paragraph("Key learning:"),
    paragraph("The review found the following."),
    paragraph("1) Knowing a parent’s history"),
    paragraph("History was knowable."),
    item("2) Working with families who refuse"),
    paragraph("Plans need parents."),
    paragraph("Recommendations:"),
    paragraph("The review made two recommendations:"),
    paragraph("Recommendation 1: The SSCP requests assurance from agencies about leavers."),
    paragraph(
        "Recommendation 2: That the partnership asks Sample Council and Legal Services to ensure that: "
        "a) views are heard; b) history is shared; and c) staff may challenge."
    ),
    paragraph("Action taken since the review:"),
    paragraph("A group meets. Recommendation 2 is not yet met."),
    paragraph("Points for discussion:"),
    item("· How do you check? Who told you?"),
    item("· When did you last train?"),
    paragraph("Useful links"),
    item("· The manual"),
)
MARKED = (
    heading("Child X", 1),
    heading("Key learning from the review"),
    heading("Seeing the child", 3),
    paragraph("See the child."),
    heading("Sharing", 3),
    paragraph("Share."),
    heading("Recommendations"),
    paragraph("Recommendation 1: Schools should ensure that:"),
    item("• a) bells ring; and"),
    item("• b) doors lock."),
    paragraph("Recommendation 2: The partnership should write."),
    heading("Questions for reflection"),
    paragraph("What would you do?"),
    paragraph("Whom would you ask?"),
)


def briefing(*blocks: Block) -> Structured:
    return structure(reading(*blocks), "x.txt", Kind.BRIEFING)


def of(doc: Structured, part: Part) -> list[Section]:
    return [section for section in doc.sections if section.part is part]


def words(doc: Structured, section: Section) -> str:
    return doc.text[section.start : section.end]


def test_key_learning_is_found_where_its_headings_are_plain_lines() -> None:
    doc = briefing(*PLAIN)
    points = of(doc, Part.KEY_LEARNING)
    assert [(p.number, p.heading, p.anchor) for p in points] == [
        ("1", "1) Knowing a parent’s history", "key-learning-1"),
        ("2", "2) Working with families who refuse", "key-learning-2"),
    ]
    assert words(doc, points[1]).endswith("Plans need parents.")


def test_recommendations_have_their_number_their_body_and_their_own_words() -> None:
    doc = briefing(*PLAIN)
    first, second = of(doc, Part.RECOMMENDATION)
    assert (first.number, first.body) == ("Recommendation 1", "SSCP")
    assert (second.number, second.body) == ("Recommendation 2", "Sample Council and Legal Services")
    assert words(doc, second).endswith("staff may challenge.")


def test_lettered_points_inside_a_paragraph_are_sections_of_their_own() -> None:
    doc = briefing(*PLAIN)
    second = of(doc, Part.RECOMMENDATION)[1]
    points = [s for s in doc.sections if s.parent == second.ordinal]
    assert [(p.number, words(doc, p)) for p in points] == [
        ("Recommendation 2 a)", "a) views are heard;"),
        ("Recommendation 2 b)", "b) history is shared; and"),
        ("Recommendation 2 c)", "c) staff may challenge."),
    ]
    assert points[0].anchor == "recommendation-2-a"


def test_lettered_points_in_a_list_are_sections_of_their_own() -> None:
    doc = briefing(*MARKED)
    first = of(doc, Part.RECOMMENDATION)[0]
    points = [s for s in doc.sections if s.parent == first.ordinal]
    assert [(p.number, p.body) for p in points] == [
        ("Recommendation 1 a)", "Schools"),
        ("Recommendation 1 b)", "Schools"),
    ]


def test_each_bullet_for_discussion_is_one_point_however_many_questions_it_asks() -> None:
    doc = briefing(*PLAIN)
    assert [words(doc, p) for p in of(doc, Part.DISCUSSION_POINT)] == [
        "· How do you check? Who told you?",
        "· When did you last train?",
    ]


def test_headings_without_numbers_and_questions_without_bullets_count_too() -> None:
    doc = briefing(*MARKED)
    assert [p.heading for p in of(doc, Part.KEY_LEARNING)] == ["Seeing the child", "Sharing"]
    assert len(of(doc, Part.DISCUSSION_POINT)) == 2


def test_numbered_or_bulleted_recommendations_count_too() -> None:
    counted = briefing(heading("Recommendations"), item("1. Police to act."), item("2. GPs to ask."))
    assert [(p.number, p.body) for p in of(counted, Part.RECOMMENDATION)] == [
        ("Recommendation 1", "Police"),
        ("Recommendation 2", "GPs"),
    ]
    bullets = briefing(heading("Recommendations"), item("• Police to act."), item("• GPs to ask."))
    assert [p.body for p in of(bullets, Part.RECOMMENDATION)] == ["Police", "GPs"]


def test_only_briefings_have_typed_parts() -> None:
    doc = structure(reading(*MARKED), "x.txt", Kind.PROCEDURE)
    assert not [s for s in doc.sections if s.part]


@pytest.mark.parametrize(
    ("recommendation", "body"),
    [
        ("The SSCP requests assurance from the agencies to support leavers.", "SSCP"),
        ("That the partnership asks Sample Council to consider how it can.", "Sample Council"),
        ("The Partnership to seek assurance that staff are supported.", "the Partnership"),
        ("That SPFT share the findings of their review.", "SPFT"),
        ("It is recommended that Sample Police and NHS Sample should meet.", "Sample Police and NHS Sample"),
        ("All schools and colleges must check.", "All schools and colleges"),
        ("The mental health trust, named in the review, shares its findings.", "the mental health trust"),
        ("Consideration should be given to training.", None),
        ("Review the procedure.", None),
    ],
)
def test_the_body_addressed_is_read_from_the_sentence(recommendation: str, body: str | None) -> None:
    assert addressee(recommendation) == body
