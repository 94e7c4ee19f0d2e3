"""A pack as a Word document: real styles, contents, footnotes, page numbers, tables with headers."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from assistant.sessions.exports.docx_blocks import add_item, add_table, add_title, keep_with_next, set_page
from assistant.sessions.exports.docx_footnotes import Footnotes
from assistant.sessions.exports.docx_styles import (
    FOOTNOTE,
    LINK,
    NOTE,
    REFERENCE,
    SUPPORT,
    open_word,
    prepare,
)
from assistant.sessions.exports.docx_xml import (
    add_bookmark,
    add_link,
    element,
)
from assistant.sessions.exports.sheet import (
    Look,
    by_number,
    made,
    order_rows,
    part_heading,
    place,
)
from assistant.sessions.pack import Item, Pack, Part, PartName
from assistant.sessions.sayings import sayings

_ORDER_WIDTHS = (2.2, 2.0, 2.0, 10.8)
_PLAN_WIDTHS = (6.8, 3.4, 2.8, 4.0)
_EMPTY_ROWS = 4


def as_docx(pack: Pack, look: Look) -> bytes:
    return _Writer(pack, look).write()


class _Writer:
    def __init__(self, pack: Pack, look: Look) -> None:
        self._pack = pack
        self._look = look
        self._document: Document = open_word(look.docx_template)
        prepare(self._document, is_template=look.docx_template is not None, is_compact=False)
        styles = self._document.styles
        self._footnotes = Footnotes(self._document, styles[FOOTNOTE].style_id, styles[REFERENCE].style_id)
        self._citations = by_number(pack)
        self._named: set[tuple[str, int]] = set()

    def write(self) -> bytes:
        set_page(self._document, self._pack, self._look, margin=2.2)
        self._open()
        for number, part in enumerate(self._pack.parts, start=1):
            self._part(part, number)
        self._footnotes.write()
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _open(self) -> None:
        said = sayings()["tables"]
        add_title(self._document, self._pack, self._look)
        self._document.add_paragraph(made(self._pack))
        add_link(
            self._document.add_paragraph(),
            self._look.pack_link(self._pack),
            self._look.pack_link(self._pack),
            LINK,
        )
        heading = self._document.add_heading(said["running_order"], 1)
        heading.paragraph_format.page_break_before = False
        add_table(
            self._document, said["columns"], order_rows(self._pack), _ORDER_WIDTHS, said["running_order"]
        )
        self._contents()

    def _contents(self) -> None:
        """Filled in already, as links: a field that has to be updated first is empty where it is not."""
        self._document.add_heading(sayings()["tables"]["contents"], 1)
        for number, part in enumerate(self._pack.parts, start=1):
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            if number == 1:
                _begin(paragraph, 'TOC \\o "1-1" \\h \\n')
            add_link(paragraph, part.title, f"#part{number}", LINK)
            if number == len(self._pack.parts):
                paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))

    def _part(self, part: Part, number: int) -> None:
        heading = self._document.add_heading(part_heading(part), 1)
        add_bookmark(heading, f"part{number}", number)
        if part.name is PartName.LEARNING:
            heading.paragraph_format.page_break_before = True
        self._items(part.items)
        if part.name is PartName.ACTIONS:
            self._plan()
        if part.name is PartName.QUIZ:
            self._answers(part)
        if part.notes:
            self._document.add_heading(sayings()["marks"]["facilitator"], 2)
            self._items(part.notes, style=NOTE)

    def _items(self, items: Sequence[Item], style: str | None = None) -> None:
        written = [(item, add_item(self._document, item, style)) for item in items]
        for item, paragraph in written:
            if not item.answer:
                self._cite(paragraph, item.citations)
        keep_with_next(written)

    def _answers(self, part: Part) -> None:
        self._document.add_heading(f"{sayings()['labels']['answer']}s", 2)
        asked = [item for item in part.items if item.answer]
        for number, item in enumerate(asked, start=1):
            paragraph = self._document.add_paragraph(style=SUPPORT)
            paragraph.add_run(f"{number}. “{item.answer}”")
            answer = (item.answer_citation,) if item.answer_citation else ()
            self._cite(paragraph, answer + item.citations)

    def _plan(self) -> None:
        said = sayings()["actions"]
        self._document.add_heading(sayings()["tables"]["action_plan"], 2)
        empty = [[""] * 4] * _EMPTY_ROWS
        add_table(
            self._document,
            said["columns"],
            empty,
            _PLAN_WIDTHS,
            sayings()["tables"]["action_plan"],
            tall=True,
        )
        self._document.add_heading(said["log_title"], 2)
        entry = self._document.add_paragraph(said["log"].format(url=self._look.pack_link(self._pack)))
        entry.paragraph_format.keep_with_next = True
        add_table(
            self._document, said["log_columns"], [[""] * 4] * 2, _PLAN_WIDTHS, said["log_title"], tall=True
        )

    def _cite(self, paragraph: Paragraph, numbers: Sequence[int]) -> None:
        for index, number in enumerate(numbers):
            if index:
                paragraph.add_run(", ").font.superscript = True
            citation = self._citations[number]
            document = (citation.document_id, citation.version)
            text = place(citation, is_known=document in self._named)
            self._named.add(document)
            self._footnotes.add(paragraph, text, self._look.link(citation))


def _begin(paragraph: Paragraph, instruction: str) -> None:
    paragraph.add_run()._r.append(element("fldChar", fldCharType="begin"))
    code = element("instrText")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(element("fldChar", fldCharType="separate"))
