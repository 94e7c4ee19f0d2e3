"""The styles of a session document. A partnership's template keeps its own where it has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.sessions.exports.docx_xml import ACCENT, CALM, INK, QUIET, element, set_border, set_shading
from assistant.sessions.exports.own_files import template_in_use

FONT = "Arial"
_BUILT_IN = {
    "Title": WD_STYLE_TYPE.PARAGRAPH,
    "Subtitle": WD_STYLE_TYPE.PARAGRAPH,
    "Heading 1": WD_STYLE_TYPE.PARAGRAPH,
    "Heading 2": WD_STYLE_TYPE.PARAGRAPH,
    "List Bullet": WD_STYLE_TYPE.PARAGRAPH,
    "Table Grid": WD_STYLE_TYPE.TABLE,
}
LINE, SUPPORT, NOTE, MARK = "Session Line", "Session Support", "Session Facilitator", "Session Mark"
FOOTNOTE, REFERENCE, LINK = "footnote text", "footnote reference", "Session Link"


def prepare(document: Document, *, is_template: bool, is_compact: bool) -> None:
    """British English, the styles that are missing, and, without a template, our own looks."""
    for name, kind in _BUILT_IN.items():
        if name not in document.styles:
            _add_built_in(document, name, kind)
    if not is_template:
        _restyle(document, 9.0 if is_compact else 11.0)
    body = 9.0 if is_compact else 11.0
    _set_language(document)
    line = _paragraph(document, LINE, size=body, before=2 if is_compact else 5, after=1 if is_compact else 2)
    line.paragraph_format.left_indent = Cm(0.45)
    if not is_compact:
        set_border(line, "left", str(ACCENT))
    support = _paragraph(document, SUPPORT, size=body, before=0, after=1 if is_compact else 3)
    support.paragraph_format.left_indent = Cm(0.9)
    note = _paragraph(document, NOTE, size=10, before=2, after=4)
    note.paragraph_format.left_indent = Cm(0.3)
    set_shading(note.element.get_or_add_pPr(), CALM)
    _paragraph(document, FOOTNOTE, size=8.5, before=0, after=1)
    mark = _character(document, MARK)
    mark.font.bold, mark.font.color.rgb = True, ACCENT
    reference = _character(document, REFERENCE)
    reference.font.superscript = True
    link = _character(document, LINK)
    link.font.underline, link.font.color.rgb = True, ACCENT


def open_word(template: Path | None) -> Document:
    """The template's styles, page, header and footer, without its text; or what python-docx begins with.
    Raises SettingsError."""
    with template_in_use(template, "Word", ".docx", "ASSISTANT_SESSIONS__DOCX_TEMPLATE"):
        document = docx.Document(str(template) if template else None)
    if template is not None:
        for each in list(document.element.body):
            if each.tag != qn("w:sectPr"):
                document.element.body.remove(each)
        # Other programs than Word may leave the page out.
        document.element.body.get_or_add_sectPr()
    return document


def _add_built_in(document: Document, name: str, kind: WD_STYLE_TYPE) -> None:
    """A template holds only those that somebody has used in it."""
    style: Any = document.styles.add_style(name, kind, builtin=True)
    if name.startswith("Heading"):
        level = element("outlineLvl", val=int(name[-1]) - 1)
        style.element.get_or_add_pPr().append(level)
        style.font.bold = True
    if name == "List Bullet":
        style.paragraph_format.left_indent = Cm(0.6)
    if kind is WD_STYLE_TYPE.TABLE:
        borders = element("tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(element(side, val="single", sz=4, space=0, color="auto"))
        properties = element("tblPr")
        properties.append(borders)
        style.element.append(properties)


def _restyle(document: Document, body: float) -> None:
    small = body < 10
    sizes = {
        "Normal": (body, INK, False),
        "Title": (16 if small else 26, ACCENT, True),
        "Subtitle": (9.5 if small else 13, QUIET, False),
        "Heading 1": (10.5 if small else 16, ACCENT, True),
        "Heading 2": (10 if small else 12.5, INK, True),
        "List Bullet": (body, INK, False),
        "Header": (9, QUIET, False),
        "Footer": (9, QUIET, False),
    }
    for name, (size, colour, bold) in sizes.items():
        _set_font(document.styles[name], size, colour, bold)
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(2 if small else 6)
    normal.paragraph_format.line_spacing = 1.0 if small else 1.15
    heading: Any = document.styles["Heading 1"]
    heading.paragraph_format.space_before = Pt(5 if small else 18)
    heading.paragraph_format.space_after = Pt(1 if small else 6)
    for level in ("Heading 1", "Heading 2"):
        document.styles[level].paragraph_format.keep_with_next = True
    title: Any = document.styles["Title"]
    title.paragraph_format.space_after = Pt(2 if small else 6)
    bullet: Any = document.styles["List Bullet"]
    bullet.paragraph_format.space_after = Pt(1 if small else 3)
    for border in title.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)


def _set_font(style: Any, size: float, colour: RGBColor, bold: bool) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = colour
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if "heme" in name:  # the theme's fonts would come before ours
            del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)


def _paragraph(document: Document, name: str, size: float, before: float, after: float) -> Any:
    if name in document.styles:
        return document.styles[name]
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(size)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _character(document: Document, name: str) -> Any:
    if name in document.styles:
        return document.styles[name]
    return document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)


def _set_language(document: Document) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
        if properties is not None:
            for old in properties.findall(qn("w:lang")):
                properties.remove(old)
            properties.append(element("lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA"))
    document.core_properties.language = "en-GB"
