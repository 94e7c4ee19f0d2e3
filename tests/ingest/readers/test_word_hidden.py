"""Words of a Word document that nobody sees are left out and told; what may be seen stays."""

from __future__ import annotations

import pytest

from ingest.blocks import Reading
from ingest.readers.word import read as read_word
from tests.ingest.readers.word_maker import docx, p, r, row, style, styled, table, tc

HIDDEN = "hidden words for machines"
SEEN = "plain words for readers"
WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'
_SPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def read(body: str, **parts: str) -> Reading:
    return read_word(docx(p("First.") + body, parts), "a.docx")


def run(words: str, properties: str) -> str:
    return f"<w:p>{r(words, properties)}</w:p>"


def box(content: str, fill: str) -> str:
    return (
        f"<w:p {_SPACES}><w:r><w:drawing><wps:wsp><wps:spPr>{fill}</wps:spPr>"
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></w:r></w:p>"
    )


def solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def backdrop(behind: int) -> str:
    return (
        f'<w:p {_SPACES}><w:r><w:drawing><wp:anchor behindDoc="{behind}"><a:blip/></wp:anchor></w:drawing>'
        "</w:r></w:p>"
    )


@pytest.mark.parametrize(
    ("body", "parts", "how"),
    [
        (run(HIDDEN, "<w:vanish/>"), {}, "marked as hidden"),
        (run(HIDDEN, WHITE), {}, "colour of its background"),
        (run(HIDDEN, '<w:color w:val="FDFDFD"/>'), {}, "colour of its background"),
        (run(HIDDEN, '<w:color w:val="000000" w:themeColor="background1"/>'), {}, "colour of its background"),
        (
            run(HIDDEN, '<w:color w:val="000000"/><w:highlight w:val="black"/>'),
            {},
            "colour of its background",
        ),
        (run(HIDDEN, f'<w:color w:val="1F3864"/>{DARK}'), {}, "colour of its background"),
        (run(HIDDEN, '<w:sz w:val="2"/>'), {}, "too small"),
        (
            f"<w:p {_SPACES}>{r(HIDDEN, '<w14:textFill><w14:noFill/></w14:textFill>')}</w:p>",
            {},
            "transparent",
        ),
        (
            styled(HIDDEN, "X"),
            {"styles": style("X", "Ghost", f"<w:rPr>{WHITE}</w:rPr>")},
            "colour of its background",
        ),
        (
            styled(HIDDEN, "Y"),
            {"styles": style("X", "A", '<w:rPr><w:sz w:val="1"/></w:rPr>') + style("Y", "B", based_on="X")},
            "too small",
        ),
        (table(row(tc("a"), tc("b")), row("c", f"<w:tc>{run(HIDDEN, WHITE)}</w:tc>")), {}, "colour of its"),
        (box(run(HIDDEN, WHITE), "<a:noFill/>"), {}, "colour of its background"),
        (box(run(HIDDEN, WHITE), solid("FFFFFF")), {}, "colour of its background"),
        (f"<w:p><w:del><w:r><w:delText>{HIDDEN}</w:delText></w:r></w:del></w:p>", {}, "deleted text"),
        (
            table(row("a", "b"), row("c", "d"), row(HIDDEN, "e", properties="<w:del/>")),
            {},
            "deleted text",
        ),
        ("", {"comments": f'<w:comment w:id="1">{p(HIDDEN)}</w:comment>'}, "comments"),
        (
            f'<w:p {_SPACES}><mc:AlternateContent><mc:Choice Requires="odd">{r(HIDDEN)}</mc:Choice>'
            "</mc:AlternateContent></w:p>",
            {},
            "marked as hidden",
        ),
    ],
)
def test_words_that_are_not_seen_are_left_out_and_told(body: str, parts: dict[str, str], how: str) -> None:
    reading = read(body, **parts)
    assert not any("hidden" in block.text for block in reading.blocks)
    assert how in reading.warnings[0]
    assert HIDDEN in reading.warnings[0]


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (run(SEEN, f'{WHITE}<w:highlight w:val="darkBlue"/>'), {}),
        (run(SEEN, WHITE + DARK), {}),
        (f"<w:p><w:pPr>{DARK}</w:pPr>{r(SEEN, WHITE)}</w:p>", {}),
        (run(SEEN, '<w:color w:val="auto"/><w:sz w:val="8"/>'), {}),
        (run(SEEN, '<w:color w:val="4472C4" w:themeColor="accent1"/>'), {}),
        (box(run(SEEN, WHITE), solid("1F3864")), {}),
        (table(row("a", "b"), row(f"<w:tc><w:tcPr>{DARK}</w:tcPr>{run(SEEN, WHITE)}</w:tc>", "c")), {}),
        (
            '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr>'
            + row(f"<w:tc>{run(SEEN, WHITE)}</w:tc>", "b")
            + row("c", "d")
            + "</w:tbl>",
            {
                "styles": '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/>'
                f'<w:tblStylePr w:type="firstRow"><w:tcPr>{DARK}</w:tcPr></w:tblStylePr></w:style>'
            },
        ),
    ],
)
def test_words_on_a_ground_of_another_colour_stay(body: str, parts: dict[str, str]) -> None:
    reading = read(body, **parts)
    assert any(SEEN in block.text for block in reading.blocks)
    assert not any("nobody sees" in warning for warning in reading.warnings)


