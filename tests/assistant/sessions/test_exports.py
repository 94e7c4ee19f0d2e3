"""Files that an office can use: opened without a complaint, accessible, nothing overflowing."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any

import docx
import pptx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from PIL import Image
from pptx.util import Pt

from assistant.sessions.exports.files import FileKind, as_file, file_name, require_own_files
from assistant.sessions.exports.pdf import data_of
from assistant.sessions.exports.pptx_fit import needed, pieces, size_for
from assistant.sessions.exports.pptx_layouts import Kind
from assistant.sessions.exports.pptx_text import messages
from assistant.sessions.exports.sheet import Look, part_heading
from assistant.sessions.pack import Item, Pack, PartName, SessionFormat, SessionRequest, Voice
from corpus.errors import SettingsError
from corpus.store import Store
from tests.assistant.sessions.making import LOOK, plan
from tests.services import absent


@pytest.fixture(scope="session")
def pack(library: Store) -> Pack:
    return plan(
        library, SessionRequest(60, SessionFormat.TRAINING, documents=("child-m-criminal-exploitation",))
    )


@pytest.fixture(scope="session")
def page(library: Store) -> Pack:
    return plan(library, SessionRequest(7, documents=("two-families",)))


@pytest.fixture(scope="session")
def logo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("logo") / "logo.png"
    Image.new("RGB", (240, 80), "#0b5563").save(path)
    return path


def word(pack: Pack, look: Look = LOOK) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return docx.Document(io.BytesIO(as_file(pack, FileKind.DOCX, look)))


def slides(pack: Pack, look: Look = LOOK) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return pptx.Presentation(io.BytesIO(as_file(pack, FileKind.PPTX, look)))


def test_a_word_document_has_real_headings_styles_and_language(pack: Pack) -> None:
    document = word(pack)

    levels = [each.style.name for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert document.paragraphs[0].style.name == "Title"
    assert levels[0] == "Heading 1"
    assert set(levels) == {"Heading 1", "Heading 2"}
    assert document.core_properties.title == pack.title
    assert document.core_properties.language == "en-GB"
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    footer = document.sections[0].footer._element.xml
    assert "PAGE" in footer
    assert "NUMPAGES" in footer


def test_a_word_documents_tables_have_header_rows_and_descriptions(pack: Pack) -> None:
    document = word(pack)

    assert [table.rows[0].cells[0].text for table in document.tables] == [
        "Minutes",
        "What we will do",
        "Date",
    ]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    order = document.tables[0]
    assert sum(int(row.cells[0].text) for row in order.rows[1:-1]) == 60


def test_a_word_documents_citations_are_footnotes_that_open_the_words(pack: Pack) -> None:
    file = zipfile.ZipFile(io.BytesIO(as_file(pack, FileKind.DOCX, LOOK)))

    notes = file.read("word/footnotes.xml").decode()
    links = file.read("word/_rels/footnotes.xml.rels").decode()
    body = file.read("word/document.xml").decode()
    references = re.findall(r"<w:footnoteReference [^>]*w:id=\"(\d+)\"", body)
    assert len(references) == len(set(references)) == notes.count("<w:footnoteRef/>")
    targets = set(re.findall(r'Target="([^"]+)"', links))
    assert targets == {f"https://assistant.example{each.url}" for each in pack.citations}


def test_a_word_documents_contents_lead_to_its_parts(pack: Pack) -> None:
    body = word(pack).element.body

    names = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    anchors = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink")) if each.get(qn("w:anchor"))]
    assert anchors == [f"part{number}" for number in range(1, len(pack.parts) + 1)]
    assert names.issuperset(anchors)


def test_every_word_of_the_pack_is_in_the_word_document(pack: Pack) -> None:
    text = "\n".join(paragraph.text for paragraph in word(pack).paragraphs)

    flat = " ".join(text.split())
    for part in pack.parts:
        for item in (*part.items, *part.notes):
            for line in item.quote.splitlines():
                assert " ".join(line.split()) in flat
            assert " ".join(item.text.split()) in flat


def test_properties_stand_in_the_order_that_word_asks_for(pack: Pack) -> None:
    for style in word(pack).styles.element.iter(qn("w:style")):
        properties = style.find(qn("w:pPr"))
        names = [each.tag.split("}")[1] for each in properties] if properties is not None else []
        known = [
            name
            for name in ("keepNext", "pBdr", "shd", "spacing", "ind", "jc", "outlineLvl")
            if name in names
        ]
        assert sorted(known, key=names.index) == known


def test_shapes_of_a_slide_have_ids_of_their_own(pack: Pack) -> None:
    for slide in slides(pack).slides:
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(ids) == len(set(ids))


def test_a_logo_has_a_text_for_those_who_do_not_see_it(pack: Pack, logo: Path) -> None:
    look = Look("https://assistant.example", logo=logo, logo_text="Sample partnership")

    pictures = list(word(pack, look).element.body.iter(qn("wp:docPr")))
    shown = [each for each in slides(pack, look).slides[0].shapes if each.shape_type == 13]
    assert [each.get("descr") for each in pictures] == ["Sample partnership"]
    assert [each._element.nvPicPr.cNvPr.get("descr") for each in shown] == ["Sample partnership"]
    assert as_file(pack, FileKind.PDF, look).startswith(b"%PDF-")


@pytest.mark.parametrize("kind", [FileKind.DOCX, FileKind.PPTX, FileKind.PDF])
@pytest.mark.parametrize("content", ["text", "cut", "webp", "none"])
def test_a_logo_that_is_none_is_told_with_its_setting(
    pack: Pack, logo: Path, tmp_path: Path, kind: FileKind, content: str
) -> None:
    wrong = tmp_path / "wrong.png"
    if content == "text":
        wrong.write_text("This is no picture.")
    elif content == "cut":
        wrong.write_bytes(logo.read_bytes()[:90])
    elif content == "webp":
        Image.new("RGB", (240, 80)).save(wrong, format="WEBP")

    with pytest.raises(SettingsError, match=r"wrong\.png .*ASSISTANT_SESSIONS__LOGO names a PNG or JPEG"):
        as_file(pack, kind, Look(LOOK.base_url, logo=wrong))
    assert as_file(pack, FileKind.MARKDOWN, Look(LOOK.base_url, logo=wrong))


def test_a_logo_is_what_it_holds_and_not_what_it_is_called(pack: Pack, tmp_path: Path) -> None:
    Image.new("RGB", (240, 80)).save(tmp_path / "logo.png", format="JPEG")

    for kind in FileKind:
        assert as_file(pack, kind, Look(LOOK.base_url, logo=tmp_path / "logo.png"))


@pytest.mark.parametrize("content", [b"", b"This is no template.", "other"])
def test_a_template_that_is_none_is_told_with_its_setting(
    pack: Pack, page: Pack, tmp_path: Path, content: bytes | str
) -> None:
    word_file, slides_file = tmp_path / "theirs.docx", tmp_path / "theirs.pptx"
    if isinstance(content, bytes):
        word_file.write_bytes(content)
        slides_file.write_bytes(content)
    else:
        pptx.Presentation().save(str(word_file))
        docx.Document().save(str(slides_file))
    look = Look(LOOK.base_url, docx_template=word_file, pptx_template=slides_file)

    for kind, made, told in (
        (FileKind.DOCX, pack, "Save it anew in Word as .docx, or correct ASSISTANT_SESSIONS__DOCX_TEMPLATE"),
        (FileKind.DOCX, page, "ASSISTANT_SESSIONS__DOCX_TEMPLATE"),
        (FileKind.PPTX, pack, "ASSISTANT_SESSIONS__PPTX_TEMPLATE"),
    ):
        with pytest.raises(SettingsError, match=told):
            as_file(made, kind, look)
        with pytest.raises(SettingsError, match=told):
            require_own_files(kind, look)
    assert as_file(pack, FileKind.PDF, look)


def test_a_word_template_without_a_page_gets_one(pack: Pack, tmp_path: Path) -> None:
    theirs = docx.Document()
    theirs.element.body.remove(theirs.element.body.sectPr)
    theirs.save(str(tmp_path / "theirs.docx"))

    assert word(pack, Look(LOOK.base_url, docx_template=tmp_path / "theirs.docx")).sections


def test_a_partnerships_own_templates_are_used(pack: Pack, tmp_path: Path) -> None:
    theirs = docx.Document()
    theirs.sections[0].header.paragraphs[0].text = "Sample partnership"
    theirs.add_paragraph("Write here.")
    for name in ("List Bullet", "Heading 2", "Table Grid", "Subtitle"):
        theirs.styles[name].delete()
    theirs.save(str(tmp_path / "theirs.docx"))
    deck = pptx.Presentation()
    deck.slide_layouts[1].name = Kind.TEXT.value
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text_frame.text = "Example"
    deck.save(str(tmp_path / "theirs.pptx"))
    look = Look(LOOK.base_url, docx_template=tmp_path / "theirs.docx", pptx_template=tmp_path / "theirs.pptx")

    document = word(pack, look)
    assert document.sections[0].header.paragraphs[0].text == "Sample partnership"
    assert "Write here." not in {paragraph.text for paragraph in document.paragraphs}
    assert {"Heading 2", "List Bullet"} <= {paragraph.style.name for paragraph in document.paragraphs}
    made = slides(pack, look)
    assert made.slide_width == deck.slide_width
    assert made.slides[0].shapes.title.text_frame.text == pack.title
    assert len(made.slide_layouts) == len(deck.slide_layouts)


def test_slides_have_a_layout_for_each_kind_a_title_first_and_notes_with_citations(pack: Pack) -> None:
    deck = slides(pack)

    used = {slide.slide_layout.name for slide in deck.slides}
    assert used == {kind.value for kind in Kind}
    for slide in list(deck.slides)[1:]:
        assert slide.shapes[0] == slide.shapes.title
        assert slide.shapes.title.text_frame.text
    said = [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    by_number = {each.number: each for each in pack.citations}
    part = pack.part(PartName.MESSAGES)
    assert part is not None
    for number in part.items[0].citations:
        assert any(f"https://assistant.example{by_number[number].url}" in each for each in said)
    assert any("Answer: “" in each for each in said)


def test_slides_are_in_british_english_and_no_text_is_below_eighteen_points(pack: Pack) -> None:
    for slide in slides(pack).slides:
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
            for frame in frames:
                for run in (run for paragraph in frame.paragraphs for run in paragraph.runs):
                    assert run._r.rPr.get("lang") == "en-GB"
                    assert run.font.size is None or run.font.size >= Pt(18)


def test_tables_on_slides_have_a_header_row_and_a_description(pack: Pack) -> None:
    tables = [shape for slide in slides(pack).slides for shape in slide.shapes if shape.has_table]

    assert len(tables) == 2
    for shape in tables:
        assert shape.table.first_row
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


def test_no_slide_ends_with_what_leads_in_to_the_next(pack: Pack) -> None:
    for slide in slides(pack).slides:
        texts = [
            paragraph.text
            for shape in slide.placeholders
            if shape != slide.shapes.title
            for paragraph in shape.text_frame.paragraphs
        ]
        assert not texts[-1:] or not texts[-1].endswith("thing:")


def test_bare_messages_share_a_slide_and_their_count_stands_with_the_first() -> None:
    count = Item("m-1", Voice.FORMED, text="Found in 2.", label="Counted", citations=(1,))
    first, second, *bare = [Item(f"m-{n}", Voice.QUOTE, quote=f"{n}", citations=(n,)) for n in range(2, 9)]
    below = Item("m-9", Voice.QUOTE, quote="9", citations=(9,), depth=1)

    groups = messages([count, first, below, second, below, *bare], 4)

    assert groups == [[count, first, below], [second, below], bare[:4], bare[4:]]


def test_a_table_to_be_written_in_has_a_low_header(pack: Pack) -> None:
    deck = slides(pack)

    [table] = [
        shape.table
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table and shape.table.cell(0, 0).text == "What we will do"
    ]
    header, *rows = [row.height for row in table.rows]
    assert all(height > 2 * header for height in rows)


def test_what_leads_to_others_is_not_left_at_the_foot_of_a_page(pack: Pack, page: Pack) -> None:
    for each in (pack, page):
        part = each.part(PartName.MESSAGES)
        assert part is not None
        headed = [item.quote for item in part.items if not item.depth]
        lines = word(each).paragraphs
        for quote in headed:
            assert any(line.paragraph_format.keep_with_next for line in lines if quote in line.text), quote
        data = [item for item in data_of(each, LOOK)["parts"][3]["items"] if not item["depth"]]
        assert data
        assert all(item["leads"] for item in data)


def test_a_question_stands_below_the_words_that_it_was_formed_from(pack: Pack) -> None:
    part = pack.part(PartName.DISCUSSION)
    assert part is not None
    formed = next(item for item in part.items if item.quote and item.text)

    [line] = [each.text for each in word(pack).paragraphs if formed.text in each.text]
    assert f"”\n{formed.text}" in line


def test_a_pdf_names_a_documents_version_once(pack: Pack) -> None:
    places = [each["place"] for each in data_of(pack, LOOK)["citations"].values()]

    versions = {(each.document_id, each.version) for each in pack.citations}
    assert len([place for place in places if ", version " in place]) == len(versions)


def test_text_that_does_not_fit_at_the_smallest_size_is_parted() -> None:
    long = "word " * 900

    assert size_for([long], 11.0, 4.8) is None
    parts = pieces(long.strip(), 11.0, 4.8)
    assert len(parts) > 1
    assert " ".join(parts) == long.strip()
    assert all(needed([part], 11.0, 18) <= 4.8 for part in parts)
    assert size_for(["short"], 11.0, 4.8) == 30


def test_colours_of_text_and_ground_are_far_enough_apart() -> None:
    pairs = [
        ("0b5563", "ffffff"),
        ("1d2326", "f3f7f7"),
        ("1d2326", "e8f1f2"),
        ("ffffff", "0b5563"),
        ("4a5459", "ffffff"),
    ]

    for one, other in pairs:
        light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_markdown_has_a_footnote_for_each_citation(pack: Pack) -> None:
    text = as_file(pack, FileKind.MARKDOWN, LOOK).decode()

    defined = set(re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE))
    assert defined == {str(each.number) for each in pack.citations}
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == defined
    assert text.startswith(f"# {pack.title}\n")


def test_a_pdf_is_tagged_and_says_its_language(pack: Pack) -> None:
    file = as_file(pack, FileKind.PDF, LOOK)
    document = pypdfium2.PdfDocument(file)

    assert document.is_tagged()
    assert b"pdfuaid:part" in file
    assert document.get_metadata_value("Title") == pack.title
    outline = [each.get_title() for each in document.get_toc()]
    assert set(outline).issuperset(part_heading(part) for part in pack.parts)


def test_what_typst_keeps_is_kept_by_no_process_that_answers(page: Pack) -> None:
    as_file(page, FileKind.PDF, LOOK)

    assert "typst" not in sys.modules


def test_the_same_pack_is_the_same_pdf(page: Pack) -> None:
    assert as_file(page, FileKind.PDF, LOOK) == as_file(page, FileKind.PDF, LOOK)


def test_a_seven_minute_briefing_is_one_page(page: Pack, real_briefing: Store) -> None:
    [document] = real_briefing.register.documents()
    real = plan(real_briefing, SessionRequest(7, documents=(document.id,)))

    for each in (page, real):
        assert len(pypdfium2.PdfDocument(as_file(each, FileKind.PDF, LOOK))) == 1


def test_the_name_of_a_file_says_what_it_is(page: Pack) -> None:
    assert file_name(page, FileKind.DOCX) == "learning-briefing-two-families-in-east-sussex-7-min.docx"


def test_office_renders_one_page_and_no_slide_overflows(pack: Pack, page: Pack, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        absent("LibreOffice is not installed: `apt-get install libreoffice-writer libreoffice-impress`")
    (tmp_path / "page.docx").write_bytes(as_file(page, FileKind.DOCX, LOOK))
    deck = as_file(pack, FileKind.PPTX, LOOK)
    (tmp_path / "deck.pptx").write_bytes(deck)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    files = [str(tmp_path / name) for name in ("page.docx", "deck.pptx")]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)

    assert len(pypdfium2.PdfDocument(tmp_path / "page.pdf")) == 1
    rendered = pypdfium2.PdfDocument(tmp_path / "deck.pdf")
    assert len(rendered) == len(pptx.Presentation(io.BytesIO(deck)).slides)
    for number, slide in enumerate(rendered, start=1):
        width, height = slide.get_size()
        for left, bottom, right, top in _letters(slide):
            # Below are the slide's number and the margin.
            assert left >= 0.04 * width, number
            assert right <= 0.97 * width, number
            assert bottom >= 0.03 * height, number
            assert top <= 0.97 * height, number


def _letters(page: Any) -> list[tuple[float, float, float, float]]:
    text = page.get_textpage()
    return [text.get_rect(index) for index in range(text.count_rects())]
