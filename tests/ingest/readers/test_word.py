from __future__ import annotations

import pytest

from corpus.errors import UnreadableFile
from ingest.blocks import Block, BlockKind
from ingest.readers.word import read
from tests.ingest.readers.word_maker import (
    STRICT_URI,
    docx,
    level,
    numbered,
    numbering,
    p,
    r,
    row,
    style,
    styled,
    table,
    tc,
)


def blocks(body: str, **parts: str) -> tuple[Block, ...]:
    return read(docx(body, parts), "a.docx").blocks


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


def test_heading_levels_come_from_styles_their_ancestors_and_outline_levels() -> None:
    styles = (
        style("H2", "heading 2")
        + style("Mine", "Chapter heading", based_on="H2")
        + style("U1", "Überschrift 1")
        + style("O", "Odd", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
        + style("T", "Title")
    )
    body = "".join(styled(name, name) for name in ("T", "U1", "H2", "Mine", "O")) + p("plain")
    found = blocks(body, styles=styles)
    assert [block.level for block in found] == [1, 2, 3, 3, 4, 0], "a title stands above all headings"
    assert read(docx(body, {"styles": styles}), "a.docx").metadata["title"] == "T"


def test_a_style_that_inherits_from_itself_does_no_harm() -> None:
    assert texts(styled("Words", "A"), styles=style("A", "a", based_on="A")) == ["Words"]


def test_printed_numbers_are_those_of_the_page() -> None:
    lists = numbering(
        level(0, "decimal", "%1.", start=8), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3"),
        level(3, "lowerLetter", "%4)"), level(4, "bullet", "x"),
    )  # fmt: skip
    depths = [0, 1, 2, 2, 3, 3, 4, 2, 1, 2, 0, 1]
    assert [t.split(" ")[0] for t in texts("".join(numbered("w", d) for d in depths), numbering=lists)] == [
        "8.", "8.1", "8.1.1", "8.1.2", "a)", "b)", "•", "8.1.3", "8.2", "8.2.1", "9.", "9.1",
    ]  # fmt: skip


def test_a_numbered_paragraph_stays_a_paragraph_and_a_marker_makes_a_list_item() -> None:
    lists = numbering(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "lowerRoman", "(%3)"))
    found = blocks(numbered("a", 0) + numbered("b", 1) + numbered("c", 2), numbering=lists)
    assert [(block.kind, block.text, block.level) for block in found] == [
        (BlockKind.LIST_ITEM, "1 a", 1),
        (BlockKind.PARAGRAPH, "1.1 b", 0),
        (BlockKind.LIST_ITEM, "(i) c", 3),
    ]


def test_lists_of_one_definition_go_on_unless_they_start_anew() -> None:
    lists = numbering(level(0, "upperLetter", "%1."))
    body = numbered("w", 0) + numbered("w", 0, 2)
    assert texts(body, numbering=lists) == ["A. w", "B. w"]
    fresh = numbering(
        level(0, "upperLetter", "%1."),
        overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>',
    )
    assert texts(body + numbered("w", 0, 2), numbering=fresh) == ["A. w", "C. w", "D. w"]


def test_legal_numbering_and_a_level_that_never_restarts() -> None:
    lists = numbering(
        level(0, "upperRoman", "Part %1"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "decimal", "%3.", '<w:lvlRestart w:val="0"/>'),
    )
    body = "".join(numbered("w", depth) for depth in (0, 1, 2, 0, 1, 2))
    assert texts(body, numbering=lists) == ["Part I w", "1.1 w", "1. w", "Part II w", "2.1 w", "2. w"]


def test_headings_carry_the_number_of_their_style() -> None:
    lists = numbering(level(0, "decimal", "%1", '<w:pStyle w:val="H1"/>'), level(1, "decimal", "%1.%2"))
    num = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    found = blocks(styled("Scope", "H1"), styles=style("H1", "heading 1", num), numbering=lists)
    assert (found[0].text, found[0].kind) == ("1 Scope", BlockKind.HEADING)


def test_tracked_changes_read_as_accepted_and_a_move_reads_once() -> None:
    removed = "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
    body = (
        f"<w:p>{r('a ')}<w:ins>{r('new ')}</w:ins>{removed}{r('b')}</w:p>"
        f"<w:p><w:moveFrom>{r('moved')}</w:moveFrom></w:p><w:p><w:moveTo>{r('moved')}</w:moveTo></w:p>"
    )
    assert texts(body) == ["a new b", "moved"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('One')}</w:p>"
    assert texts(first + p("two.")) == ["One two."]


