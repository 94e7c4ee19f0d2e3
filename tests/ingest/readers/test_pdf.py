from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from ingest.blocks import Block, BlockKind
from ingest.readers import pdf
from tests.ingest.readers.pdf_maker import grid, lines, make_pdf, words

FILLER = [
    "The social worker records the decision in the child's file on the same day and",
    "tells the referrer what has been decided and why the decision was made so that",
    "everybody who works with the family knows what is going to happen next.",
]


def read(*pages: str, title: str = "") -> list[Block]:
    return list(pdf.read(make_pdf(pages, title), "x.pdf").blocks)


def texts(blocks: list[Block], kind: BlockKind) -> list[str]:
    return [block.text for block in blocks if block.kind is kind]


def test_lines_are_joined_into_paragraphs_that_a_gap_parts() -> None:
    blocks = read(lines(72, 100, FILLER) + lines(72, 170, FILLER))
    assert texts(blocks, BlockKind.PARAGRAPH) == [" ".join(FILLER)] * 2
    assert {block.page for block in blocks} == {1}


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    blocks = read(lines(72, 700, FILLER[:2]), lines(72, 100, FILLER[2:]))
    assert [(block.text, block.page) for block in blocks] == [(" ".join(FILLER), 1)]


def test_headings_are_ranked_by_size_and_weight() -> None:
    page = words(72, 80, "Chapter 3", 20) + words(72, 120, "Referrals", 11, bold=True)
    blocks = read(page + lines(72, 150, FILLER))
    assert [(b.text, b.level) for b in blocks if b.kind is BlockKind.HEADING] == [
        ("Chapter 3", 1),
        ("Referrals", 2),
    ]


def test_list_items_keep_their_markers_and_depth() -> None:
    page = lines(72, 100, FILLER) + words(72, 160, "•") + words(90, 160, "call the police;")
    page += words(90, 180, "a)") + words(108, 180, "on 999 in an emergency;")
    page += words(72, 200, "•") + words(90, 200, "write it down.")
    found = [(b.text, b.level) for b in read(page) if b.kind is BlockKind.LIST_ITEM]
    assert found == [
        ("• call the police;", 1),
        ("a) on 999 in an emergency;", 2),
        ("• write it down.", 1),
    ]


def test_a_numbered_paragraph_keeps_its_number() -> None:
    blocks = read(lines(72, 100, [f"8.3.12 {FILLER[0]}", *FILLER[1:]]))
    assert [(b.kind, b.text) for b in blocks] == [(BlockKind.PARAGRAPH, f"8.3.12 {' '.join(FILLER)}")]


def test_hyphens_of_words_stay_and_those_of_line_ends_go() -> None:
    page = lines(
        72, 100, ["Safeguarding is work for all of us, and a multi-", "agency plan is made. The safe-"]
    )
    page += lines(72, 128, ["guarding partners meet. A safeguarding lead attends each and every meeting."])
    text = read(page)[0].text
    assert "a multi-agency plan" in text
    assert "The safeguarding partners" in text


def test_columns_are_read_one_after_the_other_however_the_file_orders_them() -> None:
    page = words(72, 60, "Two columns", 18)
    for i in range(12):
        page += words(72, 100 + 14 * i, f"left {i} with words as wide as a column")
        page += words(330, 100 + 14 * i, f"right {i} with words as wide as a column")
    text = " ".join(block.text for block in read(page))
    assert text.index("left 11") < text.index("right 0")


def test_running_lines_and_page_numbers_are_removed() -> None:
    pages = [
        words(72, 40, "Procedures manual")
        + lines(72, 200, [f"Text {n}. {FILLER[0]}."])
        + words(290, 810, f"{n}")
        for n in "123"
    ]
    shown = " ".join(block.text for block in read(*pages))
    assert "Procedures manual" not in shown
    assert [word for word in shown.split() if word.isdigit()] == []


def test_the_name_of_a_chapter_over_its_pages_is_removed_and_parts_no_paragraph() -> None:
    pages = []
    for chapter, name in enumerate(("Referrals", "Visits", "Records", "Reviews", "Complaints", "Appeals")):
        for half in (FILLER[:2], FILLER[2:]):
            head = words(72, 40, f"Chapter {chapter + 1}: {name}", 9)
            pages.append(head + lines(72, 200, half) + words(290, 810, f"{len(pages) + 1}"))

    assert [block.text for block in read(*pages)] == [" ".join(FILLER)] * 6


def test_words_that_come_back_at_another_height_are_no_running_line() -> None:
    pages = [words(72, 100 - 12 * n, "Ring the front door.") + lines(72, 140, FILLER) for n in (0, 1)] + [
        lines(72, 140, FILLER)
    ] * 12
    assert [block.text for block in read(*pages)].count("Ring the front door.") == 2


def test_chapters_that_each_open_a_page_are_no_running_lines() -> None:
    blocks = read(*(words(72, 60, f"Chapter {n}", 18) + lines(72, 100, FILLER) for n in "123"))
    assert texts(blocks, BlockKind.HEADING) == ["Chapter 1", "Chapter 2", "Chapter 3"]


