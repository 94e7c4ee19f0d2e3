"""A 7-minute briefing as a Word document of one page: two columns, numbered sources at the foot."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from assistant.sessions.exports.docx_blocks import add_item, add_table, add_title, keep_with_next, set_page
from assistant.sessions.exports.docx_styles import LINK, SUPPORT, open_word, prepare
from assistant.sessions.exports.docx_xml import add_link, element
from assistant.sessions.exports.sheet import Look, by_number, grouped_sources, part_heading
from assistant.sessions.pack import NOT_ON_ONE_PAGE, Pack, PartName
from assistant.sessions.sayings import sayings

_PLAN_WIDTHS = (4.6, 2.2, 1.8)


def as_docx_page(pack: Pack, look: Look) -> bytes:
    document: Document = open_word(look.docx_template)
    prepare(document, is_template=look.docx_template is not None, is_compact=True)
    set_page(document, pack, look, margin=1.5)
    add_title(document, pack, look)
    _set_columns(document)
    for part in pack.parts:
        if part.name not in NOT_ON_ONE_PAGE:
            document.add_heading(part_heading(part), 1)
            written = [(item, add_item(document, item)) for item in part.items]
            for item, paragraph in written:
                if item.citations:
                    paragraph.add_run(" ")
                    _cite(paragraph, item.citations, pack, look)
            keep_with_next(written)
        if part.name is PartName.ACTIONS:
            columns = sayings()["actions"]["columns"][: len(_PLAN_WIDTHS)]
            title = sayings()["tables"]["action_plan"]
            add_table(document, columns, [[""] * len(columns)] * 2, _PLAN_WIDTHS, title, tall=True)
    document.add_heading(sayings()["tables"]["citations"], 1)
    for title, numbers in grouped_sources(pack):
        paragraph = document.add_paragraph(style=SUPPORT)
        _cite(paragraph, numbers, pack, look)
        paragraph.add_run(f" {title}").font.size = Pt(8)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_columns(document: Document) -> None:
    """From here on two columns, on the same page."""
    section = document.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = element("cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), str(int(Cm(0.8).twips)))


def _cite(paragraph: Paragraph, numbers: Sequence[int], pack: Pack, look: Look) -> None:
    citations = by_number(pack)
    for index, number in enumerate(numbers):
        if index:
            paragraph.add_run(" ")
        add_link(paragraph, f"[{number}]", look.link(citations[number]), LINK)
