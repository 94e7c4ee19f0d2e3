"""Canonical text, section tree, numbers and anchors."""

from __future__ import annotations

import pytest

from corpus.documents import Kind, Section
from ingest.structure import Structured, structure
from tests.ingest.making import heading, item, paragraph, reading, table

CHAPTER = reading(
    heading("2.1 Making a referral", 1),
    heading("Scope", 3),
    paragraph("2.1.1 This procedure applies when a child is hurt. It binds all."),
    paragraph("2.1.2 The practitioner must ring when:"),
    item("• a child is hurt;"),
    item("• a child is missing."),
    heading("Time limits", 2),
    paragraph("2.1.3 The limits are these."),
    *table(("Event", "Limit"), ("Decision", "1 working day")),
    title="Making a referral",
    kind="procedure",
)


def numbers(doc: Structured) -> list[str | None]:
    return [section.number for section in doc.sections]


def numbered(*texts: str) -> list[str | None]:
    return numbers(structure(reading(heading("Top", 1), *map(paragraph, texts)), "x.txt"))[1:]


def headed(*texts: str) -> list[str | None]:
    return numbers(structure(reading(*map(heading, texts)), "x.txt"))


def test_the_canonical_text_keeps_every_block_and_parts_them_by_blank_lines() -> None:
    doc = structure(CHAPTER, "2.1-making.md")
    words = [doc.text[e.start : e.end] for e in doc.elements]
    assert words == [block.text for block in CHAPTER.blocks]
    assert "ring when:\n\n• a child is hurt;\n• a child is missing.\n\nTime limits" in doc.text
    assert "Event | Limit\nDecision | 1 working day" in doc.text


def test_sections_nest_without_jumps_and_span_what_stands_under_them() -> None:
    doc = structure(CHAPTER, "2.1-making.md")
    assert [(s.level, s.parent) for s in doc.sections] == [(1, None), (2, 0), (3, 1), (3, 1), (2, 0), (3, 4)]
    by_number = {s.number: s for s in doc.sections}
    second = by_number["2.1.2"]
    assert doc.text[second.start : second.end].endswith("a child is missing.")
    assert doc.text[doc.sections[0].start : doc.sections[0].end] == doc.text


def test_numbered_paragraphs_are_sections_with_their_number_as_anchor() -> None:
    doc = structure(CHAPTER, "2.1-making.md")
    assert [s.anchor for s in doc.sections] == ["2.1", "scope", "2.1.1", "2.1.2", "time-limits", "2.1.3"]
    assert [s.heading for s in doc.sections][:3] == ["2.1 Making a referral", "Scope", ""]


def test_words_begin_after_the_number_and_lists_and_rows_know_their_lead() -> None:
    doc = structure(CHAPTER, "2.1-making.md")
    spoken = [doc.text[e.words : e.end] for e in doc.elements]
    leads = [doc.text[e.lead_start : e.lead_end] for e in doc.elements]
    assert spoken[3:6] == ["The practitioner must ring when:", "a child is hurt;", "a child is missing."]
    assert leads[3:6] == ["", "The practitioner must ring when:", "The practitioner must ring when:"]
    assert leads[-2:] == ["", "Event | Limit"]


def test_a_sub_list_is_led_by_the_item_above_it() -> None:
    doc = structure(
        reading(paragraph("You must:"), item("• ring:"), item("• the police;", 2), item("• write.")), "x"
    )
    assert [doc.text[e.lead_start : e.lead_end] for e in doc.elements] == [
        "",
        "You must:",
        "ring:",
        "You must:",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Part one: Safeguarding information", "Part one"),
        ("Annex A", "Annex A"),
        ("Annex B: Further information", "Annex B"),
        ("Section one: Concerns", "Section one"),
        ("Recommendation 2", "Recommendation 2"),
        ("Outcome 1: children stay together", "Outcome 1"),
        ("2.1 Making a referral", "2.1"),
        ("ii. Pre-appointment vetting", "ii"),
        ("I. Scope", "I"),
        ("IV. Records", "IV"),
        ("XII. Review", "XII"),
        ("ILL. Children", None),
        ("Section 47 enquiries", None),
        ("Part of the plan", None),
        ("2025 at a glance", None),
        ("30 June 2025", None),
        ("1.5 million children", None),
    ],
)
def test_a_heading_shows_its_own_number(text: str, number: str | None) -> None:
    assert headed(text) == [number]