def test_white_words_are_hidden_in_the_plain_rows_of_a_table_whose_head_is_dark() -> None:
    styles = (
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{DARK}</w:tcPr></w:tblStylePr></w:style>'
    )
    cell = f"<w:tc>{run(HIDDEN, WHITE)}</w:tc>"
    rows = row("a", "b") + row("c", "d", cell) + row("e", "f")
    reading = read(f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr>{rows}</w:tbl>', styles=styles)
    assert not any("hidden" in block.text for block in reading.blocks)


def test_white_words_that_may_stand_on_a_picture_are_kept_and_told_until_the_page_ends() -> None:
    page_break = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    reading = read(backdrop(1) + run(SEEN, WHITE) + page_break + run(HIDDEN, WHITE))
    assert [block.text for block in reading.blocks] == ["First.", SEEN]
    kept, left_out = reading.warnings[:2]
    assert kept.startswith("Read, but look at it yourself: white text")
    assert HIDDEN in left_out
    assert SEEN not in [block.text for block in read(backdrop(0) + run(SEEN, WHITE)).blocks]


def test_white_words_in_an_unfilled_box_are_kept_only_where_something_may_lie_under_it() -> None:
    unfilled = box(run(SEEN, WHITE), "<a:noFill/>")
    assert SEEN in [block.text for block in read(box(p("Dark."), solid("000000")) + unfilled).blocks]
    assert SEEN not in [block.text for block in read(unfilled).blocks]


def test_white_words_on_a_page_of_another_colour_are_seen_where_the_page_shows_it() -> None:
    settings = "<w:displayBackgroundShape/>"
    body = p("First.") + run(SEEN, WHITE)
    shown = docx(body, {"settings": settings}, background='<w:background w:color="1F3864"/>')
    not_shown = docx(body, background='<w:background w:color="1F3864"/>')
    assert [block.text for block in read_word(shown, "a.docx").blocks] == ["First.", SEEN]
    assert [block.text for block in read_word(not_shown, "a.docx").blocks] == ["First."]


def test_the_fallback_stands_for_a_choice_that_word_does_not_understand() -> None:
    choice = f'<mc:Choice Requires="odd">{r(HIDDEN)}</mc:Choice><mc:Fallback>{r(SEEN)}</mc:Fallback>'
    body = f"<w:p {_SPACES}><mc:AlternateContent>{choice}</mc:AlternateContent></w:p>"
    assert [block.text for block in read(body).blocks] == ["First.", SEEN]


def test_characters_of_no_width_go() -> None:
    reading = read(p("The front d\u200boor op\U000e0041\U000e0042ens."))
    assert reading.blocks[-1].text == "The front door opens."
    assert "“AB”" in reading.warnings[0]
