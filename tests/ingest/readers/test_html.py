from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from ingest.blocks import Block, BlockKind, Reading
from ingest.readers import html

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Referrals - Anytown manual</title>
<meta name="dcterms.modified" content="2024-01-02">{head}</head><body>
<div class="gem-c-cookie-banner"><p>We use cookies</p></div>
<a href="#content" class="govuk-skip-link">Skip to main content</a>
<header><h1>Anytown</h1></header><nav><ul><li>Home</li></ul></nav>
<main id="content">{main}</main><footer>Crown copyright</footer></body></html>"""


def read(main: str, head: str = "") -> Reading:
    return html.read(PAGE.format(main=main, head=head).encode(), "x.html")


def texts(main: str) -> list[str]:
    return [block.text for block in read(main).blocks]


def of_kind(main: str, kind: BlockKind) -> list[Block]:
    return [block for block in read(main).blocks if block.kind is kind]


def test_only_the_content_of_the_page_is_read() -> None:
    main = """<h1>Referrals</h1><div class="contents"><h2>Contents</h2>
    <ol><li><a href="#a">One</a></li><li><a href="#b">Two</a></li></ol></div>
    <h2 id="a">One <a class="headerlink" href="#a">¶</a></h2><p>Refer at once.<span hidden>secret</span></p>
    <p style="display:none">hidden</p><div class="related-content"><p>See elsewhere</p></div>
    <p><a href="/edit">Edit this page</a> <a href="#top">Back to top</a></p><script>var a</script>
    <aside><a href="/x">Other pages of the site</a></aside>"""
    assert texts(main) == ["Referrals", "One", "Refer at once."]


def test_a_note_in_an_aside_and_a_section_named_after_its_heading_are_content() -> None:
    main = """<h1>Sharing</h1><section id="information-sharing" class="social-work">
    <h2>Information sharing</h2><p>Share what protects a child.</p></section>
    <aside><p>Consent is not needed here.</p></aside>"""
    assert texts(main)[2:] == ["Share what protects a child.", "Consent is not needed here."]


def test_headings_carry_their_level_and_the_fragment_name_of_the_source() -> None:
    main = """<h1>A</h1><a name="old"></a><h2>B</h2><h3 id="c">C</h3><h4><span id="d">D</span></h4>
    <p id="e">E</p>"""
    assert [(b.text, b.level, b.anchor) for b in read(main).blocks][1:] == [
        ("B", 2, "old"),
        ("C", 3, "c"),
        ("D", 4, "d"),
        ("E", 0, "e"),
    ]


@pytest.mark.parametrize(
    ("listing", "items"),
    [
        ("<ul><li>a<li>b</ul>", [("• a", 1), ("• b", 1)]),
        ('<ol start="3"><li>x<li>y</ol>', [("3. x", 1), ("4. y", 1)]),
        ('<ol type="a"><li>x<li value="4">y<li>z</ol>', [("a. x", 1), ("d. y", 1), ("e. z", 1)]),
        ('<ol type="I" start="4"><li>x<li>y</ol>', [("IV. x", 1), ("V. y", 1)]),
        ("<ol reversed><li>x<li>y</ol>", [("2. x", 1), ("1. y", 1)]),
        ('<ol style="list-style-type: lower-alpha"><li>x</ol>', [("a. x", 1)]),
        ('<ul style="list-style:none"><li>x</ul>', [("x", 1)]),
        ("<ul><li>a) own</ul>", [("a) own", 1)]),
        ("<ol><li>x<ul><li>deep</ul><li>y</ol>", [("1. x", 1), ("• deep", 2), ("2. y", 1)]),
        ("<ul><li><p>one</p><p>two</p></ul>", [("• one two", 1)]),
    ],
)
def test_list_items_have_the_marker_that_a_browser_prints(listing: str, items: list[tuple[str, int]]) -> None:
    assert [(b.text, b.level) for b in of_kind(listing, BlockKind.LIST_ITEM)] == items


def test_tables_have_header_cells_caption_and_filled_spans() -> None:
    main = """<table><caption>Limits</caption><thead><tr><th rowspan=2>Step<th colspan=2>When</tr>
    <tr><th>From<th>To</tr></thead><tr><th rowspan=2>A<td>1<td>2</tr><tr><td colspan=2>none</tr>
    <tr><td colspan=3>Stage two</tr></table>"""
    header = ("Step", "When From", "When To")
    assert [(b.text, b.header) for b in read(main).blocks] == [
        ("Anytown", ()),
        ("Limits", ()),
        ("Step | When From | When To", header),
        ("A | 1 | 2", header),
        ("A | none | none", header),
        ("Stage two", ()),
    ]


def test_a_table_without_header_cells_has_no_header_unless_its_first_row_is_bold() -> None:
    plain = "<table><tr><td>Phone<td>123<tr><td>Post<td>Anytown</table>"
    bold = "<table><tr><td><b>Who</b><td><strong>How</strong><tr><td>Police<td>999</table>"
    assert [b.header for b in of_kind(plain, BlockKind.TABLE_ROW)] == [(), ()]
    assert [b.header for b in of_kind(bold, BlockKind.TABLE_ROW)] == [("Who", "How")] * 2


def test_a_table_wider_than_a_span_may_be_is_read_with_its_rows_of_headings() -> None:
    days = "".join(f"<th>{day}</th>" for day in range(1, 63))
    found = of_kind(
        f"<table><tr><th colspan=60>May</th><th>End</th><th>All</th></tr><tr>{days}</tr>"
        f"<tr>{'<td>on</td>' * 62}</tr></table>",
        BlockKind.TABLE_ROW,
    )
    assert [len(row.cells) for row in found] == [62, 62]
    assert found[1].header[0] == "May 1"
    assert found[1].header[-1] == "All 62"


def test_what_stands_in_an_item_after_its_first_words_knows_its_list() -> None:
    found = read("<ul><li>One:<ul><li>Two</li></ul>More of one.</li><li>Three</li></ul><p>After.</p>").blocks
    assert [(block.kind, block.level) for block in found[1:]] == [
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.LIST_ITEM, 2),
        (BlockKind.PARAGRAPH, 1),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_a_table_that_only_places_text_is_read_as_text() -> None:
    main = "<table><tr><td><h2>Left</h2><p>Text</p><td>Right</table>"
    assert [b.kind for b in read(main).blocks[1:]] == [BlockKind.HEADING, *[BlockKind.PARAGRAPH] * 2]


def test_breaks_quotes_details_and_preformatted_text_are_paragraphs() -> None:
    main = """<h1>T</h1>loose<p>one<br>line</p><p>two<br><br>parts</p><blockquote><p>said</p></blockquote>
    <details><summary>More</summary>inside</details><pre>a\n b\n\nc</pre>tail"""
    assert texts(main)[1:] == [
        "loose",
        "one line",
        "two",
        "parts",
        "said",
        "More",
        "inside",
        "a b",
        "c",
        "tail",
    ]


def test_definitions_stand_beside_their_terms() -> None:
    main = "<h1>T</h1><dl><dt>CIN<dd>Child in need<dt>CP<dd><p>one</p><p>two</p></dl>"
    assert texts(main)[1:] == ["CIN: Child in need", "CP", "one", "two"]


def test_note_marks_do_not_run_into_figures() -> None:
    assert (
        texts("<h1>T</h1><p>within 28 days<sup>1</sup> of 5 m<sup>2</sup></p>")[1]
        == "within 28 days¹ of 5 m²"
    )


def test_the_title_is_the_first_heading_or_what_the_head_says() -> None:
    assert read("<h1>Referrals</h1><p>x</p>").metadata["title"] == "Referrals"
    bare = b"<title>Referrals - Anytown manual</title><p>Refer at once."
    assert html.read(bare, "x.html").metadata["title"] == "Referrals"
    numbered = b"<title>4.1 - Neglect</title><p>Refer at once."
    assert html.read(numbered, "x.html").metadata["title"] == "4.1 - Neglect"


def test_a_title_above_the_main_part_is_kept() -> None:
    first = read("<p>Refer at once.</p>").blocks[0]
    assert (first.kind, first.text, first.level) == (BlockKind.HEADING, "Anytown", 1)


def test_dates_of_review_are_taken_and_dates_of_change_are_not() -> None:
    assert "last_reviewed" not in read("<p>x</p>").metadata
    head = (
        '<meta name="last-reviewed" content="2025-03-01"><meta name="next-review-date" content="1 May 2026">'
    )
    metadata = read("<p>x</p>", head).metadata
    assert (metadata["last_reviewed"], metadata["next_review"]) == ("2025-03-01", "1 May 2026")


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("utf-8", "cp1252"),
        ("windows-1252", "cp1252"),
        ("", "utf-16"),
        ("utf-16", "utf-8"),
        ("unicode", "utf-8"),
        ("undefined", "utf-8"),
    ],
)
def test_the_encoding_is_found(charset: str, encoding: str) -> None:
    page = f'<meta charset="{charset}"><p>the child\u2019s \u00a350 caf\u00e9 allowance is paid weekly'
    blocks = html.read(page.encode(encoding), "x.html").blocks
    assert blocks[0].text == "the child\u2019s \u00a350 caf\u00e9 allowance is paid weekly"


def test_broken_markup_is_read_as_a_browser_does() -> None:
    assert texts("<p><h2>A</h2><div><p>one<p>two<b>bold</div></b></p>text") == [
        "Anytown",
        "A",
        "one",
        "twobold",
        "text",
    ]


def test_deep_markup_is_read_and_absurdly_deep_markup_refused() -> None:
    assert "deep" in texts("<div>" * 1000 + "deep" + "</div>" * 1000)[-1]
    with pytest.raises(UnreadableFile, match="nested deeper"):
        read("<div>" * 50_000)


def test_a_table_whose_spans_would_fill_the_memory_is_read_as_text() -> None:
    rows = "<tr><td rowspan=999 colspan=999>many</td><td>spans</td></tr>" * 500
    assert set(texts(f"<h1>T</h1><table>{rows}</table>")) == {"T", "many", "spans"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 4, "not a web page"),
        (b"Plain words without any markup.", "not a web page"),
        (b"<html><body><div id=app></div><script>run()</script></body></html>", "no text"),
    ],
)
def test_what_is_no_page_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as refusal:
        html.read(data, "x.html")
    assert refusal.value.advice


def test_a_real_page_loses_its_navigation_and_keeps_its_sections(shared_data: Path) -> None:
    reading = html.read((shared_data / "stress" / "html" / "wiki_nav_clutter.html").read_bytes(), "duck.html")
    headings = [(b.text, b.level, b.anchor) for b in reading.blocks if b.kind is BlockKind.HEADING]
    assert headings[:3] == [
        ("Duck", 1, "firstHeading"),
        ("Etymology", 2, "Etymology"),
        ("Taxonomy", 2, "Taxonomy"),
    ]
    shown = " ".join(block.text for block in reading.blocks)
    for clutter in (
        "Jump to content",
        "Afrikaans",
        "Random article",
        "[edit]",
        "Privacy policy",
        "move to sidebar",
    ):
        assert clutter not in shown


def test_real_headings_inside_paragraphs_are_read(shared_data: Path) -> None:
    data = (shared_data / "stress" / "html" / "malformed_heading_in_p.html").read_bytes()
    blocks = html.read(data, "x.html").blocks
    assert [(b.text, b.anchor) for b in blocks if b.kind is BlockKind.HEADING] == [("1", "1"), ("21", "21")]
    assert blocks[-1].text == "2nd paragraph"


def test_a_real_binary_file_named_html_is_refused(shared_data: Path) -> None:
    with pytest.raises(UnreadableFile, match="not a web page"):
        html.read((shared_data / "stress" / "html" / "corrupt_binary.html").read_bytes(), "x.html")
