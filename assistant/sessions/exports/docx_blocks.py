"""What both kinds of Word document are built of: the page, the title, items, tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from docx.document import Document
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from assistant.sessions.exports.docx_styles import LINE, MARK, SUPPORT
from assistant.sessions.exports.docx_xml import CALM, add_field, mark_header, set_shading
from assistant.sessions.exports.own_files import logo_in_use
from assistant.sessions.exports.sheet import Look, mark, quoted, subtitle
from assistant.sessions.pack import Item, Pack, Voice

_TALL = 1.1


def set_page(document: Document, pack: Pack, look: Look, margin: float) -> None:
    """A4; page numbers at the foot, the logo at the head; margins in cm. A template keeps its own page."""
    section = document.sections[0]
    if look.docx_template is None:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(margin)
        section.top_margin = section.bottom_margin = Cm(margin)
        section.header_distance = section.footer_distance = Cm(min(1.0, margin / 2))
    document.core_properties.title = pack.title
    document.core_properties.subject = subtitle(pack)
    document.core_properties.author = document.core_properties.comments = ""
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{pack.title}  ·  page ")
    add_field(footer, "PAGE", "1")
    footer.add_run(" of ")
    add_field(footer, "NUMPAGES", "1")


def add_title(document: Document, pack: Pack, look: Look) -> None:
    if look.logo:
        with logo_in_use(look.logo):
            picture = document.add_paragraph().add_run().add_picture(str(look.logo), height=Cm(1.6))
        properties = picture._inline.docPr
        properties.set("descr", look.logo_text or "Logo")
        properties.set("title", look.logo_text or "Logo")
    document.add_paragraph(pack.title, style="Title")
    document.add_paragraph(subtitle(pack), style="Subtitle")


def add_table(
    document: Document,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    title: str,
    *,
    tall: bool = False,
) -> None:
    """A grid with a header row that is known as one; widths in cm. `tall` rows are to be written in."""
    table = document.add_table(rows=1 + len(rows), cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for index, row in enumerate([columns, *rows]):
        for cell, text, width in zip(table.rows[index].cells, row, widths, strict=True):
            cell.width = Cm(width)
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_before = Pt(2)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            if index == 0:
                cell.paragraphs[0].runs[0].bold = True
                set_shading(cell._tc.get_or_add_tcPr(), CALM)
        if tall and index:
            table.rows[index].height = Cm(_TALL)
    mark_header(table, title, f"{title}: {', '.join(columns)}")
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def add_item(document: Document, item: Item, style: str | None = None) -> Paragraph:
    """Its mark, its quote, and below it what is said of it; citations are for the caller."""
    paragraph = document.add_paragraph(style=style or _style(item))
    if mark(item):
        paragraph.add_run(f"{mark(item)}  ", style=MARK)
    for index, line in enumerate([*quoted(item), *filter(None, [item.text])]):
        if index:
            paragraph.add_run().add_break()
        paragraph.add_run(line)
    return paragraph


def keep_with_next(paragraphs: Sequence[tuple[Item, Paragraph]]) -> None:
    """What leads in, and a line below which others stand, are not left at the foot of a page."""
    for (item, paragraph), following in zip_longest(paragraphs, paragraphs[1:]):
        is_over = following is not None and following[0].depth > item.depth
        paragraph.paragraph_format.keep_with_next = item.text.endswith(":") or is_over or None


def _style(item: Item) -> str:
    if item.voice is Voice.FIXED and not item.label:
        return "List Bullet" if item.depth else "Normal"
    return SUPPORT if item.depth else LINE
