"""What python-docx has no words for: fields, links, bookmarks, borders and table headers."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

INK = RGBColor(0x1D, 0x23, 0x26)
ACCENT = RGBColor(0x0B, 0x55, 0x63)
QUIET = RGBColor(0x4A, 0x54, 0x59)
CALM = "E8F1F2"

# Word asks for one order of properties, and takes a file with another for a broken one.
_AFTER_SHADING = (
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:outlineLvl",
    "w:rPr",
    "w:sectPr",
    "w:noWrap",
    "w:tcMar",
    "w:vAlign",
)


def element(name: str, /, **attributes: Any) -> Any:
    """A WordprocessingML element; attributes are given without their prefix."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def add_field(paragraph: Paragraph, instruction: str, shown: str = "") -> None:
    """A field such as PAGE, which Word fills in."""
    for kind in ("begin", None, "separate", "shown", "end"):
        run = paragraph.add_run()
        if kind is None:
            code = element("instrText")
            code.text = f" {instruction} "
            code.set(qn("xml:space"), "preserve")
            run._r.append(code)
        elif kind == "shown":
            run.text = shown
        else:
            run._r.append(element("fldChar", fldCharType=kind))


def add_link(paragraph: Paragraph, text: str, url: str, style: str | None = None) -> None:
    """A link to an address, or with `#name` to a bookmark of the document."""
    link = element("hyperlink", history="1")
    if url.startswith("#"):
        link.set(qn("w:anchor"), url[1:])
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = Run(element("r"), paragraph)
    run.text = text
    if style:
        run.style = style
    link.append(run._r)
    paragraph._p.append(link)


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Around the whole paragraph."""
    start = element("bookmarkStart", id=number, name=name)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(element("bookmarkEnd", id=number))


def set_border(style: Any, side: str, colour: str, size: int = 18, space: int = 8) -> None:
    """A line beside the paragraphs of a style; `size` in eighths of a point."""
    borders = element("pBdr")
    borders.append(element(side, val="single", sz=size, space=space, color=colour))
    style.element.get_or_add_pPr().insert_element_before(borders, "w:shd", *_AFTER_SHADING)


def set_shading(properties: Any, colour: str) -> None:
    """Of a paragraph's, a style's or a cell's properties."""
    shading = element("shd", val="clear", color="auto", fill=colour)
    properties.insert_element_before(shading, *_AFTER_SHADING)


def mark_header(table: Table, title: str, description: str) -> None:
    """The first row is repeated on every page and known as the header; the table has a text of its own."""
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(element("tblHeader"))
    for each in table.rows:
        each._tr.get_or_add_trPr().append(element("cantSplit"))
    properties = table._tbl.tblPr
    properties.append(element("tblCaption", val=title))
    properties.append(element("tblDescription", val=description))
