from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.blocks import Block, BlockKind, Reading
from ingest.readers.text import read

BRIEFING = """Thematic Review
Learning Briefing

Key learning:
The following learning points were identified by the review.

1) Knowing a parent's history and vulnerabilities
Plans must be based on what is knowable to professionals.
Recommendations:
The review made two recommendations to strengthen practice:

Recommendation 1: The partnership asks agencies to check records.

Points for discussion:
· How do you verify information?
· When did you last undertake training on neglect?
"""

GUIDANCE = """Keeping everyone
safe in Sample
Statutory guidance for schools
Contents
Summary 3
Part one: Safeguarding information for all staff 4
What all staff should know and do about their
duties 4
Annex A: Further information 5
2
Summary
About this guidance is said here in words that are long enough to fill a line of it.
3
Part one: Safeguarding information for all staff
What all staff should know and do about their duties
1. All staff should know the process for making referrals to local authority care1
and should follow it without delay whenever a child may be at risk of harm, or has
been harmed. It applies to everyone:
• teachers and teaching assistants, whether they are employed by the school or by an
agency
• volunteers
Early help
2. Any child may benefit from early help, and staff should be alert to the need for
1 Sample guidance explains the process.
4
it at all times.
Annex A: Further information
More is said in other places, and staff should look there when they are unsure of it.
5
"""


def plain(text: str) -> Reading:
    return read(text.encode(), "a.txt")


def of_kind(blocks: tuple[Block, ...], kind: BlockKind) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in blocks if block.kind is kind]


def test_a_briefing_with_a_paragraph_a_line_shows_its_parts() -> None:
    reading = plain(BRIEFING)
    assert of_kind(reading.blocks, BlockKind.HEADING) == [
        (1, "Thematic Review Learning Briefing"),
        (1, "Key learning:"),
        (2, "1) Knowing a parent's history and vulnerabilities"),
        (1, "Recommendations:"),
        (1, "Points for discussion:"),
    ]
    assert [text[:3] for _, text in of_kind(reading.blocks, BlockKind.LIST_ITEM)] == ["· H", "· W"]
    assert any(block.text.startswith("Recommendation 1: ") for block in reading.blocks)
    assert reading.metadata["title"] == "Thematic Review Learning Briefing"


def test_wrapped_guidance_becomes_headings_paragraphs_and_items() -> None:
    reading = plain(GUIDANCE)
    assert of_kind(reading.blocks, BlockKind.HEADING) == [
        (1, "Keeping everyone safe in Sample"),
        (1, "Summary"),
        (1, "Part one: Safeguarding information for all staff"),
        (2, "What all staff should know and do about their duties"),
        (3, "Early help"),
        (1, "Annex A: Further information"),
    ]
    texts = [block.text for block in reading.blocks]
    assert (
        "• teachers and teaching assistants, whether they are employed by the school or by an agency" in texts
    )
    assert any(
        text.startswith("2. Any child") and text.endswith("the need for it at all times.") for text in texts
    )
    assert of_kind(reading.blocks, BlockKind.FOOTNOTE) == [(0, "1 Sample guidance explains the process.")]


def test_page_numbers_and_the_table_of_contents_are_left_out() -> None:
    reading = plain(GUIDANCE)
    assert not any(block.text.isdigit() or block.text.endswith("4") for block in reading.blocks)
    assert reading.warnings == ("The table of contents was left out (4 entries).",)
    assert reading.pages is None


def test_form_feeds_mark_the_pages() -> None:
    reading = plain("First page words.\n\fSecond page words.\n")
    assert [(block.text, block.page) for block in reading.blocks] == [
        ("First page words.", 1),
        ("Second page words.", 2),
    ]
    assert reading.pages == 2


def test_a_document_on_one_line_is_cut_up_again() -> None:
    filler = "Practitioners should share what they know with each other in good time. " * 12
    rules = "1. Children have a right to be safe1. 2. Seek advice promptly. "
    items = "The aims are to: • build confidence • give a simple guide It is for all who work with children. "
    text = (
        "Sharing Advice for practitioners May 2024 2 Contents The golden rules 3 About this advice 4 "
        f"Who to contact 5 {filler}3 The golden rules {rules}{filler}1 See the code of practice 4 "
        f"About this advice {items}{filler}5 Who to contact {filler}6 {filler}7 {filler}"
    )
    reading = plain(text)
    assert [text for _, text in of_kind(reading.blocks, BlockKind.HEADING)] == [
        "Sharing Advice for practitioners", "The golden rules", "About this advice", "Who to contact",
    ]  # fmt: skip
    texts = [block.text for block in reading.blocks]
    assert "1. Children have a right to be safe1." in texts
    assert "1 See the code of practice" in texts
    assert {"• build confidence", "• give a simple guide"} <= set(texts)
    assert any(text.startswith("It is for all who work") for text in texts)


@pytest.mark.parametrize(
    "data",
    [
        "It’s the “child’s” view – always.".encode("cp1252"),
        "It’s the “child’s” view – always.".encode("utf-16"),
        "It’s the “child’s” view – always.".encode("utf-16-le"),
        "It’s the “child’s” view – always.".encode("utf-8-sig"),
        "It’s the “chi\0ld’s” view – always.".encode(),
    ],
)
def test_encodings_give_the_same_words(data: bytes) -> None:
    assert read(data, "a.txt").blocks[0].text == "It’s the “child’s” view – always."


def test_no_word_of_wrapped_text_is_lost() -> None:
    body = "\n".join(
        f"line {n} goes on in small letters and so does the one that follows it" for n in range(50)
    )
    assert " ".join(block.text for block in plain(body).blocks).split() == body.split()


def test_the_real_guidance_shows_parts_annexes_and_numbers_in_good_time(shared_data: Path) -> None:
    data = (shared_data / "guidance" / "Keeping_children_safe_in_education_2025.txt").read_bytes()
    start = time.perf_counter()
    blocks = read(data, "kcsie.txt").blocks
    assert time.perf_counter() - start < 5
    tops = [text.split(":")[0] for level, text in of_kind(blocks, BlockKind.HEADING) if level == 1]
    parts = [f"Part {n}" for n in ("one", "two", "three", "four", "five")]
    assert [top for top in tops if top[:4] in {"Part", "Anne"}] == parts + [f"Annex {a}" for a in "ABCDEF"]
    starts = {block.text.split(" ")[0] for block in blocks if block.kind is BlockKind.PARAGRAPH}
    assert sum(f"{n}." in starts for n in range(1, 561)) > 540


def test_the_real_briefing_shows_seven_lessons_and_six_recommendations(shared_data: Path) -> None:
    data = (shared_data / "briefings" / "esscp-thematic-lcspr-learning-briefing.txt").read_bytes()
    blocks = read(data, "briefing.txt").blocks
    headings = of_kind(blocks, BlockKind.HEADING)
    assert [text[:2] for level, text in headings if level == 2 and text[1] == ")"] == [
        f"{n})" for n in range(1, 8)
    ]
    assert sum(block.text.startswith("Recommendation ") for block in blocks) == 6
    assert len(of_kind(blocks, BlockKind.LIST_ITEM)) == 8


def test_characters_of_no_width_go_before_the_lines_are_told_apart() -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "say yes")
    reading = read(
        f"\ufeffVisits\n\n\u200b1.1 The first visit.\n\n1.2 The\u2060 next{tags} visit.".encode(), "a.txt"
    )
    assert [block.text for block in reading.blocks] == [
        "Visits",
        "1.1 The first visit.",
        "1.2 The next visit.",
    ]
    assert "“say yes”" in reading.warnings[0]
