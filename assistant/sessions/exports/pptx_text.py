"""How the text of slides is written: labels, numbers, notes, language, the cells of tables."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Pt

from assistant.sessions.exports.sheet import mark, quoted
from assistant.sessions.pack import Item, Voice

_ACCENT, _INK = RGBColor(0x0B, 0x55, 0x63), RGBColor(0x1D, 0x23, 0x26)  # type: ignore[no-untyped-call]
_PALE, _WHITE = RGBColor(0xF3, 0xF7, 0xF7), RGBColor(0xFF, 0xFF, 0xFF)  # type: ignore[no-untyped-call]


def write_line(paragraph: Any, line: str, label: str, size: int) -> None:
    """The label, where the line begins with one, in bold."""
    rest = line.removeprefix(f"{label}: ") if label else line
    for text, is_label in ((line[: len(line) - len(rest)], True), (rest, False)):
        if text:
            run = paragraph.add_run()
            run.text = text
            run.font.size = Pt(size)
            if is_label:
                run.font.bold = True
                run.font.color.rgb = _ACCENT


def messages(items: Sequence[Item], together: int) -> list[list[Item]]:
    """What is shown at once: each message with what stands below it; those that stand bare, up to so many
    `together`. How often the messages were found stands with the first of them."""
    groups: list[list[Item]] = []
    for item, following in zip_longest(items, items[1:]):
        is_bare = following is None or not following.depth
        before = groups[-1] if groups else []
        is_count = len(before) == 1 and before[0].voice is Voice.FORMED
        was_bare = bool(before) and not any(each.depth for each in before) and len(before) < together
        if (item.depth and groups) or is_count or (is_bare and was_bare):
            before.append(item)
        else:
            groups.append([item])
    return groups


def shown(item: Item) -> str:
    label = f"{mark(item)}: " if mark(item) else ""
    bullet = "– " if item.depth and not item.quote and not label else ""
    rows = quoted(item)
    text = "\n".join(rows)
    joint = "\n" if text and item.text else ""
    return f"{label}{bullet}{text}{joint}{item.text}"


def with_numbers(item: Item) -> str:
    """As it stands in the notes, where nothing opens at a click."""
    return shown(item) + listed_after(item.citations)


def listed_after(numbers: Sequence[int]) -> str:
    return f" {' '.join(f'[{number}]' for number in numbers)}" if numbers else ""


def add_note(slide: Any, texts: Sequence[str]) -> None:
    frame = slide.notes_slide.notes_text_frame
    frame.text = "\n".join(texts)
    set_language(frame)


def add_number(slide: Any) -> None:
    """The slide's number, which python-pptx leaves in the layout."""
    for shape in slide.slide_layout.placeholders:
        if shape._element.find(f".//{qn('a:fld')}[@type='slidenum']") is not None:
            copied = copy.deepcopy(shape._element)
            copied.nvSpPr.cNvPr.set("id", str(max(each.shape_id for each in slide.shapes) + 1))
            slide.shapes._spTree.append(copied)


def set_language(frame: Any) -> None:
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", "en-GB")


def colour_cell(cell: Any, *, is_header: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = _ACCENT if is_header else _PALE
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.color.rgb = _WHITE if is_header else _INK
        run.font.bold = is_header
