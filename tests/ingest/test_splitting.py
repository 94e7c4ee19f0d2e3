"""Passages and lines, and what must hold for every document."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.documents import Kind, Part
from corpus.passages import Line, Passage
from corpus.sentences import sentence_spans
from ingest.blocks import Block, BlockKind
from ingest.splitting import split
from ingest.structure import Structured, structure
from tests.ingest.making import heading, item, paragraph, reading, table

SENTENCE = "The social worker must see the child alone and write down what is said. "


def made(*blocks: Block, kind: Kind = Kind.PROCEDURE, **metadata: str) -> Structured:
    return structure(reading(*blocks, **metadata), "x.md", kind)


def quotes(doc: Structured, passage: Passage) -> list[str]:
    return [doc.text[line.start : line.end] for line in passage.lines]


def leads(doc: Structured, lines: tuple[Line, ...]) -> list[str]:
    return [doc.text[line.lead_start : line.lead_end] for line in lines]


def size(passage: Passage) -> int:
    return len(passage.text.split())


def test_a_numbered_paragraph_is_a_passage_with_its_list() -> None:
    doc = made(
        heading("2.1 Making a referral", 1),
        heading("Calling"),
        paragraph("2.1.1 The practitioner must ring when:"),
        item("• a child is hurt;"),
        item("• a child is gone. It may be night."),
        paragraph("2.1.2 The manager decides. She writes."),
        title="Making a referral",
    )
    first, second = split("d", doc)
    assert (first.number, first.anchor, second.number) == ("2.1.1", "2.1.1", "2.1.2")
    assert first.trail == ("2.1 Making a referral", "Calling")
    assert first.text.startswith("2.1.1 The practitioner")
    lines = ["The practitioner must ring when:", "a child is hurt;", "a child is gone. It may be night."]
    assert quotes(doc, first) == lines
    assert leads(doc, first.lines) == ["", lines[0], lines[0]]
    assert quotes(doc, second) == ["The manager decides.", "She writes."]


def test_short_neighbours_under_one_heading_share_a_passage_and_headings_part_them() -> None:
    doc = made(
        heading("A"), paragraph("One."), paragraph("Two."), heading("B"), paragraph("Three."), title="T"
    )
    passages = split("d", doc)
    assert [p.text for p in passages] == ["One.\n\nTwo.", "Three."]
    assert [p.trail for p in passages] == [("T", "A"), ("T", "B")]


def test_a_long_paragraph_is_cut_between_sentences_into_even_parts() -> None:
    passages = split("d", made(heading("A"), paragraph((SENTENCE * 20).strip())))
    sizes = [size(p) for p in passages]
    assert max(sizes) <= 120
    assert max(sizes) - min(sizes) <= 14
    assert all(p.text.endswith(".") for p in passages)


def test_a_list_a_little_too_long_stays_whole_and_a_longer_one_keeps_lead_and_first_item() -> None:
    items = [item(f"• {SENTENCE.strip()}") for _ in range(8)]
    whole = split("d", made(heading("A"), paragraph("You must do all of this:"), *items))
    assert len(whole) == 1
    long = split("d", made(heading("A"), paragraph((SENTENCE * 8) + "Do this:"), *items, *items))
    holder = next(p for p in long if "Do this:" in p.text)
    assert "•" in holder.text
    assert max(map(size, long)) <= 150


def test_a_paragraph_inside_an_item_does_not_end_the_list() -> None:
    inside = Block(BlockKind.PARAGRAPH, "At any hour.", 1)
    doc = made(heading("Calls"), paragraph("Staff must:"), item("• ring;"), inside, item("• write it down."))
    (passage,) = split("d", doc)
    assert leads(doc, passage.lines) == ["", "Staff must:", "", "Staff must:"]


def test_a_paragraph_inside_an_item_introduces_what_stands_under_it() -> None:
    inside = Block(BlockKind.PARAGRAPH, "They say:", 1)
    items = (item("• ring;"), inside, item("• who;", 2), item("• write it down."))
    doc = made(heading("Calls"), paragraph("Staff must:"), *items)
    (passage,) = split("d", doc)
    assert leads(doc, passage.lines) == ["", "Staff must:", "", "They say:", "Staff must:"]


def test_rows_are_quoted_with_their_header_and_the_header_alone_never() -> None:
    rows = [(f"Event {n}", SENTENCE.strip()) for n in range(20)]
    doc = made(heading("Time limits"), *table(("Event", "Limit"), *rows))
    passages = split("d", doc)
    lines = [line for p in passages for line in p.lines]
    assert len(passages) > 1
    assert len(lines) == 20
    assert set(leads(doc, tuple(lines))) == {"Event | Limit"}
    assert passages[0].text.startswith("Event | Limit\nEvent 0")


def test_a_document_of_headings_alone_has_passages() -> None:
    passages = split("d", made(heading("A flow chart", 1), heading("Ring 999"), title="T"))
    assert [p.text for p in passages] == ["A flow chart", "Ring 999"]
    assert all(p.lines for p in passages)


def test_a_recommendation_stays_whole_and_its_lettered_points_are_quoted_with_their_lead() -> None:
    doc = made(
        heading("Recommendations"),
        paragraph("Recommendation 1: The board should ensure that: a) all ask; and b) all tell."),
        paragraph("Recommendation 2: Police to act."),
        kind=Kind.BRIEFING,
    )
    first, second = split("d", doc)
    assert (first.number, first.part) == ("Recommendation 1", Part.RECOMMENDATION)
    assert quotes(doc, first) == ["The board should ensure that:", "all ask; and", "all tell."]
    assert leads(doc, first.lines) == ["", "The board should ensure that:", "The board should ensure that:"]
    assert quotes(doc, second) == ["Police to act."]


def test_points_for_discussion_share_passages_and_keep_their_part() -> None:
    doc = made(heading("Points for discussion"), item("• Who? Why?"), item("• When?"), kind=Kind.BRIEFING)
    (passage,) = split("d", doc)
    assert passage.part is Part.DISCUSSION_POINT
    assert quotes(doc, passage) == ["Who? Why?", "When?"]


def test_equal_words_in_one_place_have_different_ids_and_ids_stay_the_same() -> None:
    blocks = (heading("A"), paragraph((SENTENCE * 16).strip()))
    ids = [p.id for p in split("d", made(*blocks))]
    assert len(set(ids)) == len(ids) == 2
    assert ids == [p.id for p in split("d", made(*blocks))]


WORDS = st.sampled_from(
    [
        "The child",
        "e.g. a nurse",
        "must ring.",
        "It is 8.30am.",
        "see para. 2.1.3",
        "(s. 47).",
        "a) yes;",
        "Why?",
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
NUMBER = st.sampled_from(["", "1. ", "2. ", "3. ", "1.1.1 ", "1.1.2 ", "a) ", "• ", "Recommendation 1: "])
NUMBERED = st.tuples(NUMBER, TEXT).map("".join)
BLOCKS = st.one_of(
    st.tuples(NUMBERED, st.integers(1, 6)).map(lambda b: [heading(b[0][:60].strip(), b[1])]),
    st.sampled_from(["Key learning", "Recommendations", "Points for discussion"]).map(lambda t: [heading(t)]),
    NUMBERED.map(lambda t: [paragraph(t)]),
    st.tuples(NUMBERED, st.integers(1, 3)).map(lambda b: [item(b[0], b[1])]),
    TEXT.map(lambda t: [Block(BlockKind.FOOTNOTE, t)]),
    st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5).map(lambda rows: table(*rows)),
)
DOCUMENTS = st.lists(BLOCKS, max_size=14).map(lambda found: [block for blocks in found for block in blocks])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, st.sampled_from(Kind), st.integers(5, 120))
def test_every_word_lies_in_one_passage_and_no_sentence_is_cut(
    blocks: list[Block], kind: Kind, max_words: int
) -> None:
    doc = made(*blocks, kind=kind)
    passages = split("d", doc, max_words)
    _check_sections(doc)
    covered = bytearray(len(doc.text))
    for p in passages:
        assert doc.text[p.start : p.end] == p.text == p.text.strip()
        assert p.lines
        assert all(p.start <= line.start < line.end <= p.end for line in p.lines)
        assert all(0 <= line.lead_start <= line.lead_end <= len(doc.text) for line in p.lines)
        covered[p.start : p.end] = bytes(n + 1 for n in covered[p.start : p.end])
    assert len({p.id for p in passages}) == len(passages)
    _check_cover(doc, covered)
    _check_whole_sentences(doc, passages)


def _check_sections(doc: Structured) -> None:
    anchors = [section.anchor for section in doc.sections]
    assert len(set(anchors)) == len(anchors)
    for section in doc.sections:
        assert section.start < section.end <= len(doc.text)
        if section.parent is not None:
            parent = doc.sections[section.parent]
            assert parent.start < section.start
            assert section.end <= parent.end
            assert section.level > parent.level


def _check_cover(doc: Structured, covered: bytearray) -> None:
    only_headings = all(e.kind is BlockKind.HEADING for e in doc.elements)
    for e in doc.elements:
        expected = 1 if only_headings or e.kind is not BlockKind.HEADING else 0
        inside = zip(doc.text[e.start : e.end], covered[e.start : e.end], strict=True)
        assert all(times == expected or char.isspace() for char, times in inside)


def _check_whole_sentences(doc: Structured, passages: tuple[Passage, ...]) -> None:
    """A passage ends where a sentence does, or before a lettered point that is a section of its own."""
    sections = {section.start for section in doc.sections}
    ends = {e.start + end for e in doc.elements for _, end in sentence_spans(doc.text[e.start : e.end])}
    for before, after in pairwise(passages):
        assert before.end in ends or after.start in sections


def test_a_long_manual_is_structured_and_split_in_well_under_a_second() -> None:
    blocks = [heading("Manual", 1)]
    for n in range(1, 600):
        blocks += [paragraph(f"{n}. {SENTENCE * 6}".strip() + " Look for:"), item("• one;"), item("• two.")]
    before = time.perf_counter()
    assert len(split("d", made(*blocks))) == 599
    assert time.perf_counter() - before < 1.5


def test_one_paragraph_of_fifty_thousand_words_is_split_in_time() -> None:
    before = time.perf_counter()
    passages = split("d", made(paragraph((SENTENCE * 3600).strip())))
    assert max(map(size, passages)) <= 120
    assert time.perf_counter() - before < 3
