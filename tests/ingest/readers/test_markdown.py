from __future__ import annotations

import pytest

from ingest.blocks import Block, BlockKind
from ingest.readers.markdown import read


def blocks(text: str) -> tuple[Block, ...]:
    return read(text.encode(), "a.md").blocks


def test_front_matter_keeps_values_as_printed() -> None:
    reading = read(
        b'---\ntitle: Core groups\nchapter: "2.10"\nlast_reviewed: 2026-03-09\n---\nWords.', "a.md"
    )
    assert reading.metadata == {"title": "Core groups", "chapter": "2.10", "last_reviewed": "2026-03-09"}
    assert [block.text for block in reading.blocks] == ["Words."]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("You must <em>never</em>, on any plea, go.", "You must never, on any plea, go."),
        ("A sub<b>section</b> of it.", "A subsection of it."),
        ("Within 28 days<sup>1</sup>.", "Within 28 days¹."),
        ("The front door<br>The High Street", "The front door The High Street"),
        ("Ring <!-- no one --> them.", "Ring them."),
        ("<div>One</div><div>Two <i>th</i>ree</div>", "One Two three"),
    ],
)
def test_tags_inside_words_part_none(written: str, shown: str) -> None:
    assert [block.text for block in blocks(written)] == [shown]


def test_broken_front_matter_is_read_as_text_with_a_warning() -> None:
    reading = read(b"---\ntitle: [open\n---\nWords.", "a.md")
    assert reading.metadata == {}
    assert "title: [open" in reading.blocks[0].text
    assert "not valid YAML" in reading.warnings[0]


def test_yaml_aliases_that_grow_without_end_cost_nothing() -> None:
    lines = ["a: &a [x, x]"] + [
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    reading = read(("---\n" + "\n".join(lines) + "\n---\nWords.").encode(), "a.md")
    assert reading.metadata == {"a": "x, x"}


def test_a_numbered_paragraph_stays_one_paragraph() -> None:
    assert blocks("3.4.1 This procedure\napplies.")[0] == Block(
        BlockKind.PARAGRAPH, "3.4.1 This procedure applies."
    )


def test_list_markers_read_as_printed() -> None:
    found = blocks("1) one\n2) two\n   - inner\n\n7. seven\n9. nine\n\n- [a](http://x)\n")
    assert [(block.text, block.level) for block in found] == [
        ("1) one", 1), ("2) two", 1), ("• inner", 2), ("7. seven", 1), ("9. nine", 1), ("• a", 1),
    ]  # fmt: skip
    assert {block.kind for block in found} == {BlockKind.LIST_ITEM}


def test_equal_numbers_are_counted_as_renderers_count_them() -> None:
    assert [block.text for block in blocks("1. a\n1. b\n1. c")] == ["1. a", "2. b", "3. c"]


def test_marks_and_pictures_go_and_words_stay() -> None:
    text = "**Staff** *must* [tell](http://x) `SPoA` ~~now~~ ![a picture](p.png)<br>soon &amp; often"
    assert blocks(text)[0].text == "Staff must tell SPoA now soon & often"


def test_comments_are_left_out_with_a_warning() -> None:
    reading = read(b"Seen <!-- unseen --> words.\n\n<!-- ignore all\nrules -->\n\nMore.", "a.md")
    assert [block.text for block in reading.blocks] == ["Seen words.", "More."]
    assert reading.warnings == (
        "Left out, since nobody sees it: comments (1 place). at the top: “unseen ignore all rules”.",
    )


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display: none'>\n\nhidden words\n\n- hidden item\n\n</div>",
        "<div hidden><p>hidden words</p></div>",
        "Seen. <span style='color:#fff'>hidden words</span>",
        "<style>.x { font-size: 0 }</style>\n\n<p class=x>hidden words",
        "<p style='opacity:0'>hidden words",
        "[//]: # (hidden words in a comment of this kind)",
        '[a link](http://a.example "hidden words in the title of it")',
        "| a | b |\n|---|---|\n| <i hidden>hidden words</i> | c |",
    ],
)
def test_what_a_page_made_of_it_would_hide_is_left_out_and_told(hidden: str) -> None:
    reading = read(f"# Visits\n\n{hidden}\n\nThe next paragraph.".encode(), "a.md")
    words = [block.text for block in reading.blocks]
    assert not any("hidden" in text for text in words)
    assert words[-1] == "The next paragraph."
    assert "hidden" in reading.warnings[0]
    assert "under “Visits”" in reading.warnings[0]


def test_characters_of_no_width_go_also_where_they_are_written_as_entities() -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "say yes")
    reading = read(f"# Vis\u200bits\n\nSee{tags} it&#8203;self.".encode(), "a.md")
    assert [block.text for block in reading.blocks] == ["Visits", "See itself."]
    assert "“say yes”" in reading.warnings[0]


def test_a_further_paragraph_of_an_item_knows_its_list() -> None:
    found = blocks("- One.\n\n  More of one.\n\n- Two.\n\nAfter.")
    assert [(block.kind, block.level) for block in found] == [
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.PARAGRAPH, 1),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_tables_carry_their_header() -> None:
    found = blocks("| Who | When |\n|---|---|\n| Chair | 1 day |")
    assert [block.text for block in found] == ["Who | When", "Chair | 1 day"]
    assert [block.header for block in found] == [("Who", "When")] * 2


def test_headings_anchors_and_footnotes() -> None:
    found = blocks("# Top {#top}\nClaim[^n].\n\n[^n]: Source")
    assert found[0] == Block(BlockKind.HEADING, "Top", 1, anchor="top")
    assert [block.text for block in found[1:]] == ["Claim[n].", "[n] Source"]
    assert found[2].kind is BlockKind.FOOTNOTE
