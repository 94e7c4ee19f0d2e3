"""The layouts of a session's slides: one for each kind, ours or those of a template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pptx.util import Emu, Inches, Pt

from assistant.sessions.exports.own_files import template_in_use

FONT, INK, QUIET, ACCENT = "Arial", "1D2326", "4A5459", "0B5563"
WIDTH, HEIGHT = 13.333, 7.5


class Kind(StrEnum):
    """Names of the layouts; a template may have its own of the same names."""

    TITLE = "Session title"
    TEXT = "Session text"
    CASE = "Session case"
    MESSAGE = "Session key message"
    RULE = "Session rule"
    QUESTION = "Session question"
    EXERCISE = "Session exercise"
    QUIZ = "Session quiz"
    TABLE = "Session table"


@dataclass(frozen=True, slots=True)
class Box:
    """In inches."""

    left: float
    top: float
    width: float
    height: float


TITLE_BOX = Box(0.9, 0.45, 11.6, 1.15)
BODY_BOX = Box(0.9, 1.75, 11.6, 4.95)
_NUMBER_BOX = Box(11.6, 6.85, 0.9, 0.45)
_FIRST_TITLE, _FIRST_BODY = Box(0.9, 2.0, 11.6, 2.3), Box(0.9, 4.4, 11.6, 1.6)
# The layout of the default file that each kind is made from, and the colour of its bar.
_MADE_FROM = {
    Kind.TITLE: (0, ACCENT),
    Kind.TEXT: (1, ACCENT),
    Kind.MESSAGE: (2, "0B5563"),
    Kind.QUESTION: (3, "7A4B00"),
    Kind.CASE: (4, "4A5459"),
    Kind.TABLE: (5, ACCENT),
    Kind.RULE: (7, "7A1F5C"),
    Kind.EXERCISE: (9, "2F5D1E"),
    Kind.QUIZ: (10, "3B3A8C"),
}


def open_with_layouts(template: Path | None) -> tuple[Presentation, dict[Kind, SlideLayout]]:
    """The template with its layouts for each kind; or ours. Raises SettingsError."""
    with template_in_use(template, "PowerPoint", ".pptx", "ASSISTANT_SESSIONS__PPTX_TEMPLATE"):
        presentation: Presentation = pptx.Presentation(str(template) if template else None)
        if template is not None:
            _remove_slides(presentation)
            return presentation, _found(list(presentation.slide_layouts))
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _set_theme(presentation)
    layouts = {}
    for kind, (index, colour) in _MADE_FROM.items():
        layout = presentation.slide_layouts[index]
        _reshape(layout, kind, colour)
        layouts[kind] = layout
    for layout in list(presentation.slide_layouts):
        if layout not in layouts.values():
            presentation.slide_layouts.remove(layout)
    return presentation, layouts


def room_of(layout: SlideLayout) -> Box:
    """Where its text goes; ours where it has no place for any."""
    body = body_of(layout.placeholders)
    if body is None or not body.width:
        return BODY_BOX
    return Box(*(Emu(each).inches for each in (body.left, body.top, body.width, body.height)))


def _found(theirs: list[SlideLayout]) -> dict[Kind, SlideLayout]:
    """Theirs of the same name; else the first of the same make."""
    by_name = {layout.name: layout for layout in theirs}
    with_text = next((each for each in theirs if _is_plain(each, bodies=1)), theirs[0])
    bare = next((each for each in theirs if _is_plain(each, bodies=0)), with_text)
    others = {Kind.TITLE: theirs[0], Kind.TABLE: bare}
    return {kind: by_name.get(kind.value, others.get(kind, with_text)) for kind in Kind}


def _is_plain(layout: SlideLayout, bodies: int) -> bool:
    """Whether it has a title and so many places for text, none of them a subtitle or on its side."""
    placeholders: Any = layout.placeholders
    types = [shape.placeholder_format.type for shape in placeholders]
    texts = [each for each in types if each in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)]
    others = [each for each in types if each in _TEXT_TYPES or each is PP_PLACEHOLDER.PICTURE]
    return PP_PLACEHOLDER.TITLE in types and len(texts) == len(others) == bodies


def _remove_slides(presentation: Presentation) -> None:
    """The examples that a template shows its layouts with."""
    listed = presentation.slides._sldIdLst
    for each in list(listed):
        presentation.part.drop_rel(each.rId)
        listed.remove(each)


def body_of(shapes: Any) -> Any:
    """The placeholder for the text of a slide or layout; None where it has none."""
    return next(_bodies(shapes), None)


def _bodies(placeholders: Any) -> Iterator[Any]:
    for shape in placeholders:
        if shape.placeholder_format.type in _TEXT_TYPES:
            yield shape


_TEXT_TYPES = {
    PP_PLACEHOLDER.BODY,
    PP_PLACEHOLDER.OBJECT,
    PP_PLACEHOLDER.SUBTITLE,
    PP_PLACEHOLDER.VERTICAL_BODY,
    PP_PLACEHOLDER.VERTICAL_OBJECT,
}


def _reshape(layout: SlideLayout, kind: Kind, colour: str) -> None:
    layout.name = kind.value
    is_first = kind is Kind.TITLE
    bodies = list(_bodies(layout.placeholders))
    keep = bodies[:1] if kind is not Kind.TABLE else []
    for shape in list(layout.placeholders):
        number = shape.placeholder_format.type
        if number in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE):
            _place(
                shape,
                _FIRST_TITLE if is_first else TITLE_BOX,
                Pt(40 if is_first else 28),
                bold=True,
                colour=ACCENT,
                anchor="b",
            )
        elif shape in keep:
            _place(shape, _FIRST_BODY if is_first else BODY_BOX, Pt(22), bold=False, colour=INK, anchor="t")
        elif number is PP_PLACEHOLDER.SLIDE_NUMBER:
            for run in shape._element.iter(qn("a:rPr")):
                run.set("sz", "1400")
                run.append(parse_xml(f'<a:solidFill {nsdecls("a")}><a:srgbClr val="{QUIET}"/></a:solidFill>'))
            _place(shape, _NUMBER_BOX, Pt(14), bold=False, colour=QUIET, anchor="ctr")
        else:
            shape._element.getparent().remove(shape._element)
    layout.shapes._spTree.insert(2, _bar(colour, is_first))


def _place(shape: Any, box: Box, size: Any, *, bold: bool, colour: str, anchor: str) -> None:
    shape.left, shape.top = Inches(box.left), Inches(box.top)
    shape.width, shape.height = Inches(box.width), Inches(box.height)
    kind = shape._element.find(f".//{qn('p:ph')}")
    if kind is not None and (kind.get("type") or "").startswith("vert"):
        kind.set("type", "title" if kind.get("type") == "vertTitle" else "body")
    if kind is not None:
        kind.attrib.pop("orient", None)
    body = shape._element.txBody
    properties = body.find(qn("a:bodyPr"))
    properties.clear()
    properties.set("anchor", anchor)
    properties.set("wrap", "square")
    properties.append(parse_xml(f"<a:noAutofit {nsdecls('a')}/>"))
    old = body.find(qn("a:lstStyle"))
    style = parse_xml(
        f'<a:lstStyle {nsdecls("a")}><a:lvl1pPr marL="0" indent="0" algn="l">'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:buNone/><a:defRPr lang="en-GB" sz="{int(size.pt * 100)}" b="{int(bold)}" cap="none">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>'
    )
    body.replace(old, style) if old is not None else body.insert(1, style)


def _bar(colour: str, is_first: bool) -> Any:
    """A band at the left edge, a decoration that readers of the screen pass over."""
    width = int(Inches(0.45 if is_first else 0.28))
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Band"><a:extLst><a:ext '
        'uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        "</a:ext></a:extLst>"
        f'</p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{int(Inches(HEIGHT))}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _set_theme(presentation: Presentation) -> None:
    """Arial for headings and text."""
    part = next(
        rel.target_part
        for rel in presentation.slide_master.part.rels.values()
        if rel.reltype.endswith("/theme")
    )
    theme = parse_xml(part.blob)
    for latin in theme.iter(qn("a:latin")):
        if latin.getparent().tag in (qn("a:majorFont"), qn("a:minorFont")):
            latin.set("typeface", FONT)
    part._blob = serialize_part_xml(theme)
