"""A chapter as a PDF, set as a page of the printed manual, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from ingest.blocks import Block, BlockKind
from scripts.office_chapter import MANUAL, Chapter, number_and_words
from scripts.office_word import column_widths

_MARGIN = 2.5 * cm
_TEXT_WIDTH = A4[0] - 2 * _MARGIN
_NUMBER_WIDTH = 1.5 * cm
_INK, _RULE, _SHADE = HexColor("#1F3A5F"), HexColor("#8A98AB"), HexColor("#DCE4EE")

_BODY = ParagraphStyle(
    "Body",
    fontName="Helvetica",
    fontSize=10.5,
    leading=14.5,
    spaceBefore=7,
    spaceAfter=7,
    leftIndent=_NUMBER_WIDTH,
    bulletFontName="Helvetica",
    bulletFontSize=10.5,
    allowWidows=0,
    allowOrphans=0,
)
_LEAD_IN = ParagraphStyle("LeadIn", _BODY, keepWithNext=1)
_BULLET = ParagraphStyle(
    "Bullet", _BODY, leftIndent=_NUMBER_WIDTH + 14, bulletIndent=_NUMBER_WIDTH, spaceBefore=0, spaceAfter=4
)
_REVIEW = ParagraphStyle("Review", _BODY, leftIndent=0, spaceBefore=0, spaceAfter=3)
_CELL = ParagraphStyle("Cell", _BODY, fontSize=9.5, leading=12.5, leftIndent=0, spaceAfter=0)
_HEADER_CELL = ParagraphStyle("HeaderCell", _CELL, fontName="Helvetica-Bold")
_HEADINGS = [
    ParagraphStyle(
        f"Heading{level}",
        fontName="Helvetica-Bold",
        fontSize=size,
        leading=1.25 * size,
        spaceBefore=size,
        spaceAfter=6,
        textColor=_INK,
        keepWithNext=1,
    )
    for level, size in enumerate((22, 15, 12.5), start=1)
]
_RULED = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.6, _RULE),
        ("BACKGROUND", (0, 0), (-1, 0), _SHADE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
)


class _Template(BaseDocTemplate):
    """A document that lists its headings in the outline."""

    _headings = 0

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab calls it by this name
        if isinstance(flowable, Paragraph) and flowable.style in _HEADINGS:
            self._headings += 1
            key, level = f"heading-{self._headings}", _HEADINGS.index(flowable.style)
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key, level, closed=False)


def pdf_file(chapter: Chapter) -> bytes:
    """The bytes of the .pdf."""
    pages = _built(chapter, 0)[1]
    return _built(chapter, pages)[0]


def _built(chapter: Chapter, pages: int) -> tuple[bytes, int]:
    """The file and the number of its pages; `pages` is the total that each page prints."""
    held = io.BytesIO()
    document = _Template(
        held,
        pagesize=A4,
        title=chapter.title,
        author=chapter.owner,
        subject=MANUAL,
        creator=MANUAL,
        lang="en-GB",
        invariant=1,
        # Packed, the bytes would depend on the edition of the packing library.
        pageCompression=0,
        displayDocTitle=True,
    )
    frame = Frame(_MARGIN, _MARGIN, _TEXT_WIDTH, A4[1] - 2 * _MARGIN, 0, 0, 0, 0)

    def running_lines(canvas: Canvas, _: BaseDocTemplate) -> None:
        _draw_running_lines(canvas, chapter, pages)

    document.addPageTemplates(PageTemplate("page", [frame], onPage=running_lines))
    document.build(_story(chapter))
    return held.getvalue(), document.page


def _draw_running_lines(canvas: Canvas, chapter: Chapter, pages: int) -> None:
    left, right, head, foot = _MARGIN, A4[0] - _MARGIN, A4[1] - 1.5 * cm, 1.4 * cm
    canvas.setFont("Helvetica", 8.5)
    canvas.setFillColor(_INK)
    canvas.drawString(left, head, chapter.owner)
    canvas.drawRightString(right, head, MANUAL)
    canvas.drawString(left, foot, chapter.heading)
    canvas.drawRightString(right, foot, f"Page {canvas.getPageNumber()} of {pages}")
    canvas.setStrokeColor(_RULE)
    canvas.line(left, head - 5, right, head - 5)
    canvas.line(left, foot + 11, right, foot + 11)


def _story(chapter: Chapter) -> list[Flowable]:
    story: list[Flowable] = [Paragraph(escape(chapter.heading), _HEADINGS[0])]
    story += [Paragraph(line, _REVIEW) for line in chapter.review_dates]
    for part in chapter.parts():
        if isinstance(part, Block):
            story.append(_paragraph(part))
        else:
            story += [_table(part), Spacer(0, 10)]
    return story


def _paragraph(block: Block) -> Paragraph:
    mark, words = number_and_words(block)
    match block.kind:
        case BlockKind.HEADING:
            return Paragraph(escape(block.text), _HEADINGS[block.level - 1])
        case BlockKind.LIST_ITEM:
            return Paragraph(escape(words), _BULLET, bulletText=mark)
        case _:
            return Paragraph(
                escape(words), _LEAD_IN if words.endswith(":") else _BODY, bulletText=mark or None
            )


def _table(rows: Sequence[Block]) -> Table:
    cells = [
        [Paragraph(escape(cell), _HEADER_CELL if row.cells == row.header else _CELL) for cell in row.cells]
        for row in rows
    ]
    return Table(cells, colWidths=column_widths(rows, int(_TEXT_WIDTH)), style=_RULED, repeatRows=1)