def test_headings_that_count_upwards_are_numbered() -> None:
    assert headed("1) Knowing a history", "2) Working with families", "16 Days", "3) The impact") == [
        "1",
        "2",
        None,
        "3",
    ]


def test_paragraph_numbers_must_run() -> None:
    assert numbered("1. One.", "2. Two.", "3. Three.") == ["1", "2", "3"]
    assert numbered("11. Eleven.", "12. Twelve.", "Text.", "14. Fourteen, one lost.") == ["11", "12", "14"]
    assert numbered("47. A stray number.", "Text.") == []
    assert numbered("2.1.1 One.", "2.1.2 Two.", "8.30 The office opens.") == ["2.1.1", "2.1.2"]
    assert numbered("2.1 One.", "3.1 Two.", "4.1 Three.") == ["2.1", "3.1", "4.1"]


def test_false_numbers_are_left_alone() -> None:
    assert numbered("30 June 2025 is the date.", "31 July is another.", "2025. A year.", "2026. Next.") == []
    assert numbered("1.5 million children.", "1.6 million more.", "16 and 17 year olds.") == []


def test_a_run_goes_on_after_another_that_stands_inside_it() -> None:
    texts = ("1. A", "2. B", "1. inner", "2. inner", "3. inner", "3. C", "4. D")
    assert numbered(*texts) == ["1", "2", "1", "2", "3", "3", "4"]


def test_an_introduced_list_that_counts_is_not_a_run_of_paragraphs() -> None:
    doc = structure(reading(heading("H"), paragraph("Do this:"), item("1. Ring."), item("2. Write.")), "x")
    assert numbers(doc) == [None]
    items = [doc.text[e.words : e.end] for e in doc.elements[2:]]
    assert items == ["Ring.", "Write."]


def test_list_items_of_a_long_run_are_paragraphs() -> None:
    doc = structure(reading(heading("H"), item("11. All staff."), item("12. All heads."), heading("I")), "x")
    assert numbers(doc) == [None, "11", "12", None]


def test_deeper_numbers_nest_below_the_number_that_they_extend() -> None:
    blocks = [paragraph(t) for t in ("8.3.1 A", "8.3.1.1 B", "8.3.1.2 C", "8.3.2 D")]
    doc = structure(reading(heading("H", 1), *blocks), "x")
    assert [(s.number, s.parent) for s in doc.sections[1:]] == [
        ("8.3.1", 0),
        ("8.3.1.1", 1),
        ("8.3.1.2", 1),
        ("8.3.2", 0),
    ]


def test_anchors_are_unique_safe_and_the_sources_own_where_it_has_them() -> None:
    doc = structure(
        reading(
            heading("Scope & aims – “why”"),
            heading("Scope & aims – “why”"),
            heading("Own", anchor="para-7"),
            heading("Twice", anchor="same"),
            heading("Twice", anchor="same"),
            heading("Unsafe", anchor="a b"),
            heading("Endless", anchor="a" * 201),
            heading("Para 7"),
            heading("児童"),
        ),
        "x",
    )
    assert [s.anchor for s in doc.sections] == [
        "scope-aims-why",
        "scope-aims-why-2",
        "para-7",
        "twice",
        "twice-2",
        "unsafe",
        "endless",
        "para-7-2",
        "section",
    ]


def test_words_before_the_first_heading_have_a_section_too() -> None:
    doc = structure(reading(paragraph("Before."), heading("After")), "x")
    assert [(s.heading, s.anchor) for s in doc.sections] == [("", "start"), ("After", "after")]
    first: Section = doc.sections[0]
    assert doc.text[first.start : first.end] == "Before."


def test_an_empty_file_gives_an_empty_structure() -> None:
    doc = structure(reading(paragraph("  ")), "leer.txt", Kind.PROCEDURE)
    assert (doc.text, doc.sections, doc.elements, doc.title) == ("", (), (), "Leer")