def test_hidden_text_is_left_out_with_a_warning() -> None:
    shown = r("too", '<w:vanish w:val="0"/>')
    body = f"<w:p>{r('seen ')}{r('unseen', '<w:vanish/>')}{shown}</w:p>"
    reading = read(docx(body), "a.docx")
    assert [block.text for block in reading.blocks] == ["seen too"]
    assert reading.warnings == (
        "Left out, since nobody sees it: text that is marked as hidden (1 place). paragraph 1: “unseen”.",
    )


def test_footnotes_stand_after_their_paragraph_with_a_mark_in_it() -> None:
    body = f'<w:p>{r("Claim")}<w:r><w:footnoteReference w:id="7"/></w:r></w:p>' + p("Next")
    found = blocks(body, footnotes=f'<w:footnote w:id="7">{p("Source")}</w:footnote>')
    assert [block.text for block in found] == ["Claim[1]", "[1] Source", "Next"]
    assert found[1].kind is BlockKind.FOOTNOTE


def test_text_boxes_links_controls_and_breaks_keep_their_words() -> None:
    box = (
        "<w:r><w:pict><w:textbox><w:txbxContent>" + p("boxed") + "</w:txbxContent></w:textbox></w:pict></w:r>"
    )
    link = f"<w:hyperlink>{r('linked')}</w:hyperlink>"
    control = f"<w:sdt><w:sdtContent>{r(' filled')}</w:sdtContent></w:sdt>"
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>"
    )
    broken = "<w:r><w:br/><w:t>below</w:t><w:tab/><w:t>right</w:t></w:r>"
    assert texts(f"<w:p>{link}{control}{prompt}{broken}{box}</w:p>") == ["linked filled below right", "boxed"]
    assert texts(f"<w:sdt><w:sdtContent>{p('wrapped')}</w:sdtContent></w:sdt>") == ["wrapped"]


def test_tables_have_headers_and_filled_merged_cells() -> None:
    start, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = blocks(
        table(
            row("Who", "What", "When"),
            row(tc("Chair", start), "Write", "1 day"),
            row(tc("", more), tc("Send", '<w:gridSpan w:val="2"/>')),
            row(tc("Note over all", '<w:gridSpan w:val="3"/>')),
        )
    )
    assert [block.cells for block in found] == [
        ("Who", "What", "When"), ("Chair", "Write", "1 day"), ("Chair", "Send", "Send"), ("Note over all",),
    ]  # fmt: skip
    assert {block.header for block in found} == {("Who", "What", "When")}
    assert found[1].text == "Chair | Write | 1 day"


def test_flagged_header_rows_become_one_and_label_tables_have_none() -> None:
    flag = "<w:tblHeader/>"
    found = blocks(table(row("A", "B", properties=flag), row("x", "y", properties=flag), row("1", "2")))
    assert found[1].header == ("A x", "B y")
    assert blocks(table(row("Name:", "Sam"), row("Role:", "Chair")))[0].header == ()


def test_nested_tables_read_on_one_line_and_a_box_is_no_table() -> None:
    inner = table(row("a", "b"), row("c", "d"))
    found = blocks(table(row("H", "I"), row(tc("before", inside=inner), "x")))
    assert found[1].cells == ("before a, b; c, d", "x")
    assert blocks(table(row("Boxed words")))[0].kind is BlockKind.PARAGRAPH


def test_bold_lines_are_headings_only_where_no_style_marks_any() -> None:
    bold = f"<w:p>{r('Key learning', '<w:b/>')}</w:p>"
    assert blocks(bold + p("Words."))[0].kind is BlockKind.HEADING
    styles = style("H1", "heading 1")
    assert blocks(styled("Top", "H1") + bold, styles=styles)[1].kind is BlockKind.PARAGRAPH


def test_the_table_of_contents_is_left_out() -> None:
    contents = styled("Scope 3", "T1")
    reading = read(docx(contents + p("Words"), {"styles": style("T1", "toc 1")}), "a.docx")
    assert [block.text for block in reading.blocks] == ["Words"]
    assert reading.warnings == ("The table of contents was left out.",)


def test_strict_documents_read_like_others() -> None:
    assert [block.text for block in read(docx(p("Words"), uri=STRICT_URI), "a.docx").blocks] == ["Words"]


def test_bombs_entities_and_damage_are_refused_with_advice() -> None:
    bomb = docx(p("x"), extra={"word/media/pad.bin": bytes(20_000_000)})
    entities = docx(p("&b;"), prolog='<!DOCTYPE w [<!ENTITY b "boom">]>')
    whole = docx(p("x"))
    for data, words in (
        (bomb, "zip bomb"),
        (entities, "XML entities"),
        (whole[: len(whole) // 2], "not a whole"),
    ):
        with pytest.raises(UnreadableFile, match=words) as refusal:
            read(data, "a.docx")
        assert refusal.value.advice