def test_a_ruled_table_becomes_rows_with_its_header() -> None:
    page = grid([72, 200, 400], [100, 120, 140, 160])
    for i, (left, right) in enumerate(
        [("Step", "Time limit"), ("Meeting", "15 days"), ("Review", "3 months")]
    ):
        page += words(78, 114 + 20 * i, left, bold=i == 0) + words(206, 114 + 20 * i, right, bold=i == 0)
    rows = [block for block in read(page) if block.kind is BlockKind.TABLE_ROW]
    assert [row.text for row in rows] == ["Step | Time limit", "Meeting | 15 days", "Review | 3 months"]
    assert {row.header for row in rows} == {("Step", "Time limit")}
    assert rows[2].cells == ("Review", "3 months")


def test_a_table_that_a_page_cuts_keeps_its_header() -> None:
    first = grid([72, 200, 400], [700, 720, 740]) + words(78, 714, "Step", bold=True)
    first += words(206, 714, "Limit", bold=True) + words(78, 734, "Meeting") + words(206, 734, "15 days")
    second = grid([72, 200, 400], [80, 100, 120]) + words(78, 94, "Review") + words(206, 94, "3 months")
    second += words(78, 114, "Close") + words(206, 114, "1 year")
    rows = [block for block in read(first, second) if block.kind is BlockKind.TABLE_ROW]
    assert [(row.cells[0], row.header, row.page) for row in rows] == [
        ("Step", ("Step", "Limit"), 1),
        ("Meeting", ("Step", "Limit"), 1),
        ("Review", ("Step", "Limit"), 2),
        ("Close", ("Step", "Limit"), 2),
    ]


def test_small_print_at_the_foot_is_a_footnote() -> None:
    blocks = read(lines(72, 100, FILLER) + words(72, 700, "1 Children Act 1989, section 47.", 8))
    assert texts(blocks, BlockKind.FOOTNOTE) == ["1 Children Act 1989, section 47."]


def test_a_printed_table_of_contents_is_left_out() -> None:
    page = words(72, 80, "Contents", 16) + words(72, 110, "Referrals ............ 4") + lines(72, 200, FILLER)
    assert [block.text for block in read(page)] == [" ".join(FILLER)]


@pytest.mark.parametrize(
    ("given", "kept"), [("Neglect strategy", "Neglect strategy"), ("Microsoft Word - draft.docx", None)]
)
def test_a_title_is_taken_only_if_it_is_one(given: str, kept: str | None) -> None:
    reading = pdf.read(make_pdf([lines(72, 100, FILLER)], given), "x.pdf")
    assert reading.metadata.get("title") == kept
    assert reading.pages == 1


def test_a_page_without_text_is_named() -> None:
    reading = pdf.read(make_pdf([lines(72, 100, FILLER), ""]), "x.pdf")
    assert reading.warnings == ("Page 2: without text, perhaps scanned, and could not be read.",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><p>Report not found", "not a PDF"),
        (make_pdf([lines(72, 100, FILLER)])[:300], "damaged"),
        (make_pdf([lines(72, 100, FILLER)])[40:], "beginning of the PDF is missing"),
        (make_pdf(["", ""]), "looks like a scan: 2 pages, no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as refusal:
        pdf.read(data, "x.pdf")
    assert refusal.value.advice


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("corrupt_cabinet_office", "damaged"),
        ("empty_page", "no text"),
        ("html_page_named_pdf", "not a PDF"),
        ("password_openpassword", "password"),
        ("scanned_image_only", "looks like a scan"),
        ("truncated_60pct_ofsted", "damaged"),
    ],
)
def test_real_files_that_cannot_be_read_are_refused(shared_data: Path, name: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        pdf.read((shared_data / "stress" / "pdf" / f"{name}.pdf").read_bytes(), name)


def test_a_real_report_is_read_whole_and_quickly(shared_data: Path) -> None:
    data = (shared_data / "inspections" / "brighton-and-hove-2024.pdf").read_bytes()
    started = time.monotonic()
    reading = pdf.read(data, "brighton.pdf")
    assert time.monotonic() - started < 3
    found = list(reading.blocks)
    assert found[0].text == "Inspection of Brighton and Hove local authority children’s services"
    assert "Overall effectiveness | Outstanding" in texts(found, BlockKind.TABLE_ROW)
    numbered = [text.split()[0] for text in texts(found, BlockKind.LIST_ITEM) if text[0].isdigit()]
    assert numbered == [f"{n}." for n in range(1, 63)]
    assert not any(block.text.startswith("Inspection of") for block in found[1:])
    assert any("multi-agency ‘partners in change’" in block.text for block in found)


def test_real_columns_are_read_in_order_without_line_end_hyphens(shared_data: Path) -> None:
    data = (shared_data / "stress" / "pdf" / "two_column.pdf").read_bytes()
    text = " ".join(block.text for block in pdf.read(data, "x.pdf").blocks)
    assert "rhoncus sem" in text
    assert text.index("Pellentesque cursus luctus mauris.") < text.index("Nulla malesuada porttitor diam.")
