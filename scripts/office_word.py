"""A chapter as a Word document, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from ingest.blocks import Block, BlockKind
from scripts.office_chapter import MANUAL, Chapter, number_and_words

_TEXT_WIDTH = Cm(16)
_NUMBER_WIDTH = Cm(1.5)
_INK = RGBColor(0x1F, 0x3A, 0x5F)
_SIZES = {"Normal": 11, "Title": 22, "Heading 1": 15, "Heading 2": 12.5, "Header": 9, "Footer": 9}
_SHADE = "DCE4EE"
_UNUSED = {"thumbnail", "stylesWithEffects", "customXml"}
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip archive can hold."""


def word_file(chapter: Chapter) -> bytes:
    """The bytes of the .docx."""
    document = Document()
    _set_styles(document)
    _set_page(document, chapter)
    _set_properties(document, chapter)
    document.add_paragraph(chapter.heading, style="Title")
    for line in chapter.review_dates:
        document.add_paragraph(line).paragraph_format.space_after = Pt(2)
    for part in chapter.parts():
        if isinstance(part, Block):
            _add_block(document, part)
        else:
            _add_table(document, part)
    held = io.BytesIO()
    document.save(held)
    return _undated(held.getvalue())


def _set_styles(document: WordDocument) -> None:
    _drop_what_is_unused(document)
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.rPr.rFonts
        for attribute in [key for key in fonts.attrib if "Theme" in key or "theme" in key]:
            del fonts.attrib[attribute]  # a theme's font would prevail over the one named
        if name.startswith(("Title", "Heading")):
            style.font.color.rgb, style.font.bold = _INK, True
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size), Pt(6)
    document.styles["Normal"].paragraph_format.space_after = Pt(8)
    document.styles["Normal"].paragraph_format.line_spacing = 1.15
    bullets = document.styles["List Bullet"].paragraph_format
    bullets.left_indent, bullets.first_line_indent = _NUMBER_WIDTH + Cm(0.6), -Cm(0.6)
    bullets.space_after = Pt(8)
    for language in (
        *document.styles.element.iter(qn("w:lang")),
        *document.settings.element.iter(qn("w:themeFontLang")),
    ):
        language.set(qn("w:val"), "en-GB")


def _drop_what_is_unused(document: WordDocument) -> None:
    """python-docx starts from a file with a hundred table styles, a picture of its first page, and more."""
    for style in list(document.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED:
                del part.rels[key]
    for name in ("Header", "Footer"):
        # The tab stops of a page in the American letter format.
        document.styles[name].paragraph_format.tab_stops.clear_all()


def _set_page(document: WordDocument, chapter: Chapter) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        paragraph.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(f"{chapter.owner}\t{MANUAL}")
    foot.add_run(f"{chapter.heading}\tPage ")
    _add_field(foot, "PAGE")
    foot.add_run(" of ")
    _add_field(foot, "NUMPAGES")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    """A value that Word counts itself when it shows the page."""
    field = _element("w:fldSimple", instr=instruction)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, given in attributes.items():
        element.set(qn(f"w:{name}"), given)
    return element


def _set_properties(document: WordDocument, chapter: Chapter) -> None:
    properties = document.core_properties
    properties.title, properties.subject = chapter.title, MANUAL
    properties.author = properties.last_modified_by = chapter.owner
    properties.language, properties.keywords, properties.comments = "en-GB", "", ""
    properties.created = properties.modified = datetime.combine(chapter.last_reviewed, time())


def _add_block(document: WordDocument, block: Block) -> None:
    mark, words = number_and_words(block)
    match block.kind:
        case BlockKind.HEADING:
            # The chapter's own heading is the title, so that the headings under it are one level up.
            document.add_paragraph(block.text, style=f"Heading {block.level - 1}")
        case BlockKind.LIST_ITEM:
            document.add_paragraph(words, style="List Bullet")
        case _:
            paragraph = document.add_paragraph(f"{mark}\t{words}" if mark else words)
            layout = paragraph.paragraph_format
            layout.left_indent, layout.first_line_indent = _NUMBER_WIDTH, -_NUMBER_WIDTH if mark else 0
            layout.keep_with_next = words.endswith(":")


def _add_table(document: WordDocument, rows: Sequence[Block]) -> None:
    table = document.add_table(len(rows), len(rows[0].cells), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = column_widths(rows, _TEXT_WIDTH)
    for row, line in zip(rows, table.rows, strict=True):
        line._tr.get_or_add_trPr().append(_element("w:cantSplit"))
        for cell, text, width in zip(line.cells, row.cells, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].add_run(text).bold = row.cells == row.header or None
            cell.paragraphs[0].paragraph_format.space_before = Pt(3)
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
    _flag_header(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _flag_header(table: Table) -> None:
    """Repeats the first row on each page that the table reaches, and shades it."""
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for cell in table.rows[0].cells:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_SHADE))


def column_widths(rows: Sequence[Block], width: int) -> list[int]:
    """The width shared out by the longest entries; a short one counts as a fifth of their sum."""
    longest = [max(len(row.cells[i]) for row in rows) for i in range(len(rows[0].cells))]
    shares = [max(length, sum(longest) / 5) for length in longest]
    return [int(width * share / sum(shares)) for share in shares]


def _undated(archive: bytes) -> bytes:
    """The same archive without the time of its making, and stored as it is: packed, its bytes would
    depend on the edition of the packing library."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EARLIEST), old.read(name))
    return held.getvalue()
